"""Findings that somebody has looked at and accepted, with the reason, in a YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from saferboard.papercheck.finding import Finding
from saferboard.vocabulary.problem import Problem


class Accepted(BaseModel):
    """One accepted finding: `digest` as the JSON answer prints it, `reason` never empty. `rule`
    and `quote` are for people who read the file."""

    model_config = ConfigDict(extra="forbid", str_min_length=1)

    digest: str
    reason: str
    rule: str | None = None
    quote: str | None = None


def accepted_in(path: Path) -> frozenset[str]:
    """The digests that the file accepts. Raises Problem for a file that is not a list of
    digests with reasons."""
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        if not isinstance(held, list):
            raise Problem("The file is not a list.", file=str(path))
        return frozenset(Accepted.model_validate(one).digest for one in held)
    except OSError as error:
        raise Problem(f"The file cannot be opened: {error.strerror}.", file=str(path)) from error
    except (yaml.YAMLError, ValidationError) as error:
        raise Problem(
            "Each accepted finding needs a digest and a reason.",
            file=str(path),
            remedy=f"Write “- digest: …” and “reason: …”. ({str(error).splitlines()[0]})",
        ) from error


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
