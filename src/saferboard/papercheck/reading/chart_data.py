"""The figures behind a chart of an office file, as a table."""

from __future__ import annotations

from typing import Any

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from saferboard.papercheck.reading.number_format import shown

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MOST_POINTS = 5000


def chart_rows(chart: Any) -> list[list[str]]:
    """A row of heads (series names) and a row for each category, as the chart shows them;
    empty where the file keeps no values. `chart` is the root element of a chart part."""
    series = []
    names: list[str] = []
    labels: dict[int, str] = {}
    for one in chart.iter(f"{C}ser"):
        names.append(" ".join(_texts(one.find(f"{C}tx"))))
        labels = labels or _points(one.find(f"{C}cat")) or _points(one.find(f"{C}xVal"))
        values = one.find(f"{C}val")
        series.append(_points(values if values is not None else one.find(f"{C}yVal")))
    positions = sorted({at for one in (labels, *series) for at in one if at < MOST_POINTS})
    if not any(series):
        return []
    rows = [[labels.get(at, ""), *(one.get(at, "") for one in series)] for at in positions]
    return [["", *names], *rows]


def chart_title(chart: Any) -> str:
    """The title that was typed into the chart."""
    title = chart.find(f"./{C}chart/{C}title")
    if title is None:
        return ""
    return "".join(node.text or "" for node in title.iter() if node.tag.endswith("}t"))


def _texts(element: Any) -> list[str]:
    if element is None:
        return []
    return [node.text or "" for node in element.iter(f"{C}v")]


def _points(element: Any) -> dict[int, str]:
    """The cached points by their index."""
    if element is None:
        return {}
    codes = [node.text or "General" for node in element.iter(f"{C}formatCode")]
    numeric = next(element.iter(f"{C}numCache", f"{C}numLit"), None) is not None
    found: dict[int, str] = {}
    for point in element.iter(f"{C}pt"):
        words = " ".join(_texts(point))
        index = point.get("idx", "")
        if index.isdigit():
            code = point.get("formatCode") or (codes[0] if codes else "General")
            found[int(index)] = _number(words, code) if numeric else words
    return found


def _number(words: str, code: str) -> str:
    try:
        value = float(words)
    except ValueError:
        return words
    try:
        return shown(from_excel(value) if is_date_format(code) else value, code)
    except (OverflowError, ValueError):
        return words
