"""What oversight asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict

from saferboard.ui.dates import DateField
from saferboard.workspace.access.catalogue import purposes
from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.audit.event_types import event_types
from saferboard.workspace.audit.kinds import Kind
from saferboard.workspace.audit.queries import Sought
from saferboard.workspace.oversight.queries.matters import RESTRICTIONS
from saferboard.workspace.oversight.queries.people import LONGEST
from saferboard.workspace.oversight.queries.wording import CATEGORIES, LEVELS
from saferboard.workspace.partnership.models import Agency, Person

LONGEST_WORDS = 2_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_ANY = ("", "Any")
REASONS_FOR_WORDS = {
    "complaint": "A complaint",
    "subject-access": "A request by the person whose data it is",
    "misuse": "Suspected misuse",
    "security": "A security incident",
    "court": "A court, the police or the Information Commissioner asks",
}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None where nothing was, so that a form is empty and not wrong. A form that was
    sent without any field is wrong."""
    return request.POST if request.method == "POST" else None


class _Dates(forms.Form):
    """From a day to a day, both included, by the clock of the United Kingdom."""

    since = DateField(label="From", required=False)
    until = DateField(label="To, that day included", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuses days in the wrong order, and years that no record has."""
        cleaned = super().clean() or {}
        for name in ("since", "until"):
            given = cleaned.get(name)
            if given and not _FIRST_YEAR <= given.year <= _LAST_YEAR:
                self.add_error(name, f"The year must lie between {_FIRST_YEAR} and {_LAST_YEAR}.")
        first, last = cleaned.get("since"), cleaned.get("until")
        if first and last and last < first:
            self.add_error("until", "“To” must not be before “From”.")
        return cleaned

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The two moments between which it is asked, the last one excluded."""
        last = self.cleaned_data["until"]
        return _begins(self.cleaned_data["since"]), _begins(last and last + timedelta(days=1))


class RecordForm(_Dates):
    """The filters of the record, in the address."""

    actor = forms.UUIDField(
        label="Person who did it", required=False, help_text="The id. Find people to get one."
    )
    agency = forms.ChoiceField(label="Agency for which they acted", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[_ANY, *((one.value, one.value.capitalize()) for one in Kind)],
    )
    event = forms.ChoiceField(label="What happened", required=False)
    subject = forms.UUIDField(label="Thing it was done to", required=False, help_text="The id.")
    purpose = forms.ChoiceField(label="Purpose", required=False)
    request = forms.UUIDField(label="Request", required=False, help_text="The id.")
    order = forms.ChoiceField(
        label="Order", required=False, choices=[("", "Newest first"), ("oldest", "Oldest first")]
    )

    field_order = ("actor", "agency", "kind", "event", "subject", "purpose", "request", "order")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        agencies = Agency.objects.order_by("name").values_list("id", "name")
        self._choose("agency", [(str(key), name) for key, name in agencies])
        self._choose("event", [(one.key, one.key) for one in event_types()])
        self._choose("purpose", [(key, one.title) for key, one in purposes().items()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_ANY, *choices]

    def sought(self) -> Sought:
        """What a valid form looks for."""
        asked = self.cleaned_data
        since, until = self.span()
        return Sought(
            actor=asked["actor"],
            agency=UUID(asked["agency"]) if asked["agency"] else None,
            kind=asked["kind"],
            event=asked["event"],
            subject=asked["subject"],
            purpose=asked["purpose"],
            request=asked["request"],
            since=since,
            until=until,
        )


class ReportForm(_Dates):
    """Between which days somebody is asked about."""


class FindForm(forms.Form):
    """Looking for a person. The words come by POST."""

    words = forms.CharField(
        label="Name or address of e-mail", min_length=2, max_length=LONGEST, strip=True
    )


class WordsForm(forms.Form):
    """Why somebody has to read what a person typed."""

    reason = forms.ChoiceField(
        label="Why do you have to read them?",
        choices=list(REASONS_FOR_WORDS.items()),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Say more",
        help_text="For example the reference of the complaint. It is recorded with your name.",
        min_length=5,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EmergencyForm(forms.Form):
    """Breaking the glass."""

    category = forms.ChoiceField(
        label="What is the emergency?",
        choices=list(CATEGORIES.items()),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="What is happening, and why do you need this now?",
        help_text="Whoever reviews it reads this.",
        min_length=5,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EmergencyIdForm(forms.Form):
    """Which record, where no list shows it."""

    matter = forms.UUIDField(
        label="Id of the record", help_text="36 letters, from a letter, a message or a colleague."
    )


class ReviewForm(forms.Form):
    """Whether an emergency access was justified."""

    justified = forms.ChoiceField(
        label="Was it justified?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Say why",
        min_length=5,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RestrictForm(forms.Form):
    """Opening, protecting or sealing a matter. `seen` is what it was when the page was made."""

    restriction = forms.ChoiceField(
        label="Who may learn of it?",
        choices=[
            (Restriction.OPEN.value, "Open: everybody whom it concerns, by role and agency"),
            (
                Restriction.PROTECTED.value,
                "Protected: others learn that it is there, and can use emergency access",
            ),
            (Restriction.SEALED.value, "Sealed: only people who are named learn of it at all"),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why?",
        min_length=5,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.ChoiceField(
        choices=[(one.value, RESTRICTIONS[one]) for one in Restriction], widget=forms.HiddenInput
    )


class _PersonForm(forms.Form):
    """Somebody by their address. `found` is the person, after a valid form."""

    email = forms.EmailField(label="Address of e-mail", max_length=254)
    found: Person | None = None

    def clean_email(self) -> str:
        """Refuses an address that nobody has."""
        email = str(self.cleaned_data["email"]).lower()
        self.found = Person.objects.filter(email=email, is_active=True).first()
        if self.found is None:
            raise forms.ValidationError("Nobody who can sign in has this address.")
        return email


class NameForm(_PersonForm):
    """Naming somebody on a matter."""

    level = forms.ChoiceField(
        label="What do they see?",
        choices=[
            (str(one.value), LEVELS[one].capitalize()) for one in Level if one > Level.NOTHING
        ],
        widget=forms.RadioSelect,
    )


class ExcludeForm(_PersonForm):
    """Excluding somebody from a matter."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=[
            ("conflict", "They have a conflict of interest"),
            ("excluded", "They must not learn of it"),
        ],
        widget=forms.RadioSelect,
    )


def _begins(day: date | None) -> datetime | None:
    if day is None:
        return None
    local = datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
    return local.astimezone(UTC)
