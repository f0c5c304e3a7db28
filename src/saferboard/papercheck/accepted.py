"""Findings that somebody has looked at and accepted, with the reason, in a YAML file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from saferboard.papercheck.finding import Finding
from saferboard.vocabulary.data_file import read_yaml
from saferboard.vocabulary.problem import Problem

FORM = "Write “- digest: …” (16 letters and figures, as --json prints it) and “  reason: …”."


class Accepted(BaseModel):
    """One accepted finding: `digest` as the JSON answer prints it, `reason` never empty. `rule`
    and `quote` are for people who read the file."""

    model_config = ConfigDict(extra="forbid", str_min_length=1, str_strip_whitespace=True)

    digest: str = Field(pattern=r"^[0-9a-f]{16}$")
    reason: str
    rule: str | None = None
    quote: str | None = None


def accepted_in(path: Path) -> frozenset[str]:
    """The digests that the file accepts. Raises Problem for a file that cannot be read, or is
    not a list of digests with reasons; it names the entry that is wrong."""
    try:
        held = read_yaml(path, unreadable="The file is not YAML.", remedy=FORM) or []
    except OSError as error:
        raise Problem(f"The file cannot be opened: {error.strerror}.", file=str(path)) from error
    if not isinstance(held, list):
        raise Problem("The file is not a list.", file=str(path), remedy=FORM)
    found = set()
    for number, one in enumerate(held, start=1):
        try:
            found.add(Accepted.model_validate(one).digest)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "the entry"
            raise Problem(
                f"Each accepted finding needs a digest and a reason: {field}: {first['msg']}.",
                file=str(path),
                place=f"entry {number}",
                remedy=FORM,
            ) from error
    return frozenset(found)


def unmet(accepted: Collection[str], findings: Sequence[Finding]) -> tuple[str, ...]:
    """The accepted digests that none of `findings` has: what they were about is mended, or its
    words have changed."""
    return tuple(sorted(set(accepted) - {finding.digest for finding in findings}))


def as_yaml(findings: Sequence[Finding], reason: str) -> str:
    """Findings as the text of such a file."""
    return yaml.safe_dump(
        [
            {"digest": one.digest, "reason": reason, "rule": one.rule, "quote": one.quote}
            for one in findings
        ],
        allow_unicode=True,
        sort_keys=False,
    )
