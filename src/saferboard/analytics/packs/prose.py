"""Words that somebody wrote and keeps in a file: the glossary, notes on method.

The files know paragraphs (blank lines between them), bullets (`- `) and headings (`## `).
Nothing else: whatever needs more belongs in Python.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from saferboard.documents.model import Block, Bullets, Heading, Inlines, Paragraph, Prose

_FOLDER = "saferboard.analytics.packs"


def prose(pack: str, name: str, anchor: str = "") -> tuple[Block, ...]:
    """The blocks of `packs/PACK/prose/NAME.md`; headings get anchors that start with `anchor`."""
    origin = f"packs/{pack}/prose/{name}.md"
    blocks: list[Block] = []
    for number, chunk in enumerate(_text(pack, f"{name}.md").split("\n\n")):
        lines = [line.strip() for line in chunk.strip().splitlines()]
        if not lines:
            continue
        if lines[0].startswith("## "):
            title = (Prose(lines[0][3:], origin),)
            blocks.append(Heading(3, title, f"{anchor or name}-{number}"))
        elif lines[0].startswith("- "):
            blocks.append(Bullets(tuple(_bullets(lines, origin))))
        else:
            blocks.append(Paragraph((Prose(" ".join(lines), origin),)))
    return tuple(blocks)


def terms(pack: str, name: str) -> tuple[tuple[Inlines, tuple[Block, ...]], ...]:
    """The terms of `packs/PACK/prose/NAME.yaml` (term: meaning), as definitions."""
    origin = f"packs/{pack}/prose/{name}.yaml"
    body: dict[str, str] = yaml.safe_load(_text(pack, f"{name}.yaml"))
    return tuple(
        ((Prose(term, origin),), (Paragraph((Prose(" ".join(text.split()), origin),)),))
        for term, text in body.items()
    )


def settings(pack: str) -> dict[str, Any]:
    """What `packs/PACK/pack.yaml` says: titles of the pack and of its parts."""
    file = resources.files(_FOLDER).joinpath(pack, "pack.yaml")
    body: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return body


def _bullets(lines: list[str], origin: str) -> list[Inlines]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += f" {line}"
    return [(Prose(item, origin),) for item in items]


@cache
def _text(pack: str, name: str) -> str:
    return resources.files(_FOLDER).joinpath(pack, "prose", name).read_text("utf-8")
