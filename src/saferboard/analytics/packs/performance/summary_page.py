"""The summary page in the form of 2017: one row a measure, and everything said in words too."""

from __future__ import annotations

from saferboard.analytics.facts.format import bound
from saferboard.analytics.measures.results import Comparison, MeasureResult, Rag, RankResult
from saferboard.analytics.packs.material import Group, Material
from saferboard.analytics.packs.ranks import moved_tag, rank_words
from saferboard.analytics.packs.sentences import leading
from saferboard.analytics.packs.writing import listed, rating_tag, titled, verdict_tag, words
from saferboard.documents.model import (
    Bound,
    Cell,
    Inlines,
    Label,
    Paragraph,
    Section,
    Strong,
    Table,
    Tag,
    Text,
)

_NONE: Inlines = (Text("–"),)
_STATUS = {
    "watch high": "watch, high",
    "watch low": "watch, low",
    "exception high": "unusually high",
    "exception low": "unusually low",
}


def summary_pages(material: Material, title: str, ranks_title: str) -> tuple[Section, ...]:
    """Two pages: rating, volumes and changes; then ranks, the last three months, the period.
    On each the measures stand in groups, a table a group; renderers break long tables."""
    groups = list(material.groups())
    baseline = any(one.baseline for one in material.with_data)
    return (
        Section(
            "summary",
            (Label(title),),
            (
                Paragraph(
                    words(
                        "The mark beside a change says what the change means. Where it says “no "
                        "clear change” or “too few to tell”, the percentage is not news."
                    ),
                    role="note",
                ),
                *(_volumes(material, group, at, baseline) for at, group in enumerate(groups)),
            ),
            "summary",
            speaker=tuple(
                Paragraph(words(Label(one.title), ": ", _counts(one.rag, material, one), "."))
                for group in groups
                for one in group.measures
                if one.rag is not None and _rated(one.rag)
            ),
        ),
        Section(
            "summary-ranks",
            (Label(ranks_title),),
            (
                Paragraph(
                    words(
                        "Rank ",
                        Label("1"),
                        " is the best. The likely range of a rank holds the places that cannot be "
                        "told apart.",
                    ),
                    role="note",
                ),
                *(_ranks_and_months(material, group, at) for at, group in enumerate(groups)),
            ),
            "summary",
        ),
    )


def _volumes(material: Material, group: Group, number: int, baseline: bool) -> Table:
    heads = [
        "Measure",
        "Rating",
        "Quarter, and change on a year before",
        "12 months, and change on the 12 before",
        "Financial year to date",
        *(["Against the baseline"] if baseline else []),
        "Factors",
    ]
    return Table(
        key=f"summary-{number + 1}",
        caption=words(Label(group.title), ": volumes and what the changes mean"),
        head=(_heads(heads),),
        body=tuple(
            (
                _name(one),
                Cell(_rating(one, material)),
                Cell(_volume_and_change(one, one.quarter)),
                Cell(_year(one)),
                Cell(_volume_and_change(one, one.financial_year)),
                *([Cell(_volume_and_change(one, one.baseline))] if baseline else []),
                Cell(_factors(one.rag)),
            )
            for one in group.measures
        ),
        wide=True,
    )


def _ranks_and_months(material: Material, group: Group, number: int) -> Table:
    sets = {r.area_set: r.title for one in group.measures for r in one.ranks}
    rows = []
    for one in group.measures:
        ranks = {ranking.area_set: ranking for ranking in one.ranks}
        rows.append(
            (
                _name(one),
                *(Cell(_rank(material, ranks.get(key))) for key in sets),
                Cell(_months(one)),
                Cell(_period(one)),
            )
        )
    return Table(
        key=f"summary-ranks-{number + 1}",
        caption=words(Label(group.title), ": ranks and the last three months"),
        head=(
            _heads(
                [
                    "Measure",
                    *(f"Rank, {title}" for title in sets.values()),
                    "Last three months",
                    "Period",
                ]
            ),
        ),
        body=tuple(rows),
        wide=True,
    )


