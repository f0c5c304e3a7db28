"""The verdicts on the findings of the five papers, and the tool that keeps them complete.

    python -m tests.spec.papers.verdicts            # findings without a verdict, verdicts without
                                                    # a finding, and what of 100 is true
    python -m tests.spec.papers.verdicts --write    # adds the former with the verdict “?”, drops
                                                    # the latter; a finding whose quote or severity
                                                    # alone has changed keeps its verdict

After `--write` each “?” is judged by hand, with the paper open: `true` where the page bears the
finding out and the paper should change, `false` otherwise, and why in one neutral sentence
without anybody's name. Exit status 1 while anything is missing.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tests.spec.papers.found import CHECK_OF, Key, findings, key_of

VERDICTS = Path(__file__).with_name("verdicts.csv")
FIELDS = ("file", "line", "rule", "quote_hash", "severity", "verdict", "why")
JUDGED = frozenset({1, 2, 3, 4, 5, 6, 9, 10})
"""The checks of which every finding has a verdict. Add the number of another check here, run
`--write`, and judge what it adds."""

OPEN = "?"


@dataclass(frozen=True)
class Verdict:
    """One row of verdicts.csv; `verdict` is `true`, `false` or, not yet judged, `?`."""

    file: str
    line: int
    rule: str
    quote_hash: str
    severity: str
    verdict: str
    why: str

    @property
    def key(self) -> Key:
        return (self.file, self.line, self.rule, self.quote_hash)


def read(path: Path = VERDICTS) -> list[Verdict]:
    """The rows of verdicts.csv, typed."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Verdict(
                row["file"], int(row["line"]), row["rule"], row["quote_hash"], row["severity"],
                row["verdict"], row["why"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def current() -> list[Verdict]:
    """The findings of the judged checks, not judged."""
    return [
        Verdict(*key_of(finding), finding.severity, OPEN, "")
        for finding in findings()
        if CHECK_OF[finding.rule] in JUDGED
    ]


def merged(old: list[Verdict], new: list[Verdict]) -> list[Verdict]:
    """The new findings with the verdicts of the old: by their key, else by file, line and rule
    where that is one finding before and after."""
    by_key = {one.key: one for one in old}
    before = Counter(one.key[:3] for one in old)
    after = Counter(one.key[:3] for one in new)
    by_place = {one.key[:3]: one for one in old if before[one.key[:3]] == 1}
    done = []
    for one in new:
        held = by_key.get(one.key)
        if held is None and after[one.key[:3]] == 1:
            held = by_place.get(one.key[:3])
        done.append(replace(one, verdict=held.verdict, why=held.why) if held else one)
    return sorted(done, key=lambda one: one.key)


def write(rows: list[Verdict], path: Path = VERDICTS) -> None:
    """Writes verdicts.csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        for one in rows:
            writer.writerow([getattr(one, field) for field in FIELDS])


def main(arguments: list[str]) -> int:
    """Says what is missing; exit status 1 while anything is."""
    old = read() if VERDICTS.exists() else []
    new = current()
    known = {one.key for one in old}
    rows = merged(old, new)
    if "--write" in arguments:
        write(rows)
    missing = [one for one in rows if one.verdict == OPEN]
    for one in missing:
        sys.stdout.write(f"no verdict: {one.file}:{one.line} {one.rule} {one.severity}\n")
    moved = known - {one.key for one in new}
    for gone in sorted(moved):
        sys.stdout.write(f"no finding, or another quote: {gone[0]}:{gone[1]} {gone[2]}\n")
    for severity in ("error", "warning", "advice"):
        own = [one for one in rows if one.severity == severity and one.verdict != OPEN]
        right = sum(one.verdict == "true" for one in own)
        if own:
            sys.stdout.write(f"{severity}: {right} of {len(own)} true\n")
    return 1 if missing or moved else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
