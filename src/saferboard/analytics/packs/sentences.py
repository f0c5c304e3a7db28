"""Sentences about a comparison, in correct English for every case that the data can bring.

Each function takes results and gives inlines, in which every figure is bound to its fact. The
cases are drawn as a table in `tests/spec/test_sentences.py`, which is also the reference page.
"""

from __future__ import annotations

from collections.abc import Iterable

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bound, is_zero, unit_words
from saferboard.analytics.measures.results import BreakMet, Comparison, MeasureResult, MonthPoint
from saferboard.analytics.packs.writing import (
    counted,
    in_period,
    joined,
    sentence,
    words,
    zero,
)
from saferboard.documents.model import Inlines, Label, plain
from saferboard.vocabulary.period import Period

_STATUS_WORDS = {
    "watch high": "higher than usual (watch)",
    "watch low": "lower than usual (watch)",
    "exception high": "unusually high",
    "exception low": "unusually low",
}


def comparison_sentence(result: MeasureResult, comparison: Comparison) -> Inlines:
    """What was counted in a period, and against which other: with the notes that belong to it
    (a break, a change of publication, a provisional month)."""
    return joined(bare_sentence(result, comparison), *comparison_notes(comparison))


def comparison_sentences(
    result: MeasureResult, comparisons: Iterable[Comparison]
) -> tuple[Inlines, ...]:
    """The sentences of several comparisons on one page: a note that belongs to more than one
    of them is said with the first only."""
    said: set[str] = set()
    made = []
    for one in comparisons:
        notes = [note for note in comparison_notes(one) if plain(note) not in said]
        said.update(plain(note) for note in notes)
        made.append(joined(bare_sentence(result, one), *notes))
    return tuple(made)


def bare_sentence(result: MeasureResult, comparison: Comparison) -> Inlines:
    """What was counted, without the notes."""
    current, previous = comparison.current, comparison.previous
    if current.value is None:
        return _without_current(result, comparison)
    if comparison.verdict == "not comparable":
        return joined(_stated(result, comparison), _refused(comparison))
    if previous.value is None:
        return joined(
            _stated(result, comparison),
            sentence("The figure ", in_period(comparison.against, "for"), " ", _why(previous)),
        )
    if _is_part(current):
        return _percentages(comparison)
    return _counts(result, comparison)


def comparison_notes(comparison: Comparison) -> tuple[Inlines, ...]:
    """What a reader of the comparison has to know: cautions, two publications, provisional."""
    compared = comparison.verdict not in ("not comparable", "no comparison")
    notes = [
        sentence("Compare with care: ", Label(_lower_first(met.words)))
        for met in comparison.breaks
        if met.severity == "caution" and compared
    ]
    if comparison.stitched and compared:
        notes.append(
            sentence(
                "The two periods come from different publications of the data, "
                "so part of the difference may be revision"
            )
        )
    if comparison.current.provisional:
        notes.append(sentence("The latest month is provisional and may be revised"))
    return tuple(notes)


def leading(result: MeasureResult) -> Comparison | None:
    """The comparison that stands for the measure: 12 months, else what came last."""
    return result.year or result.latest or result.quarter


def headline(result: MeasureResult) -> Inlines:
    """The one line that a board reads first. It leads with what the change means."""
    title = Label(result.title)
    comparison = leading(result)
    if result.missing or comparison is None:
        return words(title, ": no data")
    current = comparison.current
    if current.value is None:
        return words(title, ": no figure ", in_period(comparison.period, "for"))
    level = words(
        counted(current, result.unit_one, result.unit_many), " ", in_period(comparison.period)
    )
    match comparison.verdict:
        case "clear rise" | "clear fall" | "possible rise" | "possible fall" as verdict:
            return words(title, f": a {verdict}, to ", level, _bracket(comparison))
        case "stable":
            return words(title, ": stable, at ", level, _bracket(comparison))
        case "no clear change":
            return words(title, ": no clear change, at ", level, _bracket(comparison))
        case "too few to tell":
            before = comparison.previous
            after = "" if before.value is None else words(" after ", _short(before))
            return words(title, ": too few to tell, ", level, after)
        case "not comparable":
            return words(title, ": not comparable with the year before, ", level)
        case "no comparison":
            return words(title, ": ", level, ", with nothing to compare")


