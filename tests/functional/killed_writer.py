"""Adds files in child processes that die by SIGKILL, and says after each death what the data
store holds. Run by test_kill.py; prints a line of JSON for each death.

The children are forked from this process, which has imported everything and started nothing:
that makes a death cheap, so that there can be many.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.made_sources import LATER, NOW, WIDE

from saferboard.analytics.intake.add import add
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake

# Rows that Python holds, and files that are written as they are read.
SOURCES = (WIDE, *(source for source in sources() if source.key == "police-uk-street"))
_TRIES = 6
# What the operating system is asked for on the way to a published load.
_STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree"}


def say(**values: object) -> None:
    """A line of JSON."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def in_child(work: object, *values: object) -> tuple[int, float]:
    """Run `work` in a child; its exit status (negative for a signal) and how long it took."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = work(*values) or 0  # type: ignore[operator]
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), time.perf_counter() - started


def put(lake: Path, files: list[Path], die_at: int = 0) -> int:
    """Add `files`; die at the step number `die_at` of those in _STEPS below the lake."""
    seen = 0

    def count(event: str, values: tuple[object, ...]) -> None:
        nonlocal seen
        if event in _STEPS and values and str(values[0]).startswith(str(lake)):
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    report = add(lake, files, SOURCES, now=LATER)
    (lake.parent / "steps").write_text(str(seen))
    return 0 if report.ok else 1


def put_and_be_killed(lake: Path, files: list[Path], delay: float) -> int:
    """Add `files` and be killed by the kernel after `delay` seconds."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    killer = os.fork()
    if killer == 0:
        time.sleep(delay)
        os.kill(os.getppid(), signal.SIGKILL)
        os._exit(0)
    status = put(lake, files)
    os.kill(killer, signal.SIGKILL)
    os.waitpid(killer, 0)
    return status


def look(lake: Path, out: Path) -> int:
    """Open the lake as a reader would and write down what it holds."""
    with Lake.open(lake) as opened:
        rows = opened.table("recorded_offences")
        by_load = rows.group_by("vintage").aggregate(n=rows["count"].sum(), rows=rows.count())
        offences = {row["vintage"]: row["n"] for row in opened.run(by_load).to_pylist()}
        street = opened.run(opened.table("street_crimes").count().as_table()).to_pylist()
        out.write_text(
            json.dumps(
                {
                    "loads": [vintage.id for vintage in opened.vintages],
                    "offences": sorted(offences.values()),
                    "street": next(iter(street[0].values())),
                }
            )
        )
    return 0


def seen(lake: Path) -> dict[str, object]:
    """What a reader sees, read in a child."""
    out = lake.parent / "seen.json"
    out.unlink(missing_ok=True)
    status, _ = in_child(look, lake, out)
    if status:
        raise SystemExit(f"the data store does not open: {status}")
    found: dict[str, object] = json.loads(out.read_text())
    return found


def warm_up() -> None:
    """Load what is otherwise loaded at first use, so that a child has not to do it."""
    for module in ("ibis.backends.duckdb", "pandas", "pyarrow.compute", "pyarrow.csv"):
        import_module(module)


def main(folder: Path, first: Path, more: list[Path], deaths: int) -> None:
    """Kill `deaths` adds of `more` at random points, each on a lake that holds `first`."""
    warm_up()
    good = folder / "good"
    in_child(lambda: 0 if add(good, [first], SOURCES, now=NOW).ok else 1)
    trial = folder / "trial" / "lake"
    trial.parent.mkdir()
    shutil.copytree(good, trial)
    _, took = in_child(put, trial, more)
    steps = int((trial.parent / "steps").read_text())
    whole = seen(trial)
    say(before=seen(good), whole=whole, steps=steps)
    for seed in range(deaths):
        chance = random.Random(seed)
        at = chance.random()
        for _ in range(_TRIES):
            shutil.rmtree(trial)
            shutil.copytree(good, trial)
            if seed % 2:
                status, _ = in_child(put, trial, more, 1 + int(at * steps))
            else:
                status, _ = in_child(put_and_be_killed, trial, more, at * took)
            if status == -signal.SIGKILL:
                break
            at /= 2  # it was faster this time, and done before its death
        after = seen(trial)
        again, _ = in_child(put, trial, more)
        left = [str(p) for p in trial.rglob("*") if ".staging" in p.parts or p.suffix == ".new"]
        files = len(list(trial.rglob("*.parquet")))
        say(
            seed=seed,
            status=status,
            after=after,
            again=again,
            end=seen(trial),
            left=left,
            files=files,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(p) for p in sys.argv[4:]], int(sys.argv[3]))
