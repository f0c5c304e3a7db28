"""What the resolver reads, and the rows that it writes. Spans are `[start, end)`, the end empty
while they last."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from saferboard.workspace.access.levels import Level, Restriction
from saferboard.workspace.partnership.models import Agency, Dated, Person


class RoleGrant(Dated):
    """A person has a role in an agency. `role` is a key of roles.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=60)


class Agreement(Dated):
    """An information sharing agreement: its parties may share for `purpose` while it is in force.
    `gateway`, `basis` (UK GDPR, Article 6), `special_category_basis` (Article 9) and
    `schedule_1_condition` (Data Protection Act 2018) are the words of the law that it names;
    `review` the day by which it has to be looked at again; `signed_copy` the id of a file;
    `follows` the agreement that it takes over from; `version` counts its changes and
    `changed_by` made the last one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    gateway = models.CharField(max_length=300)
    basis = models.CharField(max_length=300)
    special_category_basis = models.CharField(max_length=300, blank=True)
    schedule_1_condition = models.CharField(max_length=300, blank=True)
    data_classes = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    review = models.DateField()
    signed_copy = models.UUIDField(null=True)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")


class AgreementParty(Dated):
    """An agency has signed an agreement, from and until."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")


class Matter(models.Model):
    """A thing that not everybody may see: a case, a draft paper. What belongs to it is fetched
    through it. `kind` says what it is, `purpose` what its data is shared for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    restriction = models.CharField(max_length=10, default=Restriction.OPEN.value)
    opened = models.DateTimeField()


class MatterParty(Dated):
    """An agency is party to a matter: its roles see what their level gives."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="parties")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="matters")


class Named(Dated):
    """A person is named on a matter: they see it at this level, restricted or not."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="named")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_on")
    level = models.SmallIntegerField(choices=[(level.value, level.name) for level in Level])


class Circle(models.Model):
    """People who meet about matters: a panel, a task and finish group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)


class CircleMember(Dated):
    """A person belongs to a circle, from and until."""

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circles")


class MatterCircle(Dated):
    """A matter is before a circle, whose members see it at this level."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="circles")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="matters")
    level = models.SmallIntegerField(choices=[(level.value, level.name) for level in Level])


class Exclusion(Dated):
    """A person must not learn of a matter: `reason` is `conflict` or `excluded`. Always wins."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.CharField(max_length=20)


class Emergency(Dated):
    """Emergency access (break-glass): four hours, a category and words, told at once, reviewed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="emergencies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergencies")
    category = models.CharField(max_length=60)
    end = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="emergencies_reviewed"
    )
    justified = models.BooleanField(null=True)

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, justified__isnull=True)
                | Q(reviewed_at__isnull=False, justified__isnull=False),
                name="emergency_reviewed_with_an_answer",
            ),
        )


class AccessRow(Dated):
    """What the resolver said of a person and a matter, for a span: what row-level security reads.
    Written by `rows` only."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField()
    why = models.CharField(max_length=20)

    class Meta(Dated.Meta):
        indexes = (models.Index(fields=["matter", "person"], name="access_row_of_matter"),)


class SearchText(models.Model):
    """By which words a matter is found, by whom sees it at this level or more, and the `title` that
    they are shown. Safe addresses, informants and health facts never stand here."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="search_texts")
    level = models.SmallIntegerField(choices=[(level.value, level.name) for level in Level])
    title = models.CharField(max_length=200)
    words = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["matter", "level"], name="search_text_once_a_level"),
        )
        indexes = (GinIndex(SearchVector("words", config="simple"), name="search_text_words"),)
