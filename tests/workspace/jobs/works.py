"""Works of the tests, and `python works.py LOST_AFTER` as a worker that knows them. What a work did
shows in files of the folder SAFERBOARD_WORKS, one line a call."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.worker import run_worker
from saferboard.workspace.jobs.work import Run, work


def _tell(run: Run, words: str) -> int:
    file = Path(os.environ["SAFERBOARD_WORKS"]) / str(run.subject)
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{words} {os.getpid()} {run.by.person}\n")
    return len(file.read_text("utf-8").splitlines())


@work("test.thing.done", "Doing")
def done(run: Run) -> None:
    """Goes well."""
    run.say(50, "Half way.")
    _tell(run, "done")


@work("test.thing.refused", "Refusing")
def refused(run: Run) -> None:
    """Cannot be done, and says why."""
    raise Problem("The thing has no pages.", remedy="Add some.")


@work("test.thing.broken", "Breaking", attempts=1)
def broken(run: Run) -> None:
    """Fails as nobody foresaw."""
    raise ZeroDivisionError("sam.smith@example.org")


@work("test.thing.passing", "Passing", attempts=2)
def passing(run: Run) -> None:
    """Fails at first, and then no longer."""
    if _tell(run, "passing") == 1:
        raise ConnectionError("away")


@work("test.thing.slow", "Waiting", attempts=2)
def slow(run: Run) -> None:
    """Takes for ever at its first attempt: until it is killed."""
    first = _tell(run, "slow") == 1
    run.say(10, "Begun.")
    while first:
        time.sleep(0.05)


@work("test.thing.endless", "Waiting for ever", attempts=2)
def endless(run: Run) -> None:
    """Takes for ever, but listens."""
    _tell(run, "endless")
    while True:
        run.say(20, "Still here.")
        time.sleep(0.05)


if __name__ == "__main__":
    run_worker(lost_after=float(sys.argv[1]))
