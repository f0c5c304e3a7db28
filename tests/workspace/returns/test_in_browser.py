"""A return is filed, signed off and corrected in a real browser; every page of returns and of
notifications is looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from procrastinate.contrib.django import app
from tests.workspace.browsers import faults_of
from tests.workspace.people import signed_in
from tests.workspace.returns.made import World, lake_in, stored, work_off, world

from saferboard.workspace.audit.actor import SYSTEM
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.messages.operations import notify
from saferboard.workspace.partnership.models import Person
from saferboard.workspace.returns.models import State

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def lake(database: Addresses, tmp_path: Path) -> Iterator[Path]:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with lake_in(tmp_path) as folder, app.replace_connector(connector):
        yield folder


def _context(browser: Browser, live_server: str, who: Person, **more: object) -> BrowserContext:
    cookie = signed_in(who).cookies["saferboard"].value
    context = browser.new_context(**more)  # type: ignore[arg-type]
    context.add_cookies([{"name": "saferboard", "value": cookie, "url": live_server}])
    return context


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _file(page: Page, live_server: str, w: World, calls: str) -> None:
    """From the home page to the signature, as somebody would go."""
    page.goto(live_server)
    page.get_by_role("link", name="Fill in Calls and confidence, January to March 2024").click()
    page.get_by_role("button", name="Fill in the form").click()
    line, share = w.line("asb-calls"), w.line("confidence-police")
    page.fill(f"#value-{line}", calls)
    page.fill(f"#value-{share}", "62%")
    page.fill(f"#denominator-{share}", "790")
    _press(page, "Check")
    assert "more than is usual" in page.locator(".govuk-error-summary").inner_text()
    page.select_option(f"#reason-{line}", "recording")
    page.fill(f"#answer-{line}", "All calls are counted since the new system")
    page.select_option(f"#comparable-{line}", "no")
    _press(page, "Check")
    assert page.locator(".govuk-error-summary").count() == 0
    _press(page, "Send to be signed off")
    assert "Waits for signature" in page.inner_text("main")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_return_is_filed_and_signed_off(
    browser: Browser, live_server: str, lake: Path, scripts: bool
) -> None:
    w = world()
    fills = _context(browser, live_server, w.filler, java_script_enabled=scripts)
    signs = _context(browser, live_server, w.signer, java_script_enabled=scripts)
    page = fills.new_page()
    _file(page, live_server, w, "749")
    page = signs.new_page()
    page.goto(live_server)
    page.get_by_role("link", name="Sign off Calls and confidence, January to March 2024").click()
    assert "All calls are counted since the new system" in page.inner_text("main")
    _press(page, "Sign off")
    assert "Signed off" in page.inner_text("main")
    work_off()
    (row,) = stored(lake, "asb-calls", w.due.period_start)
    assert (row["value"], row["comparable"]) == (749.0, False)
    assert w.filing().state == State.LOADED
    page.reload()
    assert "In the data store" in page.inner_text("main")
    fills.close()
    signs.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: str, width: int
) -> None:
    w = world()
    with transaction.atomic():
        people = [w.filler.id, w.analyst.id]
        notify(people=people, kind="return-due", subject=w.due.id, by=SYSTEM, now=timezone.now())
    at = f"/returns/{w.due.id}"
    pages = {
        w.filler: ["/notifications/", "/notifications/letters", "/returns/", at, f"{at}/fill"],
        w.analyst: ["/returns/late", "/returns/register", "/returns/register/add",
                    f"/returns/register/{w.definition}", f"{at}/withdraw"],
    }  # fmt: skip
    for who, addresses in pages.items():
        context = _context(browser, live_server, who, viewport={"width": width, "height": 800})
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        for address in addresses:
            answer = page.goto(live_server + address)
            assert answer and answer.status == 200, address
            assert page.locator("h1").count() == 1
            assert faults_of(page) == [], address
        if who == w.filler:
            page.fill(f"#value-{w.line('asb-calls')}", "x")
            _press(page, "Check")
            assert faults_of(page) == [], "with errors"
            assert page.title().startswith("Error: ")
        assert said == []
        context.close()
