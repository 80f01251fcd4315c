"""Study hours beside the norm of one's role: 32 a year for members (LIFE-09), 56 for secretaries and committee members (LIFE-10).

Nobody is ranked or judged by it; of the old and the ill nothing is demanded (LIFE-12), and no illness is kept to say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shanghui.ledger.activities.study import hours_of
from shanghui.ledger.people.models import PARTY_POSTS, Appointment
from shanghui.rules.registry import Norm, norm_on

MEMBERS, LEADING, SPARED = "LIFE-09", "LIFE-10", "LIFE-12"


@dataclass(frozen=True)
class Study:
    """One person's hours in the year up to a day, and the norm of his role; None before there was one."""

    hours: Decimal
    norm: Norm | None

    @property
    def asked(self) -> str:
        """«一般不少于 32 学时», «不少于 56 学时»."""
        if self.norm is None:
            return ""
        return f"{'一般' if self.norm.code == MEMBERS else ''}不少于 {self.norm.limits['hours']} 学时"


def study_of(people: Iterable[int], day: date) -> dict[int, Study]:
    """The hours of these people in the year of the day, up to the day. Two queries."""
    listed = list(people)
    hours = hours_of(listed, date(day.year, 1, 1), day)
    held = Appointment.objects.on(day).filter(person_id__in=listed, post__in=PARTY_POSTS)
    leading = set(held.values_list("person_id", flat=True))
    return {one: Study(hours.get(one, Decimal(0)), norm_on(LEADING if one in leading else MEMBERS, day)) for one in listed}
