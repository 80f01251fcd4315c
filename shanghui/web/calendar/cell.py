"""What one organization owes in one month: each slot with its verdict, article, the meetings that fill it, and what one may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.scope import scope_of_seats
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Appointment, Post
from shanghui.rules.matrix import ends_in
from shanghui.rules.models import Excuse, Finding, FindingState
from shanghui.rules.slots import Meeting, meetings, slots_of
from shanghui.rules.states import State
from shanghui.rules.verdicts import Slot
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit, found, page, show

_PERIOD = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Owed:
    """A slot as the panel shows it, with the addresses of what may be done about it ("" where it may not)."""

    slot: Slot
    meetings: list[Meeting]
    finding: Finding | None
    excuse: Excuse | None
    record_url: str
    explain_url: str
    excuse_url: str
    withdraw_url: str

    @property
    def tone(self) -> str:
        """The kind of its status tag."""
        return {"done": "done", "due": "soon", "overdue": "overdue", "excused": "excused"}.get(self.slot.state.value, "unknown")


def read_period(written: str) -> tuple[int, int]:
    """(2026, 6) for «2026-06»; 404 for anything else."""
    read = _PERIOD.fullmatch(written)
    if read is None:
        raise Http404
    return int(read[1]), int(read[2])


def asked_slots(organization: int, period: str, day: date) -> list[Slot]:
    """The slots that stand in the month: overdue ones first, then by duty."""
    year, month = read_period(period)
    listed = [slot for slot in slots_of(organization, day, year) if ends_in(slot, month)]
    return sorted(listed, key=lambda slot: (slot.state is not State.OVERDUE, slot.state is State.DONE))


@page(Act.DUTY_VIEW, methods=("GET",))
def cell(request: HttpRequest, visit: Visit, organization: int, period: str) -> HttpResponse:
    """One organization in one month, as a page; as the panel beside the matrix for htmx."""
    row = found(PartyOrganization.objects.within(visit.scope()).select_related("unit"), organization)
    listed = asked_slots(row.pk, period, visit.day)
    year, month = read_period(period)
    context = {
        "row": row, "period": period, "month": month, "year": year, "owed": _owed(listed, row, period, visit),
        "done": sum(slot.state is State.DONE for slot in listed), "secretary": _secretary(row.pk, visit.day),
        "back": f"{reverse('calendar')}{_back(year, visit)}",
    }
    template = "calendar/drill.html" if request.headers.get("HX-Request") else "calendar/cell.html"
    return show(request, template, visit, context, dated=True)


def _back(year: int, visit: Visit) -> str:
    pairs = ({"year": str(year)} if year != visit.day.year else {}) | ({"on": visit.day.isoformat()} if visit.query else {})
    return f"?{urlencode(pairs)}" if pairs else ""


def _secretary(unit: int, day: date) -> str:
    held = Appointment.objects.on(day).filter(unit_id=unit, post=Post.SECRETARY).select_related("person").first()
    return held.person.name if held else ""


def _owed(listed: list[Slot], row: PartyOrganization, period: str, visit: Visit) -> list[Owed]:
    """Four questions, however many slots."""
    keys = {"unit_id": row.pk, "rule__in": [slot.duty.code for slot in listed], "first__in": [slot.first for slot in listed]}
    findings = {(one.rule, one.first): one for one in Finding.objects.filter(**keys).exclude(state=FindingState.FIXED)}
    excuses = {(one.rule, one.first): one for one in Excuse.objects.filter(**keys, given_on__lte=visit.day)}
    filled = meetings(row.pk, listed, visit.day)
    acts = {act for act in _may(row, visit) if not visit.query}
    return [
        Owed(
            slot, filled.get(slot.pk, []), findings.get((slot.duty.code, slot.first)), excuses.get((slot.duty.code, slot.first)),
            **_addresses(slot, row.pk, period, acts, visit),
        )
        for slot in listed
    ]


def _may(row: PartyOrganization, visit: Visit) -> list[Act]:
    """What the visitor may do about this organization. One's own is excused by a higher level only."""
    mine = any(seat.unit_id == row.pk for seat in visit.seats)
    wanted = [Act.ACTIVITY_CHANGE, Act.DUTY_EXPLAIN] + ([] if mine else [Act.DUTY_EXCUSE])
    return [act for act in wanted if scope_of_seats(visit.seats, act, user=visit.user, day=visit.today).contains(row.pk)]


def _addresses(slot: Slot, unit: int, period: str, acts: set[Act], visit: Visit) -> dict[str, str]:
    named = {"organization": unit, "period": period, "rule": slot.duty.code}
    open_ = slot.state in (State.DUE, State.OVERDUE, State.UNKNOWN) and slot.first <= visit.today
    return {
        "record_url": _record(slot, unit, visit) if open_ and slot.duty.types and Act.ACTIVITY_CHANGE in acts else "",
        "explain_url": reverse("calendar-explain", kwargs=named) if slot.state is State.OVERDUE and Act.DUTY_EXPLAIN in acts else "",
        "excuse_url": reverse("calendar-excuse", kwargs=named) if open_ and Act.DUTY_EXCUSE in acts else "",
        "withdraw_url": reverse("calendar-withdraw", kwargs=named) if slot.state is State.EXCUSED and Act.DUTY_EXCUSE in acts else "",
    }


def _record(slot: Slot, unit: int, visit: Visit) -> str:
    asked: dict[str, Any] = {"unit": unit, "type": slot.duty.types[0].value, "on": min(slot.last, visit.today).isoformat()}
    query = f"?{urlencode(asked)}"
    return address("record", query) or address("activity-new", query)
