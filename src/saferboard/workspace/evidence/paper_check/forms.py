"""The form of the paper check."""

from __future__ import annotations

from typing import Any

from django import forms

from saferboard.ui.dates import DateField
from saferboard.vocabulary.partnership import PartnershipArea
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.files.fields import FilesField


class AskCheck(forms.Form):
    """Papers, and what they are held against."""

    papers = FilesField(
        label="Papers",
        help_text="Word, PDF, PowerPoint, Excel, web page or text. Papers of one meeting together.",
    )
    area = forms.ChoiceField(
        label="Look figures up for",
        required=False,
        choices=(),
        help_text="Figures about this area are compared with the data store.",
    )
    to = forms.CharField(
        label="Last month that the papers report",
        required=False,
        max_length=7,
        help_text="For example 2023-12. Leave it empty if the papers say so.",
    )
    meeting = DateField(
        label="Day of the meeting",
        required=False,
        help_text="Figures published after it are not held against the papers.",
    )

    def __init__(self, areas: tuple[PartnershipArea, ...], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = [("", "No area: check the papers alone")]
        chosen += [(one.code, one.name) for one in areas]
        self.fields["area"].choices = chosen  # type: ignore[attr-defined]  # a choice field

    def clean_to(self) -> Month | None:
        """The month, or None. Raises ValidationError for anything else."""
        if not self.cleaned_data["to"]:
            return None
        try:
            return Month.parse(self.cleaned_data["to"])
        except Problem as problem:
            raise forms.ValidationError(problem.sentence()) from problem
