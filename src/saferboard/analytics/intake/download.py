"""A file from a publisher: fetched once, resumed when cut, kept until the publisher changes it."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from saferboard.vocabulary.problem import Problem

if TYPE_CHECKING:
    import httpx

Progress = Callable[[int, int, str], None]
_TRIES = 6
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_PARTIAL, _NOT_MODIFIED, _BAD_RANGE = 206, 304, 416
_PAGE = (b"<!doctype html", b"<html", b"<?xml version")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Fetched:
    """A file in the cache. `unchanged` says that the publisher had nothing newer."""

    path: Path
    url: str
    sha256: str
    size: int
    unchanged: bool


@dataclass(frozen=True)
class _Card:
    """What is remembered beside a file: where it came from and how to ask for news of it."""

    url: str
    etag: str | None
    last_modified: str | None
    sha256: str = ""
    size: int = 0

    @property
    def validator(self) -> str | None:
        """What tells whether a half-fetched file is still the publisher's. Weak tags cannot
        (RFC 9110, section 13.1.5)."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


class _Again(Exception):
    """This try failed in a way that another may not. `wait` is what the publisher asks for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        self.why = why
        self.wait = wait
        super().__init__(why)


def client() -> httpx.Client:
    """A client that follows redirects, says who it is and does not wait for ever."""
    import httpx  # slow to load, and most commands fetch nothing

    return httpx.Client(
        follow_redirects=True,
        timeout=httpx.Timeout(30.0, connect=15.0),
        headers={"User-Agent": "saferboard (open data of community safety)"},
    )


def download(
    url: str,
    cache: Path,
    *,
    name: str,
    http: httpx.Client,
    progress: Progress,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Fetch `url` into the folder `cache` as a file called `name`.

    A file that is there already is asked after by its tag or date and kept when nothing
    changed. Connections that are cut are resumed where they stopped; an answer that says
    “busy” is asked again, up to six times, waiting longer each time or as long as the
    publisher says. Raises Problem where the publisher does not have it, does not answer, or
    answers with a web page in place of the file."""
    import httpx

    cache.mkdir(parents=True, exist_ok=True)
    slot = _Slot(cache, url, name)
    wait = _FIRST_WAIT
    why = "no answer"
    for attempt in range(1, _TRIES + 1):
        try:
            return _once(url, slot, http, progress)
        except _Again as again:
            why, asked = again.why, again.wait
        except httpx.TransportError as error:
            why, asked = str(error) or type(error).__name__, None
        if attempt < _TRIES:
            pause = min(asked if asked is not None else wait, _LONGEST_WAIT)
            progress(0, 0, f"{name}: {why}; trying again in {pause:.0f} s")
            sleep(pause)
            wait *= 2
    raise Problem(
        f"The publisher did not give the file in {_TRIES} tries ({why}).",
        file=url,
        remedy="Try again later: what was fetched so far is kept and resumed.",
    )


class _Slot:
    """The files that belong to one address: the file, its card, and what is half fetched."""

    def __init__(self, cache: Path, url: str, name: str) -> None:
        digest = hashlib.sha256(url.encode()).hexdigest()[:12]
        folder = cache / f"{urlsplit(url).hostname or 'host'}-{digest}"
        folder.mkdir(exist_ok=True)
        self.file = folder / (_NOT_IN_A_NAME.sub("-", name).strip("-.") or "file")
        self.part = self.file.with_name(f"{self.file.name}.part")
        self._cards = {path: path.with_name(f"{path.name}.json") for path in (self.file, self.part)}

    def card(self, path: Path) -> _Card | None:
        """What is remembered of the file or of its part; None where either is not there."""
        try:
            body = json.loads(self._cards[path].read_text("utf-8"))
            return _Card(**body) if path.is_file() else None
        except (OSError, ValueError, TypeError):
            return None

    def remember(self, path: Path, card: _Card) -> None:
        self._cards[path].write_text(json.dumps(asdict(card)), "utf-8")

    def forget_part(self) -> None:
        self.part.unlink(missing_ok=True)
        self._cards[self.part].unlink(missing_ok=True)

    def finish(self, card: _Card) -> None:
        """The part becomes the file; a kill in between leaves one or the other whole."""
        self._cards[self.file].unlink(missing_ok=True)
        self.part.replace(self.file)
        self.remember(self.file, card)
        self._cards[self.part].unlink(missing_ok=True)


