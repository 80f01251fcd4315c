"""What can happen to federations, party organizations and coverage (M01, M03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Axis, Unit, UnitKind, User
from shanghui.access.operations import attach, open_unit
from shanghui.access.queries import unit_with_code
from shanghui.kernel.facts import Fact, Precision, holds_on
from shanghui.kernel.periods import EPOCH
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import (
    Chamber,
    Coverage,
    Federation,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
)
from shanghui.ledger.organizations.operations.describing import DATED, correct, describe
from shanghui.ledger.organizations.operations.endings import BEING, end_all
from shanghui.ledger.organizations.operations.facts import call_anew, end, refuse_twin, succeed


def place_of(federation_name: str) -> str:
    """云泽市工商联 → 云泽市: the part of a federation's name that its committee and chambers share."""
    for ending in ("工商业联合会", "工商联合会", "工商联", "总商会"):
        if federation_name.endswith(ending):
            return federation_name[: -len(ending)]
    return federation_name


@transaction.atomic
def open_federation(
    *, name: str, code: str, committee_name: str = "", parent: Federation | None = None, by: User | None, at: datetime
) -> Federation:
    """A federation and its leading party committee. Raises Refused when the code is taken."""
    if unit_with_code(code) is not None:
        raise Refused(f"代码 {code} 已经登记过工商联。请核对代码。")
    journal = Journal(by=by, at=at, verb="登记工商联")
    unit = open_unit(
        kind=UnitKind.FEDERATION, name=name, code=code, parent=parent.unit if parent else None, journal=journal
    )
    federation = journal.create(Federation(unit=unit))
    above = parent.committee if parent else None
    committee = _organization(
        journal, name=committee_name or f"{place_of(name)}总商会党委", under=unit, kind=OrganizationKind.COMMITTEE, form="",
        since=EPOCH, party_parent=above,
    )
    journal.change(federation, committee_id=committee.pk)
    journal.close(federation, unit)
    return federation


@transaction.atomic
def change_organization(
    *, organization: PartyOrganization, name: str = "", since: date | None, by: User | None, at: datetime, **values: Any
) -> bool:
    """Changes what is written about a party organization; says whether anything changed.

    Name, kind and number of committee members are so from `since` on; None puts right what was written wrong. Raises Refused.
    """
    dated = {one: values.pop(one) for one in DATED if one in values}
    journal = Journal(by=by, at=at, verb="更正" if since is None else "修改")
    changed = journal.change(organization, **values)
    if dated:
        changed |= correct(journal, organization, at.date(), **dated) if since is None else describe(journal, organization, since, **dated)
    if name:
        changed |= call_anew(journal, organization.unit, name, since)
    journal.close(organization, organization.unit)
    return changed


def _organization(
    journal: Journal, *, name: str, under: Unit, kind: OrganizationKind, form: Form | str, since: date,
    party_parent: PartyOrganization | None, precision: Precision = Precision.DAY, committee_members: int | None = None,
    **values: Any
) -> PartyOrganization:
    unit = open_unit(kind=UnitKind.ORGANIZATION, name=name, parent=under, journal=journal)
    if party_parent is not None:
        attach(child=unit, parent=party_parent.unit, axis=Axis.PARTY, since=EPOCH, journal=journal)
    organization = journal.create(PartyOrganization(unit=unit, **values))
    journal.create(OrganizationPeriod(
        organization=organization, kind=kind, form=form, committee_members=committee_members, valid_from=since,
        from_precision=precision,
    ))
    return organization


@transaction.atomic
def found_organization(
    *, name: str, kind: OrganizationKind, form: Form | str, under: Unit, since: date, by: User | None, at: datetime,
    party_parent: PartyOrganization | None = None, covers: Iterable[Chamber] = (), precision: Precision = Precision.DAY,
    **values: Any
) -> PartyOrganization:
    """A party organization kept by a federation, in being since that day, covering these chambers. Raises Refused."""
    refuse_twin(name, under, at.date())
    journal = Journal(by=by, at=at, verb="登记党组织")
    organization = _organization(
        journal, name=name, under=under, kind=kind, form=form, since=since, party_parent=party_parent,
        precision=precision, **values
    )
    for chamber in covers:
        _cover(journal, chamber, organization, form or Form.OWN, since, precision)
    journal.close(organization, organization.unit)
    return organization


