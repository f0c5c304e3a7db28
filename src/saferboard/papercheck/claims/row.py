"""A row of a table that was read as one line: a label, then figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from saferboard.papercheck.claims.number import DIGITS, Number, cell_number

_FIGURE = re.compile(
    rf"\((?P<inner>{DIGITS}\s?%)\)|(?P<figure>(?:[↑↓▲▼→]\s?)?(?:[-–+]\s?)?{DIGITS}\s?%?(?:\s?[↑↓▲▼→])?)"
    r"(?=\s|$)"
)
_LABEL = re.compile(r"^(?P<label>(?:20\d\d[/-]\d\d(?:\d\d)?|[^\d↑↓▲▼→]{2,80}?))\s(?=[\d↑↓▲▼→+–-])")
LEAST = 2


@dataclass(frozen=True)
class Row:
    """`figures` in their order; `shares[i]` is the percentage in brackets after figure i."""

    label: str
    figures: tuple[Number, ...]
    shares: tuple[Number | None, ...]
    arrow: int = 0

    @property
    def counts(self) -> tuple[Number, ...]:
        """The figures without a sign or a unit: volumes."""
        return tuple(
            one for one in self.figures if one.kind == "count" and one.text.strip()[0].isdigit()
        )

    @property
    def percents(self) -> tuple[Number, ...]:
        """Percentages that stand by themselves, such as changes."""
        return tuple(one for one in self.figures if one.kind == "percent")

    @property
    def differences(self) -> tuple[Number, ...]:
        """Counts with a sign: changes in volume."""
        return tuple(
            one for one in self.figures if one.kind == "count" and one.text.strip()[0] in "+-–"
        )


def row(text: str) -> Row | None:
    """The row that `text` is; None where anything but figures follows the label."""
    label = _LABEL.match(text)
    if not label:
        return None
    rest = text[label.end() :]
    if _FIGURE.sub("", rest).strip():
        return None
    figures: list[Number] = []
    shares: list[Number | None] = []
    arrow = 0
    for found in _FIGURE.finditer(rest):
        number = cell_number((found["inner"] or found["figure"]).strip())
        if number is None:
            return None
        if found["inner"] and figures:
            shares[-1] = number
            continue
        figures.append(number)
        shares.append(None)
        arrow = arrow or (1 if "↑" in found[0] else -1 if "↓" in found[0] else 0)
    return (
        Row(label["label"], tuple(figures), tuple(shares), arrow) if len(figures) >= LEAST else None
    )
