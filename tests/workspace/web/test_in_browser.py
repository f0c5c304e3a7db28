"""The frame in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.workspace.browsers import faults_of
from tests.workspace.people import person, signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/", "/help", "/accessibility", "/search", "/nowhere"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: str, address: str, width: int
) -> None:
    cookie = signed_in(person("Ayo Example", "analyst")).cookies["saferboard"].value
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "saferboard", "value": cookie, "url": live_server}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(live_server + address)
    assert page.locator("h1").count() == 1
    assert faults_of(page) == []
    assert [line for line in said if "404" not in line] == []
    context.close()
