"""Forms as GOV.UK components: what is asked, what is wrong, and that text stays text."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.template import engines

from saferboard.ui.dates import DateField
from saferboard.ui.fields import component, faults

_HOSTILE = "\"><script>alert('x')</script>"


class _Form(forms.Form):
    title = forms.CharField(label="Title", max_length=200, help_text="As it is printed.")
    notes = forms.CharField(label="Notes", widget=forms.Textarea, required=False, max_length=300)
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "First"), ("b", "Second")]
    )
    several = forms.MultipleChoiceField(
        label="Several", widget=forms.CheckboxSelectMultiple, choices=[("x", "X"), ("y", "Y")]
    )
    one = forms.ChoiceField(label="One", choices=[("", "Choose"), ("p", "P")])
    day = DateField(label="Start date")
    sure = forms.BooleanField(label="I am sure")
    file = forms.FileField(label="File", required=False)
    word = forms.CharField(label="Password", widget=forms.PasswordInput)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def _html(form: forms.Form) -> str:
    template = engines["jinja2"].from_string(
        '{% from "ui/form.html" import whole %}{{ whole(form, "") }}'
    )
    return str(template.render({"form": form}))


def test_each_kind_of_field_is_its_component() -> None:
    kinds = {bound.name: component(bound).kind for bound in _Form()}
    assert kinds == {
        "title": "input",
        "notes": "counted",
        "kind": "radios",
        "several": "checkboxes",
        "one": "select",
        "day": "date",
        "sure": "checkboxes",
        "file": "file",
        "word": "password",
        "version": "hidden",
    }


def test_an_optional_field_says_so_and_a_required_one_does_not() -> None:
    form = _Form()
    assert component(form["notes"]).params["label"]["text"] == "Notes (optional)"
    assert component(form["title"]).params["label"]["text"] == "Title"


def test_every_fault_leads_to_its_box() -> None:
    form = _Form({"day-day": "31", "day-month": "2", "day-year": "2024"})
    assert not form.is_valid()
    html = _html(form)
    assert html.index("There is a problem") < html.index("<form")
    for fault in faults(form):
        assert f'id="{fault.href[1:]}"' in html, fault


def test_what_was_typed_stays_and_is_text() -> None:
    form = _Form({"title": _HOSTILE, "notes": _HOSTILE, "day-day": _HOSTILE, "one": _HOSTILE})
    html = _html(form)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 3


def test_a_password_is_never_given_back() -> None:
    assert "very-secret" not in _html(_Form({"word": "very-secret"}))


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("5", "3", "2024", date(2024, 3, 5)),
        ("05", "03", "2024", date(2024, 3, 5)),
        ("29", "2", "2024", date(2024, 2, 29)),
    ],
)
def test_a_date_is_read(day: str, month: str, year: str, expected: date) -> None:
    field = DateField(label="Start date")
    assert field.clean({"day": day, "month": month, "year": year}) == expected


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("", "", ""), "required"),
        (("5", "", "2024"), "must include a month"),
        (("5", "", ""), "must include a month and a year"),
        (("30", "2", "2024"), "must be a date that exists"),
        (("5", "3", "24"), "must have a year of four figures"),
        (("five", "3", "2024"), "write the day in figures"),
        (("-5", "3", "2024"), "write the day in figures"),
        (("٥", "3", "2024"), "write the day in figures"),
        (("5", "3", "0000"), "must be a date that exists"),
        (("5" * 500, "3", "2024"), "write the day in figures"),
    ],
)
def test_each_way_to_get_a_date_wrong_has_its_sentence(given: tuple[str, ...], said: str) -> None:
    with pytest.raises(forms.ValidationError, match=said):
        DateField(label="Start date").clean(dict(zip(("day", "month", "year"), given, strict=True)))
