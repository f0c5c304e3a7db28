"""Our own packs, in six formats, against their own fact sheets: nothing is found in them, and one
altered figure is found wherever the sheet contradicts it. How many figures of a pack that are, of
all that it prints, is printed."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import pytest

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.intake.add import add
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.packs.make import Wanted, make_performance, make_ward, material_of
from saferboard.analytics.packs.performance.compose import compose as compose_performance
from saferboard.analytics.packs.ward.compose import compose as compose_ward
from saferboard.analytics.sample.write import write_sample
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.store.lake import Lake
from saferboard.documents.model import (
    Bullets,
    Document,
    Figure,
    Heading,
    Inlines,
    KeyFigures,
    Note,
    Paragraph,
    Table,
    bound_in,
    plain,
)
from saferboard.documents.walk import nested
from saferboard.papercheck.check import check
from saferboard.papercheck.claims.mask import Token, masked
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.collect import measure_claims
from saferboard.papercheck.measures.facts import Sheet
from saferboard.papercheck.paper import Grid, Paper, Passage
from saferboard.papercheck.place import Place
from saferboard.papercheck.reading.read import read, read_bytes
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.period import Month

TO = Month(2025, 6)
KEYS = (
    "residential-burglary",
    "personal-robbery",
    "knife-crime-with-injury",
    "asb-calls",
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FORMS = ("txt", "html", "docx", "pdf", "pptx", "xlsx")
PACKS = ("performance", "ward")
ROUNDS = 4
SEEDS = (20240301, 20171027)
# The least share of a pack's figures that an altered one is found among, by format.
# A workbook prints the figures of its sentences again, in cells that no words belong to.
LEAST = {
    ("performance", "txt"): 0.90, ("performance", "html"): 0.90, ("performance", "docx"): 0.90,
    ("performance", "pptx"): 0.90, ("performance", "xlsx"): 0.70, ("performance", "pdf"): 0.80,
    ("ward", "txt"): 0.95, ("ward", "html"): 0.95, ("ward", "docx"): 0.95,
    ("ward", "pptx"): 0.60, ("ward", "xlsx"): 0.90, ("ward", "pdf"): 0.90,
}  # fmt: skip


@dataclass(repr=False)
class Made:
    """A pack in six formats with its sheet and the figures that it prints."""

    papers: dict[str, Paper]
    facts: FactSheet
    displays: frozenset[str]

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.facts)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("packs")
    write_sample(folder, to=TO)
    assert add(folder / "lake", [folder / "data"], sources(), now=NOW).ok
    partnership = load_partnership(folder)
    with Lake.open(folder / "lake") as lake:
        summary = summarise(lake, partnership, to=TO, measures=list(KEYS), wards=True)
    found: dict[str, Made] = {}
    for name, compose, make in (
        ("performance", compose_performance, make_performance),
        ("ward", compose_ward, lambda material, wanted: make_ward(material, None, wanted)),
    ):
        document = compose(material_of(summary, partnership))
        built = make(material_of(summary, partnership), Wanted(folder / name))
        files = {path.suffix[1:]: path for path in built.files}
        papers = {form: read(files[form]) for form in FORMS if form != "txt"}
        papers["txt"] = read_bytes("pack.txt", "\n".join(lines(document)).encode())
        facts = FactSheet.from_json(files["json"].read_text("utf-8"))
        displays = frozenset(part.display for part in bound_in(document))
        found[name] = Made(papers, facts, displays)
    return found


def lines(document: Document) -> Iterator[str]:
    """The document as a text that an officer would paste: headings, paragraphs, pipe tables."""
    yield f"# {document.title}"
    for section in document.sections:
        yield from ("", f"## {plain(section.title)}", "")
        for block in nested(section.blocks):
            match block:
                case Heading():
                    yield from ("", f"### {plain(block.parts)}", "")
                case Paragraph():
                    yield from (plain(block.parts), "")
                case Bullets():
                    yield from (f"- {plain(item)}" for item in block.items)
                    yield ""
                case Note():
                    yield from (plain(block.title), "")
                case KeyFigures():
                    for one in block.items:
                        yield from (plain(one.label), "", plain(one.value), "")
                        yield from (plain(one.detail), "")
                case Table():
                    yield from table_lines(block)
                case Figure():
                    yield from (plain(block.alternative), "")
                    yield from table_lines(block.table) if block.table else ()


def table_lines(table: Table) -> Iterator[str]:
    def row(cells: tuple[Inlines, ...]) -> str:
        return "| " + " | ".join(plain(one).replace("|", "/") for one in cells) + " |"

    yield from (plain(table.caption), "")
    for at, held in enumerate((*table.head, *table.body)):
        yield row(tuple(cell.parts for cell in held))
        if at == len(table.head) - 1:
            yield "|" + "---|" * len(held)
    yield ""


# --- altering -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """The figure at [start, end) of a passage becomes `text`."""

    index: int
    start: int
    end: int
    text: str


def altered(paper: Paper, changes: list[Change]) -> Paper:
    """The paper with its figures changed, in its passages and in its tables alike."""
    by_index: dict[int, list[Change]] = {}
    for one in changes:
        by_index.setdefault(one.index, []).append(one)
    swapped: dict[int, Passage] = {}
    for index, held in by_index.items():
        passage = paper.passages[index]
        text = passage.text
        for one in sorted(held, key=lambda one: -one.start):
            text = text[: one.start] + one.text + text[one.end :]
        swapped[index] = replace(passage, text=text)

    def new(passage: Passage) -> Passage:
        return swapped.get(passage.index, passage)

    grids = tuple(_swapped(grid, new) for grid in paper.grids)
    return replace(paper, passages=tuple(map(new, paper.passages)), grids=grids)


def _swapped(grid: Grid, new: object) -> Grid:
    assert callable(new)
    return replace(grid, rows=tuple(tuple(new(cell) for cell in row) for row in grid.rows))


_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def other(text: str, draw: random.Random) -> str:
    """Another figure of the same form: `488` becomes `731`, `7th` `9th`, `+54.1%` `+21.7%`."""
    found = _DIGITS.search(text)
    assert found is not None
    plain_digits = found[0].replace(",", "")
    places = len(plain_digits.partition(".")[2])
    value = float(plain_digits)
    step = 10.0**-places
    away = max(value * draw.uniform(0.15, 0.9), 3 * step)
    new = value + away
    shown = f"{new:,.{places}f}" if "," in found[0] or new >= 1000 else f"{new:.{places}f}"
    words = text[: found.start()] + shown + text[found.end() :]
    return re.sub(r"(\d)(?:st|nd|rd|th)$", r"\1th", words)


def found_at(made_of: Made, paper: Paper) -> set[Place]:
    """Where anything is found in the paper beside the pack's own sheet."""
    findings = check(Pack((paper,), facts=made_of.facts), severity="warning")
    return {place for one in findings for place in (one.place, *one.against)}


