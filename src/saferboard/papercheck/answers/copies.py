"""Copies of Word papers, each with its findings as comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from saferboard.papercheck.answers.comments import commented
from saferboard.papercheck.answers.places import by_paper
from saferboard.papercheck.answers.saved import written
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
