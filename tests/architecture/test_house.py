"""The rules of the house that a machine can check; docs/explanation/house.md says why."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.shared_data import SHARED

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "saferboard"
MODULES = sorted(SOURCE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST = 400
MADE_BY_DJANGO = [path for path in MODULES if path.match("migrations/[0-9]*_initial.py")]
FORBIDDEN_FOLDERS = {"utils", "util", "common", "core", "helpers", "base", "misc", "lib"}
ENGINES = {"duckdb", "pyspark"}
LOADS_FROM_STRINGS = {
    "analytics/sources/registry.py",  # sources, by folder name
    "analytics/measures/functions.py",  # measure functions, by name
    "cli/main.py",  # commands, by their own name (ADR 0010)
    "cli/check.py",  # the data store and the answers, where they are asked for (ADR 0010, 0011)
    "papercheck/reading/read.py",  # the reader of a format, when such a paper comes (ADR 0010)
    "documents/render/side.py",  # a renderer in a process of its own, by its name
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _tracked() -> list[Path]:
    """The files of the repository, or all text files where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        found = [ROOT / line for line in listed.stdout.splitlines()]
    else:
        found = [
            path
            for name in ("src", "tests", "docs", "scripts")
            for path in ROOT.glob(f"{name}/**/*")
        ]
    kinds = {".py", ".md", ".yaml", ".yml", ".toml", ".css", ".html", ".svg", ""}
    return [path for path in found if path.is_file() and path.suffix in kinds]


@pytest.mark.parametrize("path", sorted({*MODULES, *SCRIPTS} - set(MADE_BY_DJANGO)), ids=_name)
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST, "split it by noun"


