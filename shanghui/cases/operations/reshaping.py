"""What is typed where organizations end or are merged: where members go, who covers the chambers, which organizations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.models import Case, CaseChamber, CaseOrganization, CasePerson
from shanghui.cases.operations.locks import STANDING, is_approved, refuse_closed, refuse_unlawful_design
from shanghui.cases.operations.openings import refuse_reshaped_twice
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, Form, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind, Person


@dataclass(frozen=True)
class Home:
    """Where somebody goes: to a party organization of the ledger, or to one `outside` it."""

    kind: AffiliationKind = AffiliationKind.HOME
    target: PartyOrganization | None = None
    outside: str = ""


@dataclass(frozen=True)
class Heir:
    """Who covers a chamber afterwards, and how; without a target nobody does."""

    target: PartyOrganization | None = None
    form: Form | str = ""


@transaction.atomic
def put_homes(*, case: Case, homes: Mapping[Person, Home], by: User | None, at: datetime) -> None:
    """Where each person goes when an organization ends. Raises Refused for both a place in and outside the ledger."""
    refuse_closed(case)
    journal = Journal(by=by, at=at, verb="安排党员去向")
    rows = {row.person_id: row for row in CasePerson.objects.filter(case=case)}
    for person, home in homes.items():
        if home.target is not None and home.outside:
            raise Refused(f"{person.name}的去向写了两个。台账里的和台账以外的，只能填一个。")
        values = {"kind": home.kind, "target_id": home.target.pk if home.target else None, "outside": home.outside}
        row = rows.pop(person.pk, None)
        if row is None:
            journal.create(CasePerson(case=case, person=person, **values))
        else:
            journal.change(row, **values)
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


@transaction.atomic
def put_heirs(*, case: Case, heirs: Mapping[Chamber, Heir], by: User | None, at: datetime) -> None:
    """Who covers each chamber after its organization ends. Raises Refused for a target without a form."""
    refuse_closed(case)
    journal = Journal(by=by, at=at, verb="安排商会覆盖")
    rows = {row.chamber_id: row for row in CaseChamber.objects.filter(case=case)}
    for place, (chamber, heir) in enumerate(heirs.items()):
        if heir.target is not None and not heir.form:
            raise Refused(f"请选“{chamber.unit.name}”以后的覆盖方式。")
        values = {"place": place, "target_id": heir.target.pk if heir.target else None, "form": heir.form}
        row = rows.pop(chamber.pk, None)
        if row is None:
            journal.create(CaseChamber(case=case, chamber=chamber, **values))
        else:
            journal.change(row, **values)
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


@transaction.atomic
def put_organizations(*, case: Case, organizations: Sequence[PartyOrganization], by: User | None, at: datetime) -> None:
    """The other organizations of a merger. Raises Refused for the case's own, for one that another case reshapes, and for one that
    cannot end on the day chosen already; also once the request is approved."""
    refuse_closed(case)
    if is_approved(case):
        raise Refused(STANDING["organizations"])
    if any(one.pk == case.organization_id for one in organizations):
        raise Refused("立项的党组织已经在内，不用再选。")
    refuse_reshaped_twice(case.kind, organizations, case)
    journal = Journal(by=by, at=at, verb="选择合并的党组织")
    rows = {row.organization_id: row for row in case.organizations.all()}
    for one in organizations:
        if rows.pop(one.pk, None) is None:
            journal.create(CaseOrganization(case=case, organization=one))
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)
    refuse_unlawful_design(case, at)
