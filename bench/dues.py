"""Dues of 60,000 people for a month: who owes where, how much, who has paid, against the one statement that joins the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from bench.rounds import Measured, interleaved
from shanghui.access.models import Unit
from shanghui.ledger.dues.models import DuesBase, DuesPayment
from shanghui.ledger.dues.queries import roll, sums
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization
from shanghui.ledger.people.models import Affiliation, MembershipRecord, Person
from shanghui.web.demonstration.large import bulk

PEOPLE, BRANCH, MONTH = 60_000, 40, date(2022, 6, 1)
_LAST = "2022-06-30"
_JOINED = """
SELECT a.organization_id, a.person_id, p.name, p.initials, b.kind, b.monthly, b.reduced, d.due, d.adjusted, d.paid, d.paid_on
FROM people_affiliation a
JOIN people_person p ON p.id = a.person_id
JOIN people_membershiprecord m ON m.person_id = a.person_id AND m.category IN ('full', 'probationary')
  AND m.valid_from <= %(last)s AND (m.valid_to IS NULL OR m.valid_to > %(last)s)
LEFT JOIN dues_duesbase b ON b.person_id = a.person_id AND b.valid_from <= %(first)s AND (b.valid_to IS NULL OR b.valid_to > %(first)s)
LEFT JOIN dues_duespayment d ON d.person_id = a.person_id AND d.month = %(first)s
WHERE a.kind = 'home' AND a.valid_from <= %(last)s AND (a.valid_to IS NULL OR a.valid_to > %(first)s)
"""


def build(count: int) -> None:
    """So many members in branches of forty; every base known, two of three have paid."""
    branches = count // BRANCH + 1
    tables = (Unit, PartyOrganization, OrganizationPeriod, Person, MembershipRecord, Affiliation, DuesBase, DuesPayment)
    with bulk.loading(tables):
        keys = range(1, branches + 1)
        bulk.write(Unit, "id name", ((one, f"第{one}党支部") for one in keys), kind="organization")
        bulk.write(PartyOrganization, "unit_id", ((one,) for one in keys), kind="branch")
        bulk.write(OrganizationPeriod, "organization_id valid_from", ((one, "2015-01-01") for one in keys), form="own")
        bulk.write(Person, "id name initials kept_by_id", ((one, f"党员{one}", f"dy{one}", one // BRANCH + 1) for one in range(1, count + 1)))
        bulk.write(MembershipRecord, "person_id valid_from", _everybody(count), category="full")
        bulk.write(Affiliation, "person_id valid_from organization_id", ((*row, row[0] // BRANCH + 1) for row in _everybody(count)), kind="home")
        bulk.write(DuesBase, "person_id valid_from monthly", ((*row, f"{row[0] % 90 + 15}.00") for row in _everybody(count)), kind="wages")
        asked = ((one, f"{one % 90 + 15}.00") for one in range(1, count + 1) if one % 3)
        paid = ((one, one // BRANCH + 1, due, due, MONTH.isoformat(), "2022-06-10") for one, due in asked)
        bulk.write(DuesPayment, "person_id organization_id due paid month paid_on", paid, method="cash")


def _everybody(count: int) -> Iterator[tuple[int, str]]:
    return ((one, "2016-01-01") for one in range(1, count + 1))


def joined() -> list[Any]:
    """The floor: one statement, its rows as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(_JOINED, {"first": MONTH.isoformat(), "last": _LAST})
        return list(cursor.fetchall())


def measure(share: float, rounds: int) -> list[Measured]:
    """The month of everybody by name, and its sums by branch."""
    count = int(PEOPLE * share)
    build(count)
    assert len(joined()) == len(roll(Q(), MONTH)) == count
    times = interleaved({"joined": joined, "roll": lambda: roll(Q(), MONTH), "sums": lambda: sums(roll(Q(), MONTH))}, rounds)
    return [
        Measured(f"{count} 人一个月的党费", times["roll"], times["joined"], 6, "与一条 SQL 相比"),
        Measured(f"{count} 人按支部合计", times["sums"], times["joined"], 7, "与一条 SQL 相比"),
    ]
