"""The workspace with 5,000 people, 300 agencies and ten million rows of audit: pages at twenty
requests a second, open loop, generator included, and as many as it answers, closed loop.

What it fills stays in the folder SAFERBOARD_BENCH_HOME (.saferboard-bench), 6 GB large, and is used
again. Pages that are not there yet are said to be missing.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.load import Asked, closed_loop, open_loop
from tests.bench.report import Report

RATE, SECONDS = 20.0, 60.0
_PERSONS = 40
_PAGES: tuple[tuple[str, str, str, str, dict[str, str], float], ...] = (
    # name, role, method, name of the address, form or filter, the aim at the 95th percentile
    ("home page", "analyst", "GET", "home:page", {}, 0.150),
    ("search", "practitioner", "POST", "home:search", {"words": "green 12"}, 0.150),
    ("audit filter, one person", "governance-officer", "GET", "record:list", {"actor": "?"}, 0.5),
    ("audit filter, kind", "governance-officer", "GET", "record:list", {"kind": "refusal"}, 0.5),
)
_WORST = 1.0


def run(report: Report) -> None:
    """Fills, serves, asks; lines for each page and one for throughput."""
    report.section("The workspace at 20 requests a second, two processes, generator included")
    home = Path(os.environ.get("SAFERBOARD_BENCH_HOME", ".saferboard-bench")).resolve()
    with _database(home, report) as environment:
        asked = _requests(report)
        with _served(environment) as port:
            open_loop(port, asked, rate=RATE, seconds=5.0)
            times = open_loop(port, asked, rate=RATE, seconds=SECONDS)
            for name, _, _, _, _, aim in _PAGES:
                if name not in times.seconds:
                    continue
                if times.wrong[name]:
                    raise AssertionError(f"{name} was answered with {set(times.wrong[name])}")
                report.add(
                    f"{name}, 95th percentile",
                    times.at(name, 0.95),
                    aim=f"under {aim:.3f} s, worst under {_WORST:.0f} s",
                    note=f"median {times.at(name, 0.5) * 1000:.0f} ms, worst "
                    f"{times.worst(name) * 1000:.0f} ms, {len(times.seconds[name])} requests",
                )
            rate = closed_loop(port, asked, clients=4, seconds=15.0)
            report.lines.append(f"  closed loop, four clients: {rate:.0f} answers a second")


@contextmanager
def _database(home: Path, report: Report) -> Iterator[dict[str, str]]:
    """The database, filled, and Django set up on it; gives the environment of `serve`."""
    kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    given = {**kept, "SAFERBOARD_HOME": str(home)}
    subprocess.run([*_COMMAND, "migrate", "-v0"], env=given, check=True)
    os.environ["SAFERBOARD_HOME"] = str(home)
    # what comes now needs Django, which needs the address of the database first
    import django

    from saferboard.workspace.access.catalogue import roles
    from saferboard.workspace.config.embedded import DATABASE, embedded_server
    from saferboard.workspace.config.roles import make_database
    from tests.bench.made_workspace import fill

    with embedded_server(home / "database") as superuser:
        addresses = make_database(superuser, DATABASE)
        filled = fill(addresses, home / "audit" / "head.json", list(roles()))
        report.lines.append(
            f"  {filled.people:,} people, {filled.agencies} agencies, {filled.rows:,} rows of audit"
            + (f", made in {filled.seconds:.0f} s" if filled.seconds else ", made before")
        )
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = (
            addresses.application,
            addresses.owner,
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "saferboard.workspace.config.settings"
        django.setup()
        yield given


_COMMAND = [sys.executable, "-m", "saferboard.workspace.config.operators"]


def _requests(report: Report) -> list[Asked]:
    """Requests of many people in turn, page by page."""
    from django.urls import NoReverseMatch, reverse

    from saferboard.workspace.partnership.models import Person
    from tests.workspace.people import signed_in

    found: list[list[Asked]] = []
    for name, role, method, address, words, _ in _PAGES:
        try:
            path = reverse(address)
        except NoReverseMatch:
            report.lines.append(f"  {name}: not measured, there is no page {address} yet")
            continue
        people = Person.objects.filter(grants__role=role).order_by("email")[:_PERSONS]
        some = [str(one.id) for one in people]
        of_page = []
        for person, other in zip(people, reversed(some), strict=True):
            cookie = signed_in(person).cookies["saferboard"].value
            token = secrets.token_hex(16)
            sent = urlencode(
                {key: other if value == "?" else value for key, value in words.items()}
            )
            headers = {
                "Host": "localhost",
                "Cookie": f"saferboard={cookie}; csrftoken={token}",
                "X-CSRFToken": token,
            }
            if method == "POST":
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                of_page.append(Asked(name, method, path, headers, sent.encode()))
            else:
                query = f"?{sent}" if sent else ""
                of_page.append(Asked(name, method, f"{path}{query}", headers))
        found.append(of_page)
    return [one for turn in zip(*found, strict=False) for one in turn]


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    """`serve` on a free port with its worker, as an operator starts it."""
    process = subprocess.Popen(
        [*_COMMAND, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r":(\d+)", process.stdout.readline().replace("http:", ""))
        assert found, "the workspace did not start"
        yield int(found[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
