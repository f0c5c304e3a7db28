"""`python -m tests.bench [NAME]…`: run every module bench_*.py (or those named) and print."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from tests.bench.machine import words
from tests.bench.report import Report


def main(chosen: list[str]) -> None:
    """Run the benches in the order of their names; each adds its own lines to the table."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    if unknown := set(chosen) - {name.removeprefix("bench_") for name in names}:
        sys.exit(f"There is no bench {', '.join(sorted(unknown))}.")
    report = Report()
    for name in names:
        if not chosen or name.removeprefix("bench_") in chosen:
            print(f"{name.removeprefix('bench_')} …", file=sys.stderr, flush=True)
            import_module(f"tests.bench.{name}").run(report)
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {words()}")
    print(report.text())


if __name__ == "__main__":
    main(sys.argv[1:])
