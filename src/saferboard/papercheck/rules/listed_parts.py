"""A total in a sentence and the parts that are listed after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules.walk import prose, sentence

KEY, MONEY = "listed-parts-do-not-add", "money-parts-above-total"
LEAST = 2
SAID = 60
"""How far before the parts “in total” may stand, in letters of the mask."""

_NOUN = r"(?:\s[\w’'/-]+)"
_OPENS = re.compile(
    rf"‹n(?P<total>\d+)›(?P<noun>{_NOUN}{{0,7}})"
    r"(?P<link>,?\s(?:compris(?:ing|ed|es)(?:\sof)?|consist(?:ing|s|ed)\sof|made\sup\sof|which\swere|"
    r"split\sinto|that\sis,|namely)\s|:\s|\s\(|\s[–-]\s)(?P<parts>[^.;:()]+)(?=\)|[.;]|$)",
    re.I,
)
_CLOSES = re.compile(
    rf"(?P<parts>‹n\d+›[^.;:()]+?),\s(?:or\s|which\sis\s)?(?:(?:an?\stotal\sof|making|totalling)\s"
    rf"‹n(?P<total>\d+)›|‹n(?P<all>\d+)›{_NOUN}{{0,2}}\s(?:in\sall|in\stotal|altogether|overall)\b)",
    re.I,
)
_TOTAL = re.compile(r"\b(?:total(?:s|led|ling)?|in\sall|altogether|overall)\b", re.I)
_CLOSED = re.compile(r"compris|consist|made|split|that|namely", re.I)
_JOINTS = re.compile(r",\s(?:and\s|&\s)?|\s(?:and|&)\s", re.I)
_LAST = re.compile(r"\s(?:and|&)\s‹n|\s(?:and|&)(?:\s[\w’'/-]+)+\s‹n", re.I)
_FIRST_COUNTED = re.compile(rf"^‹n(?P<count>\d+)›{_NOUN}{{1,6}}\s?$", re.I)
_LAST_COUNTED = re.compile(rf"^[\w’'/-]+{_NOUN}{{0,4}}\s‹n(?P<count>\d+)›\s?$", re.I)
_NO_PART = re.compile(r"\b(?:more|fewer|less|than|up|down|previous|last|target|average)\b", re.I)
FEWEST_OF_ALL = 0.5
"""Parts that make less than so much of a total are some of it, where nothing says all."""
MOST_OF_ALL = 2.0
"""Figures that make more than twice a total are no parts of it."""

_AMOUNTS = re.compile(r"‹m(\d+)›")
_SUM = re.compile(
    r"(?P<parts>‹m\d+›(?:\s\w+){0,3}(?:,\s‹m\d+›(?:\s\w+){0,3}){0,8},?\sand\s‹m\d+›)\s"
    r"(?:\w+\s)?(?:comes?|came|adds?|added|amounts?|amounted|makes?|made|totals?|totalled)\s(?:up\s)?(?:to\s)?"
    r"(?:an?\stotal\sof\s)?‹m(?P<total>\d+)›",
    re.I,
)
_OPEN = re.compile(r"\b(?:including|of\swhich|such\sas|among|e\.g)\b", re.I)
_MONEY = re.compile(
    r"‹m(?P<total>\d+)›[^‹›.;]{0,40}?\bof\swhich\s‹m(?P<first>\d+)›[^‹›.;]{2,60}?(?:,|\band)\s"
    r"(?:and\s)?‹m(?P<second>\d+)›(?:[^‹›.;]{2,60}?(?:,|\band)\s(?:and\s)?‹m(?P<third>\d+)›)?",
    re.I,
)


def find(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if masked.mask.count("‹n") <= LEAST:
            continue
        for found in (*_OPENS.finditer(masked.mask), *_CLOSES.finditer(masked.mask)):
            groups = found.groupdict()
            total = masked.number(groups["total"] or groups["all"])
            parts = [masked.number(index) for index in _parts(found["parts"])]
            if _OPEN.search(found[0]) or not _countable(total, parts):
                continue
            true = sum(part.value for part in parts)
            if abs(true - total.value) <= 0.5 or true > MOST_OF_ALL * total.value:
                continue
            if true < total.value and _some(masked, found):
                continue
            yield Finding(
                KEY,
                "warning",
                f"The parts make {true:,.10g}, not {total.text}.",
                sentence(
                    passage,
                    min(total.start, parts[0].start),
                    max(total.end, parts[-1].end),
                ),
                passage.place,
                f"{true:,.10g}",
            )


def _parts(words: str) -> list[str]:
    """The indexes of the counts of a list, all of them before what they count, or all behind;
    none where something in it is no part."""
    items: list[str] = []
    for item in _JOINTS.split(words.strip()):
        if items and "‹" not in item:
            items[-1] += f" {item}"
        else:
            items.append(item)
    for form in (_FIRST_COUNTED, _LAST_COUNTED):
        counted = [form.match(item) for item in items]
        if all(counted) and not _NO_PART.search(words):
            return [one["count"] for one in counted if one]
    return []


def _some(masked: Masked, found: re.Match[str]) -> bool:
    """Whether parts that make less may well be some of more."""
    if "link" not in found.re.groupindex:
        return False
    many = len(_parts(found["parts"]))
    joined = bool(_LAST.search(found["parts"]))
    if "(" in found["link"] and many == LEAST:
        return True
    before = masked.mask[: found.end("noun")][-SAID:]
    said = _CLOSED.search(found["link"]) or _TOTAL.search(re.split(r"[.;]\s", before)[-1])
    if said:
        return many == LEAST and not joined
    known = sum(masked.number(index).value for index in _parts(found["parts"]))
    whole = masked.number(found["total"]).value
    return (not joined and many == LEAST) or known < FEWEST_OF_ALL * whole


def _countable(total: Number, parts: list[Number]) -> bool:
    """Whole counts without a hedge."""
    held = [total, *parts]
    return len(parts) >= LEAST and all(one.whole and not one.approx for one in held)


def _sums(passage: Passage, masked: Masked) -> Iterator[Finding]:
    """“£12,000, £8,500 and £6,000 come to £26,500”."""
    for found in _SUM.finditer(masked.mask):
        total = masked.number(found["total"])
        parts = [masked.number(index) for index in _AMOUNTS.findall(found["parts"])]
        true = sum(part.value for part in parts)
        slack = total.half + sum(part.half for part in parts) + 0.5
        if total.approx or abs(true - total.value) <= slack:
            continue
        yield Finding(
            MONEY,
            "warning",
            f"The parts make £{true:,.10g}, not {total.text}.",
            sentence(passage, parts[0].start, total.end),
            passage.place,
            f"£{true:,.10g}",
        )


def find_money(pack: Pack) -> Iterator[Finding]:
    for _, passage, masked in prose(pack):
        if passage.text.count("£") < 3:
            continue
        yield from _sums(passage, masked)
        for found in _MONEY.finditer(masked.mask):
            total = masked.number(found["total"])
            parts = [masked.number(found[name]) for name in ("first", "second", "third")
                     if found[name]]  # fmt: skip
            true = sum(part.value for part in parts)
            slack = total.half + sum(part.half for part in parts)
            if true > total.value + slack + 0.5:
                yield Finding(
                    MONEY,
                    "warning",
                    f"The parts make £{true:,.10g}, more than {total.text}.",
                    sentence(passage, total.start, parts[-1].end),
                    passage.place,
                    f"£{true:,.10g}",
                )


RULES = (
    Rule(
        KEY,
        "Parts that are listed after their total add up to it.",
        "warning",
        1,
        "45 incidents were reported (20 assaults, 15 thefts and 12 others).",
        "Count again; where people are in several parts, say so.",
        find,
    ),
    Rule(
        MONEY,
        "Parts of an amount are not more than it.",
        "warning",
        6,
        "£30,000, of which £20,000 came from the council and £12,000 from the police",
        "Add up again.",
        find_money,
    ),
)
