"""Small parts of documents for tests: figures bound to facts, labels, header rows."""

from __future__ import annotations

from saferboard.documents.model import (
    Bound,
    Cell,
    Inlines,
    Label,
    Text,
)

AREAS = (
    "Alderbrook", "Ashmere", "Birchwater", "Brackenhurst", "Chalkhill", "Coldharbour", "Copperdale",
    "Crowmarsh", "Dunstead", "Eastholm", "Fernleigh", "Foxcombe", "Glenwick", "Greenfold",
    "Harrowgate Vale and the Upper Marshes", "Hazelmoor", "Highcross", "Ironbridge Park",
    "Kingsferry", "Larkrise", "Littleford", "Marlstone", "Millwater", "Netherby", "Oakhaven",
    "Penfold", "Quarrybank", "Ravensmead", "Silverdale", "Thornbury Dene", "Underwood", "Westmarch",
)  # fmt: skip


MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


MONTHS = tuple(f"{MONTH_NAMES[i % 12]} {2022 + i // 12}" for i in range(30))


SVG_LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
    b'<rect width="120" height="40" rx="6" fill="#1f4e5f"/><circle cx="22" cy="20" r="10" '
    b'fill="#fff"/><rect x="42" y="14" width="66" height="12" fill="#fff"/></svg>'
)


def bound(fact: str, value: float | int | None, display: str = "", code: str = "#,##0") -> Bound:
    if not display:
        display = "not published" if value is None else f"{value:,}"
    return Bound(fact, value, display, code)


def percent(fact: str, value: float) -> Bound:
    """A change: the raw value is in per cent, as facts have it."""
    return Bound(fact, value, f"{value:+.1f}%".replace("-", "−"), '+0.0"%";−0.0"%";0.0"%"')


def text(words: str) -> Inlines:
    return (Text(words),)


def label(words: str) -> Inlines:
    return (Label(words),)


def head(*names: str) -> tuple[tuple[Cell, ...], ...]:
    first, *rest = names
    return (
        (
            Cell(label(first), header=True),
            *(Cell(label(name), header=True, align="right") for name in rest),
        ),
    )
