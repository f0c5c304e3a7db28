"""From the answers of `saferboard init` to a partnership file that loads."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from saferboard.analytics.measures.register import definitions
from saferboard.vocabulary.area import Area, AreaSet
from saferboard.vocabulary.partnership import Partnership, load_partnership
from saferboard.vocabulary.problem import Problem

_HEAD = """\
# What this partnership is. “saferboard init” wrote it; change it by hand as you like.
# docs/reference/partnership.md says what may stand here.
"""


@dataclass(frozen=True)
class Answers:
    """What was asked. `own_sets` are copied into the file, because nothing shipped names
    them; `priorities` are titles."""

    name: str
    area: Area
    force: str
    police_unit: str
    wards: str
    peer_sets: tuple[str, ...]
    own_sets: tuple[AreaSet, ...]
    priorities: tuple[str, ...]
    baseline_years: tuple[int, ...]
    year_starts: int
    contact: str
    brand: str
    logo: Path | None


def save(answers: Answers, file: Path) -> Partnership:
    """Write the file and load it again. Raises Problem, and leaves what was there, when the
    answers do not make a partnership."""
    if answers.logo and not answers.logo.is_file():
        raise Problem("There is no such logo.", file=str(answers.logo))
    file.parent.mkdir(parents=True, exist_ok=True)
    text = _HEAD + yaml.safe_dump(
        _body(answers, file.parent), sort_keys=False, allow_unicode=True, width=96
    )
    handle, name = tempfile.mkstemp(suffix=".yaml", prefix=".partnership-", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        partnership = load_partnership(draft)
        draft.chmod(0o644)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return partnership


def _body(answers: Answers, folder: Path) -> dict[str, Any]:
    area = answers.area
    body: dict[str, Any] = {
        "name": answers.name,
        "area": {"code": area.code, "name": area.name, "kind": area.kind},
        "wards": answers.wards,
        "force": answers.force,
        "police_unit": answers.police_unit,
        "peer_sets": list(answers.peer_sets),
        "area_sets": [_set(one) for one in answers.own_sets],
        "priorities": [_priority(title) for title in answers.priorities],
        "baseline_years": list(answers.baseline_years),
        "year_starts": answers.year_starts,
        # empty: every measure for which there is data
        "measures": [],
        "appearance": _appearance(answers, folder),
        "contact": answers.contact,
    }
    return body


def _set(one: AreaSet) -> Mapping[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "members": list(one.members),
        "source": one.source,
    }


def _priority(title: str) -> Mapping[str, Any]:
    """A priority with the measures whose definitions name it, to begin with."""
    key = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    measures = [name for name, one in definitions().items() if one.priority == key]
    return {"key": key, "title": title, "measures": measures}


def _appearance(answers: Answers, folder: Path) -> Mapping[str, Any]:
    look: dict[str, Any] = {"brand": answers.brand}
    if answers.logo:
        # a path in the file counts from the file's own folder
        look["logo"] = os.path.relpath(answers.logo.resolve(), folder.resolve())
        look["logo_alternative"] = f"Logo of {answers.name}"
    return look
