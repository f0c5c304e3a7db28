"""The register of measures: every definition, read strictly, with file and line of an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType

from pydantic import ValidationError

from saferboard.analytics.measures.breaks import Break, breaks
from saferboard.analytics.measures.model import Definition
from saferboard.vocabulary.data_file import parsed, parsed_of
from saferboard.vocabulary.form_faults import first_fault
from saferboard.vocabulary.offence import offences
from saferboard.vocabulary.problem import Problem, did_you_mean

_REMEDY = "See docs/how-to/add-a-measure.md."


def parse(key: str, text: str, file: str) -> Definition:
    """The definition in `text`. Raises Problem with the line (or the field) that is wrong."""
    body = parsed_of(
        text, file=file, unreadable="This definition cannot be read as YAML.", remedy=_REMEDY
    )
    if not isinstance(body, dict):
        raise Problem("A definition holds names and values.", file=file, remedy=_REMEDY)
    if "key" in body:
        raise Problem("The key is the name of the file.", file=file, place="key", remedy=_REMEDY)
    try:
        return Definition.model_validate({"key": key, **body})
    except ValidationError as error:
        field, words = first_fault(error)
        line = _line_of(text, field.split(" > ")[:1] if field else ())
        raise Problem(
            words,
            file=file,
            place=", ".join(part for part in (line, f"field {field}" if field else "") if part),
            remedy=_REMEDY,
        ) from error


def _line_of(text: str, loc: Sequence[object]) -> str:
    if not loc:
        return ""
    pattern = re.compile(rf"^{re.escape(str(loc[0]))}\s*:")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return f"line {number}"
    return ""


@cache
def definitions() -> Mapping[str, Definition]:
    """Every shipped definition by key, in the order of printing (order.yaml); one that the
    order forgets comes last, and “measures check” says so."""
    found = read_all(_folder().joinpath("definitions"))
    order = {key: at for at, key in enumerate(_order()["order"])}
    return MappingProxyType(
        dict(sorted(found.items(), key=lambda one: (order.get(one[0], len(order)), one[0])))
    )


def has_page(key: str) -> bool:
    """Whether a measure that nobody named gets a page of its own, or a line of the summary."""
    return key not in _order()["lines"]


def _folder() -> Traversable:
    return resources.files("saferboard.analytics.measures")


@cache
def _order() -> dict[str, list[str]]:
    body = parsed(_folder().joinpath("order.yaml").read_text("utf-8"))
    return {"order": body["order"], "lines": body["lines"]}


def read_all(folder: Traversable) -> dict[str, Definition]:
    """The definitions in a folder: one YAML file each, its name is the key."""
    found: dict[str, Definition] = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".yaml"):
            key = entry.name.removesuffix(".yaml")
            found[key] = parse(key, entry.read_text("utf-8"), entry.name)
    return found


def definition(key: str) -> Definition:
    """The measure called `key`. Raises Problem with the nearest keys for any other."""
    known = definitions()
    if key in known:
        return known[key]
    near = get_close_matches(key, known, n=3, cutoff=0.6)
    raise Problem(
        f"There is no measure called “{key}”.",
        remedy=f"{did_you_mean(near)} “saferboard measures list” shows them all.".strip(),
    )


def check(
    chosen: Iterable[Definition],
    *,
    today: date,
    sources: Iterable[str] | None = None,
    register: Mapping[str, Break] | None = None,
) -> list[str]:
    """What is wrong with the definitions beyond their form, a sentence each: an offence, a
    break or a source that does not exist, a break that is forgotten, a review that is due."""
    known_breaks = breaks() if register is None else register
    known_sources = None if sources is None else set(sources)
    words = [*_order_faults()]
    for one in chosen:
        words += [f"{one.key}: {text}" for text in _faults(one, known_breaks, known_sources)]
        if one.review_by < today:
            words.append(f"{one.key}: its review was due by {one.review_by.isoformat()}.")
    return words


def _order_faults() -> Iterable[str]:
    order, known = _order()["order"], definitions()
    for key in order:
        if key not in known:
            yield f"order.yaml: there is no measure {key}."
    for key in _order()["lines"]:
        if key not in order:
            yield f"order.yaml: {key} is a line and not in the order."
    for key in known:
        if key not in order:
            yield f"{key}: order.yaml does not say where it stands."
    if len(set(order)) < len(order):
        yield "order.yaml: a measure stands in it twice."


def _faults(
    one: Definition, known_breaks: Mapping[str, Break], known_sources: set[str] | None
) -> list[str]:
    faults: list[str] = []
    known_offences = offences()
    for feed in one.sources:
        keys = (*feed.offences, *feed.without)
        faults += [f"there is no offence {key}." for key in keys if key not in known_offences]
        inside = [
            key
            for key in feed.offences
            if key in known_offences and known_offences[key].within in feed.offences
        ]
        faults += [f"{key} lies within another offence that it adds." for key in inside]
        if known_sources is not None and feed.source not in known_sources:
            faults.append(f"there is no source {feed.source}.")
    faults += [f"there is no break {key}." for key in one.breaks if key not in known_breaks]
    fed = {feed.source for feed in one.sources}
    for key, entry in known_breaks.items():
        meets = one.key in entry.offences and (not entry.sources or fed & set(entry.sources))
        if meets and key not in one.breaks:
            faults.append(f"it meets the break {key} and does not list it.")
    return faults
