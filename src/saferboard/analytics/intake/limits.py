"""How much an archive may hold before intake refuses it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """`unpacked` is bytes over all members of one archive, `ratio` is unpacked to packed
    (an archive of data.police.uk is about five times its packed size, a file of zeros a
    thousand times), `members` how many files, `small` the bytes below which no ratio is asked."""

    unpacked: int = 60_000_000_000
    ratio: int = 150
    members: int = 50_000
    small: int = 5_000_000
