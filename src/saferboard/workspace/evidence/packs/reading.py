"""Reading inside a pack: a section, a figure, a chart, a file, the commentary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from saferboard.analytics.measures.register import definitions
from saferboard.analytics.packs.commentary import unknown_numbers
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import may, require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.figures import figure_in
from saferboard.workspace.evidence.packs.built import FORMATS, facts_of, settled_build
from saferboard.workspace.evidence.packs.events import PACK_TAKEN
from saferboard.workspace.evidence.packs.held import PACK
from saferboard.workspace.evidence.packs.models import Build, Pack, Remark, State
from saferboard.workspace.evidence.packs.pages import chart_file, read_contents, read_page
from saferboard.workspace.evidence.packs.queries import READ, line_of, read_pack
from saferboard.workspace.evidence.packs.remarks import commentary_for
from saferboard.workspace.evidence.packs.shelf import folder_of, hash_of
from saferboard.workspace.evidence.packs.shown import (
    FigurePage,
    RemarkLine,
    RemarkList,
    RemarkPage,
    SectionPage,
)


@dataclass(frozen=True)
class PackFile:
    """A file of a pack to hand over."""

    path: Path
    name: str
    media: str


def fetch_section(pack: UUID, anchor: str, *, by: Actor, now: datetime) -> SectionPage | None:
    """A section of the pack; None where there is no such pack, build or section."""
    require(by, READ, now=now)
    build = _build(pack)
    if build is None:
        return None
    folder = folder_of(build.id)
    contents = read_contents(folder)
    html = read_page(folder, contents, anchor)
    if html is None or read_pack(pack, anchor, by=by, now=now) is None:
        return None
    at = next(n for n, one in enumerate(contents.sections) if one.anchor == anchor)
    held = build.pack
    return SectionPage(
        pack=line_of(held),
        anchor=anchor,
        title=contents.sections[at].title,
        html=html,
        sections=contents.sections,
        before=contents.sections[at - 1] if at else None,
        after=contents.sections[at + 1] if at + 1 < len(contents.sections) else None,
        measure=anchor if anchor in definitions() else "",
        may_comment=held.state == State.DRAFT and may(by.person, "packs.build", now=now),
    )


def fetch_figure(pack: UUID, fact: str, *, by: Actor, now: datetime) -> FigurePage | None:
    """A figure of the pack, explained; None where there is none."""
    require(by, READ, now=now)
    build = _build(pack)
    figure = figure_in(facts_of(build.id), fact) if build else None
    if build is None or figure is None or read_pack(pack, "figure", by=by, now=now) is None:
        return None
    return FigurePage(line_of(build.pack), figure)


def fetch_chart(pack: UUID, name: str, *, by: Actor, now: datetime) -> Path | None:
    """A drawing of the pack. A part of a section that was recorded when it was read."""
    require(by, READ, now=now)
    build = _build(pack)
    return chart_file(folder_of(build.id), name) if build else None


def take_file(pack: UUID, format_: str, *, by: Actor, now: datetime) -> PackFile | None:
    """A file of the pack; None where there is none. Raises Problem where it is not, byte for byte,
    the file that was built."""
    require(by, READ, now=now)
    build = _build(pack)
    held = next((one for one in build.files if one["format"] == format_), None) if build else None
    if build is None or held is None:
        return None
    path = folder_of(build.id) / held["name"]
    if not path.is_file() or hash_of(path) != held["sha256"]:
        raise Problem(
            "This file is not, byte for byte, the one that was built; it is not given out.",
            remedy="Tell whoever runs the server: the right one is in the backup.",
        )
    record_first(
        PACK_TAKEN,
        by=by,
        now=now,
        subject_type=PACK,
        subject=pack,
        details={"number": build.number, "format": format_, "sha256": held["sha256"]},
    )
    return PackFile(path, held["name"], FORMATS[format_][1])


def list_remarks(pack: UUID, *, by: Actor, now: datetime) -> RemarkList | None:
    """The measures that have a page in the pack, and what is said about them."""
    held = read_pack(pack, "commentary", by=by, now=now)
    build = settled_build(held) if held else None
    if held is None or build is None:
        return None
    used = commentary_for(held.area, Month.parse(held.to)).commentary
    lines = []
    for section in read_contents(folder_of(build.id)).sections:
        if section.anchor not in definitions():
            continue
        remark = used.of(section.anchor)
        state = "None" if remark is None else "Older" if remark.stale_from else "Written"
        author = "" if remark is None else remark.entry.author
        lines.append(RemarkLine(section.anchor, section.title, state, author))
    comment = held.state == State.DRAFT and may(by.person, "packs.build", now=now)
    return RemarkList(line_of(held), tuple(lines), comment)


def fetch_remark(pack: UUID, measure: str, *, by: Actor, now: datetime) -> RemarkPage | None:
    """The words about one measure, for whoever may write them; None where the pack or the measure
    is not there."""
    require(by, "packs.build", now=now)
    held = read_pack(pack, "commentary", by=by, now=now)
    known = definitions().get(measure)
    if held is None or known is None:
        return None
    row = Remark.objects.filter(area=held.area, month=held.to, measure=measure).first()
    older = (
        Remark.objects.filter(area=held.area, month__lt=held.to, measure=measure)
        .exclude(text="")
        .order_by("-month")
        .first()
    )
    text = row.text if row else ""
    return RemarkPage(
        pack=line_of(held),
        measure=measure,
        title=known.title,
        text=text,
        author=row.author if row else "",
        organisation=row.organisation if row else "",
        date=row.date if row else None,
        version=row.version if row else 0,
        older=older.text if older else "",
        older_for=Month.parse(older.month).label() if older else "",
        unknown=unknown_in(held, measure, text),
    )


def unknown_in(pack: Pack, measure: str, text: str) -> tuple[str, ...]:
    """The numbers in `text` that are no figure of the measure in the pack's build; none where it
    has not been built."""
    build = settled_build(pack)
    if build is None or not text:
        return ()
    return unknown_numbers(text, [one for one in facts_of(build.id) if one.measure == measure])


def _build(pack: UUID) -> Build | None:
    held = Pack.objects.filter(id=pack).first()
    build = settled_build(held) if held else None
    return Build.objects.select_related("pack__made_by").get(id=build.id) if build else None