def figures(made_of: Made, paper: Paper) -> list[tuple[Passage, Token]]:
    """Every figure of the paper that the pack bound to a fact, as far as a reader can tell; no
    heads and captions, whose “12 months” is a name."""
    return [
        (passage, token)
        for passage in paper.passages
        if passage.kind not in ("heading", "caption")
        for token in masked(passage.text).tokens
        if token.letter in "nptmo"
        and _shown(token.text, made_of.displays)
        and not _NAME.match(passage.text, token.end)
    ]


_NAME = re.compile(r"\s(?:before|months)\b")


def _shown(text: str, displays: frozenset[str]) -> bool:
    same = {text, text.replace("-", "−"), f"+{text}", f"−{text}"}
    return bool(_DIGITS.search(text)) and bool(same & displays)


# --- what must hold -------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PACKS)
def test_a_pack_has_no_findings_beside_its_own_sheet(
    made: dict[str, Made], name: str, form: str
) -> None:
    one = made[name]
    assert check(Pack((one.papers[form],), facts=one.facts)) == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("seed", SEEDS)
def test_an_altered_figure_that_the_sheet_contradicts_is_found(
    made: dict[str, Made], name: str, form: str, seed: int
) -> None:
    one, draw = made[name], random.Random(seed)
    paper = one.papers[form]
    claims = [
        claim
        for claim in measure_claims(Pack((paper,), facts=one.facts))
        if one.sheet.facts(claim) and claim.number.text and not claim.number.approx
    ]
    chosen = draw.sample(claims, min(len(claims), 60))
    passages = {passage.place: passage for passage in paper.passages}
    changes: list[Change] = []
    wanted: list[MeasureClaim] = []
    for claim in chosen:
        passage, number = passages[claim.place], claim.number
        if passage.text[number.start : number.end] != number.text:
            continue  # a table in a paragraph: its positions are those of a cell
        if any(change.index == passage.index for change in changes):
            continue
        text = other(number.text, draw)
        new = float(_DIGITS.search(text)[0].replace(",", ""))  # type: ignore[index]  # has digits
        if one.sheet.contradicted(replace(claim, number=replace(number, value=new))) is None:
            continue
        changes.append(Change(passage.index, number.start, number.end, text))
        wanted.append(claim)
    places = found_at(one, altered(paper, changes))
    missed = [claim for claim in wanted if claim.place not in places]
    assert not missed, [(claim.measure, claim.kind, claim.quote) for claim in missed[:3]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PACKS)
def test_the_share_of_figures_that_are_contradicted(
    made: dict[str, Made], name: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    one, draw = made[name], random.Random(7)
    paper = one.papers[form]
    held = figures(one, paper)
    found = 0
    for turn in range(ROUNDS):
        part = held[turn::ROUNDS]
        changes = [
            Change(passage.index, token.start, token.end, other(token.text, draw))
            for passage, token in part
        ]
        places = found_at(one, altered(paper, changes))
        found += sum(passage.place in places for passage, _ in part)
    share = found / len(held)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{name} {form}: {found} of {len(held)} altered figures found ({share:.0%})\n"
        )
    assert share >= LEAST[name, form]
