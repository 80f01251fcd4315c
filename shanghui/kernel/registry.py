"""A folder of declarations is a catalogue: every module in it is read once, duplicates are refused."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class DuplicateEntry(Exception):
    """Two declarations carry the same code."""


class Registry(Generic[Entry]):
    """Entries by code, in the order in which their modules (by name) declare them."""

    def __init__(self, package: str) -> None:
        """`package`: dotted name of the folder whose modules declare the entries."""
        self._package = package
        self._entries: dict[str, Entry] = {}
        self._filled = False

    def add(self, code: str, entry: Entry) -> None:
        """Takes one declaration; raises DuplicateEntry when the code is taken."""
        if code in self._entries:
            raise DuplicateEntry(code)
        self._entries[code] = entry

    def fill(self) -> None:
        """Imports every module of the folder (once)."""
        if self._filled:
            return
        self._filled = True
        folder = importlib.import_module(self._package)
        for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda found: found.name):
            importlib.import_module(f"{self._package}.{module.name}")

    def get(self, code: str) -> Entry | None:
        """The entry with this code, or None."""
        self.fill()
        return self._entries.get(code)

    def declared(self) -> list[Entry]:
        """The entries declared so far, without reading the folder."""
        return list(self._entries.values())

    def __iter__(self) -> Iterator[Entry]:
        self.fill()
        return iter(self._entries.values())

    def __len__(self) -> int:
        self.fill()
        return len(self._entries)
