"""Compares what the grammar claims with the parts that a reader wrote down in grammar.csv.

Parts that belong together must stand in one claim: both figures of a change, the part and the
whole of a share, a rank and what it is a rank of. The answer is the parts that were not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from saferboard.papercheck.claims.move import Move
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.statement import Statement
from saferboard.vocabulary.period import Month, Period

Parts = dict[str, Any]

MOVING = {
    "change-from-to", "change-percent", "change-with-percent", "compared-to", "difference",
    "factor", "times-higher", "points", "percent-from", "percent-from-to", "percent-compared-to",
    "period-pair",
}  # fmt: skip
PORTIONS = {"n-of-m", "percent-with-n"}
MOVE_PARTS = {
    "from", "to", "from_percent", "to_percent", "percent", "points", "difference", "factor",
    "direction", "target",
}  # fmt: skip
APPROX = {"nearly": {"under"}, "at-most": {"under"}, "about": {"about"}, "over": {"over"},
          "under": {"under"}}  # fmt: skip
DIRECTIONS = {"up": 1, "above": 1, "down": -1, "below": -1, "same": 0}


def missing(said: Statement, form: str, parts: Parts) -> list[str]:
    """The keys of `parts` that `said` does not hold."""
    left = dict(parts)
    out: list[str] = []
    if {"percent", "points"} <= left.keys():
        left["to_percent"] = left.pop("percent")
    for group in _groups(form, left):
        own = {key: left.pop(key) for key in list(left) if key in group}
        if own and not _joint(said, form, own):
            out += sorted(own)
    return out + [key for key, value in left.items() if not _single(said, form, key, value)]


def _groups(form: str, parts: Parts) -> Iterator[set[str]]:
    if form in ("row-change", "row-changes", "row-shares", "row-total"):
        yield set(parts)
    elif form in PORTIONS:
        yield {"n", "of", "percent"}
        if "rate" in parts:
            yield {"rate", "per"}
        else:
            yield {"from_percent", "direction"}
    elif form == "rank":
        yield {"rank", "of", "end", "rank_before"}
        yield {"from_percent", "to_percent", "direction"}
    elif form == "rate-per" or "rate" in parts:
        yield {"rate", "per", "low", "high", "comparison", "comparisons", "target"} | (
            {"direction"} if "percent" not in parts else set()
        )
        yield {"percent", "direction"}
        yield {"rank", "end"}
    elif form.startswith("money"):
        yield {"amount", "per", "years", "among", "period", "currency"}
    elif form in ("range", "at-least", "at-most", "words-as-numbers"):
        yield {"low", "high", "unit"}
    elif form in MOVING and {"percent", "comparison"} <= parts.keys() - {"direction"}:
        yield {"percent", "direction"} if "direction" in parts else set()
    elif form in MOVING:
        yield MOVE_PARTS


def _joint(said: Statement, form: str, own: Parts) -> bool:
    if form.startswith("row-"):
        return _row(said, own)
    if set(own) <= MOVE_PARTS and form not in PORTIONS:
        return any(_moves(move, own) for move in said.moves)
    if form in PORTIONS:
        if "direction" in own:
            return any(_moves(move, own) for move in said.moves)
        return _portion(said, own)
    if "rank" in own:
        return any(
            (one.place, one.side or own.get("end", "")) == (own["rank"], own.get("end", one.side))
            and own.get("of") in (None, one.of)
            and own.get("rank_before") == one.before
            for one in said.ranks
        )
    if ("per" in own or "rate" in own) and not form.startswith("money"):
        return _rate(said, own)
    if form.startswith("money"):
        return _money(said, own)
    return any(
        (own.get("low"), own.get("high")) == (one.low, one.high)
        and own.get("unit", one.unit) == one.unit
        for one in said.bounds
    )


def _is(number: Number | None, value: float) -> bool:
    return number is not None and abs(abs(number.value) - abs(value)) < 1e-9


def _moves(move: Move, own: Parts) -> bool:
    checks: dict[str, tuple[Number | None, tuple[str, ...]]] = {
        "from": (move.before, ("count", "money", "percent")),
        "to": (move.after, ("count", "money", "percent")),
        "from_percent": (move.before, ("percent",)),
        "to_percent": (move.after, ("percent",)),
        "percent": (move.size, ("percent",)),
        "points": (move.size, ("points", "percent")),
        "difference": (move.difference, ("count", "money")),
        "target": (move.target, ("count", "percent")),
    }
    for key, value in own.items():
        if key == "direction":
            level = value in ("above", "below")
            if move.direction != DIRECTIONS[value] or (level and not (move.level or move.target)):
                return False
        elif key == "factor":
            if move.factor is None or move.factor != value:
                return False
        else:
            number, kinds = checks[key]
            if not _is(number, value) or number is None or number.kind not in kinds:
                return False
    return True


def _portion(said: Statement, own: Parts) -> bool:
    return any(
        all(
            _is(number, own[key])
            for key, number in (("n", one.part), ("of", one.whole), ("percent", one.stated))
            if key in own
        )
        for one in said.portions
    )


def _rate(said: Statement, own: Parts) -> bool:
    value = own.get("rate", own.get("high", own.get("low")))
    others = own.get("comparisons", [own["comparison"]] if "comparison" in own else [])
    return any(
        (value is None or _is(one.value, value))
        and own.get("per", one.per) == one.per
        and ("low" not in own or "high" not in own or _is(one.low, own["low"]))
        and ("target" not in own or _is(one.target, own["target"]))
        and [number.value for number in one.comparisons][: len(others)] == others
        and own.get("direction", "same") in ("same", {1: "above", -1: "below"}.get(one.direction))
        for one in said.rates
    )


def _money(said: Statement, own: Parts) -> bool:
    if isinstance(own.get("years"), dict):
        named = {one.years_named: one.number.value for one in said.amounts if one.years_named}
        return all(named.get(year) == value for year, value in own["years"].items())
    return any(
        ("amount" not in own or _is(one.number, own["amount"]))
        and ("per" not in own or one.per_year)
        and own.get("years") in (None, one.years)
        and own.get("among") in (None, one.among)
        and ("period" not in own or _same_years(one.years_named, own["period"]))
        for one in said.amounts
    )


def _same_years(printed: str, wanted: str) -> bool:
    return printed[:4] + printed[-2:] == wanted[:4] + wanted[-2:]


def _row(said: Statement, own: Parts) -> bool:
    row = said.row
    if row is None:
        return False
    counts = [number.value for number in row.counts]
    percents = [number.value for number in row.percents]
    shares = [number.value for number in row.shares if number]
    values = own.get("values") or [own[key] for key in ("from", "to") if key in own]
    if "parts" in own:
        return counts[: len(own["parts"])] == own["parts"] and own["total"] in counts
    if counts != values:
        return False
    if "change" in own:
        return shares == own["percents"] and percents == [own["change"]]
    wanted = own.get("percents") or ([own["percent"]] if "percent" in own else [])
    if "arrow" in own and row.arrow != DIRECTIONS[own["arrow"]]:
        return False
    if wanted and [abs(one) for one in percents or shares] != [abs(one) for one in wanted]:
        return False
    return "difference" not in own or own["difference"] in [
        number.value for number in row.differences
    ]


def _single(said: Statement, form: str, key: str, value: Any) -> bool:
    """Whether one part stands in any claim of its kind."""
    match key:
        case "n" | "of" | "total" | "added":
            return _any(value, (*_counts(said), *_wholes(said), *_totals(said)))
        case "percent" | "change_percent" | "comparison" | "target":
            return _any(value, (*said.percentages, *_rated(said), *_counts(said)))
        case "approx":
            return _approx(said, value)
        case "direction" | "comparison_direction":
            return any(move.direction == DIRECTIONS[value] for move in said.moves)
        case "amount" | "additional" | "difference" | "per_year":
            return _any(value, [one.number for one in said.amounts])
        case "amounts":
            return [one.number.value for one in said.amounts] == value
        case "counts":
            return [one.number.value for one in said.counts] == value
        case "currency":
            return bool(said.amounts)
        case "fraction":
            return any(one.word == value for one in said.fractions)
        case "shares":
            return _listed(value, said)
        case "parts":
            return any([one.value for one in list_.parts] == value for list_ in said.parts)
        case "ranks":
            return _ranks(said, value)
        case "changes":
            return all(any(_moves(move, _moving(one)) for move in said.moves) for one in value)
        case "values":
            return _valued(said, value)
        case "low" | "high":
            return any(value in (one.low, one.high) for one in said.bounds)
        case "unit":
            return value == "score" or any(one.unit == value for one in said.bounds)
        case "end":
            return value in said.masked.text
        case "rank":
            return any(one.place == value for one in said.ranks)
        case "per":
            return any(one.per == value for one in said.rates) or (
                value == "year" and "year" in said.masked.text
            )
        case "arrow":
            return {"up": "↑", "down": "↓", "same": "→"}[value] in said.masked.text
    return _period(said, key, value)


def _counts(said: Statement) -> list[Number]:
    return [one.number for one in said.counts]


def _wholes(said: Statement) -> list[Number]:
    return [one.whole for one in said.portions if one.whole]


def _totals(said: Statement) -> list[Number]:
    return [one.number for one in said.amounts if one.total]


def _rated(said: Statement) -> list[Number]:
    return [number for one in said.rates for number in one.comparisons]


def _any(value: float, numbers: Iterable[Number]) -> bool:
    return any(_is(number, value) for number in numbers)


def _approx(said: Statement, value: str) -> bool:
    if value == "within":
        return any(one.within for one in said.ranks)
    if value == "at-most" or any(one.word == value for one in said.bounds):
        return any(one.word == value for one in said.bounds)
    held = {token.number.approx for token in said.masked.tokens if token.number}
    held |= {one.approx for one in said.fractions} | {one.approx for one in said.moves}
    return bool((held | {one.approx for one in said.bounds}) & APPROX[value])


def _listed(value: list[float], said: Statement) -> bool:
    lists = [[one.value for one in list_.stated] for list_ in said.shares]
    lists.append([one.value for one in said.percentages])
    return any(one[-len(value) :] == value or one[: len(value)] == value for one in lists)


def _ranks(said: Statement, value: list[Parts]) -> bool:
    return [(one.place, one.of, one.side) for one in said.ranks] == [
        (one["rank"], one.get("of"), one.get("end", "")) for one in value
    ]


def _moving(one: Parts) -> Parts:
    kept = {key: value for key, value in one.items() if key in MOVE_PARTS}
    if one.get("unit") == "percent":
        kept = {f"{key}_percent": kept[key] for key in ("from", "to")}
    return kept


def _valued(said: Statement, value: dict[str, float]) -> bool:
    slugs = [one.period.slug().replace("..", "/") for one in said.spans]
    return slugs == list(value) and [one.number.value for one in said.counts] == list(
        value.values()
    )


def _period(said: Statement, key: str, value: Any) -> bool:
    if key == "months":
        spans = [one.months for one in said.spans]
        return value in spans or any(
            token.letter == "d" and token.text.startswith(f"{value}")
            for token in said.masked.tokens
        )
    if key == "until":
        return any(one.period.end == date.fromisoformat(value) for one in said.spans)
    if key == "period_as_printed":
        return [str(one.period.first_month) for one in said.spans] == value
    wanted = _wanted(str(value))
    if wanted is None:
        return str(value) in said.masked.text
    return any(one.period == wanted for one in said.spans)


def _wanted(value: str) -> Period | None:
    """`2023-10/2023-12`, `2021/22`, `2022/2025`, `2023-04`, `2021`; None for other words."""
    first, _, last = value.partition("/")
    if not first[:4].isdigit():
        return None
    if "-" in first:
        return Period.of_months(Month.parse(first), Month.parse(last or first))
    year = int(first)
    if last and int(last[-2:]) == year % 100 + 1:
        return Period.of_months(Month(year, 4), Month(year + 1, 3))
    end = int(first[:2] + last[-2:]) if last else year
    return Period.of_months(Month(year, 1), Month(end, 12))