def meaning(comparison: Comparison) -> Inlines:
    """What the change means, in plain words, with the likely range of the real change."""
    change = comparison.change
    if comparison.current.value is None:
        return ()
    match comparison.verdict:
        case "clear rise" | "clear fall" as verdict:
            noun = "rise" if verdict == "clear rise" else "fall"
            return sentence(
                f"This {noun} is larger than the ordinary ups and downs of this measure would give",
                _range(change),
            )
        case "possible rise" | "possible fall" as verdict:
            noun = "rise" if verdict == "possible rise" else "fall"
            return sentence(
                f"There may have been a real {noun}, but ordinary ups and downs could explain it",
                _range(change),
            )
        case "stable":
            return sentence("The level is about what it was", _range(change))
        case "no clear change":
            return sentence(
                "The difference is no larger than the ordinary ups and downs of this measure",
                _range(change),
            )
        case "too few to tell":
            return sentence("The numbers are too small to tell a real change from chance")
        case "not comparable":
            return _refused(comparison)
        case "no comparison":
            return sentence("There is no earlier figure to compare with")


def rate_sentence(result: MeasureResult) -> Inlines:
    """The rate with its likely range, and what it was a year before."""
    rate = result.rate
    if rate is None:
        return ()
    if rate.value is None:
        return sentence("There is no rate: ", _why_noun(rate))
    before = result.previous_rate
    return sentence(
        "The rate is ",
        bound(rate),
        Label(f" {unit_words(rate)}"),
        Label(f" for {rate.period.label()}") if rate.period.is_short else None,
        words(" (likely ", bound(rate, "low"), " to ", bound(rate, "high"), ")")
        if rate.interval
        else None,
        words("; a year before it was ", bound(before))
        if before is not None and before.value is not None
        else None,
    )


def month_sentence(point: MonthPoint) -> Inlines:
    """A month that stands out: what it was, and what was to be expected."""
    label = Label(point.month.label())
    if point.count.value is None:
        return words(label, ": ", _why_noun(point.count))
    status = _STATUS_WORDS.get(point.status, point.status)
    # The limits are those of an exception: a month to watch lies within them.
    strong = point.status.startswith("exception")
    usual = (
        words(
            " (usual range " if strong else " (within the limits of ",
            bound(point.lower),
            " to ",
            bound(point.upper),
            ")",
        )
        if point.lower and point.upper
        else None
    )
    return words(label, ": ", bound(point.count), f", {status}", usual)


def break_sentence(met: BreakMet) -> Inlines:
    """A break in comparability in its own words, from the register of breaks."""
    return sentence(Label(_sentence_case(met.words)))


# --- the parts ------------------------------------------------------------------------------


def _counts(result: MeasureResult, comparison: Comparison) -> Inlines:
    current, previous, change = comparison.current, comparison.previous, comparison.change
    against = in_period(comparison.against)
    if is_zero(current) and is_zero(previous):
        return sentence(_stated(result, comparison, stop=False), ", as ", against)
    if is_zero(previous):
        return sentence(
            _stated(result, comparison, stop=False),
            "; ",
            against,
            " there were ",
            zero(previous, "none"),
            ", so there is no percentage",
        )
    start = _stated(result, comparison, stop=False)
    if current.value == previous.value:
        return sentence(start, ", the same as ", against)
    before = words(bound(previous), " ", against)
    if change.value is None:
        return sentence(start, ", after ", before)
    if is_zero(change):
        return sentence(start, ", almost the same as the ", before)
    if is_zero(current):
        return sentence(start, ", down from ", before)
    return sentence(start, f", {_way(change)} ", bound(change, "size"), " from ", before)


