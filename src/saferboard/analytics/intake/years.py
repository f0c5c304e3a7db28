"""The year of a table that does not say it, read from the file's name."""

from __future__ import annotations

import re

from saferboard.vocabulary.problem import Problem

_IN_NAME = re.compile(r"(?:^|[a-z_ -])((?:20)?[0-3]\d)(?=[_. -]|$)")


def year_in_name(name: str) -> int:
    """`households21_england.csv` and `imd2025.csv` say 2021 and 2025: the first such number in
    the file's own name. Raises Problem where there is none."""
    last = re.split(r"[/!]", name)[-1].casefold()
    found = _IN_NAME.search(last)
    if not found:
        raise Problem(
            "Neither the table nor its name says of which year it is.",
            file=name,
            remedy="Put the year into the file's name, as in households21.csv.",
        )
    return int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
