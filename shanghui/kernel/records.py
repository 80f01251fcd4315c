"""Records that are computed and not stored, asked in the words of a queryset: filter, exclude, order, count, take a piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar, overload, runtime_checkable

from django.db.models import Q

from shanghui.kernel.conditions import Attributes, holds

Record = TypeVar("Record")


@runtime_checkable
class Belonging(Protocol):
    """A computed record that is seen on the page of a stored one: (its table, its key)."""

    @property
    def belongs_to(self) -> tuple[str, int]: ...


class Records(Sequence[Record], Generic[Record]):
    """A list of records, each with a `pk`. Conditions are asked of their attributes."""

    def __init__(self, records: Iterable[Record]) -> None:
        """`records`: in the order in which they are shown."""
        self._records = list(records)

    @overload
    def __getitem__(self, place: int, /) -> Record: ...
    @overload
    def __getitem__(self, place: slice, /) -> Records[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Records[Record]:
        return Records(self._records[place]) if isinstance(place, slice) else self._records[place]

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def count(self, value: Any = None) -> int:
        """How many there are."""
        return len(self._records)

    def filter(self, *conditions: Q, **flags: Any) -> Records[Record]:
        """Those for which the conditions hold."""
        condition = Q(*conditions, **flags)
        return Records(one for one in self._records if holds(condition, Attributes(one)))

    def exclude(self, *conditions: Q, **flags: Any) -> Records[Record]:
        """Those for which they do not hold."""
        return self.filter(~Q(*conditions, **flags))

    def ordered(self, name: str, *, descending: bool = False) -> Records[Record]:
        """By one attribute; what has none stands last."""
        known = [one for one in self._records if getattr(one, name) is not None]
        known.sort(key=lambda one: getattr(one, name), reverse=descending)
        return Records([*known, *(one for one in self._records if getattr(one, name) is None)])
