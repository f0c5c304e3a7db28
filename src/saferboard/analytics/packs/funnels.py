"""What the limits of chance say of an area: a sentence for a measure's page, the plot, and one
table of all measures."""

from __future__ import annotations

from collections.abc import Sequence

from saferboard.analytics.charts.funnel import funnel_chart
from saferboard.analytics.facts.format import bound, unit_words
from saferboard.analytics.measures.results import (
    Funnel,
    FunnelArea,
    FunnelPlace,
    MeasureResult,
    RankResult,
)
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.prose import prose
from saferboard.analytics.packs.writing import sentence, words
from saferboard.documents.model import (
    Block,
    Cell,
    Figure,
    Inlines,
    Label,
    Paragraph,
    Section,
    Table,
    Tag,
    Tone,
)
from saferboard.vocabulary.verdict import Polarity

_OUTSIDE = {
    "high": "above the 95% limits",
    "low": "below the 95% limits",
    "very high": "above the 99.8% limits",
    "very low": "below the 99.8% limits",
}


_KEY = Paragraph(
    words(
        "Key: ◆ the area; points are the areas of the set; the line is the rate of all together; "
        "dashed limits hold ",
        Label("95%"),
        ", solid ones ",
        Label("99.8%"),
        " of what chance and the usual differences give.",
    ),
    role="note",
)


def funnel_in(result: MeasureResult) -> tuple[RankResult, Funnel] | None:
    """The set of a measure that has limits of chance, with them."""
    for ranking in result.ranks:
        if ranking.funnel is not None and ranking.funnel.own is not None:
            return ranking, ranking.funnel
    return None


def funnel_sentence(result: MeasureResult) -> Inlines:
    """Whether the area's difference from the set is more than chance gives; empty where no set
    has limits."""
    held = funnel_in(result)
    if held is None:
        return ()
    ranking, funnel = held
    own = funnel.own
    assert own is not None  # funnel_in
    lead = words(
        "Against the set “",
        Label(ranking.title),
        "” (",
        bound(own.rate),
        " here, ",
        bound(funnel.target),
        " for all together) the rate is ",
    )
    if own.place == "within":
        return sentence(
            lead,
            "inside the limits: the difference from the set is no more than chance, and the usual "
            "differences between these areas, give",
        )
    side = "higher" if "high" in own.place else "lower"
    if own.place.startswith("very"):
        said = f": {side} than chance, and the usual differences between these areas, would give"
    else:
        said = f": {side} than chance usually gives, a reason to look and not yet a finding"
    return sentence(lead, Label(_OUTSIDE[own.place]), said)


def funnel_section(material: Material, title: str, most: int) -> tuple[Section, ...]:
    """A page for all measures that have limits: a row for each, and the plots of the `most` whose
    area stands furthest out, or that come first."""
    held = [
        (result, *found)
        for result in material.with_data
        if result.own_page and (found := funnel_in(result)) is not None
    ]
    if not held:
        return ()
    order = {"very high": 0, "very low": 0, "high": 1, "low": 1, "within": 2}
    drawn = sorted(held, key=lambda one: order[_own(one[2]).place])[:most]
    blocks: list[Block] = [*prose("performance", "funnels"), _table(held), _KEY]
    blocks += [funnel_figure(*one) for one in drawn]
    if len(drawn) < len(held):
        blocks.append(
            Paragraph(
                words("Drawn are the measures that stand furthest out; the table has them all."),
                role="note",
            )
        )
    return (Section("funnels", (Label(title),), tuple(blocks)),)


def funnel_figure(result: MeasureResult, ranking: RankResult, funnel: Funnel) -> Figure:
    """The plot of a measure in a set, with the table behind it."""
    unit = unit_words(funnel.target) or "per cent"
    counted = result.unit_many if funnel.target.per is not None else "offences"
    many = counted[:1].upper() + counted[1:]
    period = funnel.target.period.label()
    title = f"{result.title}, {unit}: {ranking.title}, {period}"
    key = f"funnel-{result.measure}"
    outside = [one for one in funnel.areas if one.place != "within"]
    return Figure(
        funnel_chart(key, title, f"{many} in the period", unit[:1].upper() + unit[1:], funnel),
        words(Label(title)),
        words(
            "Points for areas, over the number of ",
            Label(counted),
            ", between limits that narrow as numbers grow. ",
            funnel_sentence(result),
            " Outside the inner limits: ",
            Label(", ".join(one.area_name for one in outside) or "none"),
            ".",
        ),
        Table(
            key=key,
            caption=words(Label(title)),
            head=(
                tuple(
                    Cell((Label(name),), header=True, align="right" if 0 < at < 7 else "left")
                    for at, name in enumerate(
                        (
                            "Area",
                            many,
                            unit[:1].upper() + unit[1:],
                            "95% from",
                            "95% to",
                            "99.8% from",
                            "99.8% to",
                            "Where it stands",
                        )
                    )
                ),
            ),
            body=tuple(_area_row(one) for one in funnel.areas),
            emphasis=frozenset(at for at, one in enumerate(funnel.areas) if one.is_area),
        ),
    )


def _area_row(one: FunnelArea) -> tuple[Cell, ...]:
    figures = (
        bound(one.rate, "base"),
        bound(one.rate),
        bound(one.inner, "low"),
        bound(one.inner, "high"),
        bound(one.outer, "low"),
        bound(one.outer, "high"),
    )
    return (
        Cell((Label(one.area_name),), header=True),
        *(Cell((each,), align="right") for each in figures),
        Cell((Label(_place(one.place)),)),
    )


def _table(held: Sequence[tuple[MeasureResult, RankResult, Funnel]]) -> Table:
    heads = ("Measure", "Rate", "All together", "Set", "Where the area stands")
    return Table(
        key="funnels",
        caption=words("Every measure against its limits"),
        head=(
            tuple(
                Cell((Label(name),), header=True, align="right" if at in (1, 2) else "left")
                for at, name in enumerate(heads)
            ),
        ),
        body=tuple(_measure_row(*one) for one in held),
        wide=True,
    )


def _measure_row(result: MeasureResult, ranking: RankResult, funnel: Funnel) -> tuple[Cell, ...]:
    own = _own(funnel)
    unit = unit_words(funnel.target)
    rate = words(bound(own.rate), Label(f" {unit}") if unit else None)
    return (
        Cell((Label(result.title),), header=True),
        Cell(rate, align="right"),
        Cell((bound(funnel.target),), align="right"),
        Cell((Label(ranking.title),)),
        Cell((_tag(own.place, result.polarity),)),
    )


def _own(funnel: Funnel) -> FunnelArea:
    own = funnel.own
    assert own is not None  # funnel_in
    return own


def _place(place: FunnelPlace) -> str:
    return _OUTSIDE.get(place, "inside")


def _tag(place: FunnelPlace, polarity: Polarity) -> Tag | Label:
    """Inside in plain words; outside the outer limits with the tone of better or worse."""
    if not place.startswith("very"):
        return Label(_place(place))
    high = place == "very high"
    tone: Tone = "neutral"
    if polarity != "neither":
        tone = "bad" if high == (polarity == "lower-is-better") else "good"
    return Tag("far above" if high else "far below", tone, "▲" if high else "▼")
