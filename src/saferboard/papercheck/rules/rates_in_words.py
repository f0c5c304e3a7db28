"""Ranks, rates, times, averages and fractions in sentences, against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import NUMBER_WORD, Number, word_value
from saferboard.papercheck.claims.rank import ranks
from saferboard.papercheck.claims.rounding import agrees, share_range, shown
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import prose, sentence

RANK, RATE, TIMES, AVERAGE, FRACTION = (
    "rank-beyond-number", "rate-does-not-follow", "times-do-not-follow",
    "average-does-not-follow", "fraction-against-figures",
)  # fmt: skip
LEAST_POPULATION = 1000
LEAST_ORDINAL = 2
NEARLY = 0.8
"""“Nearly half” is not less than so much of a half."""

TIMES_SLACK = 1.1
TIMES_ABOUT = 1.35
"""“Twice” and “about twice” may be so many times more or less."""

FRACTION_SLACK = 0.11
"""A fraction in words may be this far from the true share, as a part of itself."""

_WORDS = r"[^‹›.;]"
_GAP = rf"(?:{_WORDS}|‹[dxro]\d+›)"
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z(“‹])")
_RATE = re.compile(
    r"‹n(?P<first>\d+)›[^‹›.;]{0,40}?‹r(?P<per>\d+)›|‹r(?P<base>\d+)›[^‹›.;]{0,40}?\bis\s‹n(?P<then>\d+)›",
    re.I,
)
_PEOPLE = (
    r"population|residents|inhabitants|people|households|homes|dwellings|adults|children|pupils"
)
_POPULATION = re.compile(
    rf"\b(?:{_PEOPLE})(?:\s(?:of|is|was|being|aged\s[\w\s]{{1,12}}))?\s‹n(?P<after>\d+)›"
    rf"|‹n(?P<before>\d+)›\s(?:\w+\s){{0,2}}?(?:{_PEOPLE})\b"
    r"|\bof\swhom\sthere\sare\s‹n(?P<whom>\d+)›",
    re.I,
)
_COUNT = re.compile(r"‹n(\d+)›(?!\s?(?:per\b|times\b|months?\b|years?\b))")
_LINKED = re.compile(r"\b(?:that\sis|this\sis|rate\s(?:is|was|comes)|equals|equates)\b", re.I)
_TIMES = re.compile(
    rf"‹[nm](?P<above>\d+)›{_GAP}{{0,60}}?‹n(?P<times>\d+)›\stimes\s(?:that\sof\s{_GAP}{{1,40}}?,\s|"
    rf"(?:as\s(?:many|much|high|often)\sas\s)?(?:the\s)?)‹[nm](?P<below>\d+)›",
    re.I,
)
_TIMES_FIRST = re.compile(
    rf"‹n(?P<times>\d+)›\stimes\sas\s(?:many|much|high|often|likely)\b{_GAP}{{0,30}}?[:(]\s?"
    rf"‹[nm](?P<above>\d+)›{_GAP}{{0,25}}?\b(?:against|to|compared\s(?:to|with)|and)\s‹[nm](?P<below>\d+)›",
    re.I,
)
_TWICE = re.compile(
    r"‹[nm](?P<above>\d+)›(?:\s[\w’'-]+){0,6}?(?:,|\s(?:is|was|are|were))\s(?P<hedge>(?:nearly|almost|about|around|"
    r"over|more\sthan|just\sover|just\sunder|less\sthan)\s)?"
    r"(?P<word>half\sas\s(?:many|much)\sagain\sas|twice|double|treble|triple|half)\s"
    r"(?:(?:as\s(?:many|much)\sas|that\sof|the\snumber\sof)\s)?(?:the\s|last\syear['’]s\s)?‹[nm](?P<below>\d+)›",
    re.I,
)
_TIMES_IN_WORDS = {"twice": 2.0, "double": 2.0, "treble": 3.0, "triple": 3.0, "half": 0.5}
_AGAIN = 1.5
_AVERAGE_EACH = re.compile(
    r"\baverage\s(?:\w+\s)?of\s‹[nm](?P<each>\d+)›(?:\s\w+)?\s(?:each|apiece)\b", re.I
)
_BY_FACTOR = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\bby\sa\sfactor\sof\s‹n(?P<times>\d+)›,?\s\(?from\s‹[nm](?P<above>\d+)›{_GAP}{{0,40}}?"
        r"\sto\s‹[nm](?P<below>\d+)›",
        rf"\bfrom\s‹[nm](?P<above>\d+)›{_GAP}{{0,40}}?\sto\s‹[nm](?P<below>\d+)›{_GAP}{{0,40}}?"
        r"\bby\sa\sfactor\sof\s‹n(?P<times>\d+)›",
    )
)
_SPAN = rf"(?P<count>\d{{1,2}}|{NUMBER_WORD})\s(?P<unit>month|quarter|week|day|year)s"
_PERIOD = re.compile(_SPAN, re.I)
_AVERAGE = re.compile(
    rf"‹[nm](?P<whole>\d+)›{_GAP}{{0,40}}?,?\s(?:an?|or\san?|on)\saverage\s(?:of\s)?"
    r"‹[nm](?P<each>\d+)›\s(?:\w+\s)?(?:a|per|each|every)\s(?P<unit>month|quarter|week|day|year)\b",
    re.I,
)
_AVERAGE_FIRST = re.compile(
    rf"\baverage\sof\s‹[nm](?P<each>\d+)›\s(?:\w+\s){{0,2}}?(?:a|per|each|every)\s"
    rf"(?P<unit>month|quarter|week|day|year)\b{_GAP}{{0,60}}?(?:\b(?:made|makes|making|gives?|giving|total|"
    rf"totalling|or|is)|‹d\d+›,)\s{_GAP}{{0,15}}?‹[nm](?P<whole>\d+)›",
    re.I,
)
_NAMES = {
    "half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10,
    "sixth": 1 / 6, "eighth": 1 / 8,
}  # fmt: skip
_FRACTION = (
    rf"(?P<hedge>(?:nearly|almost|just\sunder|over|more\sthan|less\sthan|just\sover|around|about|"
    rf"approximately|roughly)\s)?(?:(?P<many>an?|one|two|three)[\s-])?"
    rf"(?P<name>{'|'.join(_NAMES)})s?\b(?!\s(?:‹|highest|lowest|of\sthe\syear))"
)
_TWO_FIGURES = (
    rf"(?:{_GAP}|‹n\d+›){{0,60}}?[,:(–]\s?‹n(?P<part>\d+)›\s(?:\w+\s)?(?:out\s)?of\s"
    r"(?:the\s|all\s)?‹n(?P<whole>\d+)›"
)
_N_OF_M = (
    r"‹n(?P<part>\d+)›\s(?:out\s)?of\s(?:the\s|all\s|our\s)?(?:\w+\s)?"
    rf"‹n(?P<whole>\d+)›{_GAP}{{0,50}}?"
)
_OF_THE = r"\sof\s(?:the\s|all\s|our\s|these\s|those\s)?(?:\w+\s)?‹n(?P<whole>\d+)›"
_BRACKETED = r"(?:\(‹n(?P<part>\d+)›(?:\s\w+){0,2}\)|,\s‹n(?P<apart>\d+)›,)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_FRACTION}{_TWO_FIGURES}",
        rf"\b{_FRACTION}{_GAP}{{0,60}}?:?\s?\(?‹p(?P<share>\d+)›\s\((?:n\s?=\s?)?‹f\d+›",
        rf"(?P<hedge>)‹n(?P<top>\d+)›\sin\s‹n(?P<bottom>\d+)›{_GAP}{{0,40}}?\(‹p(?P<share>\d+)›",
        rf"{_N_OF_M}[,(–]\s?(?P<hedge>)(?:i\.e\.\s|or\s|that\sis\s)?‹n(?P<top>\d+)›\sin\s‹n(?P<bottom>\d+)›",
        rf"{_N_OF_M}[,(–]\s?(?:i\.e\.\s|or\s|that\sis\s)?{_FRACTION}(?=[.,;)]|$)",
        rf"‹n(?P<whole>\d+)›{_GAP}{{0,50}}?,?\s{_FRACTION}\sof\s(?:which|whom|them|these)\s\(‹n(?P<part>\d+)›\)",
        rf"\b{_FRACTION}{_OF_THE}{_GAP}{{0,60}}?{_BRACKETED}",
        rf"‹n(?P<part>\d+)›{_GAP}{{0,50}}?[,(–]\s?(?:or\s|which\sis\s|that\sis\s)?{_FRACTION}{_OF_THE}",
        rf"(?P<hedge>)‹n(?P<top>\d+)›\sin\s(?:every\s)?‹n(?P<bottom>\d+)›{_OF_THE}{_GAP}{{0,60}}?{_BRACKETED}",
    )
)


def find_ranks(pack: Pack) -> Iterator[Finding]:
    """A place beyond the number of places."""
    for _, passage, mask in prose(pack):
        for rank in ranks(mask):
            if rank.of is not None and LEAST_ORDINAL <= rank.of < rank.place:
                yield Finding(
                    RANK,
                    "error",
                    f"There is no place {rank.place} among {rank.of}.",
                    sentence(passage, rank.start, rank.end_at),
                    passage.place,
                )


def find_rates(pack: Pack) -> Iterator[Finding]:
    """A rate in a sentence that names the population too: no count of the sentence, or of the one
    before when it is referred to, gives it."""
    for _, passage, mask in prose(pack):
        cuts = [0, *(found.end() for found in _SENTENCES.finditer(mask.mask)), len(mask.mask)]
        for at, (start, end) in enumerate(pairwise(cuts)):
            words = mask.mask[start:end]
            found = list(_RATE.finditer(words))
            people = {
                index for one in _POPULATION.finditer(words) for index in one.groups() if index
            }
            wholes = [mask.number(index) for index in people]
            wholes = [one for one in wholes if one.value >= LEAST_POPULATION]
            if len(found) != 1 or len(wholes) != 1:
                continue
            index = found[0]["first"] or found[0]["then"]
            rate, per = mask.number(index), mask.tokens[int(found[0]["per"] or found[0]["base"])]
            scale = float(re.sub(r"\D", "", per.text.replace("k", "000")) or 0)
            counts = _counts(mask, words, {index, *people})
            if at and (not counts or _LINKED.search(words)):
                counts += _counts(mask, mask.mask[cuts[at - 1] : start], set())
            judged = [_rate_range(one, wholes[0], scale) for one in counts]
            if not judged or any(low <= high and agrees(low, high, rate) for low, high in judged):
                continue
            true = scale * counts[0].value / wholes[0].value
            yield Finding(
                RATE,
                "warning",
                f"{counts[0].text} of {wholes[0].text} is {shown(true, rate)} per {scale:,.0f}, "
                f"not {rate.text}.",
                sentence(passage, mask.back(start), mask.back(end, end=True)),
                passage.place,
                f"{shown(true, rate)}",
            )


def _counts(mask: Masked, words: str, without: set[str]) -> list[Number]:
    return [mask.number(one) for one in _COUNT.findall(words) if one not in without]


def _rate_range(part: Number, whole: Number, scale: float) -> tuple[float, float]:
    true = share_range(part, whole)
    return (true[0] * scale / 100, true[1] * scale / 100) if true else (1.0, 0.0)


def find_times(pack: Pack) -> Iterator[Finding]:
    yield from _twice(pack)
    for _, passage, mask in prose(pack):
        if " times " not in passage.text and "factor" not in passage.text:
            continue
        for form in (_TIMES, _TIMES_FIRST, *_BY_FACTOR):
            for found in form.finditer(mask.mask):
                above, below = mask.number(found["above"]), mask.number(found["below"])
                if form in _BY_FACTOR and above.value < below.value:
                    above, below = below, above
                said = mask.number(found["times"])
                true = share_range(above, below)
                if true is None or agrees(true[0] / 100, true[1] / 100, said):
                    continue
                yield _finding(
                    TIMES,
                    passage,
                    mask,
                    found,
                    f"{above.text} is {above.value / below.value:.1f} times {below.text}, "
                    f"not {said.text} times.",
                    f"{above.value / below.value:.1f} times",
                )


def _twice(pack: Pack) -> Iterator[Finding]:
    """“16, twice the 8 of the year before”; a tenth more or less is still “twice”."""
    for _, passage, mask in prose(pack):
        for found in _TWICE.finditer(mask.mask):
            above, below = mask.number(found["above"]), mask.number(found["below"])
            word = found["word"].lower()
            said = _TIMES_IN_WORDS.get(word, _AGAIN)
            if below.value <= 0 or above.approx or below.approx:
                continue
            true = above.value / below.value
            if _fits_times(found["hedge"] or "", said, true):
                continue
            yield _finding(
                TIMES, passage, mask, found,
                f"{above.text} is {true:.1f} times {below.text}, not {word}.", f"{true:.1f} times",
            )  # fmt: skip


def _fits_times(hedge: str, said: float, true: float) -> bool:
    if hedge.strip().lower() in ("about", "around"):
        return 1 / TIMES_ABOUT <= true / said <= TIMES_ABOUT
    if hedge:
        return _fits(hedge, said, true)
    return 1 / TIMES_SLACK <= true / said <= TIMES_SLACK


def _each(pack: Pack) -> Iterator[Finding]:
    """“The 14 officers carried 252 cases, an average of 18 each”: two counts and no third."""
    for _, passage, mask in prose(pack):
        for words in _SENTENCES.split(mask.mask):
            found = _AVERAGE_EACH.search(words)
            counts = _counts(mask, words, {found["each"]}) if found else []
            if not found or len(counts) != 2 or "‹p" in words:
                continue
            few, many = sorted(counts, key=lambda one: one.value)
            each = mask.number(found["each"])
            if few.value < LEAST_ORDINAL or few.approx or many.approx:
                continue
            low, high = share_range(many, few) or (0.0, 0.0)
            if agrees(low / 100, high / 100, each):
                continue
            yield Finding(
                AVERAGE, "warning",
                f"{many.text} over {few.text} is {many.value / few.value:,.1f} each, "
                f"not {each.text}.",
                sentence(passage, few.start, each.end), passage.place,
                f"{many.value / few.value:,.1f}",
            )  # fmt: skip


def find_averages(pack: Pack) -> Iterator[Finding]:
    """“600 in twelve months, an average of 50 a month”."""
    yield from _each(pack)
    for _, passage, mask in prose(pack):
        for found in (*_AVERAGE.finditer(mask.mask), *_AVERAGE_FIRST.finditer(mask.mask)):
            first = mask.mask.rfind(". ", 0, found.start()) + 1
            start, end = mask.back(first), mask.back(found.end(), end=True)
            spans = [
                one
                for one in _PERIOD.finditer(passage.text[start:end])
                if one["unit"].lower() == found["unit"].lower()
            ]
            if len(spans) != 1:
                continue
            count = spans[0]["count"]
            times = int(count) if count.isdigit() else word_value(count)
            whole, each = mask.number(found["whole"]), mask.number(found["each"])
            if times < LEAST_ORDINAL or agrees(
                (whole.value - whole.half) / times, (whole.value + whole.half) / times, each
            ):
                continue
            yield _finding(
                AVERAGE,
                passage,
                mask,
                found,
                f"{whole.text} over {times} {found['unit']}s is {whole.value / times:,.1f} a "
                f"{found['unit']}, not {each.text}.",
                f"{whole.value / times:,.1f}",
            )


def find_fractions(pack: Pack) -> Iterator[Finding]:
    for _, passage, mask in prose(pack):
        for form in _FORMS:
            for found in form.finditer(mask.mask):
                said, true = _said(mask, found), _true(mask, found)
                if true is None or _fits(found["hedge"] or "", said, true):
                    continue
                yield _finding(
                    FRACTION,
                    passage,
                    mask,
                    found,
                    f"The figures make {100 * true:.0f}%, and the words {100 * said:.0f}%.",
                    f"{100 * true:.0f}%",
                )


def _said(mask: Masked, found: re.Match[str]) -> float:
    if "top" in found.re.groupindex:
        return mask.number(found["top"]).value / mask.number(found["bottom"]).value
    many = (found["many"] or "a").lower()
    return _NAMES[found["name"].lower()] * (1 if many in ("a", "an", "one") else word_value(many))


def _true(mask: Masked, found: re.Match[str]) -> float | None:
    if "share" in found.re.groupindex:
        return mask.number(found["share"]).value / 100
    groups = found.groupdict()
    part = mask.number(groups["part"] or groups["apart"])
    whole = mask.number(found["whole"])
    return part.value / whole.value if part.value <= whole.value and whole.value > 0 else None


def _fits(hedge: str, said: float, true: float) -> bool:
    words = hedge.strip().lower()
    if words in ("over", "more than", "just over"):
        return true > said * (1 - 0.02)
    if words in ("nearly", "almost", "just under", "less than"):
        return true < said * (1 + 0.02) and (words == "less than" or true > said * NEARLY)
    return abs(true - said) <= FRACTION_SLACK * said


def _finding(
    key: str, passage: Passage, mask: Masked, found: re.Match[str], message: str, expected: str
) -> Finding:
    start, end = mask.back(found.start()), mask.back(found.end(), end=True)
    return Finding(key, "warning", message, sentence(passage, start, end), passage.place, expected)


RULES = (
    Rule(
        RANK,
        "A rank is one of the places that there are.",
        "error",
        1,
        "the 14th lowest rate of the 12 districts",
        "See whether the rank or the number of areas is wrong.",
        find_ranks,
    ),
    Rule(
        RATE,
        "A rate in a sentence follows from its count and its population.",
        "warning",
        1,
        "1,588 offences in a population of 162,400, a rate of 8.9 per 1,000 residents",
        "Divide again; see whether the population is of another year.",
        find_rates,
    ),
    Rule(
        TIMES,
        "“2.6 times” follows from the two figures beside it.",
        "warning",
        1,
        "86 cases, three times the 43 of the year before",
        "Divide the one by the other again.",
        find_times,
    ),
    Rule(
        AVERAGE,
        "An average over months is the total over their number.",
        "warning",
        1,
        "Over the twelve months there were 600 referrals, an average of 60 a month.",
        "Divide again.",
        find_averages,
    ),
    Rule(
        FRACTION,
        "A fraction in words fits the figures that follow it.",
        "warning",
        1,
        "Half of those asked, 403 out of 1,208, felt less safe.",
        "Choose the words that the figures bear out.",
        find_fractions,
    ),
)
