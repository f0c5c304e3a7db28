"""Answers that are files: each is written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from saferboard.papercheck.answers.comments import commented
from saferboard.papercheck.answers.places import by_paper
from saferboard.papercheck.finding import Finding, Pack
from saferboard.vocabulary.problem import Problem


def copies(papers: Sequence[Path], pack: Pack, findings: Sequence[Finding], folder: Path) -> str:
    """Writes a copy with comments of every Word paper that has findings into `folder`; says how
    many. Raises Problem where the folder is that of a paper, so that no paper is written over,
    and where nothing can be written."""
    kinds = {paper.name: paper.kind for paper in pack.papers}
    held = by_paper(findings)
    made = 0
    for path in dict.fromkeys(papers):
        name = next((one for one in (str(path), path.name) if one in kinds), "")
        if kinds.get(name) != "docx" or name not in held:
            continue
        target = folder / path.name
        if target.resolve() == path.resolve():
            raise Problem(
                "The copy with comments would be written over the paper.",
                file=str(path),
                remedy="Name another folder.",
            )
        written(target, commented(name, path.read_bytes(), tuple(held[name].values())))
        made += 1
    return f"{made} cop{'y' if made == 1 else 'ies'}"


def written(path: Path, data: bytes) -> None:
    """Writes a file and the folder that it goes into. Raises Problem where that cannot be."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Problem(f"The file cannot be written: {error.strerror}.", file=str(path)) from error
