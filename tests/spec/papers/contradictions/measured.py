"""How many planted contradictions are found, and what is called one that is none.

    python -m tests.spec.papers.contradictions.measured first    # the packs of a round
    python -m tests.spec.papers.contradictions.measured first --clean

A pack is one file: its papers each begin with `===== name`; the two ends of contradiction 1 are
marked `[[1|412]]` and `[[1|421]]`. Everything unmarked is no contradiction, however alike. A
contradiction is found when a finding of check 3 stands at one end and points to the other; a
finding of check 3 whose two places are not the ends of one is a false alarm.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from saferboard.papercheck.check import check_files
from saferboard.papercheck.finding import Finding
from saferboard.papercheck.place import Place
from saferboard.papercheck.rules.registry import rules_named

FOLDER = Path(__file__).parent
MARK = re.compile(r"\[\[(\d+)\|([^\]]*)\]\]")
VALUES = tuple(rule.key for rule in rules_named(()) if rule.group == 3)

Where = tuple[str, int]


@dataclass
class Read:
    """A pack: `papers` by name, and the `ends` of each contradiction."""

    name: str
    papers: dict[str, str] = field(default_factory=dict)
    ends: dict[str, list[Where]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Measured:
    """`found` and `missed` contradictions (pack and number), and false `alarms` in words."""

    found: tuple[str, ...]
    missed: tuple[str, ...]
    alarms: tuple[str, ...]


def packs(name: str, *, clean: bool = False) -> Iterator[Read]:
    """The packs of a round; `clean` with the first value of every contradiction at both ends."""
    for path in sorted((FOLDER / name).glob("*.md")):
        pack = Read(path.stem)
        first: dict[str, str] = {}
        for part in path.read_text("utf-8").split("===== ")[1:]:
            title, _, text = part.partition("\n")
            lines = text.splitlines()
            for at, line in enumerate(lines, start=1):
                for found in MARK.finditer(line):
                    pack.ends[found[1]].append((f"{title.strip()}.md", at))
                    first.setdefault(found[1], found[2])
            pack.papers[f"{title.strip()}.md"] = text
        for title, text in pack.papers.items():
            pack.papers[title] = MARK.sub(
                (lambda found, first=first: first[found[1]]) if clean else r"\2", text
            )
        yield pack


def findings(pack: Read) -> list[Finding]:
    """What check 3 finds in a pack."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in pack.papers]
        for path in paths:
            path.write_text(pack.papers[path.name], encoding="utf-8")
        return [one for one in check_files(paths)[1] if one.rule in VALUES]


def measure(name: str, *, clean: bool = False) -> Measured:
    """Every pack of a round, checked."""
    found: set[str] = set()
    every: list[str] = []
    alarms: list[str] = []
    for pack in packs(name, clean=clean):
        every += [f"{pack.name} {number}" for number in pack.ends]
        for one in findings(pack):
            here = _where(one.place)
            hits = {
                f"{pack.name} {number}"
                for number, (a, b) in pack.ends.items()
                for place in one.against
                if not clean and {here, _where(place)} == {a, b}
            }
            found |= hits
            if not hits:
                alarms.append(f"{pack.name}: {one.rule}: {one.quote}: {one.message}")
    missed = tuple(one for one in every if one not in found)
    return Measured(tuple(sorted(found)), missed, tuple(alarms))


def _where(place: Place) -> Where:
    return (place.file.rsplit("/")[-1], place.line)


if __name__ == "__main__":
    told = measure(sys.argv[1], clean="--clean" in sys.argv)
    sys.stdout.write(f"found {len(told.found)} of {len(told.found) + len(told.missed)}\n")
    sys.stdout.writelines(f"missed {one}\n" for one in told.missed)
    sys.stdout.writelines(f"false alarm {one}\n" for one in told.alarms)
