"""What can happen to federations, chambers and party organizations. Each is one transaction with its audit entry.

Days are first days: `since` is the first day on which a fact holds, `on` the first day on which it no longer does.
"""

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
    ChamberMembership,
    ChamberStatus,
    CharterClause,
    CharterItem,
    Coverage,
    DeclaredSize,
    Enterprise,
    Federation,
    Form,
    GapPlan,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Rank,
    Status,
    Term,
)


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
def register_chamber(
    *, name: str, under: Unit, since: date, by: User | None, at: datetime, status: Status = Status.NORMAL,
    precision: Precision = Precision.DAY, **values: Any
) -> Chamber:
    """A chamber below a federation, in this state since that day. `values`: columns of Chamber. Raises Refused."""
    _refuse_twin(name, under, at.date())
    journal = Journal(by=by, at=at, verb="登记商会")
    unit = open_unit(kind=UnitKind.CHAMBER, name=name, parent=under, journal=journal)
    chamber = journal.create(Chamber(unit=unit, **values))
    journal.create(ChamberStatus(chamber=chamber, status=status, valid_from=since, from_precision=precision))
    journal.close(chamber, unit)
    return chamber


def _refuse_twin(name: str, under: Unit, day: date) -> None:
    twin = Unit.objects.filter(
        models.Exists(under.child_links.filter(holds_on(day), child=models.OuterRef("pk"), axis=Axis.SUPERVISION)),
        name=name,
    ).first()
    if twin is not None:
        raise Refused(f"“{under.name}”下已有“{name}”。请直接在原记录上修改。")


@transaction.atomic
def change_chamber(*, chamber: Chamber, name: str = "", by: User | None, at: datetime, **values: Any) -> bool:
    """Changes what is written about a chamber; says whether anything changed."""
    return _change(chamber, chamber.unit, name, by=by, at=at, values=values)


@transaction.atomic
def change_organization(
    *, organization: PartyOrganization, name: str = "", by: User | None, at: datetime, **values: Any
) -> bool:
    """Changes what is written about a party organization; says whether anything changed."""
    return _change(organization, organization.unit, name, by=by, at=at, values=values)


def _change(
    row: models.Model, unit: Unit, name: str, *, by: User | None, at: datetime, values: dict[str, Any]
) -> bool:
    from shanghui.kernel.pinyin import initials

    journal = Journal(by=by, at=at, verb="修改")
    changed = journal.change(row, **values)
    if name:
        changed |= journal.change(unit, name=name, initials=initials(unit.short_name or name))
    journal.close(row, unit)
    return changed


def _succeed(journal: Journal, rows: models.QuerySet[Any], new: Fact) -> None:
    """Ends the open fact that `new` takes the place of, from the day `new` begins."""
    for old in rows.filter(valid_to=None):
        if old.valid_from >= new.valid_from:
            raise Refused(f"原来的记录自{old.valid_from}起，新的开始日期须在其后。")
        journal.change(old, valid_to=new.valid_from)
    journal.create(new)


@transaction.atomic
def set_status(*, chamber: Chamber, status: Status, since: date, by: User | None, at: datetime) -> ChamberStatus:
    """From `since` the chamber is in this state. Raises Refused when the present state began on that day or later."""
    journal = Journal(by=by, at=at, verb=f"状态改为{status.label}")
    row = ChamberStatus(chamber=chamber, status=status, valid_from=since)
    _succeed(journal, ChamberStatus.objects.filter(chamber=chamber), row)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def set_size(*, chamber: Chamber, enterprises: int, since: date, by: User | None, at: datetime) -> DeclaredSize:
    """From `since` the chamber declares this many member enterprises."""
    journal = Journal(by=by, at=at, verb="会员企业数")
    row = DeclaredSize(chamber=chamber, enterprises=enterprises, valid_from=since)
    _succeed(journal, DeclaredSize.objects.filter(chamber=chamber), row)
    journal.close(chamber, chamber.unit)
    return row


def _organization(
    journal: Journal, *, name: str, under: Unit, kind: OrganizationKind, form: Form | str, since: date,
    party_parent: PartyOrganization | None, **values: Any
) -> PartyOrganization:
    unit = open_unit(kind=UnitKind.ORGANIZATION, name=name, parent=under, journal=journal)
    if party_parent is not None:
        attach(child=unit, parent=party_parent.unit, axis=Axis.PARTY, since=EPOCH, journal=journal)
    organization = journal.create(PartyOrganization(unit=unit, kind=kind, **values))
    journal.create(OrganizationPeriod(organization=organization, form=form, valid_from=since))
    return organization


@transaction.atomic
def found_organization(
    *, name: str, kind: OrganizationKind, form: Form | str, under: Unit, since: date, by: User | None, at: datetime,
    party_parent: PartyOrganization | None = None, covers: Iterable[Chamber] = (), **values: Any
) -> PartyOrganization:
    """A party organization kept by a federation, in being since that day, covering these chambers. Raises Refused."""
    _refuse_twin(name, under, at.date())
    journal = Journal(by=by, at=at, verb="登记党组织")
    organization = _organization(
        journal, name=name, under=under, kind=kind, form=form, since=since, party_parent=party_parent, **values
    )
    for chamber in covers:
        _cover(journal, chamber, organization, form or Form.OWN, since)
    journal.close(organization, organization.unit)
    return organization


