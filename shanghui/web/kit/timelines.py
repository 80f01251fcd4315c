"""The one timeline of an archive: what comes next, then newest to oldest by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One thing that happened or will. `day` may be partial text («2003-04»); `is_key` makes the dot red."""

    day: date | str
    title: str
    text: str = ""
    icon: str = "notes"
    url: str = ""
    is_key: bool = False
    kind: str = ""

    @property
    def sort_key(self) -> str:
        """Partial days stand at the end of the time they may mean."""
        return (self.day.isoformat() if isinstance(self.day, date) else self.day).ljust(10, "~")

    @property
    def year(self) -> str:
        """The year as text."""
        return self.sort_key[:4]

    @property
    def short_day(self) -> str:
        """«7-05» beside the line, «4月» where no more is known, nothing for a mere year."""
        parts = self.sort_key.rstrip("~").split("-")
        if len(parts) == 3:
            return f"{int(parts[1])}-{parts[2]}"
        return f"{int(parts[1])}月" if len(parts) == 2 else ""

    def is_after(self, today: date) -> bool:
        """Whether it certainly lies after `today`."""
        written = self.sort_key.rstrip("~")
        return written > today.isoformat()[: len(written)]


@dataclass(frozen=True)
class Stretch:
    """The entries under one heading."""

    heading: str
    is_next: bool
    entries: tuple[Entry, ...]


def stretches(entries: Iterable[Entry], today: date) -> list[Stretch]:
    """What lies after `today` first (接下来), then year by year, newest first."""
    ordered = sorted(entries, key=lambda entry: entry.sort_key, reverse=True)
    coming = tuple(entry for entry in ordered if entry.is_after(today))
    past = [entry for entry in ordered if entry not in coming]
    found = [Stretch("接下来", True, coming)] if coming else []
    for year in dict.fromkeys(entry.year for entry in past):
        found.append(Stretch(year, False, tuple(entry for entry in past if entry.year == year)))
    return found
