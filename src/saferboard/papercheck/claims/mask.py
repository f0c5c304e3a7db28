"""Words with their figures replaced by tokens, so that a form of sentence is a short pattern.

`There were 251 cases in the 3 months of October 2023 to December 2023` becomes `There were
‹n0› cases in the ‹d1› of ‹d2› to ‹d3›`. A token's letter says what stood there:

n a count, p a percentage, t percentage points, m money, f a fraction (12/18), o an ordinal,
d a date, period or length of time, g a range of values, x a number that is only a reference
(paragraph, table, page, age, time of day).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from saferboard.papercheck.claims.month_names import MONTH_NAME
from saferboard.papercheck.claims.number import (
    DIGITS,
    NUMBER_WORD,
    Number,
    NumberKind,
    number_at,
    word_value,
)

MONTH = rf"{MONTH_NAME}\b\.?"
YEAR = r"(?:19[5-9]\d|20[0-5]\d)"
_COUNTED = (
    r"(?!\s+(?:cases|offences|incidents|reports|calls|referrals|crimes|victims|families|people|"
    r"children|households|residents|contacts|individuals|concerns|burglaries|robberies)\b)"
)
_SCALE = r"(?:\s?(?:bn|billion|mn|million|thousand|k|m)\b)?"
_UNIT_OF_TIME = r"(?:second|minute|hour|night|day|week|fortnight|month|quarter|year|yr)s?"
_BEFORE_POINTS = "|".join(
    rf"(?<=\b{word}\s)"
    for word in ("by", "up", "down", r"improvement\sof", r"increase\sof", r"rise\sof", r"fall\sof",
                 r"drop\sof", r"gain\sof", r"loss\sof")
)  # fmt: skip
_FORMS: tuple[tuple[str, str], ...] = (
    ("x", r"https?://\S+|www\.\S+|(?<!\S)[^\s@]{1,64}@\S{1,255}"),
    ("x", r"^\s*\(?\d{1,2}(?:\.\d{1,2})+\.?(?=\s+(?-i:[A-Z0-9“(]))(?![^.]{0,60}\bper\s1)"),
    ("x", r"\b(?:Tables?|Figures?|Fig|Charts?|Graphs?|Maps?|pages?|p|pp|sections?|"
          r"(?<!['’])(?-i:S)|part|para|paragraphs?|outcomes?|objectives?|priorit(?:y|ies)|"
          r"items?|appendix|annex|levels?|key stages?|"
          r"KS|phases?|stages?|steps?|tiers?|bands?|rights?|zones?|wards?|agenda)\.?\s?"
          r"\d+(?:\.\d+)*(?:\s?(?:-|–|&|and|to|/)\s?\d+)?[a-z]?\b(?!\s?%|,\d)"),
    ("x", r"\byears?\s(?:1[0-3]|[1-9])(?:\s?(?:-|–|&|and|to)\s?(?:1[0-3]|[1-9]))?\b"
          r"(?!\s?%|[,.]\d)"),
    ("x", r"\b999\s(?:calls?|line|operators?|system)\b|\b(?:101|111)\s(?:line|number|service)\b"),
    ("d", r"\b\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})\b"),
    ("d", rf"\b\d{{1,2}}(?:\s?(?:st|nd|rd|th))?(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR}\b)?"),
    ("d", rf"\b{MONTH}(?:,?\s+\d{{1,2}}(?:st|nd|rd|th)?,)?[\s'’-]*"
          rf"(?:{YEAR}\b|\d{{2}}\b(?![%,.]?\d|%))"),
    ("d", rf"\b{YEAR}\s?[/–-]\s?(?:\d{{4}}|\d{{2}})\b(?!\d|%)"),
    ("d", r"\b(?:Q[1-4]|FY\s?\d\d)\b(?:\s?[-–/&]\s?Q?[1-4]\b)?"),
    ("x", r"\b\d{1,2}[.:]\d{2}(?:\s?(?:am|pm)\b|(?=\s?(?:hrs|hours)))|\b\d{1,2}\s?(?:am|pm)\b|"
          r"\b\d{1,2}:\d{2}\b|\b24/7\b"),
    ("x", r"\b(?:aged?|ages)\s+(?:of\s+)?(?:between\s+)?\d{1,2}"
          r"(?:\s?(?:-|–|to|and|or)\s?\d{1,2})?\+?|"
          r"\b\d{1,2}\s?(?:-|–|to|and)\s?\d{1,2}[\s-]*(?:years?\b|yrs?\b)[- ]?(?:olds?)?|"
          r"\b(?:under|over)(?:\s(?:the\s)?ages?\sof)?[\s-]\d{2}(?:'?s|\syears?)?\b(?!\s?%|,\d|[.]\d)"
          r"(?=\s?(?:year|of\b|who|age|in\b|\)|,|\.|$|s\b))|\b\d{1,2}\+|"
          r"\b\d{1,2}[- ]years?[- ]olds?\b"),
    ("d", rf"\b(?!(?:\d{{1,3}},\d{{3}}|\d{{3,}})\shours\b)(?!three[\s-]quarters\s?(?:\(|of\b))"
          rf"(?:{DIGITS}|{NUMBER_WORD})[\s-]+(?:full\s|calendar\s|working\s|rolling\s)?{_UNIT_OF_TIME}\b"),
    ("d", rf"\b{YEAR}\b(?![,.]\d|\s?%){_COUNTED}"),
    ("r", r"\bper\s+(?:1(?:00?)?(?:[,\s]?000){1,2}\b|1(?:00?)?k\b|thousand\b|million\b)"),
    ("o", r"\b\d{1,4}(?:st|nd|rd|th)\b"),
    ("g", rf"{DIGITS}\s?%?\s?[-–]\s?{DIGITS}(?:\s?%|(?=\b))"),
    ("f", r"(?<![\w/.,£])\d{1,6}\s?/\s?\d{1,6}(?![\w/])"),
    ("m", rf"(?:£|GBP\s?)\s?{DIGITS}{_SCALE}"),
    ("t", rf"(?=[-+\d])(?<![\w.])[-+]?{DIGITS}\s?"
          r"(?:percentage[- ]points?|%[- ]points?|pp\b|ppts?\b)|"
          rf"(?=\d)(?:{_BEFORE_POINTS}){DIGITS}\spoints?\b"),
    ("t", rf"\b(?=[a-z])(?:{NUMBER_WORD})\spercentage[- ]points?\b"),
    ("p", rf"\b(?=[a-z])(?:{NUMBER_WORD})\s(?:per\s?cent\b(?!age)|percent\b)"),
    ("p", rf"(?:(?<=\bc\.)|(?<![\w.,/]))[-+]?{DIGITS}\s?(?:%|per\s?cent\b(?!age)|percent\b)"),
    ("n", rf"(?:(?<=\bc\.)|(?<![\w/£$€.,]))(?<![\d][-–])[-+]?{DIGITS}"
          r"(?:\s?(?:bn|billion|million|thousand|k|m)\b)?(?![\w/]|[-–]\d)"),
    ("n", rf"\b(?:{NUMBER_WORD})\b(?![- ](?:third|quarter|fifth|tenth|stop|off|to-one)s?\b)"),
)  # fmt: skip
_ONE = re.compile(
    "|".join(f"(?P<{kind}{at}>{form})" for at, (kind, form) in enumerate(_FORMS)), re.I
)
_NUMBER_WORD = re.compile(NUMBER_WORD, re.I)
_DIGITS = re.compile(DIGITS)
_SCALE_AT_END = re.compile(r"(bn|billion|mn|million|thousand|k|m)\s*$", re.I)
_KINDS: dict[str, NumberKind] = {"n": "count", "p": "percent", "t": "points", "m": "money"}


@dataclass(frozen=True)
class Token:
    """What stands behind a token of the mask. `number` for n, p, t, m; `parts` for f and g."""

    letter: str
    text: str
    start: int
    end: int
    number: Number | None = None
    parts: tuple[Number, Number] | None = None


@dataclass(frozen=True, eq=False)
class Masked:
    """`text` is the words as they stood, `mask` the same with tokens, numbered from 0. Two are
    the same only where they are one: `masked` keeps them, so that what is read in one is read
    once, however many rules ask."""

    text: str
    mask: str
    tokens: tuple[Token, ...]
    _starts: tuple[int, ...]

    def number(self, index: str | int) -> Number:
        """The number behind token `index`. Raises ValueError when it holds none."""
        number = self.tokens[int(index)].number
        if number is None:
            raise ValueError(f"token {index} is not a number")
        return number

    def back(self, position: int, *, end: bool = False) -> int:
        """The position in `text` of a position in `mask`; inside a token its start or end."""
        before = bisect_right(self._starts, position - (1 if end else 0)) - 1
        if before < 0:
            return position
        token, at = self.tokens[before], self._starts[before]
        length = len(f"‹{token.letter}{before}›")
        if position >= at + length:
            return token.end + position - at - length
        return token.end if end else token.start


@lru_cache(maxsize=16_384)
def masked(text: str) -> Masked:
    """`text` with its figures replaced by tokens."""
    tokens: list[Token] = []
    parts: list[str] = []
    starts: list[int] = []
    length = last = 0
    for found in _ONE.finditer(text):
        letter = (found.lastgroup or "x")[0]
        token = _token(text, letter, found)
        before = text[last : found.start()].replace("‹", "<").replace("›", ">")
        mark = f"‹{letter}{len(tokens)}›"
        length += len(before)
        starts.append(length)
        length += len(mark)
        parts += [before, mark]
        tokens.append(token)
        last = found.end()
    parts.append(text[last:].replace("‹", "<").replace("›", ">"))
    return Masked(text, "".join(parts), tuple(tokens), tuple(starts))


def _token(text: str, letter: str, found: re.Match[str]) -> Token:
    words, start, end = found[0], found.start(), found.end()
    if letter == "f":
        top, bottom = (
            number_at(text, start, end, "count", part.strip()) for part in words.split("/")
        )
        return Token(letter, words, start, end, parts=(top, bottom))
    if letter == "g":
        kind: NumberKind = "percent" if "%" in words else "count"
        low, high = (
            number_at(text, start, end, kind, digits) for digits in _DIGITS.findall(words)[:2]
        )
        return Token(letter, words, start, end, parts=(low, high))
    if letter not in _KINDS:
        return Token(letter, words, start, end)
    digits = _DIGITS.search(words)
    if digits is None:
        said = _NUMBER_WORD.match(words)
        value = word_value(said[0] if said else words)
        number = Number(float(value), _KINDS[letter], words, start, end)
    else:
        scale = _SCALE_AT_END.search(words[digits.end() :]) if letter in "nm" else None
        sign = words[: digits.start()].replace("£", "").strip()
        number = number_at(
            text, start, end, _KINDS[letter], digits[0], scale[1] if scale else "", sign
        )
    return Token(letter, words, start, end, number)
