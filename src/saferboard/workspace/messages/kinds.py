"""What people are told of, read once from kinds.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from saferboard.vocabulary.problem import Problem

_FILE = Path(__file__).parent / "kinds.yaml"


class MessageKind(BaseModel):
    """`title` and `words` are all that is ever said; `link` is the name of an address, empty where
    there is none; `always` says that its e-mail cannot be turned off."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    words: str
    link: str = ""
    always: bool = False


@cache
def message_kinds() -> dict[str, MessageKind]:
    """Each kind by its key. Raises Problem for a file that does not fit."""
    found = {}
    for key, held in yaml.safe_load(_FILE.read_text("utf-8")).items():
        try:
            found[str(key)] = MessageKind.model_validate(held)
        except ValidationError as error:
            raise Problem(
                f"{key}: {error.errors()[0]['msg']}.", file=_FILE.name, remedy="Correct the file."
            ) from error
    return found
