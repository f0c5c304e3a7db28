"""A copy of a Word paper with each finding as a comment at its place."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from saferboard.papercheck.answers.places import elsewhere
from saferboard.papercheck.finding import Finding
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.cleaning import clean
from saferboard.papercheck.reading.package import opened, with_type
from saferboard.papercheck.reading.word import WordReader
from saferboard.papercheck.reading.word_text import DELETED, FALLBACK, TEXT_BOX

AUTHOR, INITIALS = "Paper check", "PC"


def commented(name: str, data: bytes, findings: Sequence[Finding]) -> bytes:
    """The Word file in `data`, called `name` in the findings' places, with comments. The words of
    the paper, its tracked changes and the comments that it has stay as they are. Word allows no
    comments in notes, text boxes and the heads of pages: those stand at the paragraph that the
    part hangs on, and say so. Raises Problem for a file that is no Word file."""
    package = opened(name, data)
    document = docx.Document(io.BytesIO(package.data))
    reader = WordReader(name, document).read()
    elements = {replace(place, heading=""): one for place, one in reader.elements.items()}
    body = document.element.body
    first = next((one for place, one in elements.items() if not place.part), body)
    for finding in findings:
        element, exact = _element(elements, finding.place, first)
        start, end = _runs(element, finding.quote if exact else "")
        document.add_comment(
            [Run(start, document), Run(end, document)],
            text=_words(finding, exact),
            author=AUTHOR,
            initials=INITIALS,
        )
    held = io.BytesIO()
    document.save(held)
    return with_type(held.getvalue(), package.type)


def _words(finding: Finding, exact: bool) -> str:
    """The comment: severity, where it is if not here, message, what was expected, the rule."""
    parts = [f"{finding.severity.capitalize()}."]
    if not exact:
        parts.append(f"About {finding.place.words() or 'the whole paper'}:")
    parts.append(finding.message)
    if finding.expected:
        parts.append(f"Expected: {finding.expected}.")
    if finding.state:
        parts.append(f"Only {finding.state}.")
    parts += [f"See {place}." for place in elsewhere(finding)]
    return " ".join([*parts, f"({finding.rule})"])


def _element(elements: dict[Place, Any], place: Place, first: Any) -> tuple[Any, bool]:
    """The element at a place, and whether a comment can stand in it."""
    bare = replace(place, heading="")
    if not place.part and bare in elements:
        return elements[bare], True
    body = replace(bare, part="")
    for other in (body, Place(place.file, paragraph=place.paragraph)):
        if other in elements:
            return elements[other], False
    before = [
        one for at, one in elements.items() if not at.part and at.paragraph <= place.paragraph
    ]
    return (before[-1] if before else first), False


def _runs(element: Any, quote: str) -> tuple[Any, Any]:
    """The first and last runs that hold the quote; all runs of the element where it is not
    found; a new empty run where there are none."""
    runs = list(_own_runs(element))
    if not runs:
        paragraph = element if element.tag == qn("w:p") else element.find(f".//{qn('w:p')}")
        if paragraph is None:
            paragraph = OxmlElement("w:p")
            element.append(paragraph)
        made = OxmlElement("w:r")
        paragraph.append(made)
        return made, made
    wanted = _letters(quote)
    held = [_letters("".join(node.text or "" for node in run.iter(qn("w:t")))) for run in runs]
    at = "".join(held).find(wanted) if wanted else -1
    if at < 0:
        return runs[0], runs[-1]
    ends: list[int] = []
    for words in held:
        ends.append((ends[-1] if ends else 0) + len(words))
    start = next(n for n, end in enumerate(ends) if end > at)
    end = next(n for n, end in enumerate(ends) if end >= at + len(wanted))
    return runs[start], runs[end]


def _own_runs(element: Any) -> Iterator[Any]:
    """Runs that stand in the text, in order, not those of text boxes and deleted words."""
    for child in element:
        if child.tag == qn("w:r"):
            yield child
        elif child.tag not in DELETED and child.tag not in (FALLBACK, TEXT_BOX):
            yield from _own_runs(child)


def _letters(words: str) -> str:
    """Without blanks, as cleaning leaves it: what a quote and a run have in common."""
    return "".join(clean(words).split()).replace("\u202f", "")
