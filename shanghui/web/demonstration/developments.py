"""Developments under way in the demonstration: one at each kind of next step, from the days the city's own ledger has (M15).

Everything past is dated as the ledger has it, so that no figure of 30 June 2022 moves; what is due lies around today.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shanghui.access.models import Unit, User
from shanghui.cases.models import Case
from shanghui.cases.operations import (
    do_step,
    examine,
    open_development,
    put_contacts,
    put_development,
    put_introducers,
)
from shanghui.kernel.periods import months_later
from shanghui.ledger.organizations.models import Federation, PartyOrganization
from shanghui.ledger.people.models import Affiliation, Category, MembershipRecord, Person
from shanghui.ledger.people.operations import register_person
from shanghui.rules.registry import limit

CULTIVATED, TRAINED, UNNAMED, MISSED, APPLICANT = range(5)
BRANCHES = (
    ("云泽市汽配机电商会党支部", (CULTIVATED, APPLICANT)), ("云泽市再生资源行业商会党支部", (TRAINED, MISSED)),
    ("云泽市餐饮业商会党支部", (UNNAMED, CULTIVATED)),
)
KEPT = "支部档案柜"
NEW = "夏知秋"
BEFORE_THE_REVISION = date(2026, 4, 20)


def open_developments(city: Unit, *, by: User, at: datetime, today: date) -> None:
    """Opens them for the first activists of three branches, and for one who applied lately."""
    for name, stands in BRANCHES:
        branch = PartyOrganization.objects.select_related("unit").get(unit__name=name)
        waiting = [one for one in _activists(branch) if one.applied_on]
        for stand in stands:
            hand = _Hand(city, branch, by, at, today)
            if stand == APPLICANT:
                hand.lately()
            elif waiting:
                hand.walk(waiting.pop(0), stand)


def _activists(branch: PartyOrganization) -> list[Person]:
    here = Affiliation.objects.filter(organization=branch, valid_to=None).values("person_id")
    rows = MembershipRecord.objects.filter(person_id__in=here, category=Category.ACTIVIST, valid_to=None).select_related("person")
    return [one.person for one in rows.order_by("valid_from", "pk") if len(one.person.applied_on) == len("2020-01-01")]


class _Hand:
    """Whoever registers the steps of a branch."""

    def __init__(self, city: Unit, branch: PartyOrganization, by: User, at: datetime, today: date) -> None:
        self.city, self.branch, self.by, self.at, self.today = city, branch, by, at, today

    def lately(self) -> None:
        """Somebody applied twenty days ago: the talk is due."""
        person = register_person(kept_by=self.branch.unit, by=self.by, at=self.at, name=NEW, gender="女", birth="1995-10-12", education="本科")
        self._open(person, self.today - timedelta(days=20))

    def walk(self, person: Person, stand: int) -> None:
        """From the application through the days of the ledger to where the development stands."""
        began = MembershipRecord.objects.get(person=person, category=Category.ACTIVIST, valid_to=None).valid_from
        case = self._open(person, date.fromisoformat(person.applied_on))
        self._do(case, "talk", months_later(case.opened_on, 1) - timedelta(days=3))
        self._do(case, "activist", began)
        self._do(case, "activist_filing", began + timedelta(days=12))
        if stand == UNNAMED:
            return
        contacts = self._full(began, 2)
        put_contacts(case=case, people=contacts, since=began + timedelta(days=15), by=self.by, at=self.at)
        self._do(case, "contacts", began + timedelta(days=15))
        self._examine(case, began, leave=1 if stand == MISSED else 0)
        if stand == TRAINED:
            self._candidate(case, contacts)

    def _candidate(self, case: Case, contacts: list[Person]) -> None:
        """Decided by the rules of 2014, trained, and reviewed by the committee three weeks ago: the meeting is due."""
        decided = min(BEFORE_THE_REVISION, self.today - timedelta(days=130))
        self._do(case, "cultivation", decided - timedelta(days=10))
        self._do(case, "candidate_review", decided - timedelta(days=5))
        self._do(case, "candidate", decided)
        self._do(case, "candidate_filing", decided + timedelta(days=8))
        put_introducers(case=case, people=contacts, on=decided + timedelta(days=30), by=self.by, at=self.at)
        committee = Federation.objects.get(unit=self.city).committee
        put_development(case=case, approver=committee, training_days=3, training_hours=24, by=self.by, at=self.at)
        for code, days in (("introducers", 30), ("political_review", 60), ("training", 75), ("branch_review", 90)):
            self._do(case, code, decided + timedelta(days=days))
        self._do(case, "prereview", max(self.today - timedelta(days=21), decided + timedelta(days=91)))
        self._do(case, "form", max(self.today - timedelta(days=10), decided + timedelta(days=92)))

    def _open(self, person: Person, applied_on: date) -> Case:
        return open_development(
            person=person, organization=self.branch, office=self.city, applied_on=applied_on, by=self.by, at=self.at, today=self.today,
            kept_at=KEPT,
        )

    def _do(self, case: Case, step: str, on: date) -> None:
        do_step(case=case, step=step, on=on, by=self.by, at=self.at, today=self.today, kept_at=KEPT)

    def _examine(self, case: Case, began: date, leave: int) -> None:
        """Every half year until today, but for the last `leave`."""
        months = limit("DEV-06", "months")
        days = [months_later(began, months * number) for number in range(1, 400 // months)]
        past = [day for day in days if day < self.today]
        for day in past[: len(past) - leave]:
            examine(case=case, on=day, by=self.by, at=self.at, today=self.today, who="支委会", kept_at=KEPT)

    def _full(self, on: date, count: int) -> list[Person]:
        """The members of the branch who were full longest by a day."""
        here = Affiliation.objects.filter(organization=self.branch, valid_to=None).values("person_id")
        rows = MembershipRecord.objects.filter(person_id__in=here, category=Category.FULL, valid_from__lte=on, valid_to=None)
        return [one.person for one in rows.select_related("person").order_by("valid_from", "pk")[:count]]
