"""What a user is told when something cannot be done: one sentence, a place and a way on."""

from __future__ import annotations

from collections.abc import Sequence


def did_you_mean(names: Sequence[str]) -> str:
    """`Did you mean A, B or C?`; nothing where there is no name."""
    if not names:
        return ""
    *before, last = names
    return f"Did you mean {', '.join(before)}{' or ' if before else ''}{last}?"


class Problem(Exception):
    """Something the user can put right.

    `message` says what is wrong in plain words, `file` and `place` say where (a path or the
    name inside an archive; a line, sheet, column or cell), `remedy` says what to do next.
    The command line prints all four and exits with a status that is not zero; nothing that
    raises a Problem may leave anything half done.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        place: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.message = message
        self.file = file
        self.place = place
        self.remedy = remedy
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """The whole problem on one line: file, place, message, remedy."""
        where = ", ".join(part for part in (self.file, self.place) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} {self.remedy}" if self.remedy else text
