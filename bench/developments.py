"""The deadlines of many open developments against one hand-written statement: read as a set, whatever their number (M15, M42)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rounds import Measured, Noted, interleaved
from shanghui.access.scope import whole
from shanghui.cases.models import Case, Contact, Examination, StepRecord
from shanghui.cases.queries import next_steps
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, open_federation
from shanghui.ledger.people.models import Person

MANY, BRANCHES = 20_000, 20
DAY = date(2026, 11, 27)
AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
STEPS = ("apply", "talk", "activist", "activist_filing", "contacts")
EXAMINED = 4
"""Cases have none to so many examinations less one, each at the end of its half year."""

_DUE = {
    "sqlite": "date(r.\"on\", '+' || (6 * (1 + count(e.id))) || ' months')",
    "postgresql": "cast(r.\"on\" + (6 * (1 + count(e.id))) * interval '1 month' as date)",
}
_STATEMENT = """
SELECT c.id, {due} FROM cases_case c JOIN cases_steprecord r ON r.case_id = c.id AND r.step = 'activist' AND r.returned_on IS NULL
LEFT JOIN cases_examination e ON e.case_id = c.id AND e."on" <= %s
WHERE c.opened_on <= %s AND (c.closed_on IS NULL OR c.closed_on > %s) AND c.person_id IS NOT NULL GROUP BY c.id, r."on" ORDER BY 2, 1
"""


def build(many: int = MANY) -> None:
    """So many activists, each with an open development, in a few branches."""
    federation = open_federation(name="云泽市工商联", code="990200", committee_name="云泽市商会行业党委", by=None, at=AT)
    bodies = [_branch(federation, number) for number in range(min(BRANCHES, many))]
    people = Person.objects.bulk_create(
        [Person(name=f"申{number}", initials=f"s{number}", kept_by_id=bodies[number % len(bodies)].pk) for number in range(many)], 2000
    )
    cases = Case.objects.bulk_create([
        Case(
            kind="development", title="发展党员", office=federation.unit, organization=bodies[number % len(bodies)], person=person,
            opened_on=_began(number) - timedelta(days=100),
        ) for number, person in enumerate(people)
    ], 2000)
    StepRecord.objects.bulk_create([
        StepRecord(case=case, step=step, on=_began(number) if step == "activist" else case.opened_on, at=AT)
        for number, case in enumerate(cases) for step in STEPS
    ], 2000)
    Contact.objects.bulk_create([Contact(case=case, person=people[0], valid_from=case.opened_on) for case in cases], 2000)
    Examination.objects.bulk_create([
        Examination(case=case, on=months_later(_began(number), 6 * one))
        for number, case in enumerate(cases) for one in range(1, 1 + number % EXAMINED)
    ], 2000)


def _branch(federation: Any, number: int) -> PartyOrganization:
    return found_organization(
        name=f"第{number}党支部", kind=OrganizationKind.BRANCH, form=Form.OWN, under=federation.unit, since=SINCE, by=None, at=AT,
        party_parent=federation.committee,
    )


def _began(number: int) -> date:
    """No later than the 28th, so that every database counts months alike."""
    return date(2025, 1 + number % 3, 1 + number % 28)


def by_hand() -> list[tuple[int, date]]:
    """The case and the day its next examination is due, by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(due=_DUE[connection.vendor]), [DAY, DAY, DAY])
        return [(pk, due if isinstance(due, date) else date.fromisoformat(due)) for pk, due in cursor.fetchall()]


def ours() -> list[tuple[int, date]]:
    """The same as the platform tells it, with every other deadline."""
    found = [(one.file.case.pk, one.due) for one in next_steps(whole(DAY), DAY) if one.place.step.code == "cultivation"]
    return sorted(((pk, due) for pk, due in found if due is not None), key=lambda row: (row[1], row[0]))


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
