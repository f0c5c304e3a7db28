"""Small pieces of writing that every sentence of a pack is put together from."""

from __future__ import annotations

from collections.abc import Iterable

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bound, is_zero
from saferboard.analytics.measures.results import MeasureResult, Rag
from saferboard.documents.model import Inline, Inlines, Label, Link, Tag, Text, Tone
from saferboard.vocabulary.period import Period
from saferboard.vocabulary.verdict import Effect, Polarity, Verdict, effect

_VERDICT_SHAPES: dict[Verdict, str] = {
    "clear rise": "▲",
    "clear fall": "▼",
    "possible rise": "↑",
    "possible fall": "↓",
    "stable": "■",
    "no clear change": "–",
    "too few to tell": "–",
    "not comparable": "×",
    "no comparison": "–",
}
_EFFECT_TONES: dict[Effect, Tone] = {
    "better": "good",
    "worse": "bad",
    "no clear change": "neutral",
    "not rated": "neutral",
}
_RATING_MARKS: dict[str, tuple[Tone, str]] = {
    "green": ("good", "●"),
    "amber": ("mixed", "◆"),
    "red": ("bad", "■"),
    "grey": ("neutral", "–"),
}


def words(*parts: str | Inline | Iterable[Inline] | None) -> Inlines:
    """One run of inlines: strings become Text, tuples are taken apart, None is left out."""
    run: list[Inline] = []
    for part in parts:
        if part is None or part == "":
            continue
        if isinstance(part, str):
            run.append(Text(part))
        elif isinstance(part, tuple | list):
            run.extend(part)
        else:
            run.append(part)  # type: ignore[arg-type]  # an Inline is not iterable
    return tuple(run)


def listed(items: Iterable[Inlines], last: str = " and ") -> Inlines:
    """`a`, `a and b`, `a, b and c`."""
    held = list(items)
    run: list[Inline] = []
    for at, item in enumerate(held):
        if at:
            run.append(Text(last if at == len(held) - 1 else ", "))
        run.extend(item)
    return tuple(run)


def titled(result: MeasureResult) -> Inlines:
    """The measure's title, which leads to its page where it has one."""
    title = (Label(result.title),)
    return (Link(title, f"#{result.measure}"),) if result.own_page else title


def in_period(period: Period, start: str = "in") -> Inlines:
    """`in October to December 2023`, `in the 12 months to December 2023`, `from 1 April 2023
    to 8 September 2023`."""
    if period.words is None and not period.is_whole_months:
        return words("From " if start[0].isupper() else "from ", Label(period.label()))
    article = " the " if period.words is None and period.month_count == 12 else " "
    return words(start, article, Label(period.label()))


def counted(fact: Fact, one: str, many: str) -> Inlines:
    """`488 offences`, `1 offence`, `no offences`; the reason where there is no number."""
    if fact.value is None:
        return (bound(fact),)
    if fact.kind in ("percentage", "share"):
        return (bound(fact),)
    if is_zero(fact):
        return words(zero(fact), Label(f" {many}"))
    return words(bound(fact), Label(f" {one if fact.value == 1 else many}"))


def zero(fact: Fact, word: str = "no") -> Inline:
    """A nought in words (“no offences”, “none”), still bound to its fact."""
    part = bound(fact)
    return type(part)(part.fact, part.value, word, part.code)


def with_reference(said: str, reference: str) -> Inlines:
    """What somebody wrote, and in brackets where it is laid down: one sentence at the end."""
    return sentence(Label(said.rstrip(". ")), Label(f" ({reference.rstrip('. ')})"))


def sentence(*parts: str | Inline | Iterable[Inline] | None) -> Inlines:
    """`parts` with a full stop, unless they end with one."""
    run = words(*parts)
    last = run[-1]
    ends = getattr(last, "text", "").rstrip()
    return run if ends.endswith((".", "!", "?")) else words(run, ".")


def joined(*sentences: Inlines | None) -> Inlines:
    """Sentences one after the other, a space between them."""
    run: list[Inline] = []
    for one in sentences:
        if one:
            run.extend((Text(" "), *one) if run else one)
    return tuple(run)


def verdict_tag(verdict: Verdict, polarity: Polarity) -> Tag:
    """What the change means, as a mark that is read without colour."""
    tone = _EFFECT_TONES[effect(verdict, polarity)]
    if verdict in ("possible rise", "possible fall") and polarity != "neither":
        tone = "watch"
    return Tag(verdict, tone, _VERDICT_SHAPES[verdict])


def rating_tag(rag: Rag) -> Tag:
    """The rating with its letter, word and shape: `● G Green`."""
    tone, shape = _RATING_MARKS[rag.rating]
    return Tag(f"{rag.letter} {rag.word}", tone, shape)
