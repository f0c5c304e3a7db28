"""The page of one measure, in the form of 2024: headline, charts, ranks, two sentences, why."""

from __future__ import annotations

from collections.abc import Iterator

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bound, unit_words
from saferboard.analytics.measures.results import (
    Comparison,
    ControlChart,
    MeasureResult,
    RankResult,
)
from saferboard.analytics.packs.commentary import Remark, unknown_numbers
from saferboard.analytics.packs.figures import (
    areas_figure,
    areas_key,
    control_figure,
    trend_figure,
    trend_key,
)
from saferboard.analytics.packs.funnels import funnel_sentence
from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.publications import published_words, source_title
from saferboard.analytics.packs.ranks import rank_line
from saferboard.analytics.packs.sentences import (
    comparison_sentence,
    comparison_sentences,
    headline,
    meaning,
    rate_sentence,
)
from saferboard.analytics.packs.writing import (
    joined,
    sentence,
    verdict_tag,
    with_reference,
    words,
)
from saferboard.documents.model import (
    Block,
    Bullets,
    Inlines,
    KeyFigure,
    KeyFigures,
    Label,
    Note,
    Paragraph,
    Quoted,
    Section,
    Strong,
    Text,
)
from saferboard.vocabulary.period import day_label

_FEW = 3
_NAMES = {"quarter": "Quarter", "year": "12 months", "wave": "Latest survey"}


def measure_page(material: Material, result: MeasureResult) -> Section:
    """One measure on one page."""
    blocks: list[Block] = [Paragraph(headline(result), role="headline")]
    if result.older:
        blocks.append(_older(material, result))
    blocks.append(KeyFigures(tuple(_key_figures(result))))
    if any(point.count.value is not None for point in result.months):
        blocks.append(trend_figure(result))
        blocks += [Paragraph(key, role="key")] if (key := trend_key(result)) else []
    blocks += _sentences(result)
    blocks += _commentary(material, result)
    blocks += _compared(material, result)
    if result.control is not None:
        blocks += _control(result, result.control)
    blocks += _remarks(material, result)
    return Section(
        result.measure,
        (Label(result.title),),
        tuple(blocks),
        "measure",
        material.presenter(result),
        _speaker(material, result),
    )


def _older(material: Material, result: MeasureResult) -> Note:
    return Note(
        "stale",
        words("Older than the rest of this pack"),
        (
            Paragraph(
                sentence(
                    "The newest figures of this measure are for ",
                    Label(result.to.label()),
                    "; the pack is for ",
                    Label(material.summary.to.label()),
                )
            ),
        ),
    )


def _main(result: MeasureResult) -> Iterator[Comparison]:
    """Quarter and 12 months; what does not come by the month has its latest period."""
    seen: set[str] = set()
    for one in (result.quarter, result.year, result.latest):
        if one is not None and one.current.id not in seen:
            seen.add(one.current.id)
            yield one


def _key_figures(result: MeasureResult) -> Iterator[KeyFigure]:
    for one in _main(result):
        change = (
            words(bound(one.change), " from ", bound(one.previous))
            if one.change.value is not None
            else words("before: ", bound(one.previous))
            if one.verdict != "no comparison"
            else words("nothing to compare with")
        )
        yield KeyFigure(
            (Label(one.period.label()),),
            (bound(one.current),),
            change,
            verdict_tag(one.verdict, result.polarity),
        )
    if result.rate is not None and result.rate.value is not None:
        yield KeyFigure(
            (Label(f"Rate {unit_words(result.rate)}{_span_of(result.rate)}"),),
            (bound(result.rate),),
            words("likely ", bound(result.rate, "low"), " to ", bound(result.rate, "high"))
            if result.rate.interval
            else words(Label(result.rate.period.label())),
        )


def _span_of(rate: Fact) -> str:
    """The period of a rate, where it is not the 12 months that a reader takes it for."""
    return f", {rate.period.label()}" if rate.period.is_short else ""


def _sentences(result: MeasureResult) -> list[Block]:
    """The two sentences, then what they mean; the year to date and the baseline if asked for."""
    main = list(_main(result))
    to_date = result.financial_year
    if to_date is not None and any(one.period == to_date.period for one in main):
        to_date = None
    more = [
        (lead, one)
        for lead, one in (
            ("Financial year to date. ", to_date),
            ("Against the baseline. ", result.baseline),
        )
        if one is not None
    ]
    said_of = comparison_sentences(result, [*main, *(one for _, one in more)])
    blocks: list[Block] = [Paragraph(text) for text in said_of[: len(main)]]
    meant = [(one, meaning(one)) for one in main]
    said = [
        words(Label(f"{_NAMES.get(one.name, 'Latest period')}: "), _lowered(text))
        if len(main) > 1
        else text
        for one, text in meant
        if text and one.verdict != "not comparable"
    ]
    if said:
        blocks.append(
            Paragraph(words(Strong(words("What this means. ")), joined(*said)), role="meaning")
        )
    if result.rate is not None:
        blocks.append(Paragraph(rate_sentence(result)))
    for (lead, one), text in zip(more, said_of[len(main) :], strict=True):
        tag = verdict_tag(one.verdict, result.polarity)
        blocks.append(Paragraph(words(Strong(words(lead)), text, " ", tag)))
    return blocks


