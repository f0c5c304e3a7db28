"""Zip archives, opened with suspicion: refused whole or unpacked whole."""

from __future__ import annotations

import hashlib
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from saferboard.analytics.intake.limits import Limits
from saferboard.analytics.intake.source import Candidate
from saferboard.vocabulary.problem import Problem

_HEAD = 64 * 1024
# Large: between two chunks a thread waits for its turn with Python.
_CHUNK = 1 << 22
_THREADS = 2  # inflating and hashing let go of Python's lock
_AGAIN = "Download it again."
_CLEAN = "Ask whoever made it for a clean one."


@dataclass
class _Budget:
    """What may still be unpacked. Counts what comes out, not what the archive claims."""

    name: str
    limits: Limits
    packed: int
    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        spent = self.limits.unpacked - self.left
        if self.left < 0:
            raise _bomb(self.name, f"it unpacks to more than {self.limits.unpacked:,} bytes")
        if spent > self.limits.small and spent > self.limits.ratio * max(1, self.packed):
            raise _bomb(self.name, f"it unpacks to more than {self.limits.ratio} times its size")


def is_archive(path: Path) -> bool:
    """Whether the file is a zip (by its first bytes) and not a workbook, which is one too."""
    with path.open("rb") as stream:
        if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _is_office(archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() not in (".xlsx", ".xlsm", ".ods")


def unpack(
    path: Path,
    name: str,
    scratch: Path,
    limits: Limits,
    progress: Callable[[int, int, str], None],
    *,
    depth: int = 1,
) -> list[Candidate]:
    """Every file in the archive, unpacked below `scratch` and hashed on the way. A zip
    within it is unpacked too, one level deep. Raises Problem (truncated, encrypted, too
    large, a path that climbs out) and then leaves nothing behind."""
    folder = scratch / hashlib.sha256(name.encode()).hexdigest()[:16]
    try:
        return _unpack(path, name, folder, limits, progress, depth)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Problem(
            f"This zip is cut short or damaged ({error}).", file=name, remedy=_AGAIN
        ) from error
    except NotImplementedError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Problem(
            "This zip is packed in a way that cannot be read here.",
            file=name,
            remedy="Unpack it with another program and add the folder.",
        ) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _unpack(
    path: Path,
    name: str,
    folder: Path,
    limits: Limits,
    progress: Callable[[int, int, str], None],
    depth: int,
) -> list[Candidate]:
    with zipfile.ZipFile(path) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
    _check(members, name, limits)
    free = shutil.disk_usage(folder.parent).free
    if sum(info.file_size for info in members) > free:
        raise Problem(
            f"There is no room to unpack this archive ({free:,} bytes are free).",
            file=name,
            remedy="Make room, or choose a data store on another disk with --lake.",
        )
    folder.mkdir(parents=True)
    budget = _Budget(name, limits, path.stat().st_size, limits.unpacked)
    lots = [members[start::_THREADS] for start in range(_THREADS)]
    done = [0]

    def some(lot: list[zipfile.ZipInfo]) -> list[Candidate]:
        with zipfile.ZipFile(path) as archive:
            taken = []
            for info in lot:
                taken.append(_extract(archive, info, name, folder, budget))
                done[0] += 1
                progress(done[0], len(members), f"unpacking {name}")
            return taken

    with ThreadPoolExecutor(_THREADS) as pool:
        found = [candidate for lot in pool.map(some, lots) for candidate in lot]
    candidates: list[Candidate] = []
    for candidate in sorted(found, key=lambda one: one.name):
        if not is_archive(candidate.path):
            candidates.append(candidate)
        elif depth == 0:
            raise Problem(
                "This is a zip in a zip in a zip.",
                file=candidate.name,
                remedy="Unpack the outer archive and add the folder.",
            )
        else:
            # What the inner archives unpack to counts against the outer one's limit.
            left = replace(limits, unpacked=budget.left)
            inner = unpack(candidate.path, candidate.name, folder, left, progress, depth=depth - 1)
            budget.spend(sum(one.size for one in inner))
            candidates += inner
    return candidates


def _check(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """Refuse before a byte is unpacked what the archive itself admits to."""
    if len(members) > limits.members:
        raise _bomb(name, f"it holds {len(members):,} files")
    seen: set[str] = set()
    for info in members:
        inside = f"{name}!{info.filename}"
        if climbs(info.filename):
            raise Problem(
                "This archive holds a path that climbs out of it: it is not safe.",
                file=inside,
                remedy=_CLEAN,
            )
        if info.flag_bits & 0x1:
            raise Problem(
                "This archive is encrypted.",
                file=inside,
                remedy="Unpack it with its password and add the folder.",
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Problem(
                "This archive holds a link instead of a file.", file=inside, remedy=_CLEAN
            )
        if info.filename in seen:
            raise Problem("This archive holds two files of one name.", file=inside, remedy=_AGAIN)
        seen.add(info.filename)
    total = sum(info.file_size for info in members)
    packed = max(1, sum(info.compress_size for info in members))
    if total > limits.unpacked:
        raise _bomb(name, f"it says it unpacks to {total:,} bytes")
    if total > limits.small and total > limits.ratio * packed:
        raise _bomb(name, f"it says it unpacks to {total // packed} times its size")


def climbs(name: str) -> bool:
    """Whether a member's name leads out of the folder it is unpacked into."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in name


def _extract(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, folder: Path, budget: _Budget
) -> Candidate:
    target = folder / info.filename.replace("\\", "/")
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    with archive.open(info) as packed, target.open("wb") as stream:
        while chunk := packed.read(_CHUNK):
            head = head or chunk[:_HEAD]
            size += len(chunk)
            budget.spend(len(chunk))
            digest.update(chunk)
            stream.write(chunk)
    return Candidate(f"{name}!{info.filename}", target, size, digest.hexdigest(), head)


def _is_office(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or "mimetype" in names


def _bomb(name: str, why: str) -> Problem:
    return Problem(
        f"This archive looks like a decompression bomb: {why}.",
        file=name,
        remedy="If it is genuine, unpack it yourself and add the folder, or raise "
        "--max-unpacked or --max-ratio.",
    )
