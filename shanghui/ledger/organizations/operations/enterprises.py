"""What can happen to member enterprises."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.facts import Precision
from shanghui.kernel.pinyin import initials
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, ChamberMembership, Enterprise, Rank


def _refuse_taken_code(code: str, *, but: Enterprise | None = None) -> None:
    holder = Enterprise.objects.filter(credit_code=code).first() if code else None
    if holder is not None and holder != but:
        raise Refused(f"统一社会信用代码 {code} 已经登记过企业。请在会员企业里查找。")


def _register(journal: Journal, name: str, kept_by: Unit, values: dict[str, Any]) -> Enterprise:
    _refuse_taken_code(values.get("credit_code") or "")
    return journal.create(Enterprise(name=name, kept_by=kept_by, initials=initials(name), **values))


@transaction.atomic
def register_enterprise(*, name: str, kept_by: Unit, by: User | None, at: datetime, **values: Any) -> Enterprise:
    """A member enterprise. Raises Refused when the credit code is registered already."""
    journal = Journal(by=by, at=at, verb="登记企业")
    enterprise = _register(journal, name, kept_by, values)
    journal.close(enterprise, kept_by)
    return enterprise


@transaction.atomic
def change_enterprise(*, enterprise: Enterprise, by: User | None, at: datetime, **values: Any) -> bool:
    """Changes what is written about an enterprise; says whether anything changed. Raises Refused."""
    _refuse_taken_code(values.get("credit_code") or "", but=enterprise)
    if "name" in values:
        values["initials"] = initials(values["name"])
    journal = Journal(by=by, at=at, verb="修改")
    changed = journal.change(enterprise, **values)
    journal.close(enterprise, enterprise.kept_by)
    return changed


def _join(
    journal: Journal, enterprise: Enterprise, chamber: Chamber, rank: Rank, since: date, precision: Precision
) -> ChamberMembership:
    joined = ChamberMembership.objects.filter(enterprise=enterprise, chamber=chamber)
    if joined.filter(Q(valid_to=None) | Q(valid_to__gt=since)).exists():
        raise Refused(f"“{enterprise.name}”已经是“{chamber.unit.name}”的会员。")
    return journal.create(ChamberMembership(
        enterprise=enterprise, chamber=chamber, rank=rank, valid_from=since, from_precision=precision
    ))


@transaction.atomic
def join_chamber(
    *, enterprise: Enterprise, chamber: Chamber, rank: Rank, since: date, by: User | None, at: datetime,
    precision: Precision = Precision.DAY,
) -> ChamberMembership:
    """From `since` the enterprise is a member of the chamber. Raises Refused when it is one already."""
    journal = Journal(by=by, at=at, verb="企业入会")
    row = _join(journal, enterprise, chamber, rank, since, precision)
    journal.close(enterprise, chamber.unit)
    return row


@transaction.atomic
def admit_new_enterprise(
    *, chamber: Chamber, rank: Rank, since: date, name: str, by: User | None, at: datetime,
    precision: Precision = Precision.DAY, **values: Any
) -> ChamberMembership:
    """An enterprise not yet in the ledger is registered and joins the chamber in one step. Raises Refused."""
    journal = Journal(by=by, at=at, verb="企业登记入会")
    enterprise = _register(journal, name, chamber.unit, values)
    row = _join(journal, enterprise, chamber, rank, since, precision)
    journal.close(enterprise, chamber.unit)
    return row


@transaction.atomic
def set_rank(
    *, membership: ChamberMembership, rank: Rank, since: date, by: User | None, at: datetime
) -> ChamberMembership:
    """From `since` the enterprise has another rank in its chamber; the old one ends. Raises Refused."""
    journal = Journal(by=by, at=at, verb=f"改为{rank.label}")
    if membership.valid_from >= since:
        raise Refused(f"原来的记录自{membership.valid_from}起，新的开始日期须在其后。")
    journal.change(membership, valid_to=since)
    row = _join(journal, membership.enterprise, membership.chamber, rank, since, Precision.DAY)
    journal.close(membership.enterprise, membership.chamber.unit)
    return row
