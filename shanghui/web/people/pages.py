"""One person's record, as the office and the branch see it, and as the person sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import MAY, Act
from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import seats_that_reach
from shanghui.ledger.activities.study import studied
from shanghui.ledger.people.models import MEMBERS, Person
from shanghui.ledger.people.privacy import Sight
from shanghui.ledger.people.queries import looks_at
from shanghui.ledger.people.records import Missing, Record, record_of, wanted
from shanghui.ledger.people.transferring import transfers
from shanghui.rules.registry import norm_on
from shanghui.rules.study import SPARED, study_of
from shanghui.web.cases.around import OF_PERSON, of_person, openings
from shanghui.web.developments.own import has_road, has_wards
from shanghui.web.kit.history import history
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.people.timeline import timeline_of

TOLD = (
    "gender", "ethnicity", "birth", "education", "workplace", "politics", "applied_on", "joined_on", "confirmed_on", "remark", "id_number", "phone",
)
"""What the page tells of the person's own columns, each as far as the visitor may see it."""
STEPS = {"change": "person-change", "category": "person-category", "affiliate": "person-affiliate"}


def seen(visit: Visit, pk: int) -> Person:
    """A person within one's part of the tree on the as-at day, else 404."""
    return found(Person.objects.within(visit.scope(Act.PEOPLE_VIEW)).select_related("kept_by", "user"), pk)


@page(Act.PEOPLE_VIEW, methods=("GET",))
def person(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Everything kept about one person as at the day; numbers masked."""
    row = seen(visit, person)
    record = record_of(row)
    changeable = visit.may(Act.PEOPLE_CHANGE) and Person.objects.kept_within(visit.scope_today(Act.PEOPLE_CHANGE)).filter(pk=row.pk).exists()
    sight, developments = visit.sight_of(row), of_person(row.pk, visit)
    held = record.category(visit.day)
    opens = changeable and not visit.query and (held is None or held.category not in MEMBERS)
    context = shown_record(record, visit, sight) | {
        "cases": developments, "openings": openings(visit, OF_PERSON, f"person={row.pk}", developments) if opens else [],
        "may_change": changeable, "may_undo": changeable, "may_reveal": visit.may(Act.PEOPLE_REVEAL), "acts": history(row, sight=sight),
        "sight": sight, "linked": _linked(record, visit), "may_guide": visit.may(Act.LEDGER_CHANGE), "filler": _filler(record, visit),
    }
    return show(request, "people/person.html", visit, context | _moves(row, visit), dated=True)


def _moves(row: Person, visit: Visit) -> dict[str, Any]:
    """The transfers of the person that the visitor may see. One question."""
    moves = list(transfers(visit.scope_today(Act.PEOPLE_VIEW)).filter(person=row))
    return {"moves": moves, "moving": any(one.is_open for one in moves)}


def shown_record(record: Record, visit: Visit, sight: Sight) -> dict[str, Any]:
    """The record as at the day as this visitor sees it, for the person's page and for `me`."""
    day, past = visit.day, visit.day < visit.today
    missing, total = wanted(record, day)
    return {
        "row": record.person, "told": {name: sight.shown(name, getattr(record.person, name)) for name in TOLD},
        "category": record.category(day), "home": record.home(day), "dual": record.dual(day),
        "memberships": known(record.memberships, day, past), "affiliations": known(record.affiliations, day, past),
        "appointments": known(record.appointments, day, past), "assignments": known(record.assignments, day, past),
        "stretches": timeline_of(record, day, visit.today), "missing": [(one, _where(one, record.person)) for one in missing],
        "total": total, "present": total - len(missing),
    }


def known(facts: list[Any], day: Any, past: bool) -> list[dict[str, Any]]:
    """The facts one knew on the day, those that hold first; whether each holds."""
    rows = [fact for fact in facts if not past or fact.valid_from <= day]
    lines = [{"fact": fact, "holds": fact.valid_to is None or fact.valid_to > day} for fact in rows]
    return sorted(lines, key=lambda line: not line["holds"])


def _where(one: Missing, row: Person) -> str:
    return reverse(STEPS[one.step], kwargs={"person": row.pk})


def _filler(record: Record, visit: Visit) -> str:
    """Who can fill what is missing, for a visitor who cannot."""
    home = record.home(visit.day)
    return "支部书记可填" if home is not None else f"{record.person.kept_by.name}可填"


def _linked(record: Record, visit: Visit) -> set[int]:
    """The units of the record that have a page for this visitor."""
    units = {one.organization_id for one in record.affiliations} | {one.unit_id for one in record.appointments}
    units |= {one.chamber_id for one in record.assignments}
    if not units or not visit.may(Act.LEDGER_VIEW):
        return set()
    return set(visit.scope(Act.LEDGER_VIEW).units().filter(pk__in=units).values_list("pk", flat=True))


@page(Act.SIGNED_IN, methods=("GET",))
def me(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What is kept about oneself, whose seats reach it, and who has looked at the full numbers."""
    row = Person.objects.filter(user=visit.user).select_related("kept_by").first()
    if row is None:
        return show(request, "people/me.html", visit, {"row": None})
    record = record_of(row)
    units = {row.kept_by_id} | {one.organization_id for one in record.dual(visit.today)}
    home = record.home(visit.today)
    if home is not None:
        units.add(home.organization_id)
    seats = seats_that_reach(units, Act.PEOPLE_VIEW, day=visit.today)
    context = shown_record(record, visit, visit.sight_of(row)) | {
        "has_road": has_road(visit), "has_wards": has_wards(visit),
        "seats": [(seat, Act.PEOPLE_REVEAL in _acts(seat.role)) for seat in seats], "looked": list[AuditEntry](looks_at(row)[:50]),
    }
    return show(request, "people/me.html", visit, context | _study(row, record, visit), dated=True)


def _study(row: Person, record: Record, visit: Visit) -> dict[str, Any]:
    """One's own study hours in the year of the as-at day: of members only. Three queries."""
    standing = record.category(visit.day)
    if standing is None or standing.category not in MEMBERS:
        return {}
    return {
        "study": study_of([row.pk], visit.day)[row.pk], "studied": studied(row.pk, date(visit.day.year, 1, 1), visit.day),
        "study_year": visit.day.year, "spared": norm_on(SPARED, visit.day),
    }


def _acts(role: str) -> frozenset[Act]:
    return MAY[Role(role)]
