"""Packs, the explorer and the paper check in a real browser: axe, a telephone, live charts."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from tests.workspace.browsers import faults_of
from tests.workspace.evidence.conftest import TO
from tests.workspace.people import signed_in

from saferboard.vocabulary.partnership import load_partnership
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.evidence.packs import making, operations
from saferboard.workspace.evidence.packs.models import Build
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.browser


def _built(by: Actor, area: str) -> UUID:
    pack = operations.open_pack(
        kind="performance", area=area, to=TO, options={"measures": ["personal-robbery"]},
        by=by, now=timezone.now(),
    )  # fmt: skip
    build = Build.objects.get(pack=pack).id
    making.make_build(build, say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.update(state="done", ended=timezone.now())
    return pack


def test_axe_finds_nothing_and_charts_are_drawn_live(
    browser: Browser, live_server: str, staff: dict[str, Actor], home: Path
) -> None:
    area = load_partnership(home).area.code
    pack = _built(staff["analyst"], area)
    explored = f"/explore/?area={area}&measure=personal-robbery&to={TO}"
    client = signed_in(Person.objects.get(id=staff["analyst"].person))
    cookie = client.cookies["saferboard"].value
    faults: list[str] = []
    for width in (1280, 390):
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.add_cookies([{"name": "saferboard", "value": cookie, "url": live_server}])
        page = context.new_page()
        page.on("console", lambda message, said=faults: said.append(message.text))
        for address in (
            "/packs/", "/packs/new", f"/packs/{pack}", f"/packs/{pack}/read/personal-robbery",
            f"/packs/{pack}/read/summary", f"/packs/{pack}/commentary",
            f"/packs/{pack}/commentary/personal-robbery", f"/packs/{pack}/check", explored,
            "/papers/", "/data/", "/data/add",
        ):  # fmt: skip
            page.goto(live_server + address)
            faults += [f"{width} {address}: {one}" for one in faults_of(page)]
            if address == explored:
                page.wait_for_selector(".sb-chart__picture svg")
        context.close()
    assert faults == []
