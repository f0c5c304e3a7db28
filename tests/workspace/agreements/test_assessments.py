"""Impact assessments: what they need, who enters them, and two who edit one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.utils import timezone
from tests.workspace.agreements.test_agreements import _actor, _enter, _officer
from tests.workspace.people import person

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.agreements.models import Assessment
from saferboard.workspace.agreements.operations.assessments import (
    Findings,
    change_assessment,
    enter_assessment,
)
from saferboard.workspace.agreements.queries.assessments import (
    AssessmentFilter,
    fetch_assessment,
    list_assessments,
)
from saferboard.workspace.partnership.days import day_of
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import listing

pytestmark = pytest.mark.usefixtures("database")


def _findings(**more: object) -> Findings:
    plain = Findings(
        title="Casework across agencies",
        purpose="To see who is at risk",
        risks="People learn what they should not",
        mitigations="Roles, agreements, a record",
        outcome="go-if",
        advice="Go ahead once the record is on",
        review=day_of(timezone.now()) + timedelta(days=300),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_an_assessment_is_linked_to_agreements_both_ways() -> None:
    agreement, now = _enter(), timezone.now()
    made = enter_assessment(findings=_findings(), agreements=[agreement], by=_officer(), now=now)
    page = fetch_assessment(made, by=_officer(), now=now)
    assert page.agreements == ((agreement, "Sharing for casework"),)
    assert page.row.outcome == "Go ahead once the measures are in place"
    asked = listing(RequestFactory().get("/"), by=("title",), first="title")
    rows = list_assessments(asked, AssessmentFilter(words="casework"), by=_officer(), now=now).rows
    assert [(one.id, one.agreements, one.late) for one in rows] == [(made, 1, False)]


def test_it_is_late_the_day_after_it_should_have_been_looked_at() -> None:
    now = timezone.now()
    made = enter_assessment(
        findings=_findings(review=day_of(now)), agreements=[], by=_officer(), now=now
    )
    assert not fetch_assessment(made, by=_officer(), now=now).row.late
    assert fetch_assessment(made, by=_officer(), now=now + timedelta(days=1)).row.late


@pytest.mark.parametrize(
    "more",
    [
        {"title": ""},
        {"risks": "  "},
        {"mitigations": "x" * 10_001},
        {"outcome": "perhaps"},
        {"advice": ""},
        {"review": date(2020, 1, 1)},
    ],
)
def test_what_is_missing_is_said(more: dict[str, object]) -> None:
    with pytest.raises(Problem):
        enter_assessment(
            findings=_findings(**more), agreements=[], by=_officer(), now=timezone.now()
        )
    assert Assessment.objects.count() == 0


def test_an_undecided_one_needs_no_advice_yet() -> None:
    assert enter_assessment(
        findings=_findings(outcome="draft", advice=""),
        agreements=[],
        by=_officer(),
        now=timezone.now(),
    )


def test_the_second_who_changes_it_is_shown_both() -> None:
    agreement, now = _enter(), timezone.now()
    made = enter_assessment(findings=_findings(), agreements=[], by=_officer(), now=now)
    what = {"assessment": made, "version": 1, "by": _officer(), "now": now}
    change_assessment(findings=_findings(outcome="go"), agreements=[agreement], **what)
    with pytest.raises(Changed) as error:
        change_assessment(findings=_findings(risks="Others"), agreements=[], **what)
    assert {one.label for one in error.value.fields if one.differ} == {
        "Outcome",
        "Risks to people",
        "Agreements",
    }
    page = fetch_assessment(made, by=_officer(), now=now)
    assert page.version == 2 and page.row.outcome_key == "go"
    assert [one.what for one in page.history] == ["Changed", "Entered"]
    assert page.history[0].fields[0] == ("Agreements", "", "Sharing for casework")


def test_only_whoever_keeps_the_register_enters_and_changes() -> None:
    now = timezone.now()
    made = enter_assessment(findings=_findings(), agreements=[], by=_officer(), now=now)
    lead = _actor(person("Lead", "agency-lead"))
    with pytest.raises(Refused):
        enter_assessment(findings=_findings(), agreements=[], by=lead, now=now)
    with pytest.raises(Refused):
        change_assessment(
            assessment=made, version=1, findings=_findings(), agreements=[], by=lead, now=now
        )
    assert fetch_assessment(made, by=lead, now=now).row.title == "Casework across agencies"
    for who, key in ((_actor(person("Member", "member")), made), (_officer(), uuid4())):
        with pytest.raises(Refused):
            fetch_assessment(key, by=who, now=now)
