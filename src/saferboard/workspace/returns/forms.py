"""Forms of returns. The entry itself is a table and read from the request by its own function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from saferboard.ui.dates import DateField
from saferboard.workspace.returns.defining import LineAsked
from saferboard.workspace.returns.entries import LONGEST, Asked, Entry, Written
from saferboard.workspace.returns.models import CYCLES, Line

SPARE_LINES = 4
MOST_LINES = 60


def written_from(sent: QueryDict, asked: Iterable[Asked]) -> Written:
    """What somebody sent of a whole return: boxes are called `value-<line>` and so on."""
    entries = {
        one.line: Entry.of({name: sent.get(f"{name}-{one.line}", "") for name in LONGEST})
        for one in asked
    }
    return Written(
        entries,
        nil=sent.get("nil") == "yes",
        recording_change=" ".join(sent.get("recording_change", "").split())[:500],
        comparable=sent.get("comparable") != "no",
    )


def version_from(sent: QueryDict) -> int:
    """The version that the writer had before them; one that nobody has where it is no number."""
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


class UploadForm(forms.Form):
    """A CSV in the form of the local return."""

    file = forms.FileField(
        label="The filled-in form",
        help_text="A CSV of at most 1 MB, in the form that you can take from this page.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class BackForm(forms.Form):
    """Why a return goes back."""

    why = forms.CharField(
        label="What has to be changed?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class WithdrawForm(forms.Form):
    """Why a period is not owed."""

    why = forms.CharField(
        label="Why is this period not owed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(forms.Form):
    """What can be changed of a return, but for its lines."""

    title = forms.CharField(label="Title", max_length=200)
    about = forms.CharField(
        label="What the agency should know",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_days = forms.IntegerField(
        label="Days after the end of the period by which it is due", min_value=1, max_value=365
    )


class DefineForm(ChangeForm):
    """A new return."""

    agency = forms.ChoiceField(label="Which agency owes it?")
    area = forms.CharField(
        label="Code of the area that it is about",
        max_length=9,
        help_text="The nine characters of the ONS, such as E06000000.",
    )
    cycle = forms.ChoiceField(label="How often?", choices=CYCLES, widget=forms.RadioSelect)
    first = DateField(label="First day of the first period")
    field_order = ("title", "about", "agency", "area", "cycle", "first", "due_days")

    def __init__(self, *given: Any, agencies: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["agency"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Choose an agency"), *agencies]


class LineForm(forms.Form):
    """One figure that a return asks for; one without a measure is left out."""

    measure = forms.ChoiceField(label="Measure", required=False)
    breakdown = forms.CharField(
        label="Part, such as sex=Female",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    area = forms.CharField(
        label="Other area",
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    lowest = forms.FloatField(
        label="Lowest",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    highest = forms.FloatField(
        label="Highest",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    denominator_required = forms.BooleanField(label="Base required", required=False)

    def __init__(self, *given: Any, measures: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        choice = self.fields["measure"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "None"), *measures]


def line_forms(
    sent: QueryDict | None, held: Sequence[Line], measures: Sequence[tuple[str, str]]
) -> list[LineForm]:
    """A form for each line that is there, and some spare ones."""
    count = min(MOST_LINES, len(held) + SPARE_LINES)
    if sent is not None:
        asked = sent.get("lines", "")
        count = min(MOST_LINES, int(asked)) if asked.isascii() and asked.isdigit() else count
    found = []
    for at in range(count):
        first = _initial(held[at]) if at < len(held) else {}
        found.append(LineForm(sent, prefix=f"line-{at}", initial=first, measures=measures))
    return found


def lines_of(found: Sequence[LineForm]) -> list[LineAsked]:
    """The lines of forms that are valid and name a measure."""
    return [
        LineAsked(
            one.cleaned_data["measure"],
            one.cleaned_data["breakdown"],
            one.cleaned_data["area"],
            one.cleaned_data["lowest"],
            one.cleaned_data["highest"],
            one.cleaned_data["denominator_required"],
        )
        for one in found
        if one.cleaned_data["measure"]
    ]


def _initial(line: Line) -> dict[str, object]:
    area = "" if line.area == line.definition.area else line.area
    return {
        "measure": line.measure,
        "breakdown": line.breakdown,
        "area": area,
        "lowest": _plain(line.lowest),
        "highest": _plain(line.highest),
        "denominator_required": line.denominator_required,
    }


def _plain(value: float | None) -> float | int | None:
    """A limit as somebody would type it."""
    return int(value) if value is not None and value.is_integer() else value
