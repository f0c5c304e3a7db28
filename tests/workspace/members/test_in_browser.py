"""The pages of members and agreements in a real browser, wide and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.workspace.agreements.test_agreements import _enter, _sign
from tests.workspace.browsers import faults_of
from tests.workspace.members.test_pages import _addresses
from tests.workspace.people import person, signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: str, width: int
) -> None:
    person("Lead Example", "agency-lead")
    agreement = _enter()
    _sign(agreement)
    named = _addresses()
    everything = ("administrator", "governance-officer", "agency-lead")
    cookie = signed_in(person("Ayo Example", *everything)).cookies["saferboard"].value
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "saferboard", "value": cookie, "url": live_server}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    pages = [
        *(
            address
            for name, address in named.items()
            if name not in ("agencies_csv", "roles_csv", "stay", "revoke", "join")
        ),
        "/agreements/",
        "/agreements/enter",
        f"/agreements/{agreement}",
        f"/agreements/{agreement}/change",
        f"/agreements/{agreement}/end",
        f"/agreements/{agreement}/copy/keep",
        "/agreements/assessments/",
        "/agreements/assessments/enter",
    ]
    for address in pages:
        page.goto(live_server + address)
        assert page.locator("h1").count() == 1, address
        assert faults_of(page) == [], address
    assert said == []
    context.close()
