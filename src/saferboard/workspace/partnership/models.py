"""Agencies, people, memberships, seats and areas. What lasts for a time has `start` (included) and
`end` (excluded, empty while it lasts): nothing is deleted, and yesterday can be asked about."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Dated(models.Model):
    """A row that holds from `start` until `end`. What begins and ends at one moment never was."""

    start = models.DateTimeField()
    end = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="%(class)s_ends_after_start",
            ),
        )


class AgencyKind(models.TextChoices):
    """What kind of body an agency is."""

    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    FIRE = "fire", "Fire and rescue"
    HEALTH = "health", "Health"
    HOUSING = "housing", "Housing association"
    EDUCATION = "education", "School, college or university"
    VOLUNTARY = "voluntary", "Voluntary or community sector"
    OTHER = "other", "Other"


class Agency(Dated):
    """An organisation of the partnership. `statutory` marks the responsible authorities of
    section 5 of the Crime and Disorder Act 1998. `version` counts its changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    statutory = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(Lower("name"), name="agency_name_once"),
        )


class PersonManager(BaseUserManager["Person"]):
    """People by their address of e-mail, kept in small letters."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who can sign in. Never deleted: leaving ends their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_is_small"),
        )


class Membership(Dated):
    """A person works for an agency, from and until."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")

    class Meta(Dated.Meta):
        indexes = (models.Index(fields=["agency", "end"], name="membership_of_agency"),)


class Seat(Dated):
    """An agency's place: attendance and actions belong to it, not to a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(max_length=200)


class SeatHolding(Dated):
    """Who holds a seat, from and until; one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")


class Area(models.Model):
    """An area that the partnership answers for, or a ward of one, by its GSS code."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