def test_no_folder_has_a_name_that_says_nothing() -> None:
    folders = {path.name for path in SOURCE.rglob("*") if path.is_dir()}
    assert not folders & FORBIDDEN_FOLDERS


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(_tree(path)), "it has no docstring"


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_a_test_file_says_what_it_tests(path: Path) -> None:
    body = _tree(path)
    assert not body.body or ast.get_docstring(body), "it has no docstring"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_first_party_import_inside_a_function(path: Path) -> None:
    for function in ast.walk(_tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for inside in ast.walk(function):
            names = []
            if isinstance(inside, ast.ImportFrom):
                names = [inside.module or ""] if not inside.level else ["saferboard"]
            elif isinstance(inside, ast.Import):
                names = [alias.name for alias in inside.names]
            assert not any(name.split(".")[0] == "saferboard" for name in names), (
                f"line {inside.lineno} of {function.name}: move the code, not the import"
            )


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_imports_are_absolute(path: Path) -> None:
    relative = [
        n.lineno for n in ast.walk(_tree(path)) if isinstance(n, ast.ImportFrom) and n.level
    ]
    assert not relative


def test_modules_are_loaded_from_strings_in_the_registries_only() -> None:
    guilty = [
        str(path.relative_to(SOURCE))
        for path in MODULES
        if re.search(r"\bimport_module\(|__import__\(", path.read_text("utf-8"))
    ]
    assert set(guilty) <= LOADS_FROM_STRINGS


def test_every_folder_of_the_house_stands_in_a_contract() -> None:
    """import-linter refuses a folder that no layer names only where a contract is exhaustive."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = [
        one
        for one in settings["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers"
        and one["containers"] in (["saferboard"], ["saferboard.analytics"])
    ]
    assert len(layers) == 2
    assert all(one["exhaustive"] for one in layers)
    for one in layers:
        folder = SOURCE.parent.joinpath(*one["containers"][0].split("."))
        named = {name.strip() for layer in one["layers"] for name in layer.split("|")}
        here = {
            path.stem
            for path in folder.iterdir()
            if (path.is_dir() and (path / "__init__.py").exists())
            or (path.suffix == ".py" and path.name != "__init__.py")
        }
        assert here == named


def test_the_check_runs_formatter_linter_types_and_contracts() -> None:
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.M)
    assert recipe
    for tool in ("ruff format --check", "ruff check", "mypy", "lint-imports"):
        assert tool in recipe[1]
    runs = (ROOT / ".ci" / "run").read_text()
    assert "make check" in runs and "make test" in runs


def _names_of_real_places() -> set[str]:
    """Names of authorities and of forces' areas that data files hold, and those of the ONS
    look-up where the shared data is there."""
    names: set[str] = set()
    for path in SOURCE.rglob("*.yaml"):
        if path.parent.name == "area_sets" or path.name == "area_names.yaml":
            names.update(re.findall(r"[EW]\d{8}(?:: |, name: )([^\n,}]+)", path.read_text("utf-8")))
    lookups = list(SHARED.glob("ons/Local_Authority_District_to_CSPs*")) if SHARED.is_dir() else []
    for path in lookups:
        names.update(line.split(",")[1] for line in path.read_text("utf-8-sig").splitlines()[1:])
    # words of English that are also places, and places that no sentence can do without
    return {name.strip().strip('"') for name in names} - {"", "Reading", "Bath", "Rugby", "Stroud"}


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """The string constants that are not docstrings, and the names that code gives to things."""
    tree = _tree(path)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name.replace("_", " ")
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id.replace("_", " ")


def test_no_name_of_a_place_stands_in_the_code() -> None:
    names = _names_of_real_places()
    assert len(names) > 30, "no list of names was found: the test would prove nothing"
    pattern = re.compile(
        r"\b(" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b", re.I
    )
    code = re.compile(r"\b[EW]0[5-9](?!0{6})\d{6}\b")  # zeros alone name nothing
    guilty = [
        f"{_name(path)}:{line}: {text[:60]}"
        for path in MODULES
        for line, text in _strings(path)
        if pattern.search(text) or code.search(text)
    ]
    assert not guilty


def test_nothing_names_a_machine_or_leaves_a_note_to_self() -> None:
    machine = re.compile(r"(?<![\w.])/(?:work|root)/\w|(?<![\w.])/home/\w+/")
    note = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    guilty = [
        f"{_name(path)}:{number}: {line.strip()[:80]}"
        for path in _tracked()
        if path.name != "uv.lock"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if machine.search(line) or note.search(line)
    ]
    assert not guilty


def test_a_silenced_warning_gives_its_reason() -> None:
    silenced = re.compile(r"#\s*(?:noqa|type:\s*ignore)")
    reason = re.compile(r"#\s*(?:noqa|type:\s*ignore)[^#]*#\s*\w+\W+\w+")
    guilty = [
        f"{_name(path)}:{number}"
        for path in [*MODULES, *SCRIPTS]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if silenced.search(line) and not reason.search(line)
    ]
    assert not guilty, "say why, in words, behind a second # on the line"


def test_only_the_house_is_published() -> None:
    """No data of a publisher and no folder of the work is in the repository."""
    kinds = {".csv", ".parquet", ".xlsx", ".zip", ".geojson", ".gz", ".duckdb"}
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    files = [Path(line) for line in listed.stdout.splitlines()]
    data = [
        str(path)
        for path in files
        # a source's own sample and template are small, made up, and part of the program;
        # a spec is a list that we wrote ourselves
        if path.suffix in kinds and "sources" not in path.parts and "spec" not in path.parts
    ]
    assert not data
    large = [str(path) for path in files if (ROOT / path).stat().st_size > 400_000]
    assert set(large) <= {"uv.lock"}


def test_offence_keys_are_spelled_as_keys() -> None:
    body = yaml.safe_load((SOURCE / "vocabulary" / "offences.yaml").read_text("utf-8"))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in body)


_MODULE_OF = {
    "ibis-framework": "ibis",
    "pyyaml": "yaml",
    "python-docx": "docx",
    "python-pptx": "pptx",
    "vl-convert-python": "vl_convert",
    "fonttools": "fontTools",
    "font-source-sans-pro": "font_source_sans_pro",
}
_NOT_IMPORTED = {"sqlglot", "tzdata", "font-source-sans-pro"}  # a cap, data, data


def test_every_dependency_is_used_and_has_its_line_in_the_decision() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = [re.split(r"[^a-zA-Z0-9-]", one)[0] for one in settings["project"]["dependencies"]]
    decision = (ROOT / "docs/adr/0005-dependencies-and-caps.md").read_text("utf-8")
    assert not [name for name in names if not re.search(rf"\b{re.escape(name)}\b", decision)]
    imported = {
        module.split(".")[0]
        for path in MODULES
        for node in ast.walk(_tree(path))
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    unused = [name for name in names if _MODULE_OF.get(name, name) not in imported]
    assert set(unused) <= _NOT_IMPORTED, "take it out, or move it to the group that needs it"
