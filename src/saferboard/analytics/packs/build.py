"""A document becomes files in five formats, with the fact sheet beside them.

Everything is made in a hidden folder first and then renamed into place, so that a build that
fails or is killed leaves what was there before.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.documents.checks import composed
from saferboard.documents.model import Document, bound_in
from saferboard.documents.render.formats import RENDERERS, Format, render_all
from saferboard.documents.render.pictures import Pictures
from saferboard.vocabulary.problem import Problem

FACTS_FILE = "facts.json"
FORMATS: tuple[Format, ...] = tuple(RENDERERS)
Told = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """The files of a pack, in the order made, and the formats that could not be made here."""

    files: tuple[Path, ...]
    failed: Mapping[Format, Problem] = field(default_factory=dict)


def formats_of(text: str) -> tuple[Format, ...]:
    """Read `html,pdf`. Raises Problem for a format that is not made."""
    asked = dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip())
    known = {str(one): one for one in FORMATS}
    for one in asked:
        if one not in known:
            raise Problem(
                f"“{one}” is not a format that packs are made in.",
                remedy=f"Choose from {', '.join(FORMATS)}.",
            )
    if not asked:
        raise Problem("No format is named.", remedy=f"Choose from {', '.join(FORMATS)}.")
    return tuple(known[one] for one in asked)


def build(
    document: Document,
    sheet: FactSheet,
    out: Path,
    name: str,
    *,
    formats: Sequence[Format] = FORMATS,
    templates: Mapping[Format, Path] | None = None,
    told: Told = lambda words: None,
    pictures: Pictures | None = None,
) -> Built:
    """Write `name.FORMAT` for each format and `facts.json` into `out`. `told` hears what is
    being made, `pictures` keeps what is drawn. Raises Problem when the document is not fit to
    print, when one of its figures is not a fact of the sheet, when the disk does not take the
    files, or when no format can be made; where only some can, the others are written and
    `Built.failed` says why not."""
    composed(document)
    _traced(document, sheet)
    try:
        out.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    except OSError as error:
        why = "it is a file, not a folder" if out.is_file() else error.strerror
        raise Problem(
            f"Nothing can be written here: {why}.",
            file=str(out),
            remedy="Name another folder with --out.",
        ) from error
    try:
        failed: dict[Format, Problem] = {}
        told(f"Drawing charts and writing {', '.join(one.upper() for one in formats)}")
        rendered = render_all(
            document, formats, templates=templates or {}, failed=failed, pictures=pictures
        )
        if not rendered and failed:
            raise next(iter(failed.values()))
        made = _write(rendered, sheet, folder, name)
        return Built(_moved(made, out, folder), failed)
    except OSError as error:
        raise Problem(
            f"The pack could not be written: {error.strerror}.",
            file=str(error.filename2 or error.filename or out),
            remedy="Close the file if it is open elsewhere, or free some room; what was there "
            "before is still there.",
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_facts(sheet: FactSheet, more: Iterable[Fact], about: Mapping[str, object]) -> FactSheet:
    """`sheet` with the facts that composing added, and what the pack is about."""
    return FactSheet([*sheet, *more], sheet.vintages, {**sheet.about, **about})


def _write(
    rendered: Mapping[Format, bytes], sheet: FactSheet, folder: Path, name: str
) -> list[Path]:
    made: list[Path] = []
    for one, data in rendered.items():
        file = folder / f"{name}.{one}"
        file.write_bytes(data)
        made.append(file)
    facts = folder / FACTS_FILE
    facts.write_text(sheet.to_json(), encoding="utf-8")
    return [*made, facts]


def _moved(made: Sequence[Path], out: Path, folder: Path) -> tuple[Path, ...]:
    """Rename all files into place or, where one cannot be, none: what stood there is kept in
    `folder` until the last is done."""
    kept = folder / "before"
    kept.mkdir()
    moved: list[Path] = []
    try:
        for file in made:
            target = out / file.name
            if target.is_file():
                target.replace(kept / file.name)
            moved.append(target)
            file.replace(target)
    except OSError:
        for target in moved:
            if (kept / target.name).exists():
                (kept / target.name).replace(target)
            elif target.is_file():
                target.unlink()
        raise
    return tuple(moved)


def _traced(document: Document, sheet: FactSheet) -> None:
    """Every figure is a fact of the sheet, shown with the fact's own value."""
    for part in bound_in(document):
        fact_id, _, facet = part.fact.partition("@")
        if fact_id not in sheet:
            raise Problem(
                f"The figure “{part.display}” comes from no fact of the sheet ({part.fact}).",
                remedy="This is a fault of the program: please report it.",
            )
        if not facet and part.value != sheet[fact_id].value:
            raise Problem(
                f"The figure “{part.display}” is not the value of its fact ({part.fact}).",
                remedy="This is a fault of the program: please report it.",
            )
