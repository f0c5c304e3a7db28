"""What stands out: clear changes, unusual months, and how many chance would have given."""

from __future__ import annotations

from collections.abc import Iterable

from saferboard.analytics.facts.format import bound
from saferboard.analytics.measures.results import Comparison, MeasureResult
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.sentences import leading, month_sentence
from saferboard.analytics.packs.writing import (
    counted,
    in_period,
    sentence,
    titled,
    verdict_tag,
    words,
)
from saferboard.documents.model import (
    Block,
    Bullets,
    Heading,
    Inlines,
    KeyFigure,
    KeyFigures,
    Label,
    Paragraph,
    Section,
)
from saferboard.vocabulary.verdict import Verdict

_RISES_AND_FALLS: tuple[tuple[Verdict, str], ...] = (
    ("clear rise", "Clear rises"),
    ("clear fall", "Clear falls"),
    ("possible rise", "Possible rises"),
    ("possible fall", "Possible falls"),
)


def stands_out(material: Material, title: str) -> Section:
    """The first page: what a reader with one minute should take away."""
    found = material.summary
    measures = material.with_data
    blocks: list[Block] = [
        Paragraph(_lead(material), role="lead"),
        KeyFigures(tuple(_key_figures(material))),
    ]
    for verdict, heading in _RISES_AND_FALLS:
        changed = [(m, c) for m in measures if (c := leading(m)) and c.verdict == verdict]
        if changed:
            blocks.append(Heading(3, (Label(heading),), f"stands-out-{verdict.replace(' ', '-')}"))
            blocks.append(Bullets(tuple(_changed(*one) for one in changed)))
    blocks.append(Heading(3, (Label("Unusual months"),), "stands-out-months"))
    blocks.append(
        Paragraph(
            words(
                "The last three months of ",
                bound(found.looked_at),
                " series were looked at; ",
                bound(found.exceptions),
                " of those months stood out, and chance alone would give ",
                bound(found.by_chance),
                ".",
            )
        )
    )
    unusual = tuple(_unusual(measures, "exception"))
    if unusual:
        blocks.append(Bullets(unusual))
    watched = tuple(_unusual(measures, "watch"))
    if watched:
        blocks.append(Paragraph(words("To watch, without alarm:")))
        blocks.append(Bullets(watched))
    return Section("stands-out", (Label(title),), tuple(blocks), "summary", speaker=_speaker())


def _lead(material: Material) -> Inlines:
    summary = material.summary
    number = material.tallies.count("measures", len(material.with_data))
    measures = " measures" if number.value != 1 else " measure"
    return words(
        number,
        f"{measures} for ",
        Label(summary.area.name),
        ", to ",
        Label(summary.to.label()),
        ". A rise or fall is called clear only where it is larger than the ordinary ups and downs "
        "of its measure, over ",
        Label("12 months"),
        " against those before, or from one survey to the next.",
    )


def _key_figures(material: Material) -> Iterable[KeyFigure]:
    verdicts = [one.verdict for m in material.with_data if (one := leading(m)) is not None]
    tallies = material.tallies
    for verdict, label in (
        ("clear rise", "Clear rises"),
        ("clear fall", "Clear falls"),
        ("no clear change", "No clear change or stable"),
    ):
        wanted = {verdict, "stable"} if verdict == "no clear change" else {verdict}
        number = sum(one in wanted for one in verdicts)
        yield KeyFigure(
            (Label(label),),
            (tallies.count(f"year-{verdict.replace(' ', '-')}", number),),
            words("over the year"),
        )


def _changed(result: MeasureResult, comparison: Comparison) -> Inlines:
    change = comparison.change
    return words(
        titled(result),
        ": ",
        counted(comparison.current, result.unit_one, result.unit_many),
        " ",
        in_period(comparison.period),
        words(", ", bound(change)) if change.value is not None else None,
        ". ",
        verdict_tag(comparison.verdict, result.polarity),
    )


def _unusual(measures: Iterable[MeasureResult], kind: str) -> Iterable[Inlines]:
    for result in measures:
        for point in result.exceptions:
            if point.status.startswith(kind):
                yield sentence(
                    titled(result),
                    ", ",
                    month_sentence(point),
                )


def _speaker() -> tuple[Paragraph, ...]:
    return (
        Paragraph(
            words(
                "Start with what is clear. Ask of each clear change: what is behind it, who is "
                "acting on it, and when will the board see whether that worked?"
            )
        ),
    )
