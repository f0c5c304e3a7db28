"""`serve`: pages and job worker as two children of one process, which starts them, watches them and
takes them along when it ends."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import NoReturn

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config import web_server
from saferboard.workspace.config.web_server import LIFELINE, LISTENING, PROCESSES

GRACE = 5.0
"""Seconds that a child has to end before it is killed."""
_PAGES = (
    *(sys.executable, "-m", "gunicorn", "--config", f"python:{web_server.__name__}"),
    "saferboard.workspace.config.wsgi:application",
)
_WORKER = (sys.executable, "-m", "saferboard.workspace.config.operators", "worker")
_LOOK = 0.2
_START = 60.0
_QUICK = 10.0
_MOST_QUICK_ENDS = 5


class Stop(BaseException):
    """The operator or the system asks the workspace to end."""


@contextmanager
def stopping() -> Iterator[None]:
    """Inside it SIGINT and SIGTERM raise Stop, once; a second one is waited through, because the
    first already ends everything within seconds."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise Stop

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def bound(host: str, port: int) -> list[socket.socket]:
    """Listening sockets on `host`; on `localhost` that is 127.0.0.1 and, where there is one, ::1,
    at the same port. Port 0: one that is free. Raises Problem where it is taken or not ours."""
    names = ("127.0.0.1", "::1") if host == "localhost" else (host,)
    found = [_bound(names[0], port)]
    chosen = int(found[0].getsockname()[1])
    for name in names[1:]:
        try:
            found.append(_bound(name, chosen))
        except OSError:
            continue  # a machine without IPv6
        except Problem:
            if port:
                found[0].close()
                raise
            continue
    return found


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((host, port))
        one.listen(2048)
    except OSError as error:
        one.close()
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"Port {port} is taken: something else answers there.",
                remedy="Stop it, or choose another: make serve PORT=8001 (0 takes a free one).",
            ) from error
        if error.errno == errno.EACCES:
            raise Problem(
                f"Port {port} needs rights that this user has not.",
                remedy="Choose one from 1024 on and put a proxy in front.",
            ) from error
        raise
    return one


def run(host: str, port: int, *, processes: int, say: Callable[[str], None]) -> None:
    """Serves until Stop is raised or the pages' process ends by itself, which raises Problem. The
    database is there and migrated. `say` is told the address once pages answer."""
    with ExitStack() as held:
        sockets = [held.enter_context(one) for one in bound(host, port)]
        lifeline, ours = os.pipe()
        held.callback(os.close, ours)
        numbers = [one.fileno() for one in sockets]
        children = _Children()
        held.callback(children.end)
        pages = children.start(
            list(_PAGES),
            {LISTENING: ",".join(map(str, numbers)), PROCESSES: str(processes)},
            (*numbers, lifeline),
            lifeline,
        )
        worker = _Worker(children, lifeline)
        held.callback(os.close, lifeline)
        chosen = int(sockets[0].getsockname()[1])
        shown = "localhost" if host in ("localhost", "0.0.0.0", "::") else host
        _wait_for_pages(pages, sockets[0])
        say(f"The workspace is at http://{shown}:{chosen}  (stop with Ctrl+C)")
        while pages.poll() is None:
            worker.look()
            time.sleep(_LOOK)
        raise Problem(
            f"The pages' process ended by itself ({pages.returncode}).",
            remedy="The lines above say why.",
        )


def _wait_for_pages(pages: subprocess.Popen[bytes], listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    place = "127.0.0.1" if host == "0.0.0.0" else host
    address = f"http://{f'[{place}]' if ':' in place else place}:{port}/health/live"
    asked = urllib.request.Request(address, headers={"Host": "localhost"})
    end = time.monotonic() + _START
    while pages.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(asked, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers; what is wrong stands in the log
        except OSError:
            time.sleep(_LOOK)


class _Children:
    """Processes in sessions of their own: Ctrl+C at the terminal reaches this process only, and a
    child's own children go with it."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(
        self, command: list[str], more: dict[str, str], handed: tuple[int, ...], lifeline: int
    ) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            command,
            env={**os.environ, **more, LIFELINE: str(lifeline)},
            pass_fds=handed,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )
        self._running = [one for one in self._running if one.poll() is None]
        self._running.append(child)
        return child

    def end(self) -> None:
        """Asks all to end, and kills what is still there after a while."""
        for one in self._running:
            _signalled(one, signal.SIGTERM, group=False)
        end = time.monotonic() + GRACE
        for one in self._running:
            try:
                one.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        for one in self._running:
            _signalled(one, signal.SIGKILL, group=True)
            one.wait()


def _signalled(child: subprocess.Popen[bytes], what: signal.Signals, *, group: bool) -> None:
    try:
        if group:
            os.killpg(child.pid, what)
        else:
            child.send_signal(what)
    except ProcessLookupError:
        return


class _Worker:
    """The job worker, started anew when it ends: at once, or ever later where it ends soon."""

    def __init__(self, children: _Children, lifeline: int) -> None:
        self._children, self._lifeline = children, lifeline
        self._quick_ends = 0
        self._due = 0.0
        self._start()

    def look(self) -> None:
        """Starts it anew where it has ended and it is time."""
        now = time.monotonic()
        if self._child.poll() is None:
            return
        if not self._due:
            quick = now - self._began < _QUICK
            self._quick_ends = min(self._quick_ends + 1, _MOST_QUICK_ENDS) if quick else 0
            self._due = now + (2.0**self._quick_ends if quick else 0.0)
        if now >= self._due:
            self._start()

    def _start(self) -> None:
        self._due, self._began = 0.0, time.monotonic()
        self._child = self._children.start(
            list(_WORKER),
            {},
            (self._lifeline,),
            self._lifeline,
        )
