"""Every rule finds its true examples and leaves its false ones alone."""

from __future__ import annotations

import pytest
from tests.unit.papercheck import data_examples, rule_examples, rule_examples_more
from tests.unit.papercheck.told import MEETING, SHEET, Told

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.reading.text import read_text
from saferboard.papercheck.rules.registry import RULES, rules_named
from saferboard.vocabulary.problem import Problem

TRUE = rule_examples.TRUE | rule_examples_more.TRUE | data_examples.TRUE
FALSE = rule_examples.FALSE | rule_examples_more.FALSE | data_examples.FALSE
RULES_BY_KEY = {rule.key: rule for rule in RULES}


def found(key: str, text: str) -> tuple[Finding, ...]:
    papers = (read_text("paper.txt", text),)
    if RULES_BY_KEY[key].group in (7, 8):
        return check(Pack(papers, meeting=MEETING, facts=SHEET, data=Told()), only=(key,))
    return check(Pack(papers), only=(key,))


@pytest.mark.parametrize(("key", "text"), [(k, t) for k, texts in TRUE.items() for t in texts])
def test_true_example_is_found(key: str, text: str) -> None:
    findings = found(key, text)
    assert findings
    assert {one.rule for one in findings} == {key}
    assert all(one.place.line and one.quote and one.message for one in findings)


@pytest.mark.parametrize(("key", "text"), [(k, t) for k, texts in FALSE.items() for t in texts])
def test_false_example_is_left_alone(key: str, text: str) -> None:
    assert found(key, text) == ()


def test_every_rule_has_examples_of_both_kinds_and_a_documented_one() -> None:
    assert set(TRUE) == set(FALSE) == set(RULES_BY_KEY)
    for rule in RULES:
        assert rule.sentence.endswith(".")
        assert rule.remedy.endswith(".")
        assert rule.example
        assert 1 <= rule.group <= 11


def test_keys_are_unique() -> None:
    assert len(RULES_BY_KEY) == len(RULES)


def test_no_finding_is_graver_than_its_rule() -> None:
    order = ("error", "warning", "advice")
    for key, texts in TRUE.items():
        for text in texts:
            for one in found(key, text):
                assert order.index(one.severity) >= order.index(RULES_BY_KEY[key].severity)


def test_an_approximate_figure_is_never_an_error() -> None:
    (one,) = found(
        "percentage-does-not-follow", "Up from 8,237 to about 9,198 (an approximate 20% increase)."
    )
    assert one.severity == "warning"


def test_a_layout_read_as_a_table_is_never_an_error() -> None:
    rows = "Type\t2022\t2023\t% change\nA\t100\t110\t+10%\nB\t200\t210\t+5%\nC\t400\t300\t-20%"
    piped = rows.replace("\n", "|\n|").replace("\t", "|")
    piped = f"|{piped}|".replace("change|\n", "change|\n|---|---|---|---|\n")
    assert [one.severity for one in found("table-change", rows)] == ["warning"]
    assert [one.severity for one in found("table-change", piped)] == ["error"]


def test_what_was_expected_is_said() -> None:
    (one,) = found("percentage-does-not-follow", TRUE["percentage-does-not-follow"][0])
    assert one.expected == "40%"
    (one,) = found("deadline-against-rule", TRUE["deadline-against-rule"][0])
    assert one.expected == "Tuesday 27 February 2024"


def test_an_unknown_rule_is_a_problem() -> None:
    with pytest.raises(Problem, match="no rule"):
        rules_named(("nonsense",))


def test_acronyms_of_a_paper_are_one_list_with_their_places() -> None:
    text = (
        "VAWG is a priority.\n\nThe IDVA and the NRM called about VAWG.\n\n"
        "The National Referral Mechanism (NRM) is run nationally."
    )
    (one,) = found("undefined-acronym", text)
    assert one.message == (
        "2 acronyms are nowhere spelled out: VAWG (line 1), IDVA (line 3). "
        "NRM (line 3, explained at line 5) is used before it is explained."
    )
    assert (one.place.line, [place.line for place in one.against]) == (1, [3, 5])
