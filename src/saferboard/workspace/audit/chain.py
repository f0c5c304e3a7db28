"""The chain: each event is sealed with a keyed hash of itself and of the seal before it.

Key and head of the chain lie outside the database, so that whoever can write to every table
still cannot change, remove or reorder a sealed row, nor cut the newest, without being seen.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from saferboard.workspace.audit.session import as_system

START = b"\0" * 32
BATCH = 5_000
LOOK_BACK = 100_000
"""How many rows before the newest sealed one may still be written when it is sealed: the sealer
looks that far back, `check` looks at all."""
_LOCK = 0x5AFE_0001
COLUMNS = (
    "id",
    "at",
    "event",
    "kind",
    "actor",
    "agency",
    "subject_type",
    "subject",
    "parent",
    "about",
    "purpose",
    "reason",
    "request",
    "details",
    "text",
    "text_mac",
)
_ROWS = f"select {', '.join(f'e.{name}' for name in COLUMNS)}"
_UNSEALED = f"""
    {_ROWS} from audit_event e
    where e.id > %s and not exists (select 1 from audit_seal s where s.event = e.id)
    order by e.id limit {BATCH}
"""
_CHAIN = f"""
    {_ROWS}, s.seq, s.event, s.mac from audit_seal s left join audit_event e on e.id = s.event
    order by s.seq
"""


@dataclass(frozen=True)
class Head:
    """The last seal: its number and its hash."""

    seq: int
    mac: bytes


@dataclass(frozen=True)
class Fault:
    """Something that the chain shows: `seq` is the place in it, `event` the id of the row."""

    what: str
    seq: int
    event: int


@dataclass(frozen=True)
class Report:
    """What a check found: how many rows are sealed and hold, how many wait for their seal."""

    sealed: int
    waiting: int
    faults: tuple[Fault, ...]


def seal() -> int:
    """Seals what is not yet sealed, in batches, and returns how many rows it sealed. One sealer
    works at a time; another one returns 0. The head is written after each batch: a crash
    between the two leaves a head that lags, which `check` accepts."""
    done = 0
    key = settings.ENVIRONMENT.key("audit-chain")
    while True:
        with transaction.atomic(durable=True), as_system(), connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not _one(cursor)[0]:
                return done
            head, newest = _last(cursor)
            cursor.execute(_UNSEALED, [newest - LOOK_BACK])
            rows = cursor.fetchall()
            seals = list(_sealed(key, head, rows))
            with cursor.copy("copy audit_seal (seq, event, mac) from stdin") as copy:
                for one, event in seals:
                    copy.write_row((one.seq, event, one.mac))
        if not seals:
            return done
        _write_head(settings.ENVIRONMENT.audit_head, seals[-1][0])
        done += len(seals)


def check() -> Report:
    """Walks the whole chain. Reports rows that were changed or removed, seals that were changed
    or reordered, a tail that was cut off, and counts rows that wait."""
    faults: list[Fault] = []
    key = settings.ENVIRONMENT.key("audit-chain")
    before, expected = START, 1
    head = head_outside()
    seen: bytes | None = START if head is not None and head.seq == 0 else None
    with transaction.atomic(), as_system(), connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        for *row, seq, event, mac in cursor:
            if seq != expected:
                faults.append(Fault("seals are missing before this one", seq, event))
            if row[0] is None:
                faults.append(Fault("the row was removed", seq, event))
            elif _mac(key, before, seq, row) != bytes(mac):
                faults.append(Fault("the row or its place was changed", seq, event))
            before, expected = bytes(mac), seq + 1
            if head is not None and seq == head.seq:
                seen = before
    last = expected - 1
    if head is None and last:
        faults.append(Fault("the head of the chain, which lies outside, is gone", last, 0))
    elif head is not None and seen is None:
        faults.append(Fault("the tail was cut off: the head outside is further on", last, 0))
    elif head is not None and seen != head.mac:
        faults.append(Fault("the chain was made anew: the head outside differs", head.seq, 0))
    with transaction.atomic(), as_system(), connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from audit_event e "
            "where not exists (select 1 from audit_seal s where s.event = e.id)"
        )
        waiting = int(_one(cursor)[0])
    return Report(last, waiting, tuple(faults))


def head_outside() -> Head | None:
    """The head as it lies outside the database; None before the first seal. Raises OSError,
    ValueError or KeyError where the file cannot be read."""
    return _read_head(settings.ENVIRONMENT.audit_head)


def _last(cursor: Any) -> tuple[Head, int]:
    cursor.execute("select seq, mac from audit_seal order by seq desc limit 1")
    row = cursor.fetchone()
    head = Head(row[0], bytes(row[1])) if row else Head(0, START)
    cursor.execute("select coalesce(max(event), 0) from audit_seal")
    return head, int(_one(cursor)[0])


def _sealed(key: bytes, head: Head, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Head, int]]:
    for row in rows:
        seq = head.seq + 1
        head = Head(seq, _mac(key, head.mac, seq, row))
        yield head, row[0]


def _mac(key: bytes, before: bytes, seq: int, row: Iterable[Any]) -> bytes:
    """The hash of a row at its place. Times are in UTC and details in the order of their names,
    so that another server's zone or version is no change."""
    plain = json.dumps(
        [
            json.loads(value) if name == "details" else _plain(value)
            for name, value in zip(COLUMNS, row, strict=True)
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.new(key, before + seq.to_bytes(8, "big") + plain.encode(), sha256).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if hasattr(value, "timestamp"):
        return round(value.timestamp() * 1_000_000)
    return str(value)


def _one(cursor: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = cursor.fetchone()
    return row


def _write_head(file: Path, head: Head) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(".draft")
    with draft.open("w", encoding="ascii") as out:
        json.dump({"seq": head.seq, "mac": head.mac.hex()}, out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def _read_head(file: Path) -> Head | None:
    try:
        held = json.loads(file.read_text("ascii"))
    except FileNotFoundError:
        return None
    return Head(int(held["seq"]), bytes.fromhex(held["mac"]))
