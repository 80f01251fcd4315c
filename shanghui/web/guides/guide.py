"""One guide: which chambers, until when, what was handed over, the last visit to each; and the month sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.models import Visit as ChamberVisit
from shanghui.ledger.activities.queries import last_visits
from shanghui.ledger.people.models import GuideAssignment
from shanghui.rules.registry import limit
from shanghui.web.guides.loads import assignments_ever, guide_of
from shanghui.web.kit.visits import Visit, page, show

MONTHS = 12


@dataclass(frozen=True)
class Held:
    """An assignment with the last visit to its chamber; `ends_soon`: its term ends within thirty days."""

    row: GuideAssignment
    last: ChamberVisit | None
    ends_soon: bool


@page(Act.LEDGER_VIEW, methods=("GET",))
def guide(request: HttpRequest, visit: Visit, guide: int) -> HttpResponse:
    """The chambers of somebody within one's part of the tree: today's, those to come, those of before."""
    person = guide_of(visit, guide)
    rows = list(assignments_ever(visit.scope_today()).filter(person=person))
    now = [one for one in rows if one.valid_from <= visit.today and (one.valid_to is None or one.valid_to > visit.today)]
    last = last_visits([one.chamber_id for one in now], visit.today)
    soon = visit.today + timedelta(days=limit("SOC-12-DAYS", "days"))
    held = [Held(one, last.get(one.chamber_id), one.valid_to is not None and one.valid_to <= soon) for one in now]
    context: dict[str, Any] = {
        "person": person, "held": sorted(held, key=lambda one: one.row.chamber.unit.name),
        "coming": [one for one in rows if one.valid_from > visit.today],
        "over": [one for one in rows if one.valid_to is not None and one.valid_to <= visit.today],
        "duty": next((one.duty for one in rows if one.duty), ""), "months": months_back(visit.today),
        "may_change": bool(now) and visit.may(Act.LEDGER_CHANGE) and visit.may(Act.PEOPLE_VIEW),
        "renewable": any(one.valid_to is not None for one in now),
        "may_open": visit.may(Act.PEOPLE_VIEW), "may_end": visit.may(Act.PEOPLE_CHANGE),
    }
    return show(request, "guides/guide.html", visit, context)


def months_back(today: date) -> list[tuple[str, str]]:
    """(«2022-06», «2022年6月») of this month and those before."""
    firsts = [months_later(today.replace(day=1), -place) for place in range(MONTHS)]
    return [(f"{first:%Y-%m}", f"{first.year}年{first.month}月") for first in firsts]
