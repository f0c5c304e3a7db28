"""The audit of dependencies: all that is locked is asked about, and what is said is heard."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from scripts.audit_dependencies import Audited, locked, of_npm, of_pip_audit

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_that_is_installed_from_an_index_is_asked_about() -> None:
    asked = locked(ROOT / "uv.lock")
    names = {one.split("==")[0] for one in asked}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*settings["dependencies"], *settings["optional-dependencies"]["workspace"]]
    ours = {re.split(r"[^a-z0-9-]", one.lower())[0] for one in wanted}
    assert ours <= names and "saferboard" not in names
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+", one) for one in asked)


def test_a_weakness_that_is_known_is_heard() -> None:
    said = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}, {"id": "CVE-2"}]},
            {"name": "b", "version": "2", "vulns": []},
            {"name": "c", "skip_reason": "Dependency not found"},
        ]
    }
    assert of_pip_audit(said) == Audited(2, ("a 1: PYSEC-1", "a 1: CVE-2"))
    npm = {
        "metadata": {"dependencies": {"prod": 30}},
        "vulnerabilities": {"vega": {"severity": "high", "range": "<6"}},
    }
    assert of_npm(npm) == Audited(30, ("vega <6: high",))


def test_a_database_that_was_not_reached_is_no_good_news() -> None:
    for said in (None, {}, {"error": {"code": "ENOTFOUND"}}, []):
        assert of_pip_audit(said).known == of_npm(said).known == 0


def test_continuous_integration_audits() -> None:
    assert "make audit" in (ROOT / ".ci" / "run").read_text()
