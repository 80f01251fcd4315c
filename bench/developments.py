"""The deadlines of many open developments against one hand-written statement: read as a set, whatever their number (M15, M42)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rounds import Measured, Noted, interleaved
from shanghui.access.scope import whole
from shanghui.cases.deadlines import steps_ahead
from shanghui.cases.models import Case, Contact, Development, Examination, StepRecord
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, open_federation
from shanghui.ledger.people.models import Person

MANY, BRANCHES = 20_000, 20
DAY = date(2026, 11, 27)
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
ROAD = (
    "apply", "talk", "activist", "activist_filing", "contacts", "cultivation", "candidate_review", "candidate", "candidate_filing",
    "introducers", "political_review", "training", "branch_review", "prereview", "form", "meeting", "report", "committee_talk", "approve",
    "admission_filing", "placed", "oath", "probation", "confirmation_request",
)
"""The steps in an order in which they can be done; candidates were decided by the rules of 2014."""
STANDS = ("apply", "contacts", "form", "committee_talk", "placed", "confirmation_request")
"""The last step that is done in a case, by turns: the talk, an examination, the meeting, the approval, the oath, 转正 are due."""
EXAMINED = 4
"""Cases have none to so many examinations less one, each at the end of its half year."""
EXTENDED = 5
"""One probation in so many was extended by half a year."""

_LATER = {"sqlite": "date({day}, '+' || ({months}) || ' months')", "postgresql": "cast({day} + ({months}) * interval '1 month' as date)"}
_OF = """FROM cases_case c JOIN cases_steprecord r ON r.case_id = c.id AND r.step = '{step}' AND r.returned_on IS NULL {more}
WHERE c.opened_on <= %s AND (c.closed_on IS NULL OR c.closed_on > %s) AND c.person_id IS NOT NULL"""
_DONE = """ AND {no} EXISTS (SELECT 1 FROM cases_steprecord s WHERE s.case_id = c.id AND s.step = '{step}' AND s.returned_on IS NULL)"""
_LIMITS = (
    ("talk", "apply", "1", ()), ("meeting", "prereview", "1", ("form",)), ("approve", "report", "3", ("committee_talk",)),
    ("oath", "approve", "1", ()),
    ("confirmation_meeting", "meeting", "12 + coalesce(d.extended_months, 0) + 1", ("admission_filing", "oath", "probation", "confirmation_request")),
)
"""(step, the step it is counted from, months, the steps that come before): regulations §3, written down once more."""


def build(many: int = MANY) -> None:
    """So many people on the road, each with an open development, in a few branches."""
    federation = open_federation(name="云泽市工商联", code="990200", committee_name="云泽市商会行业党委", by=None, at=AT)
    bodies = [_branch(federation, number) for number in range(min(BRANCHES, many))]
    people = Person.objects.bulk_create(
        [Person(name=f"申{number}", initials=f"s{number}", kept_by_id=bodies[number % len(bodies)].pk) for number in range(many)], 2000
    )
    cases = Case.objects.bulk_create([
        Case(
            kind="development", title="发展党员", office=federation.unit, organization=bodies[number % len(bodies)], person=person,
            opened_on=_days(number)["apply"],
        ) for number, person in enumerate(people)
    ], 2000)
    StepRecord.objects.bulk_create([
        StepRecord(case=case, step=step, on=on, at=AT) for number, case in enumerate(cases) for step, on in _days(number).items()
    ], 2000)
    StepRecord.objects.bulk_create([
        StepRecord(case=case, step=step, on=_days(number)["confirmation_request"], at=AT) for number, case in enumerate(cases)
        if _is_extended(number) for step in ("extension_report", "extension_approval")
    ], 2000)
    Contact.objects.bulk_create([Contact(case=case, person=people[0], valid_from=case.opened_on) for case in cases], 2000)
    Examination.objects.bulk_create([
        Examination(case=case, on=months_later(_days(number)["activist"], 6 * one))
        for number, case in enumerate(cases) if _stand(number) == "contacts" for one in range(1, 1 + _turn(number) % EXAMINED)
    ], 2000)
    Development.objects.bulk_create([
        Development(case=case, extended_months=6) for number, case in enumerate(cases) if _is_extended(number)
    ], 2000)


def _turn(number: int) -> int:
    return number // len(STANDS)


def _stand(number: int) -> str:
    return STANDS[number % len(STANDS)]


def _is_extended(number: int) -> bool:
    return _stand(number) == "confirmation_request" and _turn(number) % EXTENDED == 0


def _days(number: int) -> dict[str, date]:
    """Each step done on a day of its own month, the last in autumn 2026; no later than the 28th, so that every database counts alike."""
    done = ROAD[: ROAD.index(_stand(number)) + 1]
    month = 2026 * 12 + 9 - len(done)
    day = 1 + _turn(number) % 28
    return {step: date((month + place) // 12, (month + place) % 12 + 1, day) for place, step in enumerate(done)}


def _branch(federation: Any, number: int) -> PartyOrganization:
    return found_organization(
        name=f"第{number}党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=federation.unit, since=SINCE, by=None, at=AT,
        party_parent=federation.committee,
    )


def by_hand() -> list[tuple[int, str, date]]:
    """Case, step and the day it is due, by one statement."""
    later = _LATER[connection.vendor]
    parts = []
    for step, of, months, before in _LIMITS:
        due = later.format(day='r."on"', months=months)
        more = "LEFT JOIN cases_development d ON d.case_id = c.id" if "d." in months else ""
        done = "".join(_DONE.format(no="", step=one) for one in before) + _DONE.format(no="NOT", step=step)
        parts.append(f"SELECT c.id, '{step}', {due} {_OF.format(step=of, more=more)}{done}")
    due = later.format(day='r."on"', months="6 * (1 + count(e.id))")
    examined = 'LEFT JOIN cases_examination e ON e.case_id = c.id AND e."on" <= %s'
    rest = _DONE.format(no="", step="contacts") + _DONE.format(no="NOT", step="cultivation")
    parts.append(f"SELECT c.id, 'cultivation', {due} {_OF.format(step='activist', more=examined)}{rest} GROUP BY c.id, r.\"on\"")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 3, 1", [DAY] * (2 * len(parts) + 1))
        return [(pk, step, due if isinstance(due, date) else date.fromisoformat(due)) for pk, step, due in cursor.fetchall()]


def ours() -> list[tuple[int, str, date]]:
    """The same as the platform tells it, which also knows the steps without a last day."""
    found = [(one.case, one.step.code, one.due) for one in steps_ahead(whole(DAY), DAY)]
    return sorted(((pk, step, due) for pk, step, due in found if due is not None), key=lambda row: (row[2], row[0]))


def measure(many: int = MANY, rounds: int = 3) -> list[Measured | Noted]:
    """Both sides have been found equal before they are timed."""
    build(many)
    with CaptureQueriesContext(connection) as queries:
        told = ours()
    assert told == by_hand()
    assert len(told) == many
    times = interleaved({"ours": ours, "by_hand": by_hand}, rounds)
    return [
        Measured("deadlines of developments", times["ours"], times["by_hand"], note=f"{many} cases, {len(queries)} questions"),
        Noted("per case", f"{times['ours'] / many * 1e6:.0f} µs"),
    ]
