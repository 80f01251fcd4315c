"""Columns and values about people as one visitor may see them (ledger.people.privacy)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shanghui.kernel.columns import Column
from shanghui.ledger.people.privacy import Level, Sight, masked


def in_sight(columns: Sequence[Column], sight: Sight) -> list[Column]:
    """The columns as the visitor may see them, without those that tell a field of a person hidden from him."""
    return [_as_seen(column, sight) for column in columns if not column.about or sight.sees(column.about)]


def _as_seen(column: Column, sight: Sight) -> Column:
    if not column.about or column.masked or sight.level(column.about) == Level.FULL:
        return column
    return replace(column, value=lambda row: masked(column.about, column.value(row)), sort="")
