"""Money: amounts of years against their total, an annual amount against a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from saferboard.papercheck.claims.mask import masked
from saferboard.papercheck.claims.number import Number, cell_number
from saferboard.papercheck.finding import Finding, Pack, Rule
from saferboard.papercheck.paper import Grid
from saferboard.papercheck.rules.walk import grids, passages, row_words, sentence

_PARTS_AND_TOTAL = re.compile(
    r"(?P<parts>(?:‹m\d+›[^‹›]{0,20}(?:‹[dx]\d+›[^‹›]{0,12})*){2,})"
    r"\b(?:total|in\stotal|totalling)\b[^‹›\d]{0,12}‹m(?P<total>\d+)›",
    re.I,
)
ANNUAL = "annual-against-period"
MOST_YEARS = 6
_AMOUNT = re.compile(r"£[\d,.]*\d")
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?[-–/]\s?(?:20)?(\d\d)(?!\d)")
_ONE_YEAR = re.compile(r"(£[\d,.]+\d)\s?(?:\(|-|–)?\s?one\syear", re.I)
_TOTAL = re.compile(r"\btotal\b[^£\d]{0,12}(£[\d,.]+\d(?:\s?[km]\b)?)", re.I)


def find_sums(pack: Pack) -> Iterator[Finding]:
    for _, passage in passages(pack):
        if passage.text.count("£") < 3:
            continue
        mask = masked(passage.text)
        for found in _PARTS_AND_TOTAL.finditer(mask.mask):
            parts = [mask.number(one) for one in re.findall(r"‹m(\d+)›", found["parts"])]
            total = mask.number(found["total"])
            true = sum(part.value for part in parts)
            slack = sum(part.half for part in parts) + total.half
            if abs(true - total.value) > slack + 0.5:
                start, end = mask.back(found.start()), mask.back(found.end(), end=True)
                yield Finding(
                    "money-total",
                    "error",
                    f"The amounts before the total add up to £{true:,.10g}, not {total.text}.",
                    sentence(passage, start, end),
                    passage.place,
                    f"£{true:,.10g}",
                )


def find_annual(pack: Pack) -> Iterator[Finding]:
    """A row with one annual amount, a period of several years and a total."""
    for _, grid in grids(pack):
        for at in range(len(grid.rows)):
            yield from _annual_row(grid, at)


def _by_period(grid: Grid, at: int, annual: Number) -> Iterator[Finding]:
    """`2022/23 2023-25` in one cell and `£67,000 £131,000 Total …` in the next."""
    row = grid.rows[at]
    for periods, amounts in pairwise(row):
        years = _YEARS.findall(periods.text)
        given = [cell_number(one) for one in _AMOUNT.findall(_TOTAL.sub("", amounts.text))]
        if len(years) < 2 or len(given) != len(years):
            continue
        for (first, last), amount in zip(years, given, strict=True):
            length = 2000 + int(last) - int(first)
            if amount is None or not 2 <= length <= MOST_YEARS:
                continue
            expected = annual.value * length
            if abs(expected - amount.value) > 0.5 + amount.half:
                yield Finding(
                    ANNUAL,
                    "warning",
                    f"{annual.text} a year over {length} years is £{expected:,.10g}, "
                    f"not {amount.text}.",
                    row_words(grid, at),
                    amounts.place,
                    f"£{amount.value / length:,.10g} a year",
                )


def _annual_row(grid: Grid, at: int) -> Iterator[Finding]:
    row = grid.rows[at]
    annual: Number | None = None
    for cell in row:
        number = cell_number(cell.text)
        if number is not None and number.kind == "money" and annual is None:
            annual = number
            yield from _by_period(grid, at, annual)
            continue
        if annual is not None and (one := _ONE_YEAR.search(cell.text)):
            paid = cell_number(one[1])
            if paid is not None and abs(paid.value - annual.value) > 0.5 + paid.half:
                yield Finding(
                    ANNUAL,
                    "warning",
                    f"{annual.text} a year, but {one[1]} for one year.",
                    row_words(grid, at),
                    cell.place,
                    annual.text,
                )
        total, years = _TOTAL.search(cell.text), _YEARS.findall(cell.text)
        if annual is None or not total or len(years) != 1 or cell.text.count("£") != 1:
            continue
        first, last = int(years[0][0]), 2000 + int(years[0][1])
        whole = cell_number(total[1])
        if whole is None or not first < last <= first + MOST_YEARS:
            continue
        expected = annual.value * (last - first)
        if abs(expected - whole.value) > 0.5 + whole.half:
            yield Finding(
                ANNUAL,
                "warning",
                f"{annual.text} a year over {last - first} years is £{expected:,.10g}; "
                f"the total is {total[1]}.",
                row_words(grid, at),
                cell.place,
                f"£{expected:,.10g}",
            )


RULES = (
    Rule(
        "money-total",
        "Amounts that are listed before their total add up to it.",
        "error",
        6,
        "£42,050 £81,500 Total £124,550",
        "Add up again.",
        find_sums,
    ),
    Rule(
        ANNUAL,
        "An annual amount times the years of its period is the total beside it.",
        "warning",
        6,
        "£31,250 | 2022-25 Total £62,500",
        "See whether the period, the annual amount or the total is of another year's bid.",
        find_annual,
    ),
)
