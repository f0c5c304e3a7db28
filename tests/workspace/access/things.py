"""Things of one agency that nobody of another may have: their ids fill the addresses of the crawl.
Add yours to `things_of_another`, under the name that the parameter of the address has or that its
line in addresses.yaml gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from tests.workspace.people import agency, person

from saferboard.workspace.access.levels import Restriction
from saferboard.workspace.access.models import Agreement, AgreementParty, Emergency
from saferboard.workspace.access.operations import open_matter, restrict_matter
from saferboard.workspace.access.session import as_system
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.evidence.packs.models import Pack
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.files.models import File
from saferboard.workspace.messages.models import Notification
from saferboard.workspace.returns.models import Due, ReturnDefinition

SECRET = "zebra-secret"
"""The kind of the other agency's matters: a word that must stand on nobody else's page."""


@dataclass(frozen=True)
class Things:
    """What the other agency has: ids by kind of thing, as they stand in an address."""

    ids: dict[str, tuple[str, ...]]

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind of thing; one that nothing has where the kind is not known."""
        return self.ids.get(kind, (str(uuid4()),))


def things_of_another() -> Things:
    """Matters (open, protected, sealed) and what hangs on them, an emergency access, a return, a
    notification, a pack and a row of the record, all of the police of Anytown."""
    police, now = agency("Anytown Police", "police"), timezone.now()
    start = now - timedelta(days=30)
    signed = Agreement.objects.create(
        title="One", purpose="casework", gateway="s.115", basis="6", review=start, start=start
    )
    for one in (police, agency("Anytown Council")):
        AgreementParty.objects.create(agreement=signed, agency=one, start=start)
    owner = person("Omar Owner", "coordinator", of=police)
    by = Actor(owner.id, police.id, uuid4())
    matters = []
    for restriction in Restriction:
        matter = open_matter(kind=SECRET, purpose="casework", parties=[police.id], by=by, now=now)
        matters.append(matter)
        if restriction is not Restriction.OPEN:
            restrict_matter(matter=matter, restriction=restriction, why=SECRET, by=by, now=now)
    with transaction.atomic(), as_system():
        emergency = Emergency.objects.create(
            matter_id=matters[0], person=owner, category="court-order", start=now, end=now
        )
        notice = Notification.objects.create(person=owner, kind="emergency-used", created=now)
        pack = Pack.objects.create(
            kind="performance",
            area="E06000001",
            area_name="Any",
            to="2025-06",
            made_by=owner,
            made_at=now,
        )
        file = File.objects.create(
            sha256="0" * 64, size=1, kind="pdf", name=SECRET, matter_id=matters[0], kept_at=now
        )
        check = PaperCheck.objects.create(matter_id=matters[0], asked_by=owner, asked_at=now)
        definition = ReturnDefinition.objects.create(
            title=SECRET,
            agency=police,
            area="E06000001",
            cycle="monthly",
            first=start.date(),
            due_days=5,
            start=start,
        )
        due = Due.objects.create(
            definition=definition,
            period_start=start.date(),
            period_end=now.date(),
            day=now.date(),
            created=now,
        )
    row = Event.objects.using("owner").order_by("id")[0].id
    return Things(
        {
            "matter": _text(*matters),
            "person": _text(owner.id),
            "emergency": _text(emergency.id),
            "notification": _text(notice.id),
            "pack": _text(pack.id),
            "file": _text(file.id),
            "check": _text(check.id),
            "definition": _text(definition.id),
            "due": _text(due.id),
            "key": ("1", "x"),
            "provider_id": ("provider",),
            "uidb36": ("1",),
            "event": (str(row),),
            "measure": ("burglary",),
            "format_": ("pdf", "..", "facts"),
            "anchor": ("summary", "..", "%2e%2e"),
            "name": ("burglary-trend", "..", "%00"),
            "fact": ("burglary", "../../etc/passwd", "..%2f..%2fetc%2fpasswd"),
        }
    )


def _text(*ids: UUID) -> tuple[str, ...]:
    return tuple(str(one) for one in ids)
