"""Two people edit one thing: the second is told and shown both, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Both:
    """One field: what stands there now, and what the second person wrote."""

    label: str
    theirs: str
    yours: str

    @property
    def differ(self) -> bool:
        """Whether the two say different things."""
        return self.theirs != self.yours


class Changed(Exception):
    """Raised by an operation whose `version` is not the present one. `fields` hold both texts,
    `by` names who changed it and `again` is the address where the present one can be edited."""

    def __init__(
        self, thing: str, fields: Sequence[Both], *, by: str = "", again: str = ""
    ) -> None:
        self.thing = thing
        self.fields = tuple(fields)
        self.by = by
        self.again = again
        super().__init__(f"{thing} was changed in the meantime")
