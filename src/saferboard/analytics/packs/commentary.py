"""Commentary: the reason beside the number, written by its owner and kept across rebuilds.

It lives beside the partnership's file, a file for each month that packs are about:
`commentary/2023-12.yaml`. Building a pack reads it and never writes it. What was written for
an earlier month is offered where nothing is written yet, and marked as older.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.format import bind, written
from saferboard.vocabulary.data_file import read_yaml
from saferboard.vocabulary.form_faults import first_fault
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem

FOLDER = "commentary"


class Entry(BaseModel):
    """What one author says about one measure. `author` is a role, not necessarily a name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = ""
    author: str = ""
    organisation: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Remark:
    """An entry as a pack prints it. `stale_from` is the month of the pack that it was written
    for, when that is an earlier one; `place` says where it stands."""

    entry: Entry
    place: str
    stale_from: Month | None = None


@dataclass(frozen=True)
class Commentary:
    """What is written, by measure, and from which file."""

    remarks: Mapping[str, Remark]
    file: Path | None = None

    def of(self, measure: str) -> Remark | None:
        return self.remarks.get(measure)


NOTHING = Commentary({})


def commentary_file(folder: Path, to: Month) -> Path:
    """Where commentary for `to` stands, beside the partnership's file in `folder`."""
    return folder / FOLDER / f"{to}.yaml"


def read_commentary(folder: Path, to: Month) -> Commentary:
    """What is written for `to`, and for every measure without words the newest older ones.
    Raises Problem when a file cannot be read."""
    remarks: dict[str, Remark] = {}
    for file in sorted((folder / FOLDER).glob("*.yaml")):
        try:
            month = Month.parse(file.stem)
        except Problem:
            continue
        if month > to:
            continue
        for measure, entry in _entries(file).items():
            if entry.text.strip():
                place = f"{FOLDER}/{file.name}, {measure}"
                remarks[measure] = Remark(entry, place, month if month < to else None)
    return Commentary(remarks, commentary_file(folder, to))


def add_template(folder: Path, to: Month, measures: Iterable[tuple[str, str]]) -> tuple[Path, int]:
    """Write a place for every measure (key, headline) that has none in the file of `to`. What
    stands in the file is never changed: places are added at its end. Gives the file and how
    many places were added."""
    file = commentary_file(folder, to)
    held = _entries(file) if file.exists() else {}
    wanted = [(key, words) for key, words in measures if key not in held]
    earlier = read_commentary(folder, to)
    start = file.read_text(encoding="utf-8") if file.exists() else _HEAD.format(to=to.label())
    added = "".join(_place(key, words, earlier.of(key)) for key, words in wanted)
    if wanted:
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".yaml.new")
        new.write_text(f"{start.rstrip()}\n{added}", encoding="utf-8")
        new.replace(file)
    return file, len(wanted)


_HEAD = """\
# Commentary for packs to {to}: why, in the words of those who know.
# Write under “text: |”, indented by four spaces; say who (a role), for whom, and when.
# A measure without words is printed without commentary, or with the last one, marked as older.
"""


def _place(key: str, headline: str, earlier: Remark | None) -> str:
    lines = [f"\n# {headline}\n{key}:\n"]
    if earlier is not None and earlier.stale_from is not None:
        lines.append(f"  # For {earlier.stale_from.label()} it said:\n")
        lines += [f"  #   {line}\n" for line in earlier.entry.text.strip().splitlines()]
    lines.append('  text: ""\n  author: ""\n  organisation: ""\n  date:\n')
    return "".join(lines)


def _entries(file: Path) -> dict[str, Entry]:
    body = read_yaml(
        file,
        unreadable="This commentary cannot be read as YAML.",
        remedy="Indent the words by four spaces under “text: |”.",
    )
    body = {} if body is None else body
    if not isinstance(body, dict):
        raise Problem("Commentary holds measures and what is said of them.", file=str(file))
    entries: dict[str, Entry] = {}
    for measure, value in body.items():
        try:
            entries[str(measure)] = Entry.model_validate(value or {})
        except ValidationError as error:
            field, words = first_fault(error)
            raise Problem(
                words,
                file=str(file),
                place=" > ".join(part for part in (str(measure), field) if part),
                remedy="Each measure has text, author, organisation and date.",
            ) from error
    return entries


# --- checking numbers -----------------------------------------------------------------------

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NOT_A_FIGURE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b"  # 3 March
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"  # March 3
    r"|\b(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?\b"  # 2023, 2022/23
    r"|\b\d+\s+(?:months?|weeks?|days?|years?|hours?)\b",  # 12 months
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])[£+−-]?\d+(?:,\d{3})*(?:\.\d+)?\s?%?(?!\w)")


def unknown_numbers(text: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """The numbers in `text` that are no figure of `facts`, in the order written. Dates, years
    and spans of time are not figures. A percentage may be rounded to a whole number."""
    known: set[str] = set()
    for fact in facts:
        if fact.value is None:
            continue
        known.add(_digits(bind(fact, "size").display))
        known.add(_digits(written(abs(fact.value), 0)))
        if fact.n is not None:
            known.add(_digits(written(fact.n, 0)))
    cleared = _NOT_A_FIGURE.sub(lambda found: " " * len(found.group()), text)
    found = (match.group().strip() for match in _NUMBER.finditer(cleared))
    return tuple(dict.fromkeys(one for one in found if _digits(one) not in known))


def _digits(text: str) -> str:
    number = re.sub(r"[^\d.]", "", text).strip(".")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number
