"""Which source reads a file: all are asked, by content, and exactly one has to say yes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from difflib import SequenceMatcher

from saferboard.analytics.intake.headers import PARQUET_HEAD, find_header
from saferboard.analytics.intake.sheets import ZIP_HEAD, is_workbook
from saferboard.analytics.intake.source import Candidate, Recognised, Shape, Source
from saferboard.analytics.intake.workbook import damaged_workbook
from saferboard.vocabulary.problem import Problem

_SHOWN = 8
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def recognise(candidate: Candidate, sources: Sequence[Source]) -> tuple[Source, Recognised]:
    """The source that reads `candidate`, and as what. Raises Problem when the file is
    empty, when none knows it (with its header and the nearest known one) or when two do."""
    if candidate.size == 0:
        raise Problem("This file is empty.", file=candidate.name, remedy="Download it again.")
    if not candidate.head.strip(b"\xef\xbb\xbf \r\n\t,"):
        raise Problem("This file holds only blanks.", file=candidate.name)
    known = []
    for source in sources:
        if (shape := _ask(source, candidate)) is not None:
            known.append((source, Recognised(candidate, shape)))
    if len(known) == 1:
        return known[0]
    if known:
        raise Problem(
            f"Two sources say that this file is theirs: "
            f"{' and '.join(source.key for source, _ in known)}.",
            file=candidate.name,
            remedy="This is a fault in saferboard: please report it with the first lines.",
        )
    raise _unknown(candidate, sources)


def _ask(source: Source, candidate: Candidate) -> Shape | None:
    try:
        return source.recognise(candidate)
    except Problem as problem:
        if problem.file is None:
            problem = Problem(
                problem.message, file=candidate.name, place=problem.place, remedy=problem.remedy
            )
        raise problem from None


def _unknown(candidate: Candidate, sources: Sequence[Source]) -> Problem:
    found = find_header(candidate, lambda columns: len(columns) > 1)
    if found is None and (broken := _broken(candidate)) is not None:
        return broken
    if found is None:
        return Problem(
            "No source recognises this file: it has no header that could be read.",
            file=candidate.name,
            remedy="The docs list the files that can be added; “saferboard data template” "
            "writes a form for anything else.",
        )
    header = found.columns
    shown = ", ".join(header[:_SHOWN]) + (", …" if len(header) > _SHOWN else "")
    near = nearest(header, sources)
    remedy = (
        f"The nearest known form is “{near[1]}” of {near[0].title}: "
        + (
            "the columns " + ", ".join(near[2]) + " are missing. "
            if near[2]
            else "its named columns are all here, but not what else it has, such as three columns "
            "of months or more. "
        )
        + "Compare the first line with it, or use “saferboard data template” for local figures."
        if near
        else "“saferboard data template” writes a form for figures of your own."
    )
    return Problem(
        f"No source recognises this file. Its header is: {shown}.",
        file=candidate.name,
        place=found.place(-1),
        remedy=remedy,
    )


def _broken(candidate: Candidate) -> Problem | None:
    """What is said of a file that begins like a workbook or a Parquet file and is not whole."""
    if candidate.head.startswith(ZIP_HEAD):
        whole = zipfile.is_zipfile(candidate.path)
        if not whole or is_workbook(candidate.path, candidate.head):
            return damaged_workbook(candidate.name)
        return None
    if candidate.head.startswith(PARQUET_HEAD):
        return Problem(
            "This Parquet file is damaged: it is cut short, or its end cannot be read.",
            file=candidate.name,
            remedy="Download it again.",
        )
    if candidate.head.startswith(_OLD_WORKBOOK):
        return Problem(
            "This is a workbook in the old form (.xls), or one with a password.",
            file=candidate.name,
            remedy="Open it in a spreadsheet program and save it as .xlsx without a password.",
        )
    return None


def nearest(
    header: Sequence[str], sources: Sequence[Source]
) -> tuple[Source, str, list[str]] | None:
    """The known header most like this one: its source, its text and the columns that the
    file lacks; None when nothing is at all alike."""
    have = {name.lower() for name in header}
    best: tuple[float, Source, str, list[str]] | None = None
    for source in sources:
        for known in source.headers:
            names = [name.strip() for name in known.split(",")]
            wanted = {name.lower() for name in names}
            shared = len(wanted & have) / len(wanted)
            alike = SequenceMatcher(None, known.lower(), ",".join(header).lower()).ratio()
            score = shared + alike / 10
            missing = [name for name in names if name.lower() not in have]
            if best is None or score > best[0]:
                best = (score, source, known, missing)
    return best[1:] if best and best[0] >= 0.3 else None
