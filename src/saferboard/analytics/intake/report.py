"""What an add did: read, refused, left alone, and what a reader should know."""

from __future__ import annotations

from dataclasses import dataclass

from saferboard.analytics.intake.files import PassedOver, Refused
from saferboard.analytics.store.vintage import Vintage


@dataclass(frozen=True)
class AddReport:
    """`read` are the loads that are now in the lake (their notes are in them), `refused`
    the files that are not and why, `skipped` the files that were in the lake before or are
    not data. `ok` is false when anything was refused."""

    read: tuple[Vintage, ...] = ()
    refused: tuple[Refused, ...] = ()
    skipped: tuple[PassedOver, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.refused

    @property
    def nothing(self) -> bool:
        """Whether there was no file at all: an empty folder or archive."""
        return not (self.read or self.refused or self.skipped)
