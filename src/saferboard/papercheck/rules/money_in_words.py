"""Money in sentences: a year's amount times the years, a price times the number, parts of a sum."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import Masked, masked
from saferboard.papercheck.claims.number import NUMBER_WORD, Number, word_value
from saferboard.papercheck.claims.period import spans
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import passages, sentence

ANNUAL, PRICE, PARTS = "annual-in-words", "price-times-number", "parts-of-an-amount"
MOST_YEARS = 10
WIDEST = 12.0
"""A product this many times more or less than the other amount is about something else."""

_GAP = r"[^‹›.;]"
_PER_YEAR = r"\s?(?:per\s(?:annum|year)|a\syear|p\.?a\.?\b|annually|each\syear|every\syear|yearly)"
_THING = r"(?!(?:annum|year|month|week|day|quarter|cent)\b)\w+"
_TIME = re.compile(rf"^(?P<count>\d{{1,2}}|{NUMBER_WORD})[\s-](?:full\s)?years?$", re.I)
_ANNUAL = re.compile(
    rf"‹m(?P<each>\d+)›{_PER_YEAR}(?P<middle>(?:{_GAP}|;|‹[^mnp]\d+›){{0,70}})‹m(?P<whole>\d+)›"
    rf"(?P<tail>{_GAP}{{0,30}}(?:‹d\d+›)?)",
    re.I,
)
_DURATION = re.compile(r"‹d(\d+)›")
_PRICE = re.compile(
    rf"‹n(?P<count>\d+)›(?P<what>{_GAP}{{0,40}}?)\b(?:at|of|costing|cost|costs|for)\s"
    rf"‹m(?P<each>\d+)›\s(?:each|apiece|per\s{_THING})\b",
    re.I,
)
_PRICE_FOR = re.compile(
    rf"‹m(?P<each>\d+)›\s(?:for\s)?(?:each\s(?:of\s(?:the\s)?)?|(?:per|an?)\s{_THING}{_GAP}{{0,30}}?)"
    rf"(?:‹m(?P<inner>\d+)›{_GAP}{{0,12}})?‹n(?P<count>\d+)›",
    re.I,
)
_PRICE_EACH = re.compile(
    rf"\beach\sof\s(?:the\s|our\s)?‹n(?P<count>\d+)›{_GAP}{{0,30}}?\s(?:costs?|costing|received|got|was\sgiven)\s"
    r"‹m(?P<each>\d+)›",
    re.I,
)
_MONEY = re.compile(r"‹m(\d+)›")
_PART = rf"‹m\d+›(?:{_GAP}|‹[dx]\d+›)"
_PARTS = re.compile(
    rf"‹m(?P<whole>\d+)›(?P<link>(?:{_GAP}|‹[dx]\d+›){{0,45}}?"
    rf"(?::|\((?!or\b|last\b|previous|was\b|up\b|down\b|compared)|\b(?:made\sup\sof|paid\sas|consisting\sof|comprising|split\sinto|(?:shared|split|divided)\sbetween|namely)\b)"
    rf"{_GAP}{{0,20}}?)(?P<parts>(?:{_PART}{{0,45}}?[,;]\s)*{_PART}{{0,45}}?\band\s{_GAP}{{0,25}}?"
    r"‹m\d+›)",
    re.I,
)


def _each(pack: Pack) -> Iterator[tuple[Passage, Masked]]:
    for _, passage in passages(pack):
        if passage.text.count("£") >= 2:
            yield passage, masked(passage.text)


def find_annual(pack: Pack) -> Iterator[Finding]:
    for passage, mask in _each(pack):
        for found in _ANNUAL.finditer(mask.mask):
            years = _years(mask, found)
            each, whole = mask.number(found["each"]), mask.number(found["whole"])
            if years is None or _agree(each.value * years, each, whole, years):
                continue
            expected = f"£{each.value * years:,.10g}"
            yield _finding(
                ANNUAL,
                passage,
                mask,
                found,
                f"{each.text} a year over {years} years is {expected}, not {whole.text}.",
                expected,
            )


def _years(mask: Masked, found: re.Match[str]) -> int | None:
    """How many years stand between or after the two amounts: in words, or as two months."""
    for index in _DURATION.findall(found["middle"]) + _DURATION.findall(found["tail"]):
        if said := _TIME.match(mask.tokens[int(index)].text):
            count = said["count"]
            years = int(count) if count.isdigit() else word_value(count)
            return years if 2 <= years <= MOST_YEARS else None
    start, end = mask.back(found.start()), mask.back(found.end(), end=True)
    for span in spans(mask.text[start:end]):
        if span.months % 12 == 0 and 2 <= span.months // 12 <= MOST_YEARS:
            return span.months // 12
    return None


def find_prices(pack: Pack) -> Iterator[Finding]:
    """“650 alarms at £13 each” with one other amount in the passage near by."""
    for passage, mask in _each(pack):
        for form in (_PRICE, _PRICE_FOR, _PRICE_EACH):
            for found in form.finditer(mask.mask):
                each, count = mask.number(found["each"]), mask.number(found["count"])
                near = _sentence_around(mask.mask, found.start(), found.end())
                others = {one for one in _MONEY.findall(near) if one != found["each"]}
                if inner := found.groupdict().get("inner"):
                    others = {inner}
                if len(others) != 1 or count.kind != "count" or count.value < 2:
                    continue
                whole = mask.number(others.pop())
                true = each.value * count.value
                if _agree(true, each, whole, count.value) or not _alike(true, whole.value):
                    continue
                yield _finding(
                    PRICE,
                    passage,
                    mask,
                    found,
                    f"{count.text} times {each.text} is £{true:,.10g}, not {whole.text}.",
                    f"£{true:,.10g}",
                )


def _sentence_around(words: str, start: int, end: int) -> str:
    first = max(words.rfind(". ", 0, start), words.rfind("; ", 0, start), -2) + 2
    last = words.find(". ", end)
    return words[first : last if last >= 0 else len(words)]


def find_parts(pack: Pack) -> Iterator[Finding]:
    for passage, mask in _each(pack):
        for found in _PARTS.finditer(mask.mask):
            whole = mask.number(found["whole"])
            parts = [mask.number(one) for one in _MONEY.findall(found["parts"])]
            true = sum(part.value for part in parts)
            slack = whole.half + sum(part.half for part in parts) + 0.5
            hedged = whole.approx or any(part.approx for part in parts)
            if hedged or abs(true - whole.value) <= slack or not _alike(true, whole.value):
                continue
            yield _finding(
                PARTS,
                passage,
                mask,
                found,
                f"{' and '.join(part.text for part in parts)} are £{true:,.10g} together, "
                f"not {whole.text}.",
                f"£{true:,.10g}",
            )


def _agree(true: float, each: Number, whole: Number, times: float) -> bool:
    slack = each.half * times + whole.half + 0.5
    return bool(each.approx or whole.approx) or abs(true - whole.value) <= slack


def _alike(one: float, other: float) -> bool:
    return other > 0 and 1 / WIDEST <= one / other <= WIDEST


def _finding(
    key: str, passage: Passage, mask: Masked, found: re.Match[str], message: str, expected: str
) -> Finding:
    start, end = mask.back(found.start()), mask.back(found.end(), end=True)
    return Finding(key, "warning", message, sentence(passage, start, end), passage.place, expected)


RULES = (
    Rule(
        ANNUAL,
        "An amount a year, times the years that are named with it, is the whole amount beside it.",
        "warning",
        6,
        "£64,000 a year; £118,000 over two years",
        "Multiply again, or say that the years differ.",
        find_annual,
    ),
    Rule(
        PRICE,
        "A price times the number bought is the amount beside it.",
        "warning",
        6,
        "£8,450 was spent: 750 alarms at £13 each",
        "Multiply again.",
        find_prices,
    ),
    Rule(
        PARTS,
        "Amounts that make up a sum in a sentence add up to it.",
        "warning",
        6,
        "a grant of £186,000 paid as £98,000 in 2024/25 and £78,000 in 2025/26",
        "Add up again; see whether a part is missing.",
        find_parts,
    ),
)
