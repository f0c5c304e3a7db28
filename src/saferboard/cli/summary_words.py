"""What `saferboard summary` prints: a table where there is room, a card a measure where not."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, unit_words
from saferboard.analytics.measures.results import (
    Comparison,
    MeasureResult,
    MonthPoint,
    RankResult,
    SummaryResult,
)
from saferboard.analytics.packs.publications import missing_words
from saferboard.vocabulary.period import day_label
from saferboard.vocabulary.verdict import Effect, effect

_WIDE = 132
_SPANS = {
    "quarter": "Quarter",
    "financial year to date": "Financial year to date",
    "baseline": "Against the baseline",
    "wave": "Latest reported",
}
_TONES = {"green": "green", "amber": "yellow", "red": "red", "grey": "bright_black"}
_EFFECTS: dict[Effect, str] = {
    "better": "green",
    "worse": "red",
    "no clear change": "default",
    "not rated": "default",
}
_SHAPES = {"green": "●", "amber": "◆", "red": "▲", "grey": "■"}
_STATUS = {
    "exception high": ("▲", "bold red"),
    "exception low": ("▼", "bold cyan"),
    "watch high": ("△", "yellow"),
    "watch low": ("▽", "cyan"),
}


def printed(result: SummaryResult, width: int) -> RenderableType:
    """The summary for a terminal of `width` columns."""
    head = Text.assemble(
        (result.area.name, "bold"),
        f", to {result.to.label()}. Figures ",
        "as published now" if result.as_known == "latest" else f"as known on {result.as_known}",
        "; last year's ",
        "from the same release."
        if result.comparators == "same-vintage"
        else "as they stood a year earlier.",
    )
    shown = [one for one in result.measures if one.missing is None]
    if shown and all(one.older for one in shown):
        newest = max(one.to for one in shown).label()
        head.append(f" Nothing newer than {newest} is loaded for these measures.", style="yellow")
    body: RenderableType = (
        _table(result, shown) if width >= _WIDE else Group(*(_card(one) for one in shown))
    )
    return Group(head, Text(), body, *_foot(result))


def _table(result: SummaryResult, shown: list[MeasureResult]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("Measure", ratio=3, overflow="fold")
    table.add_column("", width=3)
    for title in ("Quarter", "12 months", "Financial year to date"):
        table.add_column(title, ratio=3)
    if any(one.baseline for one in shown):
        table.add_column("Against the baseline", ratio=3)
    table.add_column("Rate", ratio=2)
    table.add_column("Rank, 1st is best", ratio=4)
    table.add_column("Last three months", ratio=2)
    for one in shown:
        cells: list[RenderableType] = [_title(one), _rag(one)]
        if one.latest is not None:
            cells += [_comparison(one.latest, one, dated=True), Text(), Text()]
        else:
            cells += [
                _comparison(each, one, dated=True)
                for each in (one.quarter, one.year, one.financial_year)
            ]
        if len(table.columns) == 9:
            cells.append(_comparison(one.baseline, one, dated=True))
        cells += [_rate(one), _ranks(one), _months(one.exceptions)]
        table.add_row(*cells)
        table.add_row()
    return table


def _card(one: MeasureResult) -> Panel:
    lines: list[Text] = []
    for each in (one.latest, one.quarter, one.year, one.financial_year, one.baseline):
        if each is not None:
            # “12 months to December 2023” says itself which span it is.
            name = Text("" if each.name == "year" else f"{_SPANS[each.name]}: ", style="bold")
            dated, *said = _comparison(each, one, dated=True).split("\n")
            lines += [name.append_text(dated), Text("  ").append_text(Text(", ").join(said))]
    if one.rate is not None:
        lines.append(Text("Rate: ").append_text(_on_one_line(_rate(one))))
    lines += [Text("Rank: ").append_text(_rank(rank)) for rank in one.ranks]
    if one.exceptions:
        lines.append(Text("Months: ").append_text(_on_one_line(_months(one.exceptions))))
    title = Text.assemble(_title(one), " ", _rag(one))
    return Panel(Group(*lines), title=title, title_align="left", box=box.ROUNDED)


def _on_one_line(text: Text) -> Text:
    return Text(", ").join(text.split("\n"))


def _title(one: MeasureResult) -> Text:
    text = Text(one.title, style="bold")
    if one.older:
        text.append(f"\nnewest: {one.to.label()}", style="yellow")
    return text


def _rag(one: MeasureResult) -> Text:
    if one.rag is None:
        return Text("–")
    return Text(f"{_SHAPES[one.rag.rating]} {one.rag.letter}", style=_TONES[one.rag.rating])


def _comparison(one: Comparison | None, measure: MeasureResult, *, dated: bool) -> Text:
    if one is None:
        return Text("–", style="dim")
    text = Text()
    if dated:
        text.append(f"{one.period.label()}\n", style="dim")
    text.append(bind(one.current, beside=one.previous).display, style="bold")
    if one.current.provisional:
        text.append(" p", style="yellow")
    if one.previous.value is None:
        text.append(f"; before: {_value(one.previous)}")
    else:
        text.append(f" was {bind(one.previous, beside=one.current).display}")
    if one.change.value is not None:
        text.append(f", {bind(one.change).display}")
    elif one.verdict not in ("not comparable", "no comparison") and one.change.missing:
        text.append(f", {one.change.missing}")
    shown = effect(one.verdict, measure.polarity)
    text.append(f"\n{one.verdict}", style=_EFFECTS[shown])
    if one.breaks:
        text.append(" *", style="yellow")
    if one.stitched:
        text.append(" ≠", style="yellow")
    return text


def _value(fact: Fact) -> str:
    return bind(fact).display


def _rate(one: MeasureResult) -> Text:
    if one.rate is None:
        return Text("–", style="dim")
    text = Text(_value(one.rate), style="bold")
    if one.rate.value is None:
        return text
    text.append(f" {unit_words(one.rate)}", style="dim")
    if one.rate.period.is_short:
        text.append(f", {one.rate.period.label()}", style="dim")
    if one.rate.interval:
        low, high = bind(one.rate, "low").display, bind(one.rate, "high").display
        text.append(f"\n{low} to {high}", style="dim")
    return text


def _ranks(one: MeasureResult) -> Text:
    return Text("\n").join(_rank(rank) for rank in one.ranks) if one.ranks else Text("–")


def _rank(one: RankResult) -> Text:
    if one.rank.value is None:
        return Text(f"{one.title}: {one.rank.missing}", style="dim")
    text = Text(_value(one.rank), style="bold")
    if one.with_data == one.of:
        text.append(f" of {one.of}")
    else:
        text.append(f" of the {one.with_data} (of {one.of}) that have data")
    text.append(f", {one.title}", style="dim")
    if one.rank.interval:
        low, high = bind(one.rank, "low").display, bind(one.rank, "high").display
        text.append(f" (likely {low})" if low == high else f" (likely {low} to {high})")
    if one.previous is not None and one.previous.value is not None:
        text.append(f"; was {_value(one.previous)}", style="dim")
    if one.note:
        text.append(f". {one.note}", style="yellow")
    return text


def _months(points: tuple[MonthPoint, ...]) -> Text:
    if not points:
        return Text("–", style="dim")
    lines = []
    for point in points:
        mark, style = _STATUS.get(point.status, ("", "default"))
        line = Text(f"{point.month.name[:3]} ", style="dim")
        line.append(_value(point.count), style=style)
        if mark:
            line.append(f" {mark}", style=style)
        if point.count.provisional:
            line.append(" p", style="yellow")
        lines.append(line)
    return Text("\n").join(lines)


def _foot(result: SummaryResult) -> Iterator[Text]:
    yield Text.assemble(
        "Months that stand out: ",
        (_value(result.exceptions), "bold"),
        f" of {_value(result.looked_at)} series, three months each; chance alone would give ",
        f"{_value(result.by_chance)}.",
    )
    yield Text(
        "● G better, ◆ A mixed, ▲ R worse, ■ S steady. ▲▼ exceptional month, △▽ watch. "
        "p provisional. ≠ figures of two releases. * see the break below.",
        style="dim",
    )
    met = {(entry.key, entry.words): entry for one in result.measures for entry in one.breaks}
    for entry in met.values():
        yield Text(f"* {entry.severity}: {entry.words}", style="yellow")
    for one in result.measures:
        if one.missing:
            yield Text(f"{one.title}: {missing_words(one)}", style="dim")
    for vintage in result.vintages.values():
        assumed = " (date assumed: its last month)" if vintage.published_assumed else ""
        yield Text(
            f"Data: {vintage.publisher}, {vintage.words}, published "
            f"{day_label(vintage.published)}{assumed}",
            style="dim",
        )
    for note in result.notes:
        yield Text(f"Note: {note}", style="dim")
