"""The web page in a real browser: axe finds nothing, a telephone need not scroll sideways."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.documents_fixture import everything

from saferboard.documents.render import html

pytestmark = pytest.mark.browser
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: pages were not looked at in a browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("page") / "pack.html"
    file.write_bytes(html.render(everything(1)))
    return file.as_uri()


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_with_every_table_open(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(
        page,
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
                             "best-practice"]},
    )  # fmt: skip
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_the_page_never_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_first_tab_stop_skips_to_the_content(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_telephone_gets_the_narrow_drawing_and_a_desk_the_wide_one(
    browser: Browser, address: str
) -> None:
    for width, shown, hidden in ((360, ".narrow", ".wide"), (1280, ".wide", ".narrow")):
        page = opened(browser, address, width)
        figure = page.locator("figure.line").first
        assert figure.locator(f"svg{shown}").is_visible()
        assert not figure.locator(f"svg{hidden}").is_visible()
        page.close()


def test_print_opens_the_tables_and_leaves_the_navigation_out(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address, 1280)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("figure.line table").first.is_visible()
    page.close()
