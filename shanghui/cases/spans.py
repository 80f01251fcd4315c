"""The spans of a development: half years of cultivation, probation with its extension (DEV-06, DEV-23, DEV-24). Nothing asks the database."""

from __future__ import annotations

from datetime import date

from shanghui.cases.file import File
from shanghui.kernel.periods import months_later
from shanghui.rules.registry import limit


def half_years(file: File, until: date) -> list[tuple[date, date, bool]]:
    """The half years of cultivation that ended before `until`: the day it counts after, the last day, whether examined in it."""
    start = file.on("activist")
    if start is None:
        return []
    months, found = limit("DEV-06", "months"), []
    first, last = start, months_later(start, months)
    while last < until:
        found.append((first, last, any(first < one <= last for one in file.examined)))
        first, last = last, months_later(start, months * (len(found) + 1))
    return found


def next_examination(file: File) -> date | None:
    """The last day of the half year in which the next examination falls: the one after that of the last examination; None before
    the person is an activist. An examination that came late counts for the half year in which it was held."""
    start = file.on("activist")
    if start is None:
        return None
    months, number = limit("DEV-06", "months"), 1
    last_examined = max(file.examined, default=start)
    while last_examined > start and months_later(start, months * number) < last_examined:
        number += 1
    return months_later(start, months * (number + (last_examined > start)))


def probation_ends(file: File) -> date | None:
    """The day probation ends: a year after the meeting that admitted, longer by the one extension; None before that meeting."""
    meeting = file.on("meeting")
    if meeting is None:
        return None
    return months_later(meeting, limit("DEV-23", "months") + (file.development.extended_months or 0))