def _cover(journal: Journal, chamber: Chamber, organization: PartyOrganization, form: Form | str, since: date) -> Coverage:
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
    return journal.create(Coverage(chamber=chamber, organization=organization, form=form, valid_from=since))


@transaction.atomic
def cover(
    *, chamber: Chamber, organization: PartyOrganization, form: Form, since: date, by: User | None, at: datetime
) -> Coverage:
    """From `since` the organization covers the chamber (M03). Raises Refused when that form covers it already."""
    journal = Journal(by=by, at=at, verb="登记覆盖")
    row = _cover(journal, chamber, organization, form, since)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def dissolve_organization(
    *, organization: PartyOrganization, on: date, reason: str, by: User | None, at: datetime
) -> None:
    """From `on` the organization no longer exists: its being and its coverages end. Raises Refused without a reason."""
    if not reason:
        raise Refused("请写明撤销党组织的原因。")
    journal = Journal(by=by, at=at, verb="撤销党组织", reason=reason)
    for rows in (OrganizationPeriod.objects.filter(organization=organization), Coverage.objects.filter(organization=organization)):
        for row in rows.filter(holds_on(on)):
            _end(journal, row, on)
    journal.close(organization, organization.unit)


def _end(journal: Journal, fact: Fact, on: date) -> None:
    if on <= fact.valid_from:
        raise Refused(f"结束日期不能早于开始日期（{fact.valid_from}）。请核对。")
    if fact.valid_to is not None and fact.valid_to <= on:
        raise Refused(f"这条记录已于{fact.valid_to}结束。")
    journal.change(fact, valid_to=on)


@transaction.atomic
def end_fact(
    *, fact: Fact, subject: models.Model, unit: Unit | None, on: date, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Ends any fact: `on` is the first day on which it no longer holds. Figures before that day do not move. Raises Refused."""
    journal = Journal(by=by, at=at, verb=f"结束{fact._meta.verbose_name}", reason=reason)
    _end(journal, fact, on)
    journal.close(subject, unit)


@transaction.atomic
def set_term(*, unit: Unit, since: date, due_on: str, due_by: date, subject: models.Model, by: User | None, at: datetime) -> Term:
    """A new term from `since`, planned to end at `due_on` (as written), at the latest on `due_by`; the old one ends (M08)."""
    if due_by <= since:
        raise Refused("届满时间须在任期开始之后。")
    journal = Journal(by=by, at=at, verb="登记任期")
    row = Term(unit=unit, valid_from=since, due_on=due_on, due_by=due_by)
    _succeed(journal, Term.objects.filter(unit=unit), row)
    journal.close(subject, unit)
    return row


@transaction.atomic
def write_clause(
    *, chamber: Chamber, item: CharterItem, since: date, document: str, by: User | None, at: datetime
) -> CharterClause:
    """From `since` the item stands in the charter (M11). Raises Refused when it stands there already."""
    if CharterClause.objects.filter(chamber=chamber, item=item, valid_to=None).exists():
        raise Refused(f"“{item.label}”已经登记入章。")
    journal = Journal(by=by, at=at, verb="党建入章")
    row = journal.create(CharterClause(chamber=chamber, item=item, document=document, valid_from=since))
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def plan_gap(*, chamber: Chamber, since: date, by: User | None, at: datetime, **values: Any) -> GapPlan:
    """Reason, route, owner, next date and note for an uncovered chamber; what stood before is kept as history (M04)."""
    journal = Journal(by=by, at=at, verb="办理未覆盖商会")
    old = GapPlan.objects.filter(chamber=chamber, valid_to=None).first()
    if old is not None and old.valid_from >= since:
        journal.change(old, **values)
        journal.close(chamber, chamber.unit)
        return old
    row = GapPlan(chamber=chamber, valid_from=since, **values)
    _succeed(journal, GapPlan.objects.filter(chamber=chamber), row)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def register_enterprise(*, name: str, kept_by: Unit, by: User | None, at: datetime, **values: Any) -> Enterprise:
    """A member enterprise. Raises Refused when the credit code is registered already."""
    from shanghui.kernel.pinyin import initials

    code = values.get("credit_code") or ""
    if code and Enterprise.objects.filter(credit_code=code).exists():
        raise Refused(f"统一社会信用代码 {code} 已经登记过企业。请在会员企业里查找。")
    journal = Journal(by=by, at=at, verb="登记企业")
    enterprise = journal.create(Enterprise(name=name, kept_by=kept_by, initials=initials(name), **values))
    journal.close(enterprise, kept_by)
    return enterprise


@transaction.atomic
def join_chamber(
    *, enterprise: Enterprise, chamber: Chamber, rank: Rank, since: date, by: User | None, at: datetime
) -> ChamberMembership:
    """From `since` the enterprise is a member of the chamber. Raises Refused when it is one already."""
    if ChamberMembership.objects.filter(enterprise=enterprise, chamber=chamber, valid_to=None).exists():
        raise Refused(f"“{enterprise.name}”已经是“{chamber.unit.name}”的会员。")
    journal = Journal(by=by, at=at, verb="企业入会")
    row = journal.create(ChamberMembership(enterprise=enterprise, chamber=chamber, rank=rank, valid_from=since))
    journal.close(enterprise, chamber.unit)
    return row
