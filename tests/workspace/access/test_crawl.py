"""Every address of the workspace, asked for by everybody with every method: nothing answers anybody
who may not have it. Who may stands in addresses.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.workspace.access.things import SECRET, Things, things_of_another
from tests.workspace.people import agency, everybody, person, signed_in

from saferboard.workspace.access.catalogue import permissions, roles
from saferboard.workspace.audit.models import Event

pytestmark = pytest.mark.usefixtures("database")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE")
_EVERYWHERE = (None, "coordinator", "governance-officer", "analyst")
"""Those who try every thing; the others try the first one and an id that nothing has."""
_TABLE = Path(__file__).with_name("addresses.yaml")


@dataclass(frozen=True)
class Address:
    """One address: its name, its pattern in pieces (text, or the name of a parameter)."""

    name: str
    pattern: URLPattern
    before: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(self.pattern.pattern.converters)


@dataclass(frozen=True)
class Rule:
    """Its line in the table."""

    may: frozenset[str]
    methods: frozenset[str]
    theirs: str
    ids: dict[str, str]
    queries: tuple[str, ...]

    def allows(self, role: str | None) -> bool:
        """Whether somebody with this role alone (None: signed in, without one) may have it."""
        if self.may & {"everybody", "open"}:
            return True
        return bool(role and roles()[role].may & self.may)

    def shares(self, role: str | None) -> bool:
        """Whether somebody with this role may have another agency's thing."""
        if self.theirs in ("closed", "shared"):
            return self.theirs == "shared"
        return bool(role and self.theirs in roles()[role].may)


def _addresses(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[Address]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _addresses(one, inner, before + str(one.pattern))
        else:
            yield Address(f"{space}{one.name}", one, before)


def _rules() -> dict[str, Rule]:
    return {name: _rule(line) for name, line in yaml.safe_load(_TABLE.read_text("utf-8")).items()}


def _rule(line: dict[str, Any]) -> Rule:
    assert set(line) <= {"may", "methods", "theirs", "ids", "with"}, line
    may = line["may"] if isinstance(line["may"], list) else [line["may"]]
    assert set(may) <= {*permissions(), "everybody", "open"}, may
    assert line.get("theirs", "closed") in {*permissions(), "closed", "shared"}, line
    methods = set(line.get("methods", ["GET"]))
    return Rule(
        may=frozenset(may),
        methods=frozenset(methods | ({"HEAD"} if "GET" in methods else set())),
        theirs=line.get("theirs", "closed"),
        ids=line.get("ids", {}),
        queries=tuple(line.get("with", ())),
    )


def _every() -> list[Address]:
    return list(_addresses(get_resolver()))


def _filled(address: Address, rule: Rule, things: Things) -> list[str]:
    """The address with every thing of the other agency, and once with ids that nothing has."""
    names = address.parameters
    kinds = [things.of(rule.ids.get(name, name)) for name in names]
    absent = tuple("987654321" if name == "event" else str(uuid4()) for name in names)
    values = [*product(*kinds)] + ([absent] if names else [])
    return [_written(address, dict(zip(names, value, strict=True))) for value in values]


def _written(address: Address, values: dict[str, str]) -> str:
    text = address.before + str(address.pattern.pattern)
    for name, converter in address.pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        kind = {"string": "str"}.get(kind, kind)
        value = values[name] if "%" in values[name] else quote(values[name], safe="/")
        text = text.replace(f"<{kind}:{name}>", value)
    return f"/{text}"


def _refusals() -> int:
    return Event.objects.using("owner").filter(kind="refusal").count()


def _body(response: Any) -> str:
    held = b"".join(response.streaming_content) if response.streaming else response.content
    return bytes(held).decode("utf-8", "replace")


ADDRESSES = {address.name: address for address in _every()}


def test_every_address_has_a_name_and_a_line_in_the_table() -> None:
    names = [address.name for address in _every()]
    assert len(set(names)) == len(names), "two addresses have one name"
    missing = sorted(set(names) - set(_rules()))
    assert not missing, f"say who may have them, in {_TABLE.name}: {missing}"


def test_the_table_speaks_of_no_address_that_is_gone() -> None:
    gone = sorted(set(_rules()) - set(ADDRESSES))
    assert not gone, f"take them out of {_TABLE.name}: {gone}"


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) & set(_rules())))
def test_nobody_gets_what_they_may_not(name: str) -> None:
    address, rule, things = ADDRESSES[name], _rules()[name], things_of_another()
    ways = _filled(address, rule, things)
    _anonymous(rule, ways)
    council = agency("Anytown Council")
    people: dict[str | None, Client] = {
        role: signed_in(who) for role, who in everybody(roles(), of=council).items()
    }
    people[None] = signed_in(person("No Role", of=council))
    for role, client in people.items():
        allowed = rule.allows(role)
        closed_to_them = not rule.shares(role) and "open" not in rule.may
        for way in ways if role in _EVERYWHERE else (*ways[:1], *ways[1:][-1:]):
            for method in ("GET", "POST"):
                before = _refusals()
                answer = client.generic(method, way)
                said = (role, method, way, answer.status_code)
                if not allowed or (address.parameters and closed_to_them):
                    closed = (403, 404) if method in rule.methods else (403, 404, 405)
                    assert answer.status_code in closed, said
                    if answer.status_code == 403 and not address.parameters:
                        assert _refusals() > before, ("not in the record", *said)
                elif method in rule.methods and not address.parameters and "open" not in rule.may:
                    assert answer.status_code in (200, 204, 302, 400, 404), said
                assert answer.status_code < 500 or answer.status_code == 503, said
                if closed_to_them:
                    assert SECRET not in _body(answer), said
        for query in rule.queries:
            answer = client.get(f"{ways[0]}?{query}")
            expected = (200, 400, 404) if allowed else (403, 404)
            assert answer.status_code in expected, (role, query, answer.status_code)
            assert not closed_to_them or SECRET not in _body(answer), (role, query)
    if "open" not in rule.may:
        _other_methods(rule, ways[0], people)


