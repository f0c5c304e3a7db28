"""From paths a user gives to candidates on disk: folders walked, archives unpacked."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from saferboard.analytics.intake.archive import is_archive, unpack
from saferboard.analytics.intake.limits import Limits
from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.problem import Problem

HEAD = 64 * 1024
_CHUNK = 1 << 20
_SYSTEM_NAMES = {".ds_store", "thumbs.db", "desktop.ini"}
_NOT_DATA = {
    ".md", ".txt", ".pdf", ".html", ".htm", ".doc", ".docx", ".odt", ".rtf", ".png", ".jpg",
    ".jpeg", ".svg", ".css", ".js", ".py", ".r", ".sh", ".log", ".yaml", ".yml", ".toml",
}  # fmt: skip


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    problem: Problem


@dataclass(frozen=True)
class PassedOver:
    """A file that nobody expected to be taken, and why it was not."""

    name: str
    why: str


@dataclass
class Gathered:
    """What lay under the paths: candidates in the order of their names."""

    candidates: list[Candidate] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)


def gather(
    paths: Sequence[Path],
    scratch: Path,
    limits: Limits,
    progress: Callable[[int, int, str], None],
) -> Gathered:
    """Every file under `paths`, ready to be recognised; what is packed is unpacked into
    `scratch`. A bad archive is refused whole and does not stop the rest."""
    gathered = Gathered()
    for path in paths:
        if not path.exists():
            problem = Problem(
                "There is no such file or folder.", file=str(path), remedy="Check the path."
            )
            gathered.refused.append(Refused(str(path), problem))
            continue
        found = sorted(_walk(path)) if path.is_dir() else [path]
        for number, file in enumerate(found):
            progress(number, len(found), f"looking at {file.name}")
            name = str(file.relative_to(path.parent)) if path.is_dir() else file.name
            if is_system_file(file):
                gathered.passed_over.append(PassedOver(name, "kept by the computer, not data"))
                continue
            try:
                _take(file, name, scratch, limits, gathered, progress)
            except Problem as problem:
                gathered.refused.append(Refused(name, problem))
            except PermissionError:
                unreadable = Problem("You may not read this file.", file=name)
                gathered.refused.append(Refused(name, unreadable))
    return gathered


def is_system_file(path: Path) -> bool:
    """Files that a computer leaves lying about: never data."""
    return (
        path.name.lower() in _SYSTEM_NAMES
        or path.name.startswith(("._", "~$"))
        or "__MACOSX" in path.parts
    )


def is_not_data(candidate: Candidate) -> bool:
    """Whether the name says that this is a document or a program: if no source knows it,
    nobody expected it to be read."""
    return Path(candidate.name.rsplit("!", 1)[-1]).suffix.lower() in _NOT_DATA


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not any(
            part.startswith(".") and part.lower() != ".ds_store"
            for part in path.relative_to(folder).parts
        ):
            yield path


def _take(
    file: Path,
    name: str,
    scratch: Path,
    limits: Limits,
    gathered: Gathered,
    progress: Callable[[int, int, str], None],
) -> None:
    if is_archive(file):
        for member in unpack(file, name, scratch, limits, progress):
            if is_system_file(Path(member.name.rsplit("!", 1)[-1])):
                gathered.passed_over.append(
                    PassedOver(member.name, "kept by the computer, not data")
                )
            else:
                gathered.candidates.append(_opened(member, scratch, limits))
        return
    gathered.candidates.append(_opened(_candidate(file, name), scratch, limits))


def _candidate(file: Path, name: str) -> Candidate:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        head = stream.read(HEAD)
        digest.update(head)
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return Candidate(name, file, file.stat().st_size, digest.hexdigest(), head)


def _opened(candidate: Candidate, scratch: Path, limits: Limits) -> Candidate:
    """The candidate itself, or its decompressed copy where it is gzipped."""
    if not candidate.head.startswith(b"\x1f\x8b"):
        return candidate
    target = scratch / f"gunzipped-{candidate.sha256[:16]}-{Path(candidate.name).stem}"
    digest, size = hashlib.sha256(), 0
    try:
        with gzip.open(candidate.path) as packed, target.open("wb") as stream:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > limits.unpacked or (
                    size > limits.small and size > limits.ratio * candidate.size
                ):
                    raise _too_much(candidate.name)
                digest.update(chunk)
                stream.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Problem(
            "This gzip file is cut short or damaged.",
            file=candidate.name,
            remedy="Download it again.",
        ) from error
    with target.open("rb") as stream:
        head = stream.read(HEAD)
    return Candidate(candidate.name, target, size, digest.hexdigest(), head)


def _too_much(name: str) -> Problem:
    return Problem(
        "This file unpacks to far more than its size: it looks like a decompression bomb.",
        file=name,
        remedy="If it is genuine, unpack it yourself and add the files, or raise --max-ratio.",
    )
