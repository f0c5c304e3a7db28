"""Lists in pages, sorted and narrowed by what the address asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

PAGE = 50
_MOST = 100_000


@dataclass(frozen=True)
class Listing:
    """What is asked of a list, and how much of it there is. `sort` is one of the keys that the
    view allowed, `down` whether the greatest comes first, `page` counts from 1; `kept` are the
    filters of the address, so that a link to another page keeps them."""

    sort: str
    down: bool
    page: int
    kept: tuple[tuple[str, str], ...] = ()
    total: int = 0
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def start(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return self.start + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.start + self.size, self.total)

    @property
    def order(self) -> str:
        """For `order_by`: the key, with a minus where the greatest comes first."""
        return f"-{self.sort}" if self.down else self.sort

    def of(self, total: int) -> Listing:
        """The same where there are `total` rows; a page beyond the last becomes the last."""
        known = replace(self, total=total)
        return replace(known, page=min(self.page, known.pages))

    def sorted_by(self, key: str) -> str:
        """The address of this list by `key`; the other way round where it is by that already."""
        down = not self.down if key == self.sort else False
        return self._address(key, down, 1)

    def at_page(self, page: int) -> str:
        """The address of another page."""
        return self._address(self.sort, self.down, page)

    def _address(self, sort: str, down: bool, page: int) -> str:
        asked = [*self.kept, ("sort", f"-{sort}" if down else sort)]
        if page > 1:
            asked.append(("page", str(page)))
        return f"?{urlencode(asked)}"


def listing(
    request: HttpRequest,
    *,
    by: Collection[str],
    first: str,
    filters: Mapping[str, str] | None = None,
    size: int = PAGE,
) -> Listing:
    """What `request` asks of a list that can be sorted `by` these keys and is sorted by `first`
    (with a minus for the greatest first) unless told. Anything else in the address is ignored.
    `filters` are the filters in use, by the name that the address has for them."""
    asked = request.GET.get("sort", "")
    chosen = asked if asked.removeprefix("-") in by else first
    number = request.GET.get("page", "1")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    kept = tuple((key, value) for key, value in (filters or {}).items() if value)
    return Listing(
        sort=chosen.removeprefix("-"),
        down=chosen.startswith("-"),
        page=min(max(1, at), _MOST),
        kept=kept,
        size=size,
    )