def _name(result: MeasureResult) -> Cell:
    return Cell(titled(result), header=True)


def _heads(names: list[str]) -> tuple[Cell, ...]:
    return tuple(Cell((Label(name),), header=True) for name in names)


def _rating(result: MeasureResult, material: Material) -> Inlines:
    if result.rag is None or not _rated(result.rag):
        return (Tag("not rated", "neutral", "–"),)
    basis = " (signs, as in " if result.rag.basis != "verdicts" else None
    return words(
        rating_tag(result.rag),
        " ",
        _counts(result.rag, material, result),
        words(basis, Label("2017"), ")") if basis else None,
    )


def _counts(rag: Rag | None, material: Material, result: MeasureResult) -> Inlines:
    """`2 better, 1 worse, 5 no clear change`."""
    if rag is None:
        return ()

    def tally(part: str, value: int) -> Bound:
        return material.tallies.count(f"rag-{part}", value, measure=result.measure)

    return words(
        tally("better", rag.better),
        " better, ",
        tally("worse", rag.worse),
        " worse, ",
        tally("no-clear-change", rag.no_clear_change),
        " no clear change",
    )


def _rated(rag: Rag) -> int:
    return rag.better + rag.worse + rag.no_clear_change


def _factors(rag: Rag | None) -> Inlines:
    """Positive and negative factors in words, as the page of 2017 had them."""
    if rag is None:
        return ()
    better = [(Label(one.name),) for one in rag.indicators if one.effect == "better"]
    worse = [(Label(one.name),) for one in rag.indicators if one.effect == "worse"]
    said = [
        *([words("Positive: ", listed(better), ".")] if better else []),
        *([words("Negative: ", listed(worse), ".")] if worse else []),
    ]
    return listed(said, " ") if said else (Text("none clearly either way"),)


def _volume(comparison: Comparison | None) -> Inlines:
    return () if comparison is None else (bound(comparison.current),)


def _change(result: MeasureResult, comparison: Comparison | None) -> Inlines:
    if comparison is None:
        return ()
    tag = verdict_tag(comparison.verdict, result.polarity)
    if comparison.change.value is None:
        return (tag,)
    return words(bound(comparison.change), " ", tag)


def _volume_and_change(result: MeasureResult, comparison: Comparison | None) -> Inlines:
    if comparison is None:
        return _NONE
    return words(Strong(_volume(comparison)), " ", _change(result, comparison))


def _year(result: MeasureResult) -> Inlines:
    """12 months; for what has none the latest period under its own name."""
    if result.year is None and result.quarter is None and result.latest is not None:
        latest = result.latest
        return words(Label(f"{latest.period.label()}: "), _volume_and_change(result, latest))
    return _volume_and_change(result, result.year)


def _rank(material: Material, ranking: RankResult | None) -> Inlines:
    if ranking is None:
        return _NONE
    mark = moved_tag(ranking) if ranking.moved in ("better", "worse") else None
    return words(rank_words(ranking, material.tallies), " " if mark else None, mark)


def _months(result: MeasureResult) -> Inlines:
    """Each of the last three months with its figure; unusual ones carry a mark."""
    said: list[Inlines] = []
    for point in result.exceptions:
        mark = None
        if point.status.startswith(("exception", "watch")):
            strong = point.status.startswith("exception")
            mark = Tag(_STATUS[point.status], "watch", "◆" if strong else "▲")
        said.append(
            words(
                Label(f"{point.month.name[:3]} "), bound(point.count), " " if mark else None, mark
            )
        )
    return listed(said, ", ") if said else (Text("not counted by month"),)


def _period(result: MeasureResult) -> Inlines:
    comparison = leading(result)
    label = comparison.period.label() if comparison else f"to {result.to.label()}"
    older = Tag("older", "watch", "◆") if result.older else None
    return words(Label(label), " " if older else None, older)
