"""Asking the explorer: permission and answer are one call, recorded before it is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from saferboard.documents.model import Figure, plain
from saferboard.documents.render.page_parts import Addresses, PageMarkup
from saferboard.documents.render.pictures import Size
from saferboard.workspace.access.permission import require
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.operations import record_first
from saferboard.workspace.evidence.explorer.answer import Answer, answer, rows_of
from saferboard.workspace.evidence.explorer.events import EXPLORED, TAKEN
from saferboard.workspace.evidence.explorer.question import Asked, Choices, choices
from saferboard.workspace.evidence.figures import FigureShown, figure_in

READ = "evidence.read"


@dataclass(frozen=True)
class ChartShown:
    """A chart that can be taken: `key` and what it shows."""

    key: str
    caption: str


@dataclass(frozen=True)
class ExploredPage:
    """An answer to show. `html` was written by the renderer, which escapes; `query` is the end of
    the address that gives the same again."""

    area: str
    title: str
    to: str
    query: str
    sentence: str
    source: str
    means: str
    tone: str
    html: str
    charts: tuple[ChartShown, ...]


@dataclass(frozen=True)
class FigureOfPage:
    """A figure of an answer, explained."""

    area: str
    title: str
    query: str
    figure: FigureShown


@dataclass(frozen=True)
class TableTaken:
    """The table of a chart, to keep."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def what_can_be_asked(*, by: Actor, now: datetime) -> Choices:
    """The choices of the explorer. Raises Refused, and Problem where there is no data."""
    require(by, READ, now=now)
    return choices()


def explore(asked: Asked, *, by: Actor, now: datetime) -> ExploredPage:
    """The answer. Raises Refused, and Problem where there is none."""
    found = _asked(asked, EXPLORED, by, now)
    addresses = Addresses(
        figure=lambda fact: f"figure?{asked.query}&fact={quote(fact, safe='')}",
        picture=lambda key, size: f"chart.svg?{asked.query}&chart={quote(key)}&size={size}",
        place=lambda anchor: f"#{anchor}",
    )
    markup = PageMarkup("screen", found.pictures, addresses)
    return ExploredPage(
        area=found.area,
        title=found.title,
        to=asked.to.label(),
        query=asked.query,
        sentence=" ".join(found.sentences),
        source=found.source,
        means=f"{found.tag.shape} {found.tag.text}" if found.tag else "",
        tone=found.tag.tone if found.tag else "neutral",
        html=markup.blocks(found.section.blocks),
        charts=tuple(ChartShown(one.chart.key, plain(one.caption)) for one in found.figures),
    )


def fetch_figure(asked: Asked, fact: str, *, by: Actor, now: datetime) -> FigureOfPage | None:
    """A figure of the answer, explained; None where it has none."""
    found = _asked(asked, EXPLORED, by, now)
    figure = figure_in(found.sheet, fact)
    return FigureOfPage(found.area, found.title, asked.query, figure) if figure else None


def draw(asked: Asked, key: str, size: Size, *, by: Actor, now: datetime) -> bytes | None:
    """A chart as SVG, a part of a page that was recorded; None where there is none."""
    require(by, READ, now=now)
    found = answer(asked)
    figure = found.figure(key)
    return found.pictures.svg(figure.chart, size).encode() if figure else None


def take_picture(asked: Asked, key: str, *, by: Actor, now: datetime) -> tuple[str, bytes] | None:
    """A chart as PNG and a name for it; None where there is none."""
    figure = _figure(asked, key, by, now)
    if figure is None:
        return None
    found = _asked(asked, TAKEN, by, now, format="png")
    return f"{_name(found)}.png", found.pictures.png(figure.chart)


def take_table(asked: Asked, key: str, *, by: Actor, now: datetime) -> TableTaken | None:
    """The table behind a chart, its source as the last line; None where there is none."""
    figure = _figure(asked, key, by, now)
    if figure is None or figure.table is None:
        return None
    found = _asked(asked, TAKEN, by, now, format="csv")
    head = tuple(plain(cell.parts) for cell in figure.table.head[0])
    rows = tuple(tuple(row) for row in rows_of(figure.table))
    about = ((f"{plain(figure.caption)}. {found.area}, to {asked.to.label()}.",), (found.source,))
    return TableTaken(f"{_name(found)}.csv", head, (*rows, *about))


def _figure(asked: Asked, key: str, by: Actor, now: datetime) -> Figure | None:
    require(by, READ, now=now)
    return answer(asked).figure(key)


def _asked(asked: Asked, event: EventType, by: Actor, now: datetime, **more: str) -> Answer:
    require(by, READ, now=now)
    found = answer(asked)
    details = {"measure": asked.measure, "to": str(asked.to), **more}
    record_first(event, by=by, now=now, details=details)
    return found


def _name(found: Answer) -> str:
    return f"{found.asked.measure}-{found.area}-{found.asked.to}".replace(" ", "-").lower()
