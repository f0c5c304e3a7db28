"""Everything public is described, the docs show only what exists, and the links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from saferboard.analytics.measures.area_sets import shipped_sets
from saferboard.analytics.measures.breaks import breaks
from saferboard.analytics.measures.register import definitions
from saferboard.analytics.sources.registry import sources
from saferboard.analytics.tables.catalogue import TABLES
from saferboard.papercheck.rules.registry import RULES
from saferboard.vocabulary.offence import offences
from scripts import reference

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if "reference" not in path.parts
)
COMMANDS = {" ".join(path): command for path, command in reference.commands()}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_table_and_column_is_described() -> None:
    page = reference.tables_page()
    for table in TABLES.values():
        assert table.about.strip() and f"## {table.name}\n" in page
        for column in table.columns:
            assert column.about.strip(), f"{table.name}.{column.name}"
            assert f"| `{column.name}` | {column.type} |" in page


def test_every_source_is_described() -> None:
    page = reference.sources_page()
    assert sources()
    for one in sources():
        assert len(one.about.split()) >= 5, one.key
        assert one.title and one.publisher and one.licence and one.url, one.key
        assert f"`{one.key}`" in page
        for fetch in one.fetches:
            assert fetch.title and f"`{fetch.key}`" in page


def test_every_measure_area_set_break_and_offence_has_its_place() -> None:
    measures = reference.measures_page()
    for key, one in definitions().items():
        assert f"\n`{key}`\n" in measures and one.question in measures
    for page, keys in (
        (reference.area_sets_page(), shipped_sets()),
        (reference.breaks_page(), breaks()),
        (reference.offences_page(), offences()),
    ):
        assert keys
        assert not [key for key in keys if f"`{key}`" not in page]


def test_every_rule_of_the_paper_checker_stands_in_its_page() -> None:
    page = reference.rules_page()
    for rule in RULES:
        assert f"### {rule.key}\n\n{rule.sentence}" in page
        assert rule.remedy in page


def test_every_command_and_option_says_what_it_does() -> None:
    page = reference.commands_page()
    silent = []
    for words, command in COMMANDS.items():
        assert f"## {words}\n" in page
        if len((command.help or "").split()) < 3:
            silent.append(words)
        for one in command.params:
            if one.param_type_name == "option" and not (one.help or "").strip():
                silent.append(f"{words} {one.opts[0]}")
    assert not silent, "no help"


def test_every_field_of_the_partnership_file_stands_in_its_page() -> None:
    page = reference.partnership_page()
    for part in reference.partnership_parts():
        for name, field in part.model_fields.items():
            assert f"| `{name}` |" in page
            assert field.description, f"{part.__name__}.{name}"


def test_every_command_is_shown_somewhere_in_the_docs() -> None:
    text = "\n".join(path.read_text("utf-8") for path in PAGES)
    missing = [words for words in COMMANDS if not re.search(rf"\b{words}\b", text)]
    assert not missing, "no page shows how it is used"


def _shown(path: Path) -> Iterator[str]:
    """The command lines of a page: lines of indented or fenced blocks, and inline code."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if found := re.match(r"^(?:    |\t)?(?:\$ )?((?:saferboard|make) .+)$", line):
            yield found[1]
    for found in re.finditer(r"`((?:saferboard|make) [^`]+)`", text):
        yield found[1].replace("\n", " ")


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_commands_that_a_page_shows_exist(path: Path) -> None:
    for line in _shown(path):
        words = shlex.split(line.replace("…", "").replace("[", "").replace("]", ""), comments=True)
        if words[0] == "make":
            assert words[1] in TARGETS, line
            continue
        depth = max(
            (n for n in range(len(words) + 1) if " ".join(words[:n]) in COMMANDS), default=0
        )
        group = any(one.startswith(" ".join(words[:2])) for one in COMMANDS) and len(words) <= 3
        assert depth or group or words[1].startswith("--"), f"there is no such command: {line}"
        if not depth:
            continue
        command = COMMANDS[" ".join(words[:depth])]
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        used = {word.split("=")[0] for word in words[depth:] if word.startswith("-")}
        assert used <= known | {"--help", "-h"}, line


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_of_a_page_lead_to_files_that_are_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        place = (path.parent / target).resolve()
        generated = place.parent.name == "reference" and place.stem in reference.PAGES
        assert place.exists() or generated, target


def test_every_page_of_the_docs_can_be_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    linked = {(ROOT / "docs" / one).resolve() for one in re.findall(r"\]\(([^)#\s]+)", index)}
    here = {path for path in PAGES if path.is_relative_to(ROOT / "docs")}
    assert here - linked == {ROOT / "docs" / "index.md"}
    for name in reference.PAGES:
        assert (ROOT / "docs" / "reference" / f"{name}.md").resolve() in linked, name
