"""`make audit`: is anything that we build on known to be unsafe?

    python scripts/audit_dependencies.py

Asks the databases of known weaknesses about every package of uv.lock and package-lock.json, with
pip-audit and npm. Exit status 1 where one is known. Where the databases cannot be reached, or do
not know the packages, it says so loudly and ends with 0: nothing was audited, nothing is claimed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_LONG = 300


@dataclass(frozen=True)
class Audited:
    """What one database said: how many packages it knew, and the weaknesses of which, each as
    `package version: id`. `known` 0: it was not reached."""

    known: int
    weak: tuple[str, ...]


def main() -> int:
    """Both databases; 1 where any weakness is known."""
    weak = []
    for what, audited in (("Python", python_packages()), ("JavaScript", script_packages())):
        if not audited.known:
            sys.stderr.write(f"NOT AUDITED: no database told about the {what} packages.\n")
        else:
            sys.stdout.write(f"{what}: {audited.known} packages, {len(audited.weak)} weak.\n")
        weak += audited.weak
    for one in weak:
        sys.stderr.write(f"  {one}\n")
    return 1 if weak else 0


def locked(lock: Path) -> list[str]:
    """Every package of a uv.lock from an index, as `name==version`."""
    held = tomllib.loads(lock.read_text("utf-8"))["package"]
    return sorted(f"{one['name']}=={one['version']}" for one in held if "registry" in one["source"])


def python_packages() -> Audited:
    """What pip-audit finds out about uv.lock."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(locked(ROOT / "uv.lock")) + "\n", "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps"]
        command += ["--disable-pip", "--format=json", "--progress-spinner=off"]
        return of_pip_audit(_json(command))


def script_packages() -> Audited:
    """What npm finds out about package-lock.json, without what only builds."""
    npm = Path(sys.executable).with_name("npm")
    return of_npm(_json([str(npm), "audit", "--omit=dev", "--json"]))


def of_pip_audit(said: Any) -> Audited:
    """Reads what pip-audit prints as JSON; None for nothing."""
    asked = said.get("dependencies", []) if isinstance(said, dict) else []
    known = [one for one in asked if "vulns" in one and "skip_reason" not in one]
    weak = [f"{one['name']} {one['version']}: {v['id']}" for one in known for v in one["vulns"]]
    return Audited(len(known), tuple(weak))


def of_npm(said: Any) -> Audited:
    """Reads what `npm audit --json` prints; None for nothing."""
    held = said if isinstance(said, dict) else {}
    known = held.get("metadata", {}).get("dependencies", {}).get("prod", 0)
    weak = [
        f"{name} {one.get('range', '')}: {one.get('severity', '')}"
        for name, one in held.get("vulnerabilities", {}).items()
    ]
    return Audited(int(known), tuple(sorted(weak)))


def _json(command: list[str]) -> Any:
    folder = Path(sys.executable).parent
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONG,
        )
        return json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


if __name__ == "__main__":
    raise SystemExit(main())
