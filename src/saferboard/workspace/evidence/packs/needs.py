"""What packs put on the home page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from saferboard.workspace.evidence.packs.models import Agreement, Build, Pack, State
from saferboard.workspace.evidence.packs.queries import line_of
from saferboard.workspace.evidence.packs.settling import SIDES
from saferboard.workspace.partnership.models import Agency
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Need


def needs(who: Asking) -> list[Need]:
    """Packs that this person has to check, agree for their side, or freeze."""
    return [*_to_check(who), *_to_agree(who)]


def _to_check(who: Asking) -> Iterator[Need]:
    if "packs.check" not in who.may:
        return
    built = Build.objects.filter(finished_at__isnull=False).values("pack")
    for pack in Pack.objects.select_related("made_by").filter(state=State.DRAFT, id__in=built):
        yield _need("Check", pack, "It is built and waits to be checked.")
    for pack in Pack.objects.select_related("made_by").filter(state=State.AGREED):
        yield _need("Freeze", pack, "Police and council have agreed it.")


def _to_agree(who: Asking) -> Iterator[Need]:
    if "packs.agree" not in who.may or who.agency is None:
        return
    side = Agency.objects.filter(id=who.agency.id).values_list("kind", flat=True).first()
    if side not in SIDES:
        return
    done = Agreement.objects.filter(side=side, withdrawn_at=None).values("build")
    rows = Pack.objects.select_related("made_by").filter(state=State.CHECKED)
    for pack in rows.exclude(settled__in=done):
        yield _need("Agree", pack, f"It is checked and waits for the {side}.")


def _need(verb: str, pack: Pack, words: str) -> Need:
    line = line_of(pack)
    title = f"{verb} the {line.title.lower()} for {line.area} to {line.to}"
    return Need(title=title, words=words, href=reverse("packs:pack", args=[pack.id]))
