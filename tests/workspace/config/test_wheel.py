"""The wheel holds everything that a workspace needs: built for real, unpacked into an empty folder
and served from there. Only its dependencies come from the environment of the tests."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "saferboard.workspace.config.operators", "serve"]
MARKERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "DJANGO_SETTINGS_MODULE")
PATIENCE = 90.0


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _environment(unpacked: Path, home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in MARKERS}
    return {**kept, "PYTHONPATH": str(unpacked), "SAFERBOARD_HOME": str(home)}


def test_every_file_of_the_package_is_in_the_wheel(unpacked: Path) -> None:
    source = ROOT / "src" / "saferboard"
    kept = (".py", ".yaml", ".html", ".svg", ".css", ".js", ".woff2", ".csv", ".scss", ".sql")
    here = {path.relative_to(source) for path in source.rglob("*") if path.suffix in kept}
    place = unpacked / "saferboard"
    there = {path.relative_to(place) for path in place.rglob("*.*")}
    assert not here - there


def test_sign_in_opens_from_the_wheel_alone(unpacked: Path, tmp_path: Path) -> None:
    environment = _environment(unpacked, tmp_path / "home")
    where = [sys.executable, "-c", "import saferboard; print(saferboard.__file__)"]
    found = subprocess.run(
        where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    assert found.stdout.startswith(str(unpacked))
    log = tmp_path / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [*COMMAND, "--port", "0"], cwd=tmp_path, env=environment, stdout=out, stderr=out
        )
    try:
        address = _address(log, server)
        with urllib.request.urlopen(f"{address}/", timeout=30) as answer:
            page = answer.read().decode()
        assert "<h1" in page
        sheets = re.findall(r'href="(/[^"]*\.css[^"]*)"', page)
        assert len(sheets) >= 3
        for file in (*sheets, *re.findall(r'src="(/static/[^"]*\.js[^"]*)"', page)):
            with urllib.request.urlopen(f"{address}{file}", timeout=30) as answer:
                assert answer.status == 200 and answer.read()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _address(log: Path, server: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if found := re.search(r"http://localhost:\d+", log.read_text()):
            return found.group()
        time.sleep(0.1)
    raise AssertionError(log.read_text())
