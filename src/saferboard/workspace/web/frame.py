"""What stands around every page: name, menus, who is signed in, what was just said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from saferboard.documents.themes.palette import Palette
from saferboard.workspace.web.asking import Asking, asking
from saferboard.workspace.web.brand import partnership_look
from saferboard.workspace.web.navigation import Place, beside, places

AT_THE_DOOR = "at_the_door"
"""The attribute of a request whose person has not shown a second factor yet: no menus for them."""
Count = Callable[[Asking], int]
_TONES = {"success": "success", "error": "error", "warning": "warning"}


@dataclass(frozen=True)
class Line:
    """A link of a menu; `count` is a number beside it, 0 for none."""

    title: str
    href: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Said:
    """Something that the last action says; `tone` is success, information, warning or error."""

    text: str
    tone: str


@dataclass(frozen=True)
class Frame:
    """Everything that the layout arranges. `idle` is after how many seconds without a request a
    session ends, `stay` the address that says that somebody is still there."""

    name: str
    colour: str
    home: str
    person: str
    search: str
    sign_out: str
    stay: str
    idle: int
    marking: str
    navigation: tuple[Line, ...]
    section: tuple[Line, ...]
    tools: tuple[Line, ...]
    footer: tuple[Line, ...]
    messages: tuple[Said, ...]


def frame_of(request: HttpRequest) -> Frame:
    """The frame of the page that answers `request`."""
    who = asking(request)
    look = partnership_look()
    here = request.resolver_match.namespace if request.resolver_match else ""
    signed_in = who.agency is not None and not getattr(request, AT_THE_DOOR, False)
    return Frame(
        name=look.name,
        colour=Palette.of(look.look).brand,
        home=reverse("home:page"),
        person=who.person.name if who.person else "",
        search=_address("home:search") if signed_in else "",
        sign_out=_address("account_logout"),
        stay=_address("sign_in:stay") if who.person else "",
        idle=int(settings.SIGN_IN_IDLE.total_seconds()),
        marking="OFFICIAL-SENSITIVE when printed or copied" if signed_in else "",
        navigation=_lines("menu", who, here) if signed_in else (),
        section=_section(request, who, here) if signed_in else (),
        tools=_lines("tools", who, here) if signed_in else (),
        footer=tuple(Line(one.title, reverse(one.name)) for one in places("footer")),
        messages=tuple(
            Said(str(one), _TONES.get(one.level_tag, "information"))
            for one in get_messages(request)
        ),
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """For the template engine: every page has its frame."""
    return {"frame": frame_of(request)}


def _lines(menu: str, who: Asking, here: str) -> tuple[Line, ...]:
    return tuple(
        Line(place.title, reverse(place.name), place.section == here, _count(place, who))
        for place in places(menu)
        if place.open_to(who.may)
    )


def _section(request: HttpRequest, who: Asking, here: str) -> tuple[Line, ...]:
    """The pages beside this one, where its part of the workspace has several for this person."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    found = [place for place in beside(here) if place.open_to(who.may)]
    lines = tuple(
        Line(one.title, reverse(one.name), one.name == name, _count(one, who)) for one in found
    )
    return lines if len(lines) > 1 else ()


def _count(place: Place, who: Asking) -> int:
    return _counting(place.count)(who) if place.count else 0


@cache
def _counting(key: str) -> Count:
    """A function that an app above names in the settings."""
    found: Count = import_string(settings.FRAME_COUNTS[key])
    return found


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
