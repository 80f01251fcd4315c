"""What one branch missed of one duty, told together: one line that opens into its periods (M42)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from shanghui.rules.months import Every, period_words
from shanghui.rules.verdicts import Slot
from shanghui.web.home.todo import Part

ASKED = "开了的请补记，没开的请说明原因。"


def short_period(first: date, every: Every, today: date) -> str:
    """«6月», «二季度», «今年»; with its year when that is another one."""
    words = period_words(first, every)
    return (words.removeprefix(f"{today.year}年") or "今年") if first.year == today.year else words


def said_of(title: str, first: str, last: str, number: int) -> str:
    """«6月没有支委会的记录»; of several periods «1月至6月缺 5 次支委会的记录»."""
    return f"{first}没有{title}的记录" if first == last else f"{first}至{last}缺 {number} 次{title}的记录"


def told(slots: Sequence[Slot], today: date) -> str:
    """What the slots of one duty, the earliest first, come to."""
    duty = slots[0].duty
    first, last = (short_period(one.first, duty.every, today) for one in (slots[0], slots[-1]))
    return said_of(duty.title, first, last, len(slots))


def parts(slots: Sequence[Slot], today: date) -> tuple[Part, ...]:
    """Each period with the month of the calendar in which it is recorded or explained; none where there is but one."""
    if len(slots) == 1:
        return ()
    return tuple(Part(short_period(one.first, one.duty.every, today), month_of(one)) for one in slots)


def month_of(slot: Slot) -> str:
    """The page of the month in which a period ends."""
    return reverse("calendar-cell", kwargs={"organization": slot.unit, "period": f"{slot.last:%Y-%m}"})
