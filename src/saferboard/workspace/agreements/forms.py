"""Forms of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from saferboard.ui.dates import DateField
from saferboard.workspace.access.catalogue import purposes
from saferboard.workspace.agreements.models import Outcome
from saferboard.workspace.agreements.words import AGREEMENT_WORDS, ASSESSMENT_WORDS
from saferboard.workspace.partnership.days import after

_SHORT, _LINE, _TEXT = 200, 300, 5_000


def _line(words: str, example: str, *, most: int = _LINE, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=words,
        help_text=example,
        max_length=most,
        required=needed,
        error_messages={"required": f"{words}: nothing was written"},
    )


def _text(words: str, help_text: str = "", *, needed: bool = True) -> forms.CharField:
    return forms.CharField(
        label=words,
        help_text=help_text,
        max_length=_TEXT,
        required=needed,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": f"{words}: nothing was written"},
    )


def _day(words: str, help_text: str) -> DateField:
    return DateField(
        label=words, help_text=help_text, error_messages={"required": f"{words}: write the date"}
    )


class AgreementForm(forms.Form):
    """An agreement. Its fields are those of `Terms`, and who is asked to sign."""

    title = _line(AGREEMENT_WORDS["title"], "", most=_SHORT)
    purpose = forms.ChoiceField(
        label=AGREEMENT_WORDS["purpose"],
        help_text="What the agreement opens: who may see what is shared for this.",
        error_messages={"required": "Choose a purpose"},
    )
    gateway = _line(
        AGREEMENT_WORDS["gateway"],
        "The power or duty to share. For example: Crime and Disorder Act 1998, section 115.",
    )
    basis = _line(AGREEMENT_WORDS["basis"], "For example: Article 6(1)(e), public task.")
    special_category_basis = _line(
        AGREEMENT_WORDS["special_category_basis"],
        "Where health, ethnicity, beliefs or the like are shared. For example: Article 9(2)(g).",
        needed=False,
    )
    schedule_1_condition = _line(
        AGREEMENT_WORDS["schedule_1_condition"],
        "Where the Act asks for one. For example: paragraph 18, safeguarding.",
        needed=False,
    )
    data_classes = _text(AGREEMENT_WORDS["data_classes"], "Kinds of data, and of whom.")
    retention = _text(AGREEMENT_WORDS["retention"], "And what happens at the end.")
    first_day = _day(AGREEMENT_WORDS["first_day"], "It opens nothing before somebody has signed.")
    last_day = _day(AGREEMENT_WORDS["last_day"], "After this day it opens nothing any more.")
    review = _day(AGREEMENT_WORDS["review"], "Between the first and the last day.")
    parties = forms.MultipleChoiceField(
        label="Which agencies are asked to sign?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose two agencies or more"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, agencies: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # it has choices
            ("", "Choose one"),
            *((key, one.title) for key, one in purposes().items()),
        ]
        self.fields["parties"].choices = agencies  # type: ignore[attr-defined]  # it has choices


class RenewForm(forms.Form):
    """Until when an agreement is renewed."""

    until = _day("New last day in force", "Later than the present one.")
    review = _day(AGREEMENT_WORDS["review"], "Before the new last day.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(forms.Form):
    """When an agreement ends."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "Now"), ("day", "At the end of the day below")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it ends"},
    )
    day = DateField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """The day is needed where a day was chosen."""
        given = super().clean() or {}
        if given.get("when") == "day" and "day" not in self.errors and not given.get("day"):
            self.add_error("day", "Write the last day")
        return given

    def moment(self, now: datetime) -> datetime:
        """The moment that was chosen."""
        day = self.cleaned_data["day"]
        return now if self.cleaned_data["when"] == "now" or day is None else after(day)


class CopyForm(forms.Form):
    """The signed copy of an agreement."""

    file = forms.FileField(
        label="The signed copy",
        help_text="A PDF, a Word document or a picture, up to 20 MB. Whoever reads the register "
        "may download it.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )


class AssessmentForm(forms.Form):
    """An impact assessment. Its fields are those of `Findings`, and the agreements."""

    title = _line(ASSESSMENT_WORDS["title"], "", most=_SHORT)
    purpose = _text(ASSESSMENT_WORDS["purpose"])
    risks = _text(ASSESSMENT_WORDS["risks"], "What could happen to whom, how likely, how bad.")
    mitigations = _text(ASSESSMENT_WORDS["mitigations"], "And what is left afterwards.")
    outcome = forms.ChoiceField(
        label=ASSESSMENT_WORDS["outcome"],
        choices=[(one.value, one.label) for one in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    advice = _text(
        ASSESSMENT_WORDS["advice"],
        "Needed before a decision (UK GDPR, Article 35(2)). Say where it was not followed, why.",
        needed=False,
    )
    review = _day(ASSESSMENT_WORDS["review"], "Assessments are looked at again when things change.")
    agreements = forms.MultipleChoiceField(
        label="Which agreements is it about?", required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, agreements: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreements"].choices = [  # type: ignore[attr-defined]  # it has choices
            (str(key), title) for key, title in agreements
        ]
