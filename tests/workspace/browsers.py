"""Which browser the tests of the workspace look with, and what they look for on every page."""

from __future__ import annotations

import shutil
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def faults_of(page: Page) -> list[str]:
    """What axe finds on the page, and whether a telephone would have to scroll it sideways."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    faults = [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
    width = page.viewport_size["width"] if page.viewport_size else 0
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append(f"scrolls sideways at {width}")
    return faults
