"""One person's record, as the office and the branch see it, and as the person sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import MAY, Act
from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import seats_that_reach
from shanghui.ledger.activities.queries import attendances_of
from shanghui.ledger.activities.study import studied
from shanghui.ledger.people.models import (
    MEMBERS,
    AffiliationKind,
    Category,
    MembershipRecord,
    MemberStanding,
    Merger,
    Person,
    StandingKind,
)
from shanghui.ledger.people.privacy import Sight
from shanghui.ledger.people.queries import former_keys, looks_at
from shanghui.ledger.people.records import Missing, Record, record_of, wanted
from shanghui.ledger.people.standings import APPROVED, CONTACTED, COUNTED
from shanghui.ledger.people.transferring import left_by_letter, transfers
from shanghui.rules.registry import norm_on
from shanghui.rules.study import SPARED, study_of
from shanghui.web.cases.around import OF_PERSON, of_person, openings
from shanghui.web.developments.own import has_road, has_wards
from shanghui.web.kit.history import history
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.people import notice
from shanghui.web.people.mine import own
from shanghui.web.people.own import own_columns
from shanghui.web.people.standings import offered
from shanghui.web.people.timeline import timeline_of

ATTENDED = 20
"""Activities told of on one's own page."""
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
    merged = Merger.objects.filter(former=person, person__in=Person.objects.within(visit.scope(Act.PEOPLE_VIEW)).values("pk")).first()
    if merged is not None:
        return redirect("person", person=merged.person_id)
    row = seen(visit, person)
    record = record_of(row)
    changeable = visit.may(Act.PEOPLE_CHANGE) and Person.objects.kept_within(visit.scope_today(Act.PEOPLE_CHANGE)).filter(pk=row.pk).exists()
    sight, developments = visit.sight_of(row), of_person(row.pk, visit)
    held = record.category(visit.day)
    barred = {one.kind for one in record.held(visit.day)} & {StandingKind.SUSPENDED, StandingKind.DIED}
    is_member = held is not None and held.category in MEMBERS
    opens = changeable and not visit.query and not barred and not is_member
    context = shown_record(record, visit, sight) | {
        "cases": developments, "openings": openings(visit, OF_PERSON, f"person={row.pk}", developments) if opens else [],
        "may_change": changeable, "may_undo": changeable, "may_reveal": visit.may(Act.PEOPLE_REVEAL), "acts": history(row, sight=sight, also=former_keys(row)),
        "sight": sight, "home_stays": is_member or bool(barred),
        "offered": offered(record, visit) if changeable else (), "states": _states(record, visit, changeable),
        "linked": _linked(record, visit), "may_guide": visit.may(Act.LEDGER_CHANGE), "filler": _filler(record, visit),
    }
    return show(request, "people/person.html", visit, context | _moves(record, visit), dated=True)


def _moves(record: Record, visit: Visit) -> dict[str, Any]:
    """The transfers of the person that the visitor may see, and the letter by which he left the platform, if he did. One question,
    two more for who has no home."""
    moves = list(transfers(visit.scope_today(Act.PEOPLE_VIEW)).filter(person=record.person))
    left = left_by_letter(record.person.pk) if record.home(visit.today) is None else None
    return {"moves": moves, "moving": any(one.is_open for one in moves), "left": left if left and left.closed_on and left.closed_on <= visit.day else None}


def shown_record(record: Record, visit: Visit, sight: Sight) -> dict[str, Any]:
    """The record as at the day as this visitor sees it, for the person's page and for `me`."""
    day, past = visit.day, visit.day < visit.today
    belongs = record.home(day)
    missing, total = wanted(record, day)
    return {
        "row": record.person, "told": {name: sight.shown(name, getattr(record.person, name)) for name in TOLD},
        "category": record.category(day), "home": belongs, "dual": record.dual(day), "held": record.held(day),
        "states": _states(record, visit, False),
        "memberships": known(record.memberships, day, past), "affiliations": known(record.affiliations, day, past),
        "appointments": known(record.appointments, day, past), "assignments": known(record.assignments, day, past),
        "stretches": timeline_of(record, day, visit.today), "missing": [(one, _where(one, record.person)) for one in missing],
        "total": total, "present": total - len(missing), "powers": powers_in(record, day),
    }


def _states(record: Record, visit: Visit, changeable: bool) -> list[dict[str, Any]]:
    """What is and was so of the person, with contacts known on the day and, for who may change it, the next steps."""
    lines = known(record.standings, visit.day, visit.day < visit.today)
    for line in lines:
        one: MemberStanding = line["fact"]
        line["contacts"] = sorted((c for c in one.contacts.all() if c.held_on <= visit.day), key=lambda c: c.held_on, reverse=True)[:12]
        line["steps"] = _steps(one, visit) if changeable and (visit.may(Act.LEDGER_CHANGE) or one.kind not in APPROVED) else []
    return lines


def _steps(one: MemberStanding, visit: Visit) -> list[tuple[str, str]]:
    steps = [("更正", reverse("standing-change", kwargs={"standing": one.pk}))]
    if one.valid_to is not None:
        return steps
    if one.kind in CONTACTED:
        word = "登记查找" if one.kind == StandingKind.LOST else "登记联系"
        steps.insert(0, (word, reverse("standing-contact", kwargs={"standing": one.pk})))
    if one.kind in COUNTED or one.kind == StandingKind.SUSPENDED:
        word = "恢复党籍" if one.kind == StandingKind.SUSPENDED else "结束"
        steps.append((word, reverse("standing-end", kwargs={"standing": one.pk})))
    return steps


def powers_in(record: Record, day: date) -> list[tuple[str, str, str]]:
    """(organization, as what, what it allows there) for home, cultivation and dual life of the day."""
    category = record.category(day)
    belonging = filter(None, (record.home(day), *record.dual(day)))
    return [(one.organization.unit.name, one.get_kind_display(), _allows(AffiliationKind(one.kind), category)) for one in belonging]


def _allows(kind: AffiliationKind, category: MembershipRecord | None) -> str:
    if kind == AffiliationKind.CULTIVATED:
        return "由这里培养、考察；还不是党员，不计入党员数"
    if category is None or category.category not in MEMBERS:
        return "这一天不是党员（没有登记类别，或者停止党籍）：不计入党员数，没有表决权、选举权和被选举权"
    if kind == AffiliationKind.DUAL:
        return "参加那里的组织生活，可以在那里参加评议；不在那里计数、表决、选举，不在那里交党费"
    rights = "计入党员数，参加组织生活，交党费"
    if category.category == Category.FULL:
        return f"{rights}；有表决权、选举权和被选举权"
    return f"{rights}；预备期间没有表决权、选举权和被选举权"


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
    row = own(visit)
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
        "lines": own_columns(row, whole=False), "attended": attendances_of(row.pk, visit.day)[:ATTENDED], "most_attended": ATTENDED,
        "corrections": row.corrections.order_by("-pk")[:ATTENDED],
        "notice_read": row.notices_read.filter(version=notice.VERSION).exists(),
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
