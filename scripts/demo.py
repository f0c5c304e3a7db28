"""`make demo`: the main job on the sample partnership, with the commands that a user would type.

    python scripts/demo.py [FOLDER]

Everything lands in FOLDER (default `demo`), which is made anew. Nothing leaves the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

from saferboard.analytics.sample.write import SampleReport, write_sample
from saferboard.vocabulary.problem import Problem

_MARK = ".made-by-saferboard-demo"
_WORKSPACE = "workspace"
_STEPS = 6
_OPERATE = (sys.executable, "-m", "saferboard.workspace.config.operators")
_OTHERS = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "SAFERBOARD_LAKE"}
"""Not handed on: the demo's workspace has a database and a data store of its own."""
_SUMMARY = ("residential-burglary", "personal-robbery", "theft-from-person", "asb")


def main() -> int:
    """Run the demo; the exit status is that of the first command that fails."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    say = Console(highlight=False, soft_wrap=True)
    started = time.monotonic()
    try:
        _clear(out)
    except Problem as problem:
        say.print(f"[bold red]Problem:[/] {problem.sentence()}")
        return 1

    say.rule(f"1 of {_STEPS}: an invented partnership, in the publishers' own formats")
    sample = write_sample(out / "sample")
    say.print(
        f"{sample.area_name}: {len(sample.files)} files, {sample.size / 1e6:.1f} MB, "
        f"to {sample.to.label()}, in {sample.folder}"
    )
    for number, (title, command) in enumerate(_commands(out, sample), start=2):
        say.rule(f"{number} of {_STEPS}: {title}")
        say.print(f"$ saferboard {' '.join(command)}", style="bold", markup=False)
        done = subprocess.run([sys.executable, "-m", "saferboard.cli", *command], check=False)
        if done.returncode:
            say.print(f"The demo stopped: this command failed ({done.returncode}).")
            return done.returncode
    say.rule(f"{_STEPS} of {_STEPS}: the workspace, with somebody in every role")
    if failed := _workspace(say, out / _WORKSPACE, sample):
        return failed
    _where_to_look(say, out, sample)
    say.print(f"It took {time.monotonic() - started:.0f} seconds.")
    return 0


def _commands(out: Path, sample: SampleReport) -> list[tuple[str, list[str]]]:
    where = [
        "--partnership",
        str(sample.partnership),
        "--lake",
        str(out / "lake"),
        "--to",
        str(sample.to),
    ]
    shown = [part for key in _SUMMARY for part in ("--measure", key)]
    return [
        (
            "load what was published and reported",
            ["data", "add", str(sample.data), "--lake", str(out / "lake")],
        ),
        ("what changed, and what the change means", ["summary", *where, *shown]),
        (
            "the board's pack, in five formats",
            ["pack", "performance", *where, "--out", str(out / "performance")],
        ),
        (
            "a page for each ward",
            ["pack", "ward", *where, "--all", "--out", str(out / "wards")],
        ),
    ]


def _workspace(say: Console, home: Path, sample: SampleReport) -> int:
    """A workspace of its own in `home`, on the data that were just loaded."""
    home.mkdir()
    shutil.copyfile(sample.partnership, home / "partnership.yaml")
    (home / "lake").symlink_to(Path("..") / "lake")
    say.print(
        f"$ SAFERBOARD_HOME={home} saferboard-workspace demo --to {sample.to}",
        style="bold",
        markup=False,
    )
    kept = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    done = subprocess.run(
        [*_OPERATE, "demo", "--to", str(sample.to)],
        env={**kept, "SAFERBOARD_HOME": str(home)},
        check=False,
    )
    if done.returncode:
        say.print(f"The demo stopped: this command failed ({done.returncode}).")
    return done.returncode


def _where_to_look(say: Console, out: Path, sample: SampleReport) -> None:
    say.rule("Where to look")
    for folder, words in (
        (out / "performance", "the performance pack; facts.json beside it is every figure"),
        (out / "wards", "the ward pages"),
    ):
        say.print(f"[bold]{folder}[/]: {words}")
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                say.print(f"  {file}  ({file.stat().st_size / 1000:,.0f} kB)", markup=False)
    say.print(
        f"[bold]SAFERBOARD_HOME={out / _WORKSPACE} make serve[/]: the workspace, at "
        "http://localhost:8000, for whoever is in the table above"
    )
    say.print(f"[bold]{sample.partnership}[/]: what the partnership is; edit it and run again")


def _clear(out: Path) -> None:
    """Make the folder anew, but never one that the demo did not make."""
    if (out / _WORKSPACE / "database" / "postmaster.pid").exists():
        raise Problem(
            "The workspace of this demo is running; nothing was touched.",
            file=str(out / _WORKSPACE),
            remedy="Stop it first (Ctrl+C), or name another folder: make demo OUT=FOLDER.",
        )
    if out.exists():
        if any(out.iterdir()) and not (out / _MARK).exists():
            raise Problem(
                "This folder holds something else; nothing was touched.",
                file=str(out),
                remedy="Name another: make demo OUT=FOLDER.",
            )
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / _MARK).touch()


if __name__ == "__main__":
    raise SystemExit(main())
