"""What an agreement says, as it is typed in, checked and compared."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.catalogue import purposes
from saferboard.workspace.access.models import Agreement
from saferboard.workspace.agreements.words import AGREEMENT_WORDS
from saferboard.workspace.partnership.days import after, beginning, day_of, last_day
from saferboard.workspace.web.editing import Both

LONGEST_YEARS = 10
_SHORT, _LINE, _TEXT = 200, 300, 10_000
_NEEDED = ("title", "gateway", "basis", "data_classes", "retention")
AFTER_SIGNING = frozenset({"title", "review"})
"""What may still change once somebody has signed: nothing of what they signed."""


@dataclass(frozen=True)
class Terms:
    """The fields of an agreement. `purpose` is a key of purposes.yaml; in force from the beginning
    of `first_day` to the end of `last_day`; to be looked at again by `review`."""

    title: str
    purpose: str
    gateway: str
    basis: str
    special_category_basis: str
    schedule_1_condition: str
    data_classes: str
    retention: str
    first_day: date
    last_day: date
    review: date


def checked(terms: Terms, *, now: datetime) -> Terms:
    """The same without blanks around. Raises Problem for what is missing, too long or in the wrong
    order: the last day is not past, and neither before the first day nor ten years after it."""
    clean: dict[str, Any] = {one.name: tidied(getattr(terms, one.name)) for one in fields(terms)}
    for name in _NEEDED:
        if not clean[name]:
            raise Problem(f"{AGREEMENT_WORDS[name]}: nothing was written.", remedy="Fill it in.")
    for name, value in clean.items():
        most = _SHORT if name == "title" else _LINE
        most = _TEXT if name in ("data_classes", "retention") else most
        if isinstance(value, str) and (len(value) > most or "\0" in value):
            raise Problem(
                f"{AGREEMENT_WORDS[name]} is too long.", remedy=f"Write up to {most} letters."
            )
    result = Terms(**clean)
    if result.purpose not in purposes():
        raise Problem("This purpose is not known.", remedy="Choose one of the list.")
    check_days(result.first_day, result.last_day, result.review, now=now)
    return result


def tidied(value: object) -> object:
    """Text as it is kept: without blanks around, its lines ended in one way."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def check_days(first: date, last: date, review: date, *, now: datetime) -> None:
    """Raises Problem where the days of an agreement do not fit."""
    today = day_of(now)
    if last < first:
        raise Problem("The last day is before the first.", remedy="Correct one of them.")
    if last < today:
        raise Problem("The last day is past.", remedy="Enter agreements that still hold.")
    if last.year - first.year > LONGEST_YEARS:
        raise Problem(
            f"That is more than {LONGEST_YEARS} years.", remedy="Choose an earlier last day."
        )
    if not first <= review <= last:
        raise Problem(
            "The day to look at it again lies outside the agreement.",
            remedy="Choose a day between its first and last day.",
        )


def terms_of(agreement: Agreement) -> Terms:
    """What an agreement says at present."""
    return Terms(
        title=agreement.title,
        purpose=agreement.purpose,
        gateway=agreement.gateway,
        basis=agreement.basis,
        special_category_basis=agreement.special_category_basis,
        schedule_1_condition=agreement.schedule_1_condition,
        data_classes=agreement.data_classes,
        retention=agreement.retention,
        first_day=day_of(agreement.start),
        last_day=last_day(agreement.end) if agreement.end else date.max,
        review=agreement.review,
    )


def put(terms: Terms, agreement: Agreement) -> None:
    """Writes the fields into an agreement, unsaved. Moments that mean the same day stay."""
    before = terms_of(agreement) if agreement.start else None
    for one in fields(terms):
        if one.name not in ("first_day", "last_day"):
            setattr(agreement, one.name, getattr(terms, one.name))
    if before is None or before.first_day != terms.first_day:
        agreement.start = beginning(terms.first_day)
    if before is None or before.last_day != terms.last_day:
        agreement.end = after(terms.last_day)


def differences(before: Terms, now: Terms) -> dict[str, list[str]]:
    """By field: what stood there and what stands now, where they differ."""
    pairs = {one.name: (getattr(before, one.name), getattr(now, one.name)) for one in fields(now)}
    return {name: [_text(a), _text(b)] for name, (a, b) in pairs.items() if a != b}


def both(theirs: Terms, yours: Terms) -> list[Both]:
    """Every field with both texts, for whoever was second."""
    return [
        Both(label, _shown(name, theirs), _shown(name, yours))
        for name, label in AGREEMENT_WORDS.items()
    ]


def _shown(name: str, terms: Terms) -> str:
    value = getattr(terms, name)
    if name == "purpose" and value in purposes():
        return purposes()[value].title
    return _text(value)


def _text(value: object) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)
