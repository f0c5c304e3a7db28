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


# What a keyboard has to reach, in the order of the page; and what the one in focus looks like.
REACHABLE = """() => {
  window.stops = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])')]
    .filter(e => e.getClientRects().length && getComputedStyle(e).visibility === 'visible');
  return window.stops.length;
}"""
IN_FOCUS = """() => {
  const e = document.activeElement, look = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    at: window.stops.indexOf(e),
    name: e.tagName + ' ' + (e.textContent || '').trim().slice(0, 40),
    ring: look.outlineStyle === 'none' ? 0 : parseFloat(look.outlineWidth),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: (() => {
      const x = Math.min(Math.max(box.left + 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      return !(top && (e === top || e.contains(top) || top.contains(e)));
    })(),
  };
}"""


@pytest.mark.parametrize("width", [1280, 360])
def test_a_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    stops = page.evaluate(REACHABLE)
    assert stops > 20
    for at in range(stops):
        page.keyboard.press("Tab")
        found = page.evaluate(IN_FOCUS)
        assert found["at"] == at, found
        assert found["ring"] >= 2 and found["seen"] and not found["covered"], found
    page.keyboard.press("Tab")  # and out of the page: no trap
    assert page.evaluate(IN_FOCUS)["at"] in (-1, 0)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(IN_FOCUS)["at"] == stops - 1
    page.close()


def test_a_keyboard_opens_tables_and_links_lead_somewhere(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')]"
            ".filter(a => !document.getElementById(a.getAttribute('href').slice(1)))"
            ".map(a => a.getAttribute('href'))"
        )
        == []
    )
    summary = page.locator("details > summary").first
    summary.focus()
    for key, is_open in (("Enter", True), ("Space", False)):
        page.keyboard.press(key)
        assert page.locator("details").first.evaluate("d => d.open") is is_open
    page.close()