def _lowered(text: Inlines) -> Inlines:
    """A sentence after a colon starts with a small letter."""
    first = text[0]
    if not isinstance(first, Text):
        return text
    return (Text(first.text[:1].lower() + first.text[1:]), *text[1:])


def _compared(material: Material, result: MeasureResult) -> list[Block]:
    """The chart of the first larger set, and a line for every set."""
    blocks: list[Block] = []
    charted = next((one for one in result.ranks if _can_chart(one)), None)
    if charted is not None:
        blocks.append(areas_figure(result, charted))
        blocks.append(Paragraph(areas_key(result, charted), role="key"))
    if result.ranks:
        blocks.append(
            Bullets(tuple(rank_line(result, one, material.tallies) for one in result.ranks))
        )
    if chance := funnel_sentence(result):
        blocks.append(Paragraph(chance))
    return blocks


def _can_chart(ranking: RankResult) -> bool:
    return sum(peer.fact.value is not None for peer in ranking.peers) > _FEW


def _control(result: MeasureResult, control: ControlChart) -> list[Block]:
    """The control chart where one of its rules has fired; else only that none has."""
    if control.signals:
        return [control_figure(result, control)]
    span = f"{control.months[0].label()} to {control.months[-1].label()}"
    text = words(
        "On a control chart of ", Label(span), " no rule fires: the measure ran as it usually does."
    )
    return [Paragraph(text)]


def _commentary(material: Material, result: MeasureResult) -> list[Block]:
    remark = material.commentary.of(result.measure)
    if remark is None:
        return []
    return [_commentary_note(material, result, remark)]


def _commentary_note(material: Material, result: MeasureResult, remark: Remark) -> Note:
    entry = remark.entry
    paragraphs: list[Block] = [
        Paragraph((Quoted(" ".join(chunk.split()), remark.place),))
        for chunk in entry.text.strip().split("\n\n")
    ]
    by = ", ".join(one for one in (entry.author, entry.organisation) if one)
    on = day_label(entry.date) if entry.date else ""
    byline = ", ".join(one for one in (by, on) if one) or "author not given"
    paragraphs.append(Paragraph((Label(byline),), role="byline"))
    facts = [one for one in material.summary.sheet if one.measure == result.measure]
    unknown = unknown_numbers(entry.text, facts)
    if unknown and remark.stale_from is None:
        paragraphs.append(
            Paragraph(
                words(
                    "Not among the figures of this page, so not checked: ",
                    Quoted(", ".join(unknown), remark.place),
                    ".",
                ),
                role="note",
            )
        )
    if remark.stale_from is None:
        return Note("info", words("Commentary"), tuple(paragraphs))
    title = words("Commentary written for ", Label(remark.stale_from.label()), ", not renewed")
    return Note("stale", title, tuple(paragraphs))


def _remarks(material: Material, result: MeasureResult) -> list[Block]:
    blocks: list[Block] = [
        Note(
            "break",
            words(
                "Not comparable across " if met.severity == "not comparable" else "Care across ",
                Label(day_label(met.date)),
                *(words(" to ", Label(day_label(met.until))) if met.until else ()),
            ),
            (Paragraph(with_reference(met.words, met.reference)),),
        )
        for met in result.breaks
    ]
    missing = [one.month.label() for one in result.months if one.count.value is None]
    if missing:
        blocks.append(
            Note("missing", words("Missing months"), (Paragraph((Label(", ".join(missing)),)),))
        )
    remarks = [*result.caveats, *result.notes]
    if result.dispersion_note:
        remarks.append(_ups_and_downs(result.dispersion_note))
    if remarks:
        blocks.append(Bullets(tuple((Label(one),) for one in remarks)))
    blocks.append(
        Paragraph(
            joined(
                sentence("Source: ", Label(source_title(result))),
                published_words(material, result),
            ),
            role="source",
        )
    )
    return blocks


def _speaker(material: Material, result: MeasureResult) -> tuple[Paragraph, ...]:
    """What whoever presents the page may say: the same sentences, nothing new."""
    said = [Paragraph(headline(result))]
    presenter = material.presenter(result)
    if presenter:
        said.insert(0, Paragraph(words("Presented by ", Label(presenter), ".")))
    for one in _main(result):
        said.append(Paragraph(joined(comparison_sentence(result, one), meaning(one))))
    said += [Paragraph(rank_line(result, one, material.tallies)) for one in result.ranks]
    return tuple(said)


def _ups_and_downs(note: str) -> str:
    verb = "estimated " if note.startswith("from ") else ""
    return f"The ordinary ups and downs that a change is judged against are {verb}{note}."
