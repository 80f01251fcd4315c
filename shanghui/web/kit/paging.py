"""Pages of rows that never count a whole table: one row more than fits tells whether there is a next page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row", covariant=True)
LAST = 10_000
"""Further pages than this are not turned to one by one; filter instead."""


class Rows(Protocol[Row]):
    """A queryset or a list: something of which a piece can be taken."""

    def __getitem__(self, piece: slice, /) -> Rows[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...


class Pager(Generic[Row]):
    """One page of `rows`, which must be in a total order (end the ordering with the key).

    >>> page = Pager(list(range(7)), number=2, size=3)
    >>> page.rows, page.has_previous, page.has_next
    ([3, 4, 5], True, True)
    """

    def __init__(self, rows: Rows[Row], *, number: int = 1, size: int = 50, total: int | None = None) -> None:
        self.number = number
        self.size = size
        self.total = total
        start = (number - 1) * size
        taken = list(rows[start : start + size + 1])
        self.rows = taken[:size]
        self.has_next = len(taken) > size

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        """Whether one can turn back."""
        return self.number > 1

    @property
    def is_only_page(self) -> bool:
        """Whether there is nothing to turn to."""
        return not self.has_next and not self.has_previous

    @property
    def pages(self) -> int | None:
        """The number of pages, where the total is known."""
        return None if self.total is None else max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The number of the first row shown, counted from one."""
        return (self.number - 1) * self.size + 1


def page_number(asked: Mapping[str, str]) -> int:
    """`?page=`, or 1 where it is missing or makes no sense."""
    written = asked.get("page", "")
    return min(max(int(written), 1), LAST) if written.isdecimal() and len(written) < 9 else 1


def paginate(rows: Any, request: HttpRequest, size: int = 50, count: bool = False) -> Pager[Any]:
    """The page asked for by `?page=`. `count=True` also tells the total: only for up to 20,000 rows."""
    total = rows.count() if count and hasattr(rows, "aggregate") else len(rows) if count else None
    return Pager(rows, number=page_number(request.GET), size=size, total=total)
