"""The chambers that are founded or re-elected beside their party organization: from their own meeting on they are in ordinary operation
(四同时, M05). What was registered as a step is not asked a second time."""

from __future__ import annotations

from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases.file import MOVING, File
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import ChamberStatus, Status
from shanghui.ledger.organizations.operations import set_status

MEETING = "chamber_found"
"""The step of the chamber's own meeting."""


def _states(file: File, on: date) -> list[ChamberStatus]:
    """Those still in 筹备 or 换届 on the day, by name. One question, none where no chamber is founded or re-elected."""
    if not file.moving:
        return []
    rows = ChamberStatus.objects.on(on).filter(chamber__in=file.moving, status__in=MOVING, valid_from__lt=on, valid_to=None)
    return list(rows.select_related("chamber__unit").order_by("chamber__unit__name"))


def chamber_consequences(file: File) -> list[str]:
    """What becomes of their state, in words."""
    held, skipped = file.on(MEETING), MEETING in file.done and file.on(MEETING) is None
    found = []
    for one in _states(file, held or file.day):
        name, state = one.chamber.unit.name, one.get_status_display()
        if skipped:
            found.append(f"“{name}”仍为{state}：商会成立大会略过了，开了以后请登记状态变化")
        else:
            found.append(f"自{full_day(held) if held else '商会成立大会那一天'}起“{name}”由{state}转为{Status.NORMAL.label}")
    return found


def settle_chambers(file: File, by: User | None, at: datetime) -> None:
    """Writes it: normal from the day of the chamber's meeting; nothing where that was left out. Raises Refused."""
    held = file.on(MEETING)
    if held is None:
        return
    for one in _states(file, held):
        set_status(chamber=one.chamber, status=Status.NORMAL, since=held, by=by, at=at)
