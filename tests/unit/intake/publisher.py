"""A publisher on this machine: a server that answers by a script, for tests of downloads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """One answer: `cut` ends the connection after so many bytes of the body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]


Answer = Callable[[Asked, int], Reply]


class Publisher:
    """`answer(request, n)` is called for the n-th request (from 1); `asked` keeps them all."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[Asked] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                one = Asked(self.path, {key.lower(): value for key, value in self.headers.items()})
                publisher.asked.append(one)
                reply = answer(one, len(publisher.asked))
                self.send_response(reply.status)
                headers = {"Content-Type": "text/csv", "Content-Length": str(len(reply.body))}
                for key, value in (headers | reply.headers).items():
                    self.send_header(key, value)
                self.end_headers()
                if reply.status == 304:
                    return
                self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
                if reply.cut is not None:
                    self.wfile.flush()
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def publishing(answer: Answer) -> Iterator[Publisher]:
    """A publisher for the length of a test."""
    publisher = Publisher(answer)
    publisher.start()
    try:
        yield publisher
    finally:
        publisher.stop()


def file_with_ranges(body: bytes, tag: str) -> Answer:
    """A file that a well-behaved publisher gives: whole, in parts, or “not modified”."""

    def answer(asked: Asked, number: int) -> Reply:
        if asked.headers.get("if-none-match") == tag:
            return Reply(304, headers={"ETag": tag})
        span = asked.headers.get("range")
        if span and asked.headers.get("if-range") == tag:
            start = int(span.removeprefix("bytes=").removesuffix("-"))
            part = body[start:]
            where = f"bytes {start}-{len(body) - 1}/{len(body)}"
            return Reply(206, part, {"ETag": tag, "Content-Range": where})
        return Reply(200, body, {"ETag": tag})

    return answer
