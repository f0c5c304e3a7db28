"""Header forms as data: which column name plays which role, for each generation of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import resources

import yaml

from saferboard.analytics.intake.offence_labels import plain

Form = Mapping[str, frozenset[str]]


def read_forms(package: str, file: str) -> dict[str, Form]:
    """The forms of a YAML file beside a source: name of the form, then role, then the column's
    name or a list of the names that were used for it."""
    text = resources.files(package).joinpath(file).read_text("utf-8")
    return {
        name: {role: _names(value) for role, value in roles.items()}
        for name, roles in yaml.safe_load(text).items()
    }


def columns_of(columns: Sequence[str], form: Form) -> dict[str, int] | None:
    """The position of each role's column, or None where a role has none. Columns that play no
    role are left alone; of two with one name the first counts."""
    names = [plain(name) for name in columns]
    found: dict[str, int] = {}
    for role, wanted in form.items():
        position = next((i for i, name in enumerate(names) if name in wanted), None)
        if position is None:
            return None
        found[role] = position
    return found


def some_form(columns: Sequence[str], forms: Iterable[Form], *, least: int) -> bool:
    """Whether a header has at least `least` columns of one of the forms: near enough to be
    that publisher's file in a form that is not known."""
    names = {plain(name) for name in columns}
    return any(sum(bool(wanted & names) for wanted in form.values()) >= least for form in forms)


def _names(value: str | list[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in ([value] if isinstance(value, str) else value))
