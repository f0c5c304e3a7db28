"""Enrolling and signing in in a real browser, with an authenticator that Chromium plays."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.workspace import browsers
from tests.workspace.sign_in.accounts import PASSWORD, code_of, set_up, told

from saferboard.workspace.partnership.models import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing yet; it must not complain of anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []
    context.close()


def with_authenticator(page: Page) -> None:
    """Gives the browser a passkey holder that agrees to everything."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def look(page: Page, heading: str) -> None:
    """The page with this heading is there, and axe finds nothing on it, wide or narrow."""
    page.get_by_role("heading", level=1, name=heading).wait_for()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert browsers.faults_of(page) == [], f"{heading} at {width}"


def sign_in(page: Page, who: Person) -> None:
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_enrolled_and_signs_in_again(opened: Page, live_server: str) -> None:
    who = set_up("Ayo Example", "analyst")
    with_authenticator(opened)
    opened.goto(f"{live_server}/help?from=letter")
    opened.goto(f"{live_server}/account/devices")
    look(opened, "Sign in")
    opened.get_by_role("button", name="Sign in", exact=True).click()
    look(opened, "Sign in")
    sign_in(opened, who)
    look(opened, "Choose a second factor")
    opened.get_by_role("link", name="Passkey").click()
    look(opened, "Add a passkey")
    opened.get_by_label("Name").fill("work laptop")
    opened.get_by_role("button", name="Make a passkey").click()
    look(opened, "Recovery codes")
    assert opened.locator("#codes li").count() == 10
    with opened.expect_download() as saved:
        opened.get_by_role("button", name="Download").click()
    assert len(re.findall(r"^\d{10}\r?$", saved.value.path().read_text(), re.M)) == 10
    assert opened.get_by_role("button", name="Print").is_visible()
    opened.get_by_role("button", name="I have kept them").click()
    look(opened, "What needs you")
    opened.get_by_role("button", name="Sign out").click()

    opened.get_by_role("heading", level=1, name="Sign in").wait_for()
    sign_in(opened, who)
    look(opened, "Your second factor")
    opened.get_by_role("button", name="Use a passkey").click()
    opened.get_by_role("heading", level=1, name="What needs you").wait_for()
    assert [row.details["factor"] for row in told("sign-in.session.begun")] == ["none", "webauthn"]


def test_an_account_is_looked_after(opened: Page, live_server: str) -> None:
    who = set_up("Ayo Example", "analyst")
    with_authenticator(opened)
    opened.goto(live_server)
    sign_in(opened, who)
    opened.get_by_role("link", name="Authenticator app").click()
    look(opened, "Add an authenticator app")
    assert opened.locator("img.sb-code").evaluate("image => image.naturalWidth") > 0
    secret = "".join(opened.locator("#secret").inner_text().split())
    opened.get_by_label("Code").fill("12345")
    opened.get_by_role("button", name="Add the app").click()
    look(opened, "Add an authenticator app")
    assert "".join(opened.locator("#secret").inner_text().split()) == secret
    opened.get_by_label("Code").fill(code_of(secret))
    opened.get_by_role("button", name="Add the app").click()
    opened.get_by_role("heading", level=1, name="Recovery codes").wait_for()

    opened.goto(f"{live_server}/account/")
    look(opened, "Your account")
    opened.get_by_role("link", name="Change Second factors").click()
    opened.get_by_role("heading", level=1, name="Second factors").wait_for()
    opened.get_by_role("button", name="Add a passkey").click()
    opened.get_by_role("button", name="Make a passkey").click()
    look(opened, "Second factors")
    opened.get_by_role("link", name="Remove the passkey").click()
    look(opened, "Remove the passkey “Passkey 1”")
    opened.get_by_role("button", name="Remove the passkey").click()
    opened.get_by_role("heading", level=1, name="Second factors").wait_for()
    opened.get_by_role("link", name="Remove the authenticator app").click()
    look(opened, "Remove the authenticator app")
    assert "only second factor" in opened.content()
    for address, heading in (
        ("account/codes", "Recovery codes"),
        ("account/codes/new", "Make new recovery codes"),
        ("account/devices", "Where you are signed in"),
        ("account/password", "Change your password"),
        ("sign-in/again/code", "Confirm that it is you"),
        ("sign-out", "Do you want to sign out?"),
    ):
        opened.goto(f"{live_server}/{address}")
        look(opened, heading)


def test_the_pages_for_whoever_is_not_signed_in(opened: Page, live_server: str) -> None:
    for address, heading in (
        ("password/forgotten", "Ask for a new password"),
        ("password/sent", "Look at your e-mail"),
        ("password/changed", "Your password was changed"),
        ("password/new/abc-def", "This link has run out"),
        ("sign-in/off", "Your account is switched off"),
        ("sign-in/cancelled", "You did not sign in"),
    ):
        opened.goto(f"{live_server}/{address}")
        look(opened, heading)


def test_all_of_it_works_without_javascript(browser: Browser, live_server: str) -> None:
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    page, who = context.new_page(), set_up("Ayo Example")
    page.goto(live_server)
    sign_in(page, who)
    page.get_by_role("link", name="Passkey").click()
    assert page.get_by_text("A passkey needs JavaScript").is_visible()
    assert not page.get_by_role("button", name="Make a passkey").is_visible()
    page.goto(f"{live_server}/account/app/add")
    secret = "".join(page.locator("#secret").inner_text().split())
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Add the app").click()
    assert page.locator("#codes li").count() == 10
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, who)
    page.get_by_label("Code").fill(code_of(secret, periods=1))
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("heading", level=1, name="What needs you").is_visible()
    context.close()


def test_somebody_who_is_away_is_warned_and_then_signed_out(opened: Page, live_server: str) -> None:
    who = set_up("Ayo Example")
    opened.clock.install()
    opened.goto(live_server)
    sign_in(opened, who)
    opened.get_by_role("heading", level=1, name="Choose a second factor").wait_for()
    opened.clock.run_for(24 * 60 * 1000)
    assert not opened.get_by_role("dialog").is_visible()
    opened.clock.run_for(90 * 1000)
    opened.get_by_role("dialog", name="You are about to be signed out").wait_for()
    assert browsers.faults_of(opened) == []
    opened.get_by_role("button", name="Stay signed in").click()
    opened.get_by_role("dialog").wait_for(state="hidden")
