"""Who sees what of a person: one table of fields × viewers, and the only answer to it (M48; PRIV-01, PRIV-08, SEC-06).

Every page, list, picker, search, export, command, report and paper asks a `Sight`. A column about a person that stands in no row
fails tests/ledger/test_privacy.py; what the pages show is compared with the rows by tests/web/test_privacy_walk.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any

from shanghui.access.models import Role
from shanghui.kernel.sealing import mask_id_number, mask_phone
from shanghui.ledger.people.privacy_rows import ROWS


class Level(IntEnum):
    """How much of a field is shown. `ASKED`: masked, and in full for a written reason, which is noted."""

    NONE, MASKED, ASKED, FULL = range(4)


class Viewer(StrEnum):
    """Whoever looks: the six roles, in the part of the tree their seats reach, and the person himself.

    A guide looks at the chambers he serves; a member, at the others of his own branch.
    """

    ADMINISTRATOR, EDITOR, READER = Role.ADMINISTRATOR.value, Role.EDITOR.value, Role.READER.value
    SECRETARY, GUIDE, MEMBER, SELF = Role.SECRETARY.value, Role.GUIDE.value, Role.MEMBER.value, "self"


VIEWER_TITLES = {
    Viewer.ADMINISTRATOR: "系统管理员", Viewer.EDITOR: "办公室经办", Viewer.READER: "办公室查看", Viewer.SECRETARY: "书记",
    Viewer.GUIDE: "指导员", Viewer.MEMBER: "同支部党员", Viewer.SELF: "本人",
}
WORDS = {Level.NONE: "—", Level.MASKED: "遮盖", Level.ASKED: "遮盖，写明原因可看", Level.FULL: "看"}
_LETTERS = {"无": Level.NONE, "遮": Level.MASKED, "问": Level.ASKED, "全": Level.FULL}


@dataclass(frozen=True)
class Field:
    """One row. `columns`: «table.column», or «table» for all of its columns that no other row names."""

    key: str
    title: str
    purpose: str
    levels: Mapping[Viewer, Level]
    columns: tuple[str, ...]


def _field(key: str, title: str, letters: str, purpose: str, columns: str) -> Field:
    levels = {viewer: _LETTERS[letter] for viewer, letter in zip(Viewer, letters, strict=True)}
    return Field(key, title, purpose, levels, tuple(columns.split()))


FIELDS: dict[str, Field] = {row[0]: _field(*row) for row in ROWS}
_BY_COLUMN = {column: one for one in FIELDS.values() for column in one.columns}

NOT_PERSONAL = frozenset({"id", "person_id"})
"""Columns that only join."""


def field_of(table: str, column: str) -> Field | None:
    """The row a column belongs to; None where the table says nothing about it."""
    return _BY_COLUMN.get(f"{table}.{column}") or _BY_COLUMN.get(table)


def _month(day: str) -> str:
    return str(day)[:7]


def _there(_: object) -> str:
    return "已登记"


_MASKS: dict[str, Callable[[str], str]] = {"id_number": mask_id_number, "phone": mask_phone, "birth": _month}


def masked(field: str, value: Any) -> Any:
    """The masked form of a value: of a number its ends, of a birthday its month, of anything else only that it is there."""
    return value if value in (None, "") else _MASKS.get(field, _there)(value)


@dataclass(frozen=True)
class Sight:
    """What one visitor sees of somebody, or of everybody in a list."""

    levels: Mapping[str, Level]

    def level(self, field: str) -> Level:
        """How much of a field. Raises KeyError for a field that has no row."""
        return self.levels[field]

    def sees(self, field: str) -> bool:
        """Whether anything of the field is shown."""
        return self.levels[field] > Level.NONE

    def shown(self, field: str, value: Any) -> Any:
        """The value as this visitor sees it: whole, masked, or ""."""
        level = self.levels[field]
        return value if level == Level.FULL else masked(field, value) if level > Level.NONE else ""

    @property
    def finds_numbers(self) -> bool:
        """Whether exact numbers may be searched for: a search is an answer too."""
        return self.sees("id_number") and self.sees("phone")


def sight_of(viewers: Iterable[Viewer | Role | str]) -> Sight:
    """What somebody sees of a person whom he reaches as each of these: the most that any of them allows."""
    return least_of([viewers])


def least_of(groups: Iterable[Iterable[Viewer | Role | str]]) -> Sight:
    """What he sees of everybody in a list, some of whom he reaches as one group of viewers and some as another: the least."""
    return _least(frozenset(frozenset(Viewer(one) for one in viewers) for viewers in groups))


@cache
def _least(groups: frozenset[frozenset[Viewer]]) -> Sight:
    def most(one: Field, viewers: frozenset[Viewer]) -> Level:
        return max((one.levels[viewer] for viewer in viewers), default=Level.NONE)

    return Sight({key: min((most(one, viewers) for viewers in groups), default=Level.NONE) for key, one in FIELDS.items()})
