"""Facts with their small numbers taken out, and with everything that would give them back."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from saferboard.analytics.disclosure.cells import Atoms, Cell, Protection, State, protect
from saferboard.analytics.disclosure.releases import ReleaseLog
from saferboard.analytics.disclosure.rule import WITHHELD, Rule
from saferboard.analytics.facts.fact import Fact
from saferboard.vocabulary.period import Period

_COUNTS = ("count", "mean")  # the mean of twelve months gives their sum away
_FREE = ("denominator", "tally", "index")  # no count of people can be read from these


@dataclass(frozen=True)
class Suppressed:
    """Facts that may leave, in the order they came. `given_away` says in a sentence each which
    small numbers earlier releases give away already: nothing withheld now takes them back. It
    is for whoever makes the pack, and never printed in it."""

    facts: tuple[Fact, ...]
    given_away: tuple[str, ...] = ()


def suppress_facts(
    facts: Iterable[Fact],
    *,
    sensitive: Collection[str],
    threshold: int = 5,
    rounding: int | None = None,
    zeros_always: bool = False,
    parts_of: Mapping[str, Collection[str]] | None = None,
    released: ReleaseLog | None = None,
) -> Suppressed:
    """The same facts in the same order; those that may not leave have the value None,
    `suppressed` True and say in `missing` why (“fewer than 5”).

    `sensitive` are the keys of the measures that count people and are not open; all others pass
    untouched. Withheld are small counts; further counts, wherever months, quarters and years,
    the areas `parts_of` a wider area (code to codes), the parts of a breakdown (a part reads
    `breakdown:value`) or what was `released` before would let a small one be worked out; and
    every rate, change, share, rank or limit that rests on a withheld count.
    """
    rule = Rule(threshold, zeros_always, rounding)
    held = tuple(facts)
    counts: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in held:
        if fact.measure in sensitive and fact.kind in _COUNTS and fact.value is not None:
            counts[fact.measure][fact.id] = fact
    states: dict[Hashable, State] = {}
    given_away: list[str] = []
    for measure, own in counts.items():
        safe = _protection(own, rule, parts_of or {}, released, measure)
        states.update(safe.states)
        given_away += [_given_away(measure, atoms, rule) for atoms in safe.exposed]
    withheld = {
        (fact.measure, fact.area, fact.period.slug(), fact.part)
        for own in counts.values()
        for fact in own.values()
        if fact.kind == "count" and states[fact.id] != "shown"
    }
    return Suppressed(
        tuple(
            _let_through(fact, rule, states, withheld) if fact.measure in sensitive else fact
            for fact in held
        ),
        tuple(given_away),
    )


def _given_away(measure: str, atoms: Atoms, rule: Rule) -> str:
    spans = sorted({atom.rpartition("|")[2] for atom in atoms})
    when = spans[0] if len(spans) == 1 else f"{spans[0]} to {spans[-1]}"
    return (
        f"{measure}, {when}: a number under {rule.threshold} can be worked out from what was "
        "released before."
    )


def _protection(
    counts: Mapping[str, Fact],
    rule: Rule,
    parts_of: Mapping[str, Collection[str]],
    released: ReleaseLog | None,
    measure: str,
) -> Protection:
    lone = _lone_zeros(counts.values())
    before = {
        (_atoms(count.area, count.part, count.period), count.value)
        for count in released or ()
        if count.measure == measure
    }
    cells = []
    for key, fact in counts.items():
        atoms, value = _atoms(fact.area, _part(fact), fact.period), _total(fact)
        known = (atoms, value) in before and not rule.is_small(value)
        whole = not fact.part or fact.area in parts_of
        cells.append(Cell(key, atoms, value, known, key in lone, total=whole))
    shown = {(cell.atoms, cell.value) for cell in cells if cell.public}
    for number, (atoms, value) in enumerate(sorted(before - shown, key=str)):
        cells.append(Cell(("released", number), atoms, value, public=True))
    plain = [fact for fact in counts.values() if fact.kind == "count"]
    return protect(cells, rule, equal=_equalities(plain, parts_of))


def _part(fact: Fact) -> str:
    return fact.part if fact.kind == "count" else ""


def _total(fact: Fact) -> float:
    """The count that a fact gives away."""
    value = float(fact.value or 0)
    if fact.kind == "mean":
        return float(round(value * fact.period.month_count, 6))
    return value


def _atoms(area: str, part: str, period: Period) -> Atoms:
    """The months of the period, in this area and part; a period of days is one atom."""
    spans = map(str, period.months()) if period.is_whole_months else [period.slug()]
    return frozenset(f"{area}|{part}|{span}" for span in spans)


def _breakdown(part: str) -> str:
    return part.partition(":")[0] if ":" in part else ""


def _equalities(
    counts: Iterable[Fact], parts_of: Mapping[str, Collection[str]]
) -> list[tuple[Atoms, Atoms]]:
    """Totals that their shown parts add up to: over the values of a breakdown, and over the
    areas inside an area. Parts that do not add up (somebody was not placed) tell nothing."""
    held = list(counts)
    by_place = {(f.area, f.part, f.period): f for f in held}
    found = []
    for total in held:
        groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in held:
            same = fact.area == total.area and fact.period == total.period
            if same and fact.part and not total.part:
                groups["breakdown", _breakdown(fact.part)].append(fact)
        inside = [by_place.get((a, total.part, total.period)) for a in parts_of.get(total.area, ())]
        groups["areas", ""] = [fact for fact in inside if fact is not None]
        for parts in groups.values():
            if parts and sum(p.value or 0 for p in parts) == total.value:
                right = frozenset().union(*(_atoms(p.area, p.part, p.period) for p in parts))
                found.append((_atoms(total.area, total.part, total.period), right))
    return found


def _lone_zeros(counts: Iterable[Fact]) -> set[str]:
    """Zeros of breakdowns in which everybody is in one value: they say what nobody is."""
    groups: dict[tuple[str, Period, str], list[Fact]] = defaultdict(list)
    for fact in counts:
        if fact.part and fact.kind == "count":
            groups[fact.area, fact.period, _breakdown(fact.part)].append(fact)
    return {
        fact.id
        for group in groups.values()
        if len(group) > 1 and sum(1 for other in group if other.value) == 1
        for fact in group
        if not fact.value
    }


def _let_through(
    fact: Fact,
    rule: Rule,
    states: Mapping[Hashable, State],
    withheld: set[tuple[str, str, str, str]],
) -> Fact:
    if fact.value is None or fact.kind in _FREE:
        return fact
    if fact.kind in _COUNTS:
        state = states[fact.id]
        if state == "shown":
            rounded = rule.rounded(fact.value) if fact.kind == "count" else fact.value
            return dataclasses.replace(fact, value=rounded)
        return _without(fact, rule.words if state == "primary" else WITHHELD)
    if fact.kind == "percentage" and fact.n is not None:
        people = fact.n * fact.value / 100
        if fact.n < rule.threshold or any(map(rule.is_small, (people, fact.n - people))):
            return _without(fact, rule.words)
    periods = [fact.period.slug()] + ([fact.against.slug()] if fact.against else [])
    rests_on = {
        (fact.measure, fact.area, period, part) for period in periods for part in {"", fact.part}
    }
    if rests_on & withheld:
        return _without(fact, WITHHELD)
    return fact


def _without(fact: Fact, words: str) -> Fact:
    return dataclasses.replace(
        fact, value=None, n=None, interval=None, verdict=None, suppressed=True, missing=words
    )
