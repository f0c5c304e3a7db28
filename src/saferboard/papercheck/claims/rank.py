"""Ranks as officers write them: “3rd lowest of 32”, “ranked 6th nationally”, “23/32”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from saferboard.papercheck.claims.mask import Masked

_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_ORDINAL = rf"(?:‹o(?P<ordinal>\d+)›|\b(?P<word>{'|'.join(_ORDINAL_WORDS)}))"
_SIDES = "lowest|highest|best|worst|most|least|largest|smallest|greatest|fewest|biggest|safest|top"
NEAR = 200
_GAP = r"(?:[^‹›.;:,()]|‹[rdx]\d+›)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"{_ORDINAL}\s(?:equal\s|joint\s|from\sthe\s)?(?P<side>{_SIDES})\b",
        rf"\b(?:ranks?|ranked|ranking|placed|position(?:ed)?|comes?|came)\s(?:as\s|at\s|in\s)?"
        rf"(?:the\s)?{_ORDINAL}(?:\s(?P<side>{_SIDES})\b)?",
        rf"{_ORDINAL}\s(?:position|place)\b(?P<side>)",
    )
)
_LISTED = re.compile(rf"[,;]\s(?:and\s)?{_ORDINAL}(?=\s(?:for|in|on)\b)", re.I)
_SUPERLATIVE = re.compile(
    rf"\bthe\s(?P<side>lowest|highest|best|worst)\s(?={_GAP}{{0,80}}?\s(?:out\s)?of\s(?:all\s|the\s)"
    r"{0,2}‹n\d+›)",
    re.I,
)
_TOP = re.compile(r"‹n\d+›\sof\s(?:the|our|its)\s(?P<side>top|most)\s‹n(?P<count>\d+)›", re.I)
_OF_AFTER = re.compile(
    rf"^{_GAP}{{0,80}}?\(?(?:out\s)?of\s(?:the\s|all\s){{0,2}}(?:\w+\s)?‹n(?P<of>\d+)›", re.I
)
_OF_BEFORE = re.compile(r"(?:^|[.;]\s)(?:(?:out\s)?of|among(?:st)?)\s(?:the\s|all\s){0,2}"
                        r"‹n(?P<of>\d+)›"
                        rf"{_GAP}{{0,60}}?,?\s?{_GAP}{{0,30}}$", re.I)  # fmt: skip
_WAS = re.compile(rf"^[^‹›.;]{{0,40}}\((?:was|from|previously)\s{_ORDINAL}", re.I)
_FRACTION = re.compile(
    r"^\s*‹f(?P<alone>\d+)›\s*$"
    r"|\b(?:rank(?:ed|ing|s)?|position|placed)\b[^‹›.;]{0,30}‹f(?P<named>\d+)›"
    rf"|‹f(?P<called>\d+)›\s(?:is|was|being)\s(?:the\s)?(?P<side>{_SIDES})\b",
    re.I,
)


@dataclass(frozen=True)
class Rank:
    """The `place` in an order of `of` (None where nobody says), counted from the `side`
    (lowest, highest, best, worst, most, least, largest, …; "" where it is not said). `before`
    is the place that it is compared with. `within` for “one of the top three”. `start` and
    `end_at` are positions in the passage's words."""

    place: int
    of: int | None
    side: str
    before: int | None
    within: bool
    start: int
    end_at: int


@lru_cache(maxsize=16_384)
def ranks(masked: Masked) -> tuple[Rank, ...]:
    """Every rank that the words claim, in order."""
    found: dict[int, Rank] = {}
    for form in (*_FORMS, _LISTED):
        for match in form.finditer(masked.mask):
            at = match.start("ordinal") if match["ordinal"] else match.start("word")
            if form is _LISTED and not found:
                continue
            found.setdefault(at, _rank(masked, match, _place(masked, match)))
    for match in _SUPERLATIVE.finditer(masked.mask):
        found.setdefault(match.start(), _rank(masked, match, 1))
    for match in _TOP.finditer(masked.mask):
        count = int(masked.number(match["count"]).value)
        found.setdefault(match.start(), _made(masked, match, count, None, within=True))
    for match in _FRACTION.finditer(masked.mask):
        token = masked.tokens[int(match["alone"] or match["named"] or match["called"])]
        if token.parts and 1 <= token.parts[0].value <= token.parts[1].value:
            place, of = (int(part.value) for part in token.parts)
            found.setdefault(match.start(), _made(masked, match, place, of))
    return tuple(_together([rank for _, rank in sorted(found.items())], masked.text))


def _together(found: list[Rank], text: str) -> Iterator[Rank]:
    """Two ranks from one side joined by “and” are of as many: the number stands once."""
    for at, rank in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        if (
            rank.of is None
            and after
            and after.side == rank.side
            and re.search(r"\band\b", text[rank.end_at : after.start])
            and not re.search(r"[.;]", text[rank.end_at : after.start])
        ):
            yield replace(rank, of=after.of)
        else:
            yield rank


def _rank(masked: Masked, match: re.Match[str], place: int) -> Rank:
    after = _OF_AFTER.match(masked.mask[match.end() : match.end() + NEAR])
    lead = masked.mask[max(0, match.start() - NEAR) : match.start()]
    before = None if after else _OF_BEFORE.search(lead)
    of = after or before
    was = _WAS.match(masked.mask[match.end() : match.end() + NEAR])
    earlier = _place(masked, was) if was else None
    return _made(masked, match, place, int(masked.number(of["of"]).value) if of else None, earlier)


def _made(
    masked: Masked,
    match: re.Match[str],
    place: int,
    of: int | None,
    before: int | None = None,
    *,
    within: bool = False,
) -> Rank:
    side = match.groupdict().get("side") or ""
    return Rank(
        place,
        of,
        side.lower(),
        before,
        within,
        masked.back(match.start()),
        masked.back(match.end(), end=True),
    )


def _place(masked: Masked, match: re.Match[str]) -> int:
    if match["word"]:
        return _ORDINAL_WORDS.index(match["word"].lower()) + 1
    return int(re.sub(r"\D", "", masked.tokens[int(match["ordinal"])].text))
