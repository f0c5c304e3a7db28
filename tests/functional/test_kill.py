"""kill -9 in the middle of an add: the store opens, and holds the last good state."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.made_sources import street_csv, wide_csv

_ROOT = Path(__file__).resolve().parents[2]
_DEATHS = 24


def test_a_writer_killed_at_any_point_leaves_the_last_good_state(tmp_path: Path) -> None:
    first = tmp_path / "first.csv"
    first.write_text(wide_csv("2023-01", "2023-12", value=1))
    more = [tmp_path / "second.csv", tmp_path / "2022-01-north-street.csv"]
    more[0].write_text(wide_csv("2024-01", "2024-12", value=2))
    more[1].write_text(street_csv("2022-01", 5))
    script = Path(__file__).with_name("killed_writer.py")
    run = subprocess.run(
        [sys.executable, script, tmp_path, first, str(_DEATHS), *more],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=_ROOT,
        env={"PYTHONPATH": f"{_ROOT / 'src'}:{_ROOT}", "PATH": "/usr/bin:/bin"},
    )
    assert run.returncode == 0, run.stderr
    start, *deaths = [json.loads(line) for line in run.stdout.splitlines()]
    before, whole = start["before"], start["whole"]
    assert (before["offences"], before["street"]) == ([24], 0)
    assert (whole["offences"], whole["street"]) == ([24, 48], 5)
    assert len(deaths) == _DEATHS
    # Sources are published one after the other: each is in whole or not at all.
    good = [(offences, street) for offences in ([24], [24, 48]) for street in (0, 5)]
    for death in deaths:
        after = death["after"]
        assert (after["offences"], after["street"]) in good, death
        assert death["again"] == 0, death
        assert death["end"] == whole, death
        assert death["left"] == [], death
        assert death["files"] == 3, death
    killed = [death for death in deaths if death["status"] == -signal.SIGKILL]
    assert len(killed) == _DEATHS, "an add was never still running when it was killed"
    assert {len(death["after"]["loads"]) for death in killed} >= {1}