def _anonymous(rule: Rule, ways: list[str]) -> None:
    """Whoever has not signed in gets to sign-in and nowhere else."""
    ways = [*ways[:1], *ways[1:][-1:]]
    for method, way in product(METHODS, ways):
        answer = Client().generic(method, way)
        if "open" in rule.may:
            # 503: /health/ready says so where no worker runs
            assert answer.status_code < 500 or answer.status_code == 503, (method, way)
            continue
        assert answer.status_code in (302, 404, 405), (method, way, answer.status_code)
        if answer.status_code == 302:
            place = answer["Location"]
            assert place.split("?")[0] == Client().get("/")["Location"].split("?")[0], way
            assert (method in ("GET", "HEAD")) == ("next=" in place), (method, way)


def _other_methods(rule: Rule, way: str, people: dict[str | None, Client]) -> None:
    """A method that the page does not have does nothing, for those who may have it too."""
    for role in (None, "governance-officer", "administrator", "coordinator"):
        for method in sorted(set(METHODS) - {"GET", "POST"}):
            answer = people[role].generic(method, way)
            if answer.status_code == 302:  # asks to show once more who one is, or leads to the
                # page where a password that is there is changed; both do nothing
                where = ("/sign-in/again/", "/account/password")
                assert answer["Location"].startswith(where), (role, method, way)
            elif method not in rule.methods:
                assert answer.status_code in (403, 404, 405), (role, method, way)
            elif not rule.allows(role):
                assert answer.status_code in (403, 404), (role, method, way)
            assert method == "HEAD" or SECRET not in _body(answer)


def test_the_table_would_find_a_page_that_is_open_to_too_many() -> None:
    """The crawl itself, tried: of a page for governance officers said to be for administrators."""
    wrong = _rule({"may": "settings.manage"})
    client = signed_in(person("Gwen", "governance-officer"))
    assert client.get("/record/").status_code == 200
    assert not wrong.allows("governance-officer")
