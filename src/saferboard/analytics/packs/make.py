"""From results to files: what the command line and the workspace ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.register import definitions
from saferboard.analytics.measures.results import SummaryResult
from saferboard.analytics.packs.build import FORMATS, Built, Told, build, with_facts
from saferboard.analytics.packs.commentary import NOTHING, Commentary, unknown_numbers
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.performance import compose as performance
from saferboard.analytics.packs.tallies import Tallies
from saferboard.analytics.packs.ward import compose as ward
from saferboard.documents.model import Document, Look, Picture
from saferboard.documents.render.formats import Format
from saferboard.documents.render.pictures import Pictures
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership, PartnershipArea
from saferboard.vocabulary.problem import Problem

_MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
# How the bytes of each begin; an SVG may have comments before its first element.
_MEDIA_BEGINS = {
    "image/png": re.compile(rb"\A\x89PNG\r\n"),
    "image/jpeg": re.compile(rb"\A\xff\xd8\xff"),
    "image/gif": re.compile(rb"\AGIF8"),
    "image/svg+xml": re.compile(rb"<svg[\s>]"),
}


@dataclass(frozen=True)
class Wanted:
    """What to make: the folder, the formats, and who hears what is being done."""

    out: Path
    formats: Sequence[Format] = FORMATS
    told: Told = lambda words: None


@dataclass(frozen=True)
class Composed:
    """A pack before it is files: the document, its facts, the name of its files, and the
    partnership's own templates."""

    document: Document
    sheet: FactSheet
    name: str
    templates: Mapping[Format, Path]


def material_of(
    summary: SummaryResult,
    partnership: Partnership | None,
    *,
    commentary: Commentary = NOTHING,
    outlines: Mapping[str, Mapping[str, Any]] | None = None,
) -> Material:
    """Everything that a pack is composed from. Without a partnership's file the pack is the
    area's, plain and without priorities."""
    held = partnership or plain_partnership(summary.area)
    return Material(
        summary=summary,
        partnership=held,
        commentary=commentary,
        tallies=Tallies(summary.area, summary.to),
        look=look_of(held),
        outlines=outlines or {},
    )


def make_performance(material: Material, wanted: Wanted) -> Built:
    """The performance pack."""
    wanted.told("Writing the pages")
    return write(compose_performance(material), wanted)


def make_ward(material: Material, name: str | None, wanted: Wanted) -> Built:
    """The pack of every ward, or of the one named."""
    wanted.told("Writing the pages")
    return write(compose_ward(material, name), wanted)


def compose_performance(material: Material) -> Composed:
    """The performance pack as a value."""
    return _composed(material, performance.compose(material), performance.PACK, "")


def compose_ward(material: Material, name: str | None) -> Composed:
    """The pack of every ward, or of the one named, as a value."""
    return _composed(material, ward.compose(material, name), ward.PACK, name or "")


def write(composed: Composed, wanted: Wanted, *, pictures: Pictures | None = None) -> Built:
    """The files of a composed pack; `pictures` keeps the drawings for whoever needs them again."""
    return build(
        composed.document,
        composed.sheet,
        wanted.out,
        composed.name,
        formats=wanted.formats,
        templates=composed.templates,
        told=wanted.told,
        pictures=pictures,
    )


def unknown_in_commentary(material: Material) -> dict[str, tuple[str, ...]]:
    """By the place of a remark, the numbers in it that are no figure of its measure."""
    found: dict[str, tuple[str, ...]] = {}
    for result in material.with_data:
        remark = material.commentary.of(result.measure)
        if remark is None or remark.stale_from is not None:
            continue
        facts = [one for one in material.summary.sheet if one.measure == result.measure]
        if numbers := unknown_numbers(remark.entry.text, facts):
            found[remark.place] = numbers
    return found


def of_no_measure(material: Material) -> list[str]:
    """The places of remarks on measures that do not exist: a misspelt key, whose words would be
    in no pack and missed by nobody."""
    known = definitions()
    held = material.commentary.remarks
    return [remark.place for key, remark in held.items() if key not in known]


def plain_partnership(area: Area) -> Partnership:
    """What stands in for a partnership's file where there is none."""
    return Partnership(
        name=f"{area.name} Community Safety Partnership",
        area=PartnershipArea(code=area.code, name=area.name, kind=area.kind),
    )


def look_of(partnership: Partnership) -> Look:
    """Colours and logo. Raises Problem where the logo cannot be read."""
    wanted = partnership.appearance
    if wanted.logo is None:
        return Look(wanted.brand, wanted.accent)
    media = _MEDIA.get(wanted.logo.suffix.lower())
    if media is None:
        raise Problem(
            "The logo is not an image that documents can hold.",
            file=str(wanted.logo),
            remedy="Give a PNG or JPEG file.",
        )
    try:
        data = wanted.logo.read_bytes()
    except OSError as error:
        raise Problem(
            f"The logo cannot be read: {error.strerror}.",
            file=str(wanted.logo),
            remedy="Correct appearance > logo in the partnership's file.",
        ) from error
    if not _MEDIA_BEGINS[media].search(data[:1000]):
        raise Problem(
            f"The logo is called {wanted.logo.suffix} but is no such image.",
            file=str(wanted.logo),
            remedy="Give a PNG or JPEG file, saved by an image programme.",
        )
    return Look(wanted.brand, wanted.accent, Picture(data, media, wanted.logo_alternative))


def slug(text: str) -> str:
    """A name as part of a file's name: `Bell Lane` is `bell-lane`."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _composed(material: Material, document: Document, pack: str, part: str) -> Composed:
    summary = material.summary
    parts = (pack, summary.area.name, part, str(summary.to))
    about = {"pack": pack, **({"ward": part} if part else {})}
    look = material.partnership.appearance
    given: dict[Format, Path | None] = {
        "pptx": look.pptx_template,
        "docx": look.docx_template,
    }
    return Composed(
        document,
        with_facts(summary.sheet, material.tallies.facts(), about),
        "-".join(slug(one) for one in parts if one),
        {key: path for key, path in given.items() if path is not None},
    )
