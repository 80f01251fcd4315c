"""Dual rules (M09): the territorial party body that guides an organization, and a second plate. Each fact is dated and ended."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.facts import Precision, holds_on
from shanghui.kernel.periods import last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization, Plate, TerritorialGuidance
from shanghui.ledger.organizations.operations.facts import succeed


@transaction.atomic
def guide_locally(
    *, organization: PartyOrganization, body: str, since: date, by: User | None, at: datetime, precision: Precision = Precision.DAY
) -> TerritorialGuidance:
    """From `since` this territorial body guides the organization beside its upper one; another one ends then. Raises Refused."""
    _refuse_absent(organization, since)
    journal = Journal(by=by, at=at, verb="登记属地管理")
    rows = TerritorialGuidance.objects.filter(organization=organization)
    same = rows.filter(holds_on(since), body=body, valid_to=None).first()
    if same is not None:
        raise Refused(f"“{organization.unit.name}”自{same.valid_from}起就由“{body}”属地管理，不用再登记。")
    row = succeed(journal, rows, TerritorialGuidance(organization=organization, body=body, valid_from=since, from_precision=precision))
    journal.close(organization, organization.unit)
    return row


@transaction.atomic
def give_plate(
    *, organization: PartyOrganization, name: str, given_by: str, since: date, by: User | None, at: datetime,
    precision: Precision = Precision.DAY,
) -> Plate:
    """From `since` the organization carries a second plate. Raises Refused when it does already, or is not there."""
    _refuse_absent(organization, since)
    standing = Plate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), organization=organization, name=name).first()
    if standing is not None:
        until = f"，到{last_day(standing.valid_to)}为止" if standing.valid_to else ""
        raise Refused(f"“{organization.unit.name}”自{standing.valid_from}起已经挂有“{name}”{until}。")
    journal = Journal(by=by, at=at, verb="挂第二块牌子")
    row = journal.create(
        Plate(organization=organization, name=name, given_by=given_by, valid_from=since, from_precision=precision)
    )
    journal.close(organization, organization.unit)
    return row


def _refuse_absent(organization: PartyOrganization, day: date) -> None:
    if not OrganizationPeriod.objects.on(day).filter(organization=organization).exists():
        raise Refused(f"“{organization.unit.name}”在{day}不存在。请核对日期。")
