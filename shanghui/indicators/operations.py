"""What can happen to a saved view: saved, renamed, deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.indicators.models import SavedView
from shanghui.kernel.refusals import Refused


@transaction.atomic
def save_view(*, unit: Unit, name: str, query: dict[str, Any], by: User | None, at: datetime) -> SavedView:
    """Keeps a question about figures under a name for `unit`. Raises Refused for a name it has already."""
    _refuse_second(unit, name)
    journal = Journal(by=by, at=at, verb="存下视图")
    made = journal.create(SavedView(unit=unit, name=name, query=query, made_by=by, made_at=at))
    journal.close(made, unit)
    return made


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User | None, at: datetime) -> None:
    """Gives a view another name. Raises Refused for a name its unit has already."""
    if name == view.name:
        return
    _refuse_second(view.unit, name)
    journal = Journal(by=by, at=at, verb="视图改名")
    journal.change(view, name=name)
    journal.close(view, view.unit)


@transaction.atomic
def delete_view(*, view: SavedView, by: User | None, at: datetime) -> None:
    """Removes a view; what it asked stays in the audit."""
    journal, pk = Journal(by=by, at=at, verb="删除视图"), view.pk
    journal.delete(view)
    view.pk = pk
    journal.close(view, view.unit)


def _refuse_second(unit: Unit, name: str) -> None:
    if SavedView.objects.filter(unit=unit, name=name).exists():
        raise Refused(f"{unit.name}已经有一个叫“{name}”的视图，请换个名字。")