def _percentages(comparison: Comparison) -> Inlines:
    current, previous, change = comparison.current, comparison.previous, comparison.change
    start = _stated_part(comparison)
    before = words(
        bound(previous), " ", in_period(comparison.against), _base(previous, comparison.name)
    )
    if current.value == previous.value:
        return sentence(
            start,
            ", the same as ",
            in_period(comparison.against),
            _base(previous, comparison.name),
        )
    if change.value is None:
        return sentence(start, ", after ", before)
    if is_zero(change):
        return sentence(start, ", almost the same as the ", before)
    return sentence(start, f", {_way(change)} ", bound(change, "size"), " from ", before)


def _stated(result: MeasureResult, comparison: Comparison, *, stop: bool = True) -> Inlines:
    current = comparison.current
    if _is_part(current):
        run = _stated_part(comparison)
    else:
        verb = "There was " if current.value == 1 and current.kind == "count" else "There were "
        run = words(
            verb,
            counted(current, result.unit_one, result.unit_many),
            " ",
            in_period(comparison.period),
        )
    return sentence(run) if stop else run


def _stated_part(comparison: Comparison) -> Inlines:
    return words(
        "The figure was ",
        bound(comparison.current),
        " ",
        in_period(comparison.period),
        _base(comparison.current, comparison.name),
    )


def _base(fact: Fact, name: str) -> Inlines:
    if fact.n is None or fact.kind != "percentage":
        return ()
    return words(" (", bound(fact, "base"), " asked)" if name == "wave" else " in all)")


def _without_current(result: MeasureResult, comparison: Comparison) -> Inlines:
    current = comparison.current
    what = () if _is_part(current) else words("number of ", Label(result.unit_many), " ")
    return sentence(
        "The ", what or "figure ", in_period(comparison.period, "for"), " ", _why(current)
    )


def _why(fact: Fact) -> Inlines:
    if fact.suppressed:
        return words("is too small to publish (", bound(fact), ")")
    return words("is not known: ", bound(fact))


def _why_noun(fact: Fact) -> Inlines:
    if fact.suppressed:
        return words("too small to publish (", bound(fact), ")")
    return (bound(fact),)


def _refused(comparison: Comparison) -> Inlines:
    against = Label(_period_noun(comparison.against))
    reasons = [met for met in comparison.breaks if met.severity == "not comparable"]
    if not reasons:
        return sentence("It cannot be compared with ", against)
    return sentence(
        "It cannot be compared with ", against, ": ", Label(_lower_first(reasons[0].words))
    )


def _bracket(comparison: Comparison) -> Inlines:
    change = comparison.change
    return () if change.value is None else words(" (", bound(change), ")")


def _short(fact: Fact) -> Inlines:
    return (zero(fact, "none") if is_zero(fact) and fact.kind == "count" else bound(fact),)


def _range(change: Fact) -> Inlines | None:
    """`; the real change is likely to lie between a fall of 9.6% and a rise of 5.6%`."""
    if change.interval is None:
        return None
    low, high = bound(change, "low size"), bound(change, "high size")
    lead = "; the real change is likely to "
    if change.interval.low < 0 < change.interval.high:
        return words(lead, "lie between a fall of ", low, " and a rise of ", high)
    if change.interval.low >= 0:
        return words(lead, "be a rise of between ", low, " and ", high)
    return words(lead, "be a fall of between ", high, " and ", low)


def _way(change: Fact) -> str:
    return "up" if change.value is not None and change.value > 0 else "down"


def _is_part(fact: Fact) -> bool:
    return fact.kind in ("percentage", "share", "rate", "index", "mean")


def _period_noun(period: Period) -> str:
    twelve = period.words is None and period.is_whole_months and period.month_count == 12
    return f"the {period.label()}" if twelve else period.label()


def _lower_first(text: str) -> str:
    """The start of a clause: a capital is kept where the word is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _PLAIN_STARTS else text


_PLAIN_STARTS = frozenset(
    {"The", "A", "An", "From", "In", "Since", "All", "Some", "No", "This", "These", "Before"}
    | {"After", "On", "Until", "New", "Wards", "Counts"}
)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