def _once(url: str, slot: _Slot, http: httpx.Client, progress: Progress) -> Fetched:
    have = slot.card(slot.file)
    half = slot.card(slot.part)
    with http.stream("GET", url, headers=_conditions(have, half, slot)) as answer:
        if answer.status_code == _NOT_MODIFIED and have is not None:
            progress(have.size, have.size, f"{slot.file.name}: nothing newer")
            return Fetched(slot.file, url, have.sha256, have.size, unchanged=True)
        if answer.status_code == _BAD_RANGE:
            slot.forget_part()
            raise _Again("the file changed while it was fetched", 0.0)
        _check(answer, url)
        resumed = answer.status_code == _PARTIAL and half is not None
        if not resumed:
            slot.forget_part()
        card = _Card(url, answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
        size = _write(answer, slot, card, resumed=resumed, progress=progress)
    with slot.part.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    slot.finish(_Card(url, card.etag, card.last_modified, digest, size))
    return Fetched(slot.file, url, digest, size, unchanged=False)


def _conditions(have: _Card | None, half: _Card | None, slot: _Slot) -> dict[str, str]:
    # Bytes are counted and resumed: they must be the file's own, not squeezed on the way.
    asked = {"Accept-Encoding": "identity"}
    start = slot.part.stat().st_size if half is not None else 0
    if half is not None and half.validator and start:
        # A part is younger than the file: it is what the publisher gave last.
        asked["Range"] = f"bytes={start}-"
        asked["If-Range"] = half.validator
    elif have is not None:
        if have.etag:
            asked["If-None-Match"] = have.etag
        if have.last_modified:
            asked["If-Modified-Since"] = have.last_modified
    return asked


def _check(answer: httpx.Response, url: str) -> None:
    if answer.status_code in _BUSY:
        raise _Again(f"the publisher answered {answer.status_code}", _asked_to_wait(answer))
    if answer.status_code in _GONE:
        raise Problem(
            f"The publisher does not have this ({answer.status_code}).",
            file=url,
            remedy="Check the month and the names you gave: “saferboard data fetch --list” "
            "shows the publisher's page for each.",
        )
    if not answer.is_success:
        raise Problem(
            f"The publisher refused ({answer.status_code}).",
            file=url,
            remedy="Open the publisher's page in a browser and add the file by hand.",
        )
    if "text/html" in answer.headers.get("Content-Type", "").casefold():
        raise _a_page(url)


def _a_page(url: str) -> Problem:
    return Problem(
        "The publisher answered with a web page in place of the file.",
        file=url,
        remedy="Open the address in a browser: the file may have moved, or want a click first.",
    )


def _asked_to_wait(answer: httpx.Response) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else None


def _write(
    answer: httpx.Response, slot: _Slot, card: _Card, *, resumed: bool, progress: Progress
) -> int:
    """Write the body behind what is there already; the size of the whole. Raises _Again where
    the connection ends before the file does."""
    done = slot.part.stat().st_size if resumed else 0
    total = _total(answer.headers, done)
    with slot.part.open("ab" if resumed else "wb") as out:
        slot.remember(slot.part, card)
        # As it comes, not gathered into blocks: what has come when the line is cut is kept.
        for chunk in answer.iter_bytes():
            if done == 0 and chunk[:64].lstrip().lower().startswith(_PAGE):
                slot.forget_part()
                raise _a_page(card.url)
            out.write(chunk)
            done += len(chunk)
            progress(done, total, slot.file.name)
    if total and done < total:
        raise _Again(f"the connection ended after {done:,} of {total:,} bytes", 0.0)
    return done


def _total(headers: Mapping[str, str], before: int) -> int:
    said = headers.get("Content-Length", "")
    return before + int(said) if said.isdigit() else 0
