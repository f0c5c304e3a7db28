"""What search finds of packs and measures."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from saferboard.analytics.measures.register import definitions
from saferboard.workspace.evidence.packs.models import Pack
from saferboard.workspace.evidence.packs.options import KINDS
from saferboard.workspace.evidence.packs.queries import READ, line_of
from saferboard.workspace.web.asking import Asking
from saferboard.workspace.web.needs import Find

_MOST = 20


def finds(who: Asking, words: str) -> list[Find]:
    """Packs and measures with all of `words` in them, for whoever reads evidence."""
    if READ not in who.may:
        return []
    wanted = words.casefold().split()
    found = []
    for key, one in definitions().items():
        if all(word in f"{one.title} {one.question}".casefold() for word in wanted):
            href = f"{reverse('explorer:explore')}?{urlencode({'measure': key})}"
            found.append(Find("Measure", one.title, one.question, href))
    rows = Pack.objects.select_related("made_by")
    for word in wanted:
        kinds = [key for key, title in KINDS.items() if word in title.casefold()]
        rows = rows.filter(Q(area_name__icontains=word) | Q(to__contains=word) | Q(kind__in=kinds))
    for pack in rows.order_by("-made_at")[:_MOST]:
        line = line_of(pack)
        title = f"{line.title}, {line.area}"
        words_of = f"Figures to {line.to}. {line.state}."
        found.append(Find("Pack", title, words_of, reverse("packs:pack", args=[pack.id])))
    return found[: 2 * _MOST]
