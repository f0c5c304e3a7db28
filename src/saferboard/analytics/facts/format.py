"""Where a number becomes words. Nothing else in the project formats a figure.

A fact can be shown in several ways (`Style`): as it stands in a table, without its sign in a
sentence (“a fall of 13.3%”), or the ends of its interval. The id of what is shown then carries
the facet after an `@`: `…/change_percent@low` is the lower end of the interval of that fact.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from saferboard.analytics.facts.fact import Fact
from saferboard.documents.model import Bound
from saferboard.vocabulary.denominator import denominator_words

MINUS = "−"
NOT_KNOWN = "not available"

Style = Literal["plain", "size", "low", "high", "low size", "high size", "base"]


class Shown(NamedTuple):
    """`display` is what every reader sees, `code` the number format of a spreadsheet or a
    native chart that holds the raw value."""

    display: str
    code: str


class _Form(NamedTuple):
    """How a kind of fact is written: sign always or only when negative, what follows."""

    decimals: int
    signed: bool = False
    suffix: str = ""
    suffix_many: str = ""


def bind(fact: Fact, style: Style = "plain", *, beside: Fact | None = None) -> Shown:
    """The words for `fact` and the code for a spreadsheet. Where there is no value the words
    say why (`fact.missing`), and the code is General. A figure that is read `beside` another
    of its kind has as many places as that one: 22.0% beside 20.9%."""
    value = raw(fact, style)
    if value is None:
        return Shown(reason(fact), "General")
    if style == "base":
        return Shown(written(value, 0), "#,##0")
    form = _form(fact, _leading(fact, value, style))
    if beside is not None and beside.kind == fact.kind and beside.value is not None:
        form = form._replace(decimals=max(form.decimals, _form(beside, beside.value).decimals))
    if fact.kind == "rank":
        return Shown(ordinal(round(value)), "0")
    signed = form.signed and "size" not in style
    number = abs(value) if "size" in style else value
    text = written(number, form.decimals, signed=signed)
    rounded = _rounded(number, form.decimals)
    suffix = form.suffix if abs(rounded) == 1 else form.suffix_many or form.suffix
    return Shown(f"{text}{suffix}", _code(form, signed))


def _leading(fact: Fact, value: float, style: Style) -> float:
    """The number that decides how many places `value` has. Both ends of an interval have the
    same: those of the figure itself (10.4, likely 9.3 to 11.6), of a change those of its
    larger end (a fall of 2% and a rise of 101%)."""
    if fact.interval is None or style.split()[0] not in ("low", "high"):
        return value
    if fact.kind == "change_percent":
        return max(abs(fact.interval.low), abs(fact.interval.high))
    return fact.value if fact.kind == "rate" and fact.value is not None else value


def bound(fact: Fact, style: Style = "plain") -> Bound:
    """`fact` as the part of a document that all five formats print alike."""
    shown = bind(fact, style)
    facet = "" if style in ("plain", "size") else f"@{style.split()[0]}"
    return Bound(f"{fact.id}{facet}", raw(fact, style), shown.display, shown.code)


def raw(fact: Fact, style: Style = "plain") -> float | int | None:
    """The number that `style` shows: the value, an end of the interval, or the base n."""
    if style in ("low", "low size"):
        return fact.interval.low if fact.interval else None
    if style in ("high", "high size"):
        return fact.interval.high if fact.interval else None
    if style == "base":
        return fact.n
    return fact.value


def reason(fact: Fact) -> str:
    """Why there is no number to print."""
    if fact.suppressed:
        return fact.missing or "suppressed"
    return fact.missing or NOT_KNOWN


def is_zero(fact: Fact) -> bool:
    """Whether a reader would see nought: the value rounds to zero in its own form."""
    if fact.value is None:
        return False
    return _rounded(fact.value, _form(fact, fact.value).decimals) == 0


def unit_words(fact: Fact) -> str:
    """The unit of a rate: `per 1,000 residents`. Empty for whatever is not a rate."""
    if fact.per is None:
        return ""
    return f"per {written(fact.per, 0)} {denominator_words(fact.of)}".rstrip()


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`, `23rd`."""
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{written(number, 0)}{ending}"


def written(number: float, decimals: int, *, signed: bool = False) -> str:
    """Thousands separated by commas, a true minus sign, halves rounded away from zero, and
    never a negative zero."""
    rounded = _rounded(number, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return f"{MINUS}{text}"
    return f"+{text}" if signed and rounded > 0 else text


def _rounded(number: float, decimals: int) -> Decimal:
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _form(fact: Fact, value: float) -> _Form:
    match fact.kind:
        case "count" | "denominator":
            return _Form(0)
        case "tally":
            return _Form(_tally_decimals(value))
        case "difference":
            return _Form(0, signed=True)
        case "change_percent":
            return _Form(0 if abs(value) >= 100 else 1, signed=True, suffix="%")
        case "change_points":
            decimals = 0 if float(value).is_integer() else 1
            return _Form(decimals, signed=True, suffix=" point", suffix_many=" points")
        case "share":
            return _Form(1, suffix="%")
        case "percentage":
            return _Form(0 if float(value).is_integer() else 1, suffix="%")
        case "rate":
            return _Form(_rate_decimals(value))
        case "mean" | "limit":
            # The limits of a percentage or of a rate are written as it is written.
            if fact.unit == "%":
                return _Form(1, suffix="%")
            whole = abs(value) >= 10 or float(value).is_integer()
            return _Form(_rate_decimals(value) if fact.per else 0 if whole else 1)
        case "index":
            return _Form(2)
        case "rank":
            return _Form(0)


def _rate_decimals(value: float) -> int:
    """Three significant figures, and at most two places: 4.56, 45.6, 456."""
    size = abs(value)
    return 2 if size < 10 else 1 if size < 100 else 0


def _tally_decimals(value: float) -> int:
    if float(value).is_integer():
        return 0
    return 2 if abs(value) < 0.1 else 1


def _code(form: _Form, signed: bool) -> str:
    number = "#,##0" if not form.decimals else f"#,##0.{'0' * form.decimals}"
    suffix = form.suffix_many or form.suffix
    tail = f'"{suffix}"' if suffix else ""
    if not signed:
        return f"{number}{tail}"
    zero = f"{'0' if not form.decimals else '0.' + '0' * form.decimals}{tail}"
    return f'+{number}{tail};"{MINUS}"{number}{tail};{zero}'
