"""换届提前准备，本地规定 (COM-11)."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.kernel.periods import full_day, months_later
from shanghui.rules.picture import Picture
from shanghui.rules.registry import limit
from shanghui.rules.standing import Stand, check
from shanghui.rules.states import State

_REMINDERS = ("third_reminder_months", "second_reminder_months", "first_reminder_months")


@check(
    "term.preparing", "换届提前准备", norm="COM-11", pack="election_preparation",
    concerns="启用了这条本地规定的党支部；功能型、临时党支部除外", settled_by="开会研究换届、请示上级；选举以后登记新一届任期",
)
def preparing(picture: Picture) -> Iterator[Stand]:
    """党支部在任期届满前3个月、2个月、1个月，提醒开会研究、请示上级。这是本地规定，启用后才提醒。"""
    for body in picture.branches:
        due = body.due_by
        if due is None or due < picture.day:
            continue
        months = next((n for n in _months() if picture.day >= months_later(due, -n)), None)
        if months is not None:
            message = f"离任期届满（{full_day(due)}）只有{months}个月或者不到，请开会研究换届，请示上级。"
            yield Stand(body.unit, body.name, State.DUE, due, message, months_later(due, -limit("COM-11", "months_before")))


def _months() -> list[int]:
    """The months before the end at which to remind, the last reminder first."""
    return [limit("COM-11", name) for name in _REMINDERS]
