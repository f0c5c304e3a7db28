"""How names are read and compared, when a figure is of, and what counts as one quantity."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.names.capitals import runs, stem
from saferboard.papercheck.names.members import agree, lists
from saferboard.papercheck.names.spelling import distance, without_a_letter
from saferboard.papercheck.quantities.lexicon import measure_in
from saferboard.papercheck.quantities.when import When, apart, same, when
from saferboard.papercheck.reading.text import read_text
from saferboard.papercheck.rules.registry import RULES

VALUES = [rule.key for rule in RULES if rule.group == 3]
NAMES = [rule.key for rule in RULES if rule.group == 10]
SMALL = [rule.key for rule in RULES if rule.group == 9]


def found(
    text: str, rules: list[str], *, public: bool = True, threshold: int | None = None
) -> tuple[Finding, ...]:
    papers = (read_text("paper.txt", text),)
    return check(Pack(papers, public=public, threshold=threshold), only=rules)


def test_runs_are_capitalised_words_and_their_links() -> None:
    paper = read_text(
        "p.txt", "The board thanked Ann O’Example of the Office for Fair Play, LB Vale."
    )
    assert [run.text(0, -1) for run in runs(paper.passages)] == [
        "Ann O’Example of the Office for Fair Play",
        "LB Vale",
    ]


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("communities", "community"),
        ("witnesses", "witness"),
        ("boards", "board"),
        ("centres", "center"),
        ("police", "police"),
        ("status", "status"),
    ],
)
def test_stems(plural: str, singular: str) -> None:
    assert stem(plural) == singular


@cache
def _reference(one: str, other: str) -> int:
    """The distance by its definition, without a table or a bound."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        _reference(one[1:], other) + 1,
        _reference(one, other[1:]) + 1,
        _reference(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        best = min(best, _reference(one[2:], other[2:]) + 1)
    return best


@settings(max_examples=200, deadline=None)
@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_distance_is_that_of_its_definition(one: str, other: str) -> None:
    assert distance(one, other, 7) == min(_reference(one, other), 8)
    assert distance(one, other, 1) == min(_reference(one, other), 2)


@given(st.text("abc", min_size=1, max_size=8), st.integers(0, 7))
def test_a_word_and_itself_without_a_letter_share_a_form(word: str, at: int) -> None:
    shorter = word[:at] + word[at + 1 :]
    assert set(without_a_letter(word)) & set(without_a_letter(shorter))


def test_lists_of_members_are_known_by_their_form() -> None:
    text = (
        "Members\n\nCllr Ann Example (Chair), LB Vale\nBo Sample - Police\n\n"
        "The chair opened it.\n\nIt rained.\n\nMember\tRepresenting\n"
        "Ann Example\tVale Council\nCy Sample\tPolice\n"
    )
    read = [[(one.key, one.body) for one in held] for held in lists(read_text("p.txt", text))]
    assert read == [
        [("ann example", "LB Vale"), ("bo sample", "Police")],
        [("ann example", "Vale Council"), ("cy sample", "Police")],
    ]


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("LB Vale", "London Borough of Vale", True),
        ("MPAC", "Mayor's Policing Action Centre", True),
        ("Vale CCG", "Vale Clinical Commissioning Group", True),
        ("Fire Brigade", "Probation Service", False),
        ("London Fire Brigade", "London Ambulance", False),
    ],
)
def test_organisations_agree(one: str, other: str, may_be: bool) -> None:
    assert agree(one, other) is may_be


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in the 12 months to October 2023", (2022, 11), (2023, 10)),
        ("Year-end October 2023", (2022, 11), (2023, 10)),
        ("from October 2022 to October 2023", (2022, 10), (2023, 10)),
        ("during 2016/17", (2016, 4), (2017, 3)),
        ("in 2023", (2023, 1), (2023, 12)),
        ("in the period 2021 to 2023", (2021, 1), (2023, 12)),
    ],
)
def test_when(words: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    held = when(words)
    assert held.first == first[0] * 12 + first[1] - 1
    assert held.last == last[0] * 12 + last[1] - 1


def test_periods_that_may_be_one() -> None:
    year, also = when("in the 12 months to October 2023"), when("October 2022 to October 2023")
    assert same(year, also)
    assert apart(year, when("in the 12 months to September 2023"))
    assert not apart(year, when("over the last year"))
    assert not same(year, when("over the last year"))
    assert apart(when("Q1 of 2023/24"), when("Q2 of 2023/24"))
    assert when("The board met.") == When()


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("instances of sexual offences", "sexual offences"),
        ("offences of residential burglary", "residential burglary"),
        ("burglary and robbery", None),
        ("stop and search incidents", "stop and search"),
        ("meetings", None),
    ],
)
def test_measures(words: str, measure: str | None) -> None:
    held = measure_in(words)
    assert (held[0] if held else None) == measure


def test_both_ends_of_a_conflict_are_told_in_two_papers_of_one_meeting() -> None:
    one = read_text("one.txt", "There were 753 sexual offences in the 12 months to October 2023.")
    two = read_text("two.txt", "In the 12 months to October 2023 there were 752 sexual offences.")
    told = check(Pack((one, two)), only=VALUES)
    assert [(x.place.file, x.against[0].file) for x in told] == [
        ("one.txt", "two.txt"),
        ("two.txt", "one.txt"),
    ]


def test_tables_of_two_places_are_no_conflict_and_a_copy_with_a_slip_is() -> None:
    head = "| Offence | Year to June 2023 |\n|---|---|\n"
    table = "| Robbery | 587 |\n| Burglary | 2,097 |\n| Rape | 41 |\n| Homicide | 4 |\n"
    other = "| Robbery | 12 |\n| Burglary | 77 |\n| Rape | 9 |\n| Homicide | 1 |\n"
    assert found(f"{head}{table}\n\nAnother ward\n\n{head}{other}", VALUES) == ()
    slip = table.replace("2,097", "2,079")
    told = found(f"{head}{table}\n\nThe table again\n\n{head}{slip}", VALUES)
    assert len(told) == 2
    assert {one.quote for one in told} == {"2,097", "2,079"}


def test_small_counts_are_for_the_public_and_the_threshold_is_the_partnerships() -> None:
    text = "In the north ward six girls and three boys were referred."
    assert ["six" in one.message for one in found(text, SMALL)] == [False]
    assert found(text, SMALL, public=False) == ()
    (both,) = found(text, SMALL, threshold=7)
    assert "six girls" in both.message and "three boys" in both.message


def test_no_name_is_an_error_but_one_that_stands_twice() -> None:
    graver = [rule.key for rule in RULES if rule.group in (3, 9, 10) and rule.severity == "error"]
    assert graver == ["member-listed-twice"]


def test_the_work_grows_with_the_length_and_not_with_its_square() -> None:
    page = (
        "Ann Example{n} of the Vale{n} Safety Board spoke. In the year to June 2023 there were "
        "{n} sexual offences against males in Ward{n}, 28.5% of them at night, and 12 of 40 (30%) "
        "by day."
    )

    def seconds(pages: int) -> float:
        text = "\n\n".join(page.replace("{n}", str(at)) for at in range(pages))
        pack = Pack((read_text("p.txt", text),))
        before = time.process_time()
        check(pack, only=[*VALUES, *NAMES, *SMALL])
        return time.process_time() - before

    seconds(50)
    few, many = (min(seconds(pages) for _ in range(2)) for pages in (400, 1600))
    assert many < 10 * max(few, 0.05), "four times the pages; the square would be sixteen times"