def _cover(
    journal: Journal, chamber: Chamber, organization: PartyOrganization, form: Form | str, since: date,
    precision: Precision = Precision.DAY,
) -> Coverage:
    other = (
        Coverage.objects.filter(chamber=chamber, form=form)
        .filter(models.Q(valid_to=None) | models.Q(valid_to__gt=since))
        .select_related("organization__unit")
        .first()
    )
    if other is not None:
        raise Refused(
            f"“{chamber.unit.name}”自{other.valid_from}起已由“{other.organization.unit.name}”以“{other.get_form_display()}”"
            "覆盖。同一种组建方式同一时间只能有一个，请先结束原来的覆盖。"
        )
    if not OrganizationPeriod.objects.on(since).filter(organization=organization).exists():
        raise Refused(f"“{organization.unit.name}”在{since}不存在，不能自那天起覆盖商会。请核对日期。")
    return journal.create(
        Coverage(chamber=chamber, organization=organization, form=form, valid_from=since, from_precision=precision)
    )


@transaction.atomic
def cover(
    *, chamber: Chamber, organization: PartyOrganization, form: Form, since: date, by: User | None, at: datetime,
    precision: Precision = Precision.DAY,
) -> Coverage:
    """From `since` the organization covers the chamber (M03). Raises Refused when that form covers it already."""
    journal = Journal(by=by, at=at, verb="登记覆盖")
    row = _cover(journal, chamber, organization, form, since, precision)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def set_form(
    *, organization: PartyOrganization, form: Form, since: date, with_coverages: bool, by: User | None, at: datetime
) -> OrganizationPeriod:
    """From `since` the organization has this form, or is in being again; on request it covers its chambers by it too (M03).

    Raises Refused.
    """
    journal = Journal(by=by, at=at, verb=f"组建方式改为{form.label}")
    periods = OrganizationPeriod.objects.filter(organization=organization)
    if periods.on(since).exists():
        describe(journal, organization, since, form=form)
    else:
        _be_again(journal, organization, form, since)
    if with_coverages:
        standing = Coverage.objects.filter(organization=organization, valid_to=None).exclude(form=form)
        for old in standing.select_related("chamber__unit"):
            _change_form_of(journal, old, form, since)
    journal.close(organization, organization.unit)
    return periods.on(since).get()


def _be_again(journal: Journal, organization: PartyOrganization, form: Form, since: date) -> None:
    """In being once more, of the kind it was last."""
    periods = OrganizationPeriod.objects.filter(organization=organization)
    last = periods.order_by("valid_from").last()
    kind = last.kind if last else OrganizationKind.BRANCH
    succeed(journal, periods, OrganizationPeriod(organization=organization, kind=kind, form=form, valid_from=since))


def _change_form_of(journal: Journal, old: Coverage, form: Form, since: date) -> None:
    if old.valid_from >= since:
        raise Refused(f"“{old.chamber.unit.name}”的覆盖自{old.valid_from}才开始，新的开始日期须在其后。")
    journal.change(old, valid_to=since)
    _cover(journal, old.chamber, old.organization, form, since)


@transaction.atomic
def dissolve_organization(
    *, organization: PartyOrganization, on: date, reason: str, by: User | None, at: datetime, with_it: Iterable[Fact] = ()
) -> None:
    """From `on` the organization no longer exists: its being, coverages, term and what is double end, and the facts that end
    `with_it`. Raises Refused without a reason."""
    if not reason:
        raise Refused("请写明撤销党组织的原因。")
    journal = Journal(by=by, at=at, verb="撤销党组织", reason=reason)
    periods = OrganizationPeriod.objects.filter(organization=organization).filter(holds_on(on))
    if not periods.exists():
        raise Refused(f"“{organization.unit.name}”在{on}已经不存在。请核对日期。")
    for model, column in BEING:
        for row in model._default_manager.filter(holds_on(on), **{column: organization.pk}):
            end(journal, row, on)
    end_all(journal, with_it, on)
    journal.close(organization, organization.unit)
