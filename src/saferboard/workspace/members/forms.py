"""Forms of the members' pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from saferboard.ui.dates import DateField
from saferboard.workspace.partnership.days import after
from saferboard.workspace.partnership.models import AgencyKind, Person

_LONGEST = 200


class AgencyForm(forms.Form):
    """An agency."""

    name = forms.CharField(max_length=_LONGEST, error_messages={"required": "Write the name"})
    kind = forms.ChoiceField(
        label="What kind of body is it?",
        choices=[("", "Choose one"), *((one.value, one.label) for one in AgencyKind)],
        error_messages={"required": "Choose what kind of body it is"},
    )
    statutory = forms.BooleanField(
        label="It is a responsible authority",
        help_text="Crime and Disorder Act 1998, section 5, as councils, police and probation are.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)


class SeatForm(forms.Form):
    """A seat."""

    title = forms.CharField(
        label="What is the seat called?",
        help_text="For example: Community Safety Board.",
        max_length=_LONGEST,
        error_messages={"required": "Write what the seat is called"},
    )


class HolderForm(forms.Form):
    """Who holds a seat."""

    person = forms.ChoiceField(label="Who holds it from now on?", required=False)

    def __init__(self, people: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Nobody"), *((str(key), name) for key, name in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # it has choices


class WhenForm(forms.Form):
    """Now, or at the end of a day."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "Now"), ("day", "At the end of the day below")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it ends"},
    )
    day = DateField(label="Last day", required=False, help_text="For example, 31 3 2027.")

    def clean(self) -> dict[str, Any]:
        """The day is needed where a day was chosen."""
        given = super().clean() or {}
        if given.get("when") == "day" and "day" not in self.errors and not given.get("day"):
            self.add_error("day", "Write the last day")
        return given

    def moment(self, now: datetime) -> datetime:
        """The moment that was chosen; today's end is later than now, a past day is before it."""
        day: date | None = self.cleaned_data["day"]
        return now if self.cleaned_data["when"] == "now" or day is None else after(day)


class InviteForm(forms.Form):
    """Whom to invite, with which roles."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="Their work address. The link is sent there and works for this address only.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Write the e-mail address",
            "invalid": "Write the address like name@agency.example",
        },
    )
    roles = forms.MultipleChoiceField(
        label="Which roles will they have?",
        help_text="What each may do stands on the page “Roles”. None is possible: they then only "
        "see what is meant for everybody.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, roles: Sequence[tuple[str, str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]  # it has choices
            (key, f"{title}: {about}") for key, title, about in roles
        ]


class JoinForm(forms.Form):
    """Who joins by an invitation: name and password."""

    name = forms.CharField(
        label="Your name",
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name"},
    )
    job_title = forms.CharField(
        label="Your job title",
        max_length=_LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three random words are good.",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password"},
    )
    again = forms.CharField(
        label="The same password again",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Write the password a second time"},
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both are the same, and the password is as the settings want it."""
        given = super().clean() or {}
        password = given.get("password")
        if password and given.get("again") and password != given["again"]:
            self.add_error("again", "This is not the same password")
        elif password:
            try:
                validate_password(password, Person(email=self.email, name=given.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return given


class GiveRoleForm(forms.Form):
    """A role for a person in one of their agencies."""

    role = forms.ChoiceField(error_messages={"required": "Choose a role"})
    agency = forms.ChoiceField(error_messages={"required": "Choose an agency"})

    def __init__(
        self,
        roles: Sequence[tuple[str, str]],
        agencies: Sequence[tuple[UUID, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Choose one"), *roles]  # type: ignore[attr-defined]  # it has choices
        self.fields["agency"].choices = [  # type: ignore[attr-defined]  # it has choices
            (str(key), name) for key, name in agencies
        ]


class ReviewForm(forms.Form):
    """The deadline of a review."""

    deadline = DateField(
        label="Deadline",
        help_text="The last day on which people can be confirmed, 7 to 90 days from today.",
        error_messages={"required": "Write the deadline"},
    )
