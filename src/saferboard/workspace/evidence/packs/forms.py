"""Forms of packs."""

from __future__ import annotations

from typing import Any

from django import forms

from saferboard.analytics.measures.register import definitions
from saferboard.ui.dates import DateField
from saferboard.vocabulary.partnership import PartnershipArea
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.packs.commenting import LONGEST
from saferboard.workspace.evidence.packs.options import KINDS


class NewPack(forms.Form):
    """What a new pack shows."""

    kind = forms.ChoiceField(
        label="Which pack", choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    area = forms.ChoiceField(label="Area", choices=())
    to = forms.CharField(
        label="Last month", max_length=7, help_text="For example 2023-12, for December 2023."
    )
    measures = forms.MultipleChoiceField(
        label="Measures",
        required=False,
        choices=(),
        help_text="None means those of the partnership’s file, or all for which there is data.",
        widget=forms.SelectMultiple(attrs={"size": "8"}),
    )
    as_known = DateField(
        label="Figures as published by",
        required=False,
        help_text="Leave it empty for the newest figures.",
    )
    baseline = forms.IntegerField(
        label="Compare with this year too",
        required=False,
        min_value=1990,
        max_value=2100,
        help_text="For example 2019.",
    )
    comparators = forms.ChoiceField(
        label="Last year’s figures",
        choices=[
            ("same-vintage", "From the same publication"),
            ("as-published", "As they were published a year earlier"),
        ],
        widget=forms.RadioSelect,
        initial="same-vintage",
    )
    rag = forms.ChoiceField(
        label="Ratings",
        choices=[
            ("verdicts", "By what the changes mean"),
            ("signs-2017", "By signs, as in 2017"),
        ],
        widget=forms.RadioSelect,
        initial="verdicts",
    )
    ward = forms.CharField(
        label="One ward only",
        required=False,
        max_length=100,
        help_text="For the ward pack: the name or code of a ward. Empty means a page for each.",
    )

    def __init__(self, areas: tuple[PartnershipArea, ...], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["area"].choices = [(one.code, one.name) for one in areas]  # type: ignore[attr-defined]  # a choice field
        known = sorted(definitions().values(), key=lambda one: one.title)
        self.fields["measures"].choices = [(one.key, one.title) for one in known]  # type: ignore[attr-defined]  # a choice field

    def clean_to(self) -> Month:
        """The month. Raises ValidationError for anything else."""
        try:
            return Month.parse(self.cleaned_data["to"])
        except Problem as problem:
            raise forms.ValidationError(problem.sentence()) from problem

    def options(self) -> dict[str, Any]:
        """What was chosen, without what was left as it is."""
        given = self.cleaned_data
        names = ("measures", "as_known", "baseline", "comparators", "rag", "ward")
        return {name: given[name] for name in names if given[name]}


class SendBack(forms.Form):
    """Why a pack goes back."""

    why = forms.CharField(
        label="What has to be put right", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WriteRemark(forms.Form):
    """What is said about a measure. `version` is the one that was edited."""

    text = forms.CharField(
        label="Commentary",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Why, in the words of those who know. An empty line starts a paragraph.",
    )
    author = forms.CharField(
        label="Author", required=False, max_length=120, help_text="A role or a name."
    )
    organisation = forms.CharField(label="Organisation", required=False, max_length=120)
    date = DateField(label="Date", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
