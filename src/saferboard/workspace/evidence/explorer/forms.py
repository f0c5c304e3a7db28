"""The form of the explorer: it asks by the address, so that what it shows can be shared."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from saferboard.workspace.evidence.explorer.question import Choices


class Explore(forms.Form):
    """Area, measure, period and peers."""

    area = forms.ChoiceField(label="Area", choices=())
    measure = forms.ChoiceField(label="Measure", choices=())
    to = forms.CharField(label="To", max_length=7, help_text="For example 2023-12.")
    peers = forms.ChoiceField(label="Compared with", required=False, choices=())

    def __init__(self, offered: Choices, given: Mapping[str, str]) -> None:
        first = {"area": offered.own, "to": offered.to}
        super().__init__(initial={**first, **given})
        chosen = {
            "area": offered.areas,
            "measure": offered.measures,
            "peers": (("", "Every set that has the area"), *offered.peers),
        }
        for name, values in chosen.items():
            self.fields[name].choices = list(values)  # type: ignore[attr-defined]  # choice fields
