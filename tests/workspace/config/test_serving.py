"""`saferboard-workspace serve` for real: a process of its own on a free port, with a database of
its own, asked over HTTP and stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.embedded import embedded_server
from saferboard.workspace.config.serving import bound

COMMAND = [sys.executable, "-m", "saferboard.workspace.config.operators"]
MARKERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "DJANGO_SETTINGS_MODULE")


@dataclass
class Served:
    """A workspace that runs: its process, its address, its home and its log."""

    process: subprocess.Popen[str]
    address: str
    home: Path
    log: Path

    def ask(self, path: str) -> tuple[int, dict[str, object]]:
        """The status and the JSON of an answer."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def family(self) -> list[psutil.Process]:
        """Everything that was started: children, theirs, and the database's server."""
        down = psutil.Process(self.process.pid).children(recursive=True)
        return [*down, *_of_database(self.home)]


def _of_database(home: Path) -> list[psutil.Process]:
    found = []
    for one in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(one.info["cmdline"] or [])
        if one.info["name"] == "postgres" and str(home) in words and _lives(one):
            found.append(one)
    return found


def _lives(one: psutil.Process) -> bool:
    """What has ended and was not yet taken notice of by its parent has ended."""
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in MARKERS}
    return {**kept, "SAFERBOARD_HOME": str(home)}


@contextmanager
def _served(home: Path, **more: str) -> Iterator[Served]:
    log = home.parent / "log"
    with log.open("a") as errors:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--processes", "1"],
            env={**_environment(home), **more},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://localhost:\d+", line)
        assert found, line + log.read_text()
        yield Served(process, found[0], home, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def _until(true: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that is made at the first start and used by all tests here."""
    return tmp_path_factory.mktemp("serving") / "home"


def test_it_starts_says_that_it_is_well_and_stops_within_seconds_with_everything(
    home: Path,
) -> None:
    with _served(home) as served:
        assert served.ask("/health/live") == (200, {"live": True})
        _until(lambda: served.ask("/health/ready")[0] == 200)
        status, said = served.ask("/health/ready")
        checks = dict.fromkeys(("database", "role", "migrations", "worker", "audit", "disk"), "ok")
        assert (status, said) == (200, {"ready": True, "checks": checks})
        family = served.family()
        assert len(family) >= 4  # gunicorn's two, the worker, the database's own
        began = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(60) == 0
        assert time.monotonic() - began < 30  # two or three on an idle machine
        assert not [one for one in family if _lives(one)]
    assert not _of_database(home)


def test_a_worker_that_is_killed_is_started_anew(home: Path) -> None:
    with _served(home) as served:
        (worker,) = [
            one
            for one in psutil.Process(served.process.pid).children()
            if "worker" in one.cmdline()
        ]
        worker.kill()
        _until(
            lambda: any(
                "worker" in one.cmdline() and one.pid != worker.pid
                for one in psutil.Process(served.process.pid).children()
                if _lives(one)
            )
        )


def test_the_database_gone_away_is_said_and_its_coming_back_too(home: Path) -> None:
    with _served(home) as served:
        _until(lambda: served.ask("/health/ready")[0] == 200)
        postmaster = min(_of_database(home), key=lambda one: one.create_time())
        postmaster.send_signal(signal.SIGINT)  # fast shutdown
        postmaster.wait(20)
        status, said = served.ask("/health/ready")
        assert status == 503
        assert said["checks"]["database"] == "unreachable"  # type: ignore[index]  # JSON
        assert "saferboard_application" not in json.dumps(said)
        assert served.ask("/health/live") == (200, {"live": True})
        with embedded_server(home / "database"):
            _until(lambda: served.ask("/health/ready")[0] == 200)


def test_nothing_is_left_when_it_is_killed_outright_but_what_the_next_start_adopts(
    home: Path,
) -> None:
    with _served(home) as served:
        down = psutil.Process(served.process.pid).children(recursive=True)
        served.process.kill()
        served.process.wait()
        psutil.wait_procs(down, timeout=15)
        assert not [one for one in down if _lives(one)]
    with _served(home) as again:
        assert again.ask("/health/live")[0] == 200
    assert not _of_database(home)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Problem) as caught:
            bound("localhost", port)
    assert str(port) in caught.value.message and "taken" in caught.value.message
    assert "PORT=" in str(caught.value.remedy)


def test_a_taken_port_ends_the_command_with_a_clear_message(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*COMMAND, "serve", "--port", str(port)],
            env=_environment(home),
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr and "Traceback" not in done.stderr
    assert not _of_database(home)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Does not go where an answer leads."""

    def redirect_request(self, *_: object) -> None:
        return None


def test_behind_a_proxy_that_speaks_https_cookies_are_secure_and_http_leads_to_https(
    home: Path,
) -> None:
    asker = urllib.request.build_opener(_Stay)

    def ask(address: str, **headers: str) -> tuple[int, dict[str, str], list[str]]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = asker.open(urllib.request.Request(address, headers=given), timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        told = answer.headers
        return answer.status, dict(told.items()), told.get_all("Set-Cookie") or []

    with _served(home, SAFERBOARD_HTTPS="1") as served:
        status, told, cookies = ask(f"{served.address}/sign-in", X_Forwarded_Proto="https")
        assert status == 200 and cookies
        assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert all("Secure" in one and "HttpOnly" in one and "SameSite" in one for one in cookies)
        status, told, cookies = ask(f"{served.address}/sign-in")
        assert status == 301 and told["Location"].startswith("https://") and not cookies
        assert served.ask("/health/live") == (200, {"live": True})
