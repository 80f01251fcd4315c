"""Somebody developed by a branch of the worked city, for the tests of developments."""

from __future__ import annotations

from datetime import date, timedelta

from shanghui.access.models import User
from shanghui.cases.file import File, file_of
from shanghui.cases.models import ARCHIVED, Case, Meeting, MemberVote
from shanghui.cases.operations import (
    do_step,
    examine,
    extend_probation,
    open_development,
    put_contacts,
    put_development,
    put_introducers,
    put_vote,
)
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Category, MembershipRecord, Person
from shanghui.ledger.people.operations import register_person
from tests.cases.somewhere import approver, named_committee, submitter
from tests.worked_city import AT, BRANCH, city, named

TODAY = date(2029, 12, 31)
APPLIED, TALKED, ACTIVIST = date(2024, 9, 2), date(2024, 9, 20), date(2024, 10, 8)
EXAMINED = (date(2025, 4, 8), date(2025, 10, 8), date(2026, 4, 8))
REVIEWED, CONSENTED, POSTED, PUBLIC, CANDIDATE = (
    date(2026, 5, 12), date(2026, 5, 20), date(2026, 5, 21), date(2026, 5, 28), date(2026, 5, 29)
)
PREREVIEWED, MEETING, REPORTED, APPROVED = date(2026, 6, 22), date(2026, 7, 20), date(2026, 7, 24), date(2026, 8, 10)
ENDS = date(2027, 7, 20)
DAYS = {
    "talk": TALKED, "activist": ACTIVIST, "activist_filing": date(2024, 10, 20), "contacts": date(2024, 10, 21),
    "cultivation": date(2026, 5, 11), "candidate_review": REVIEWED, "candidate_consent": CONSENTED, "publicity": PUBLIC,
    "candidate": CANDIDATE, "introducers": date(2026, 6, 1), "political_review": date(2026, 6, 10), "training": date(2026, 6, 12),
    "branch_review": date(2026, 6, 15), "prereview": PREREVIEWED, "form": date(2026, 6, 30), "meeting": MEETING, "report": REPORTED,
    "committee_talk": date(2026, 8, 3), "approve": APPROVED, "admission_filing": date(2026, 8, 20), "placed": date(2026, 8, 12),
    "oath": date(2026, 9, 10), "probation": ENDS, "confirmation_request": date(2027, 7, 1), "confirmation_meeting": date(2027, 7, 22),
    "confirmation_report": date(2027, 7, 30), "confirm": date(2027, 9, 1), "archive": date(2027, 9, 20),
}
"""A road under which nothing is late: candidate under the revision of 2026."""


def branch() -> PartyOrganization:
    """The branch that develops."""
    return PartyOrganization.objects.select_related("unit").get(unit__name=BRANCH)


def applicant(birth: str = "1990-03-05", name: str = "申小满") -> Person:
    """Somebody of the branch who is not in any category."""
    return register_person(kept_by=named(BRANCH), by=None, at=AT, name=name, birth=birth, gender="女")


def full_members(count: int) -> list[Person]:
    """So many full members of the branch, those longest in the party first."""
    rows = MembershipRecord.objects.filter(category=Category.FULL, valid_to=None, person__affiliations__organization=branch())
    return [one.person for one in rows.select_related("person").order_by("valid_from", "pk")[:count]]


def opened(person: Person | None = None, on: date = APPLIED, organization: PartyOrganization | None = None) -> Case:
    """A development from the day of application."""
    return open_development(
        person=person or applicant(), organization=organization or branch(), office=city(), applied_on=on, by=submitter(), at=AT, today=TODAY
    )


def step(case: Case, code: str, on: date | None = None, by: User | None = None) -> None:
    """Does a step on its day; what is decided above is registered by a second editor."""
    decided = code in ("approve", "confirm", "extension_approval")
    do_step(
        case=case, step=code, on=on or DAYS[code], by=by or (approver() if decided else submitter()), at=AT, today=TODAY,
        number="云商党〔2026〕8号" if decided else "", kept_at="支部档案柜",
    )


def prepared(case: Case) -> None:
    """Everything typed that the steps ask for, as the road above needs it."""
    people = full_members(2)
    for day in EXAMINED:
        examine(case=case, on=day, by=submitter(), at=AT, today=TODAY, who="支委会", kept_at="支部档案柜")
    put_contacts(case=case, people=people, since=DAYS["contacts"], by=submitter(), at=AT)
    put_introducers(case=case, people=people, on=DAYS["introducers"], by=submitter(), at=AT)
    put_development(
        case=case, by=submitter(), at=AT, approver=named_committee(), posted_on=POSTED, posted_at="商会公告栏", training_days=3,
        training_hours=24, **dict.fromkeys(ARCHIVED, True),
    )
    voted(case, Meeting.ADMISSION)
    voted(case, Meeting.CONFIRMATION)


def voted(case: Case, meeting: Meeting, expected: int = 10, present: int = 8, yes: int = 8, **more: int) -> MemberVote:
    """A count of a meeting."""
    return put_vote(case=case, meeting=meeting, expected=expected, present=present, yes=yes, by=submitter(), at=AT, **more)


def walked(until: str, case: Case | None = None, **days: date) -> Case:
    """A development with every step done up to `until`, included; `days`: other days than those of the road."""
    case = case or opened()
    codes = list(DAYS)
    for code in codes[: codes.index(until) + 1] if until != "apply" else ():
        step(case, code, days.get(code))
        if code == "activist":
            prepared(case)
    case.refresh_from_db()
    return case


def extended(case: Case, months: int = 6, on: date = ENDS) -> None:
    """The meeting extended probation, not approved yet."""
    voted(case, Meeting.EXTENSION)
    extend_probation(case=case, months=months, on=on, by=submitter(), at=AT, today=TODAY)


def extension_approved(case: Case, on: date = ENDS) -> None:
    """The extension was reported on a day and approved by the committee twelve days later."""
    step(case, "extension_report", on)
    step(case, "extension_approval", on + timedelta(days=12))


def seen(case: Case, on: date) -> File:
    """The file on a day."""
    return file_of(case, on)
