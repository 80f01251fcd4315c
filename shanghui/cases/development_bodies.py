"""Who may develop members and who may approve: the form and kind of organizations, full members on a day (M03; DEV-19, DEV-31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from shanghui.access.models import Axis
from shanghui.access.queries import parent_of
from shanghui.kernel.facts import may_have_begun
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod, PartyOrganization
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord, Person


def full_among(people: Sequence[int], day: date) -> set[int]:
    """Who of these is, or as far as the ledger knows may be, a full member on `day`. One question."""
    going_on = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = MembershipRecord.objects.filter(may_have_begun(day), going_on, person_id__in=list(people), category=Category.FULL)
    return set(rows.values_list("person_id", flat=True))


def belongs_on(person: Person, day: date) -> Affiliation | None:
    """Where the person belongs, or is cultivated, on `day`, dual life apart; what began not later than a later day counts."""
    going_on = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = Affiliation.objects.filter(may_have_begun(day), going_on, person=person).exclude(kind=AffiliationKind.DUAL)
    return rows.select_related("organization__unit").order_by("valid_from").first()


def period_then(organization: PartyOrganization, day: date) -> OrganizationPeriod | None:
    """What an organization is on `day`, or is first known as where its beginning is not; None when it is not in being."""
    going_on = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = OrganizationPeriod.objects.filter(may_have_begun(day), going_on, organization=organization)
    return rows.order_by("valid_from").first()


def body_faults(organization: PartyOrganization, day: date, person: Person | None = None) -> list[str]:
    """Why this organization cannot develop members on `day`; who does it instead is named."""
    name, period = organization.unit.name, period_then(organization, day)
    if period is None:
        return [f"“{name}”在{full_day(day)}不存在（还没有成立，或者已经撤销）。请另选，或者核对日期。"]
    if not powers_of(period.form).develops:
        return [f"“{name}”是功能型或者临时党组织，不能发展党员。请由{_instead(organization, day, person)}办理。"]
    if period.kind == OrganizationKind.BRANCH:
        return []
    return [f"“{name}”是{period.get_kind_display()}，发展党员由党支部办理。请选本人所在的党支部。"]


def approver_faults(approver: PartyOrganization | None, day: date) -> list[str]:
    """Why this organization cannot approve new members on `day` (DEV-19)."""
    if approver is None:
        return ["请先填写审批的党委。"]
    name, period = approver.unit.name, period_then(approver, day)
    if period is None:
        return [f"“{name}”在{full_day(day)}不存在。请另选审批的党委，或者核对日期。"]
    if not powers_of(period.form).develops:
        return [f"“{name}”是功能型或者临时党组织，不能审批预备党员。请改选具有审批权限的党委。"]
    if period.kind != OrganizationKind.COMMITTEE:
        return [f"“{name}”是{period.get_kind_display()}，不能审批预备党员（党总支只能审议）。请改选具有审批权限的党委。"]
    return []


def _instead(organization: PartyOrganization, day: date, person: Person | None) -> str:
    """The organization where the person belongs, or the one above."""
    home = belongs_on(person, day) if person is not None else None
    if home is not None and home.organization_id != organization.pk:
        return f"组织关系（培养联系）所在的“{home.organization.unit.name}”"
    above = parent_of(organization.unit, axis=Axis.PARTY, day=day)
    return f"本人工作单位、居住地的党支部，或者上级“{above.name}”指定的党支部" if above else "本人工作单位或者居住地的党支部"
