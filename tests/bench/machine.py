"""The machine, whole processes timed on it, and medians."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """A whole process: seconds on the clock, seconds of processor, the most memory (bytes)."""

    seconds: float
    processor: float
    memory: int


def words() -> str:
    """The machine in a few words, with how busy it is: a busy one makes ratios unsteady."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}, "
        f"load {load:.1f}"
    )


def process(*command: str | Path, allowed: tuple[int, ...] = (0,)) -> Run:
    """Run a command with this Python's environment and measure it and its children."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    # An installed program has its bytecode: compiling a thousand modules is no part of a run.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in allowed:
        sys.exit(f"{command} failed: {said.decode()}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def saferboard(*words_: str | Path) -> tuple[str | Path, ...]:
    """The command line of saferboard as this source has it, as it is installed for use."""
    return (sys.executable, Path(__file__).with_name("as_installed.py"), *words_)


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(works: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """The median seconds of each of `works`, run in turns so that a busy machine slows all
    of them alike."""
    times = [[work() for work in works] for _ in range(rounds)]
    return [median(column) for column in zip(*times, strict=True)]
