"""The report of a paper check in a real browser: axe, widths, boxes, links, keyboard, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from saferboard.papercheck.answers.page import page as report
from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.reading.read import read_bytes
from saferboard.vocabulary.problem import Problem

pytestmark = pytest.mark.browser
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILLER = "A paragraph without anything wrong in it, of the usual length.\n\n" * 30
WIDE = "| Area | " + " | ".join(f"Column {n} of many" for n in range(12)) + " |\n"
PAPER = (
    "# Performance\n\n#### Too deep\n\n"
    "There were 15 referrals, up from 10, a rise of 90%. VAWG is a priority.\n\n"
    f"{FILLER}| Type | 2022 | 2023 | % change |\n|---|---|---|---|\n| A | 100 | 110 | +10% |\n"
    "| B | 200 | 210 | +5% |\n| C | 400 | 300 | -45% |\n| D | 50 | 60 | +20% |\n\n"
    f"{WIDE}|{'---|' * 13}\n| North | {' | '.join(str(n) for n in range(12))} |\n\n"
    "It will report in TBC, by 31 June 2024.\n"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: reports were not looked at in a browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    papers = (
        read_bytes("a-long-name-of-a-paper-without-any-blank-in-it-at-all.md", PAPER.encode()),
        read_bytes("second.txt", b"There were 15 referrals, up from 10, a rise of 80%.\n"),
    )
    unread = (Problem("The PDF is encrypted.", file="locked.pdf", remedy="Save it again."),)
    pack = Pack(papers, unread=unread)
    file: Path = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(pack, check(pack)), encoding="utf-8")
    return file.as_uri()


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_boxes_choose_the_severities_without_a_script(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    assert page.evaluate("document.scripts.length") == 0
    errors, warnings = page.locator(".found.is-error"), page.locator(".found.is-warning")
    assert errors.first.is_visible()
    assert warnings.first.is_visible()
    page.locator("#show-warning").focus()
    page.keyboard.press("Space")
    assert not warnings.first.is_visible()
    assert errors.first.is_visible()
    page.close()


def test_finding_and_place_lead_to_each_other(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    targets = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(h => !document.getElementById(h.slice(1)))"
    )
    assert targets == []
    page.locator("#finding-2 a", has_text="In the text").click()
    assert page.evaluate("location.hash") == "#place-2"
    page.locator("#place-2 a span[aria-hidden]").click()
    assert page.evaluate("location.hash") == "#finding-2"
    page.close()


def test_stretches_without_findings_are_folded_away(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1280)
    summary = page.locator("summary").first
    assert "passages without findings" in (summary.text_content() or "")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.evaluate("d => d.open")
    page.close()


def test_what_was_not_read_stands_first(browser: Browser, address: str) -> None:
    page = opened(browser, address, 390)
    notice = page.locator("main > *").first
    assert "locked.pdf: The PDF is encrypted." in (notice.text_content() or "")
    page.close()
