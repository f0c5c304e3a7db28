"""Definitions are read strictly: an error names the file, the line and the field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from saferboard.analytics.measures import register
from saferboard.analytics.measures.breaks import Setting, met_between, parse_breaks, unusual
from saferboard.analytics.sources.registry import sources
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.problem import Problem

SOUND = """title: A thing
question: How many things?
why_it_matters: Because they matter.
what_good_looks_like: Fewer of them.
polarity: lower-is-better
kind: monthly-count
numerator: Things recorded in the month
denominator: Residents of the area
unit: {one: thing, many: things}
rate: {per: 1000, of: residents}
sources:
  - source: mps-borough
    table: recorded_offences
    offences: [robbery]
family: robbery
priority: all-crime
disclosure: open
owner: One role
checked_by: Another role
review_by: 2027-04-30
version: 1
change_log:
  - {version: 1, date: 2026-11-21, what: First definition}
"""


def _refused(text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        register.parse("a-thing", text, "a-thing.yaml")
    return caught.value


def test_a_sound_definition_is_read() -> None:
    found = register.parse("a-thing", SOUND, "a-thing.yaml")
    assert found.key == "a-thing"
    assert found.sources[0].offences == ("robbery",)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("polarity: lower-is-better", "polarity: low", "line 5, field polarity", "this has to be"),
        ("family: robbery", "famly: robbery", "line 15, field famly", "no field of this name"),
        ("per: 1000", "per: 999", "line 10, field rate > per", "1000"),
        ("checked_by: Another role", "checked_by: One role", "", "the same role"),
        ("version: 1\nchange", "version: 2\nchange", "", "another version"),
        ("    offences: [robbery]\n", "", "line 11", "name the offences"),
        ("title: A thing", "title: [", "line ", "cannot be read"),
    ],
)
def test_a_fault_has_its_place(old: str, new: str, place: str, words: str) -> None:
    assert old in SOUND
    problem = _refused(SOUND.replace(old, new))
    assert problem.file == "a-thing.yaml"
    assert (problem.place or "").startswith(place)
    assert words in problem.message.lower()


def test_the_key_is_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a-thing.yaml").write_text(SOUND, "utf-8")
    assert list(register.read_all(tmp_path)) == ["a-thing"]
    assert "name of the file" in _refused("key: other\n" + SOUND).message


def test_every_shipped_definition_is_sound() -> None:
    known = [source.key for source in sources()]
    faults = register.check(
        register.definitions().values(), today=date(2026, 11, 21), sources=known
    )
    assert faults == []


def test_every_measure_of_the_issue_is_there() -> None:
    wanted = {
        "total-recorded-crime", "burglary", "residential-burglary", "business-burglary", "robbery",
        "personal-robbery", "violence-with-injury", "violence-without-injury",
        "knife-crime-with-injury", "gun-crime", "lethal-barrel-discharge", "domestic-abuse",
        "domestic-abuse-violence-with-injury", "sexual-offences", "rape", "theft-from-vehicle",
        "theft-of-vehicle", "theft-from-person", "shoplifting", "criminal-damage",
        "drug-offences", "possession-of-weapons", "mopac7", "hate-crime",
        "hate-crime-racist-religious", "hate-crime-antisemitic", "hate-crime-islamophobic",
        "hate-crime-disability", "hate-crime-homophobic", "hate-crime-transphobic",
        "positive-outcome-rate", "positive-outcome-rate-domestic-abuse", "asb",
        "violence-and-sexual-offences", "vehicle-crime", "public-order", "bicycle-theft",
        "other-theft", "stops-and-searches", "asb-calls", "repeat-asb-callers", "cctv-incidents",
        "prevent-referrals", "fixed-penalty-notices", "confidence-police", "confidence-council",
        "proven-reoffending", "first-time-entrants", "primary-fires", "victim-hub-referrals",
    }  # fmt: skip
    assert wanted <= set(register.definitions())


def test_what_checking_finds() -> None:
    text = SOUND.replace("[robbery]", "[robbery, hate-crime, hate-crime-racist, no-such-thing]")
    one = register.parse("hate-crime", text, "hate-crime.yaml")
    faults = register.check([one], today=date(2028, 1, 1), sources=["mps-ward"])
    assert "hate-crime: there is no offence no-such-thing." in faults
    assert "hate-crime: there is no source mps-borough." in faults
    assert "hate-crime: its review was due by 2027-04-30." in faults
    # racist lies within racist and religious, not directly within hate crime
    nested = SOUND.replace("[robbery]", "[hate-crime, hate-crime-disability]")
    two = register.parse("b-thing", nested, "b-thing.yaml")
    assert any("lies within another" in words for words in register.check([two], today=date.min))


def test_a_forgotten_break_is_found() -> None:
    known = parse_breaks(
        "new-way:\n  title: A new way\n  date: 2020-01-01\n  severity: caution\n  touches: counts\n"
        "  offences: [a-thing]\n  words: Counted in a new way.\n  reference: A notice\n",
        "breaks.yaml",
    )
    one = register.parse("a-thing", SOUND, "a-thing.yaml")
    faults = register.check([one], today=date(2026, 1, 1), register=known)
    assert faults == ["a-thing: it meets the break new-way and does not list it."]


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    with pytest.raises(Problem, match="residential-burglary"):
        register.definition("residential-burglery")


def _met(when: str, *, restated: bool = False, before: tuple[date, ...] = ()) -> list[str]:
    known = parse_breaks(
        f"new-way:\n  title: A new way\n  date: {when}\n  severity: caution\n  touches: counts\n"
        f"  offences: all\n  restated: {str(restated).lower()}\n  units: [north]\n"
        "  words: Counted in a new way.\n  reference: A notice\n",
        "breaks.yaml",
    )
    year = Period.year_to(Month(2023, 12))
    setting = Setting("mps-borough", ["north"], "E1", None, (date(2024, 6, 1),), before)
    met = met_between(["new-way"], year, year.year_before(), setting, register=known)
    return [one.key for one in met]


def test_a_break_is_met_between_and_inside_but_not_outside() -> None:
    assert _met("2022-01-01") == []  # the first day of the earlier period is the new way whole
    assert _met("2022-01-02") == ["new-way"]
    assert _met("2023-01-01") == ["new-way"]
    assert _met("2023-12-31") == ["new-way"]
    assert _met("2024-01-01") == []


def test_a_restated_history_matters_only_across_releases() -> None:
    assert _met("2024-02-28", restated=True) == []
    assert _met("2024-02-28", restated=True, before=(date(2023, 2, 28),)) == ["new-way"]


def test_a_break_of_another_force_is_not_met() -> None:
    setting = Setting("police-uk-street", ["surrey"], "E1")
    year = Period.year_to(Month(2019, 12))
    assert met_between(["greater-manchester-2019"], year, year.year_before(), setting) == ()


ODD = (
    "odd-time:\n  title: An odd time\n  date: 2020-03-23\n  until: 2021-07-18\n"
    "  severity: caution\n  touches: counts\n  offences: all\n"
    "  words: Nothing was as usual.\n  reference: A law\n"
)


def test_an_unusual_period_concerns_every_comparison_that_touches_it() -> None:
    known = parse_breaks(ODD, "breaks.yaml")
    setting = Setting("any-source", ["north"], "E1")

    def met(last: Month) -> list[str]:
        year = Period.year_to(last)
        found = met_between((), year, year.year_before(), setting, register=known)
        return [one.key for one in found]

    assert met(Month(2020, 2)) == []
    assert met(Month(2020, 3)) == ["odd-time"]
    assert met(Month(2023, 6)) == ["odd-time"], "July 2021 is in the year before"
    assert met(Month(2023, 7)) == []
    (entry,) = unusual((), setting, register=known)
    assert [entry.holds(Month(2020, month)) for month in (2, 3)] == [False, True]
    assert [entry.holds(Month(2021, month)) for month in (7, 8)] == [True, False]


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("until: 2021-07-18", "until: 2019-07-18", "ends after it began"),
        ("severity: caution", "severity: not comparable", "is a caution"),
    ],
)
def test_an_unusual_period_that_makes_no_sense_is_refused(was: str, now: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        parse_breaks(ODD.replace(was, now), "breaks.yaml")
