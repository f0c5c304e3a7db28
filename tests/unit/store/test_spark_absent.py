"""The engine “spark” on a machine that lacks what it needs: one clear problem from the command."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from saferboard.cli.summary import summary
from saferboard.vocabulary.problem import Problem


def _present(monkeypatch: pytest.MonkeyPatch, *, pyspark: bool) -> None:
    found = ModuleSpec("pyspark", None) if pyspark else None
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: found)


@pytest.mark.parametrize(
    ("pyspark", "words"), [(False, "is not installed"), (True, "needs Java, and there is none")]
)
def test_what_is_missing_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pyspark: bool, words: str
) -> None:
    _present(monkeypatch, pyspark=pyspark)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("JAVA_HOME", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Problem, match=words) as caught:
        summary(to="2023-12", area="Barnet", lake=tmp_path / "lake", engine="spark")
    assert caught.value.remedy


def test_another_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="engine"):
        summary(to="2023-12", area="Barnet", lake=tmp_path / "lake", engine="abacus")
