"""Files that leave: tables as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_answer(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A table as CSV in UTF-8 under the file name `name`. Text that a spreadsheet would take for a
    formula gets an apostrophe in front; numbers stay numbers. Record the export first."""
    return StreamingHttpResponse(
        _lines(header, rows),
        content_type="text/csv; charset=utf-8",
        headers=_headers(name),
    )


def file_answer(name: str, data: bytes, media_type: str) -> HttpResponse:
    """Bytes as a download under `name`; the browser is told not to guess what they are."""
    return HttpResponse(data, content_type=media_type, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "\ufeff"
    for row in chain([header], rows):
        out = io.StringIO()
        csv.writer(out).writerow([_safe(value) for value in row])
        yield out.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value
