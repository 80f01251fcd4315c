"""How many came to each of some activities, with the roster behind it, or the record in which the number was entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from shanghui.ledger.activities.models import Activity, Attendance, Presence
from shanghui.reports.content import Counted
from shanghui.reports.facts import Pieces


def presences(listed: Sequence[Activity]) -> dict[int, Pieces]:
    """{activity: its number as a cell}; nothing for those of which no number is known. One question."""
    known = [one for one in listed if one.present]
    rosters: dict[int, list[int]] = defaultdict(list)
    if known:
        rows = Attendance.objects.filter(activity__in=[one.pk for one in known], state=Presence.PRESENT).order_by("pk")
        for pk, activity in rows.values_list("pk", "activity_id"):
            rosters[activity].append(pk)
    return {one.pk: (_cell(one, rosters[one.pk]),) for one in known}


def _cell(one: Activity, roster: list[int]) -> Counted:
    code, title, text = f"present.{one.pk}", f"{one.held_on} {one.title}：参加的人", str(one.present)
    if len(roster) == one.present:
        return Counted(code, title, text, "attendances", tuple(roster))
    return Counted(code, title, text, "activities", (one.pk,))
