"""What a workbook shows for a value and its number format: `12.5%`, `£1.2m`, `Mar-23`.

These are somebody else's figures as their own file shows them; ours are written in
`analytics.facts.format`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|\[(?P<aside>[^\]]*)\]|(?P<number>[#0?][#0?,. ]*(?:E[+-]0+)?)|(?P<general>General)"
    r"|(?P<other>.)",
    re.I | re.S,
)
_DATE = re.compile(
    r"yyyy|yy|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM|A/P|\"[^\"]*\"|.", re.I
)
_LONGEST_CODE = 255


class _Section(NamedTuple):
    before: str
    number: str
    after: str
    percent: bool


def shown(value: object, code: str | None) -> str:
    """The words that a reader sees. Rare formats (fractions) fall back to the plain value."""
    code = (code or "General")[:_LONGEST_CODE]
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return _moment(value, code)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, bool):
        return str(value).upper()
    if not isinstance(value, int | float):
        return str(value)
    return _figure(value, code)


def _figure(value: float, code: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    parts = _sections(code)
    if len(parts) >= 3 and value == 0:
        return _written(0, parts[2])
    if len(parts) >= 2 and value < 0:
        return _written(-value, parts[1])
    minus = "-" if value < 0 else ""
    words = _written(abs(value), parts[0])
    return f"{minus}{words}" if re.search(r"[1-9]", words) else words


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a code: positive, negative, zero."""
    sections = [["", "", "", ""]]
    for found in _TOKEN.finditer(code):
        now = sections[-1]
        side = 2 if now[1] else 0
        if found["other"] == ";":
            sections.append(["", "", "", ""])
        elif found["number"] and not now[1]:
            now[1] = found["number"]
        elif found["general"]:
            now[1] = "General"
        elif found["other"] == "%":
            now[3] = "%"
            now[side] += "%"
        elif found["pad"] or found["fill"] or found["aside"]:
            continue
        else:
            now[side] += (
                found["quoted"] or found["escaped"] or found["money"] or found["other"] or ""
            )
    return tuple(_Section(one[0], one[1], one[2], bool(one[3])) for one in sections[:4])


def _written(value: float, section: _Section) -> str:
    number = section.number
    if not number:
        return f"{section.before}{section.after}"
    if number == "General" or "E" in number.upper():
        return f"{section.before}{value:.10g}{section.after}"
    whole, _, fraction = number.rstrip(" ").partition(".")
    scale = len(number.rstrip(" ")) - len(number.rstrip(" ,"))
    least = sum(1 for sign in fraction if sign == "0")
    most = sum(1 for sign in fraction if sign in "0#?")
    scaled = Decimal(repr(value)) * (100 if section.percent else 1) / Decimal(1000) ** scale
    rounded = scaled.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    words = f"{rounded:{',' if ',' in whole.rstrip(',') else ''}.{most}f}"
    if most > least:
        head, _, tail = words.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        words = f"{head}.{tail}" if tail else head
    wanted = whole.replace(",", "").count("0")
    head, dot, tail = words.partition(".")
    if wanted > 1 and "," not in whole:
        head = head.zfill(wanted)
    return f"{section.before}{head}{dot}{tail}{section.after}"


def _moment(value: date | time, code: str) -> str:
    """A date as its format shows it; written out where the format says nothing of dates."""
    first = re.sub(r"\[[^\]]*\]|\\(?=.)|;.*|_.|\*.", "", code)
    if first.upper() == "GENERAL" or not re.search(r"[dmyhs]", first, re.I):
        first = "d mmmm yyyy" if isinstance(value, date) else "hh:mm"
    parts = _DATE.findall(first)
    words: list[str] = []
    for at, part in enumerate(parts):
        words.append(_moment_part(value, part.lower(), parts, at))
    return "".join(words)


def _moment_part(value: date | time, part: str, parts: list[str], at: int) -> str:
    clock = value if isinstance(value, datetime | time) else None
    if part in ("m", "mm") and _minutes(parts, at):
        return f"{clock.minute if clock else 0:02d}"
    if part[0] in "hs":
        amount = 0 if clock is None else clock.hour if part[0] == "h" else clock.second
        return f"{amount:02d}" if len(part) == 2 else str(amount)
    if part in ("am/pm", "a/p"):
        return "PM" if clock is not None and clock.hour >= 12 else "AM"
    if not isinstance(value, date) or part[0] not in "ymd":
        return part.strip('"') if part.startswith('"') else parts[at]
    month = calendar.month_name[value.month]
    weekday = calendar.day_name[value.weekday()]
    return {
        "yyyy": f"{value.year:04d}",
        "yy": f"{value.year % 100:02d}",
        "mmmmm": month[0],
        "mmmm": month,
        "mmm": month[:3],
        "mm": f"{value.month:02d}",
        "m": str(value.month),
        "dddd": weekday,
        "ddd": weekday[:3],
        "dd": f"{value.day:02d}",
        "d": str(value.day),
    }.get(part, part)


def _minutes(parts: list[str], at: int) -> bool:
    """Whether an `m` stands for minutes: after hours or before seconds."""
    before = next((one.lower() for one in reversed(parts[:at]) if one.isalpha()), "")
    after = next((one.lower() for one in parts[at + 1 :] if one.isalpha()), "")
    return before.startswith("h") or after.startswith("s")
