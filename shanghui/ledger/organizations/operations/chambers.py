"""What can happen to a chamber (M02, M11) and to an uncovered one (M04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.access.operations import open_unit
from shanghui.kernel.facts import Fact, Precision
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberStatus,
    CharterClause,
    CharterItem,
    DeclaredSize,
    GapPlan,
    Status,
)
from shanghui.ledger.organizations.operations.endings import end_all
from shanghui.ledger.organizations.operations.facts import call_anew, refuse_twin, succeed


def _refuse_taken_code(code: str, *, but: Chamber | None = None) -> None:
    holder = Chamber.objects.filter(credit_code=code).select_related("unit").first() if code else None
    if holder is not None and holder != but:
        raise Refused(f"统一社会信用代码 {code} 已登记在“{holder.unit.name}”名下，一个代码只能登记一家商会。请核对代码。")


@transaction.atomic
def register_chamber(
    *, name: str, under: Unit, since: date, by: User | None, at: datetime, status: Status = Status.NORMAL,
    precision: Precision = Precision.DAY, **values: Any
) -> Chamber:
    """A chamber below a federation, in this state since that day. `values`: columns of Chamber. Raises Refused."""
    refuse_twin(name, under, at.date())
    _refuse_taken_code(values.get("credit_code", ""))
    journal = Journal(by=by, at=at, verb="登记商会")
    unit = open_unit(kind=UnitKind.CHAMBER, name=name, parent=under, journal=journal)
    chamber = journal.create(Chamber(unit=unit, **values))
    journal.create(ChamberStatus(chamber=chamber, status=status, valid_from=since, from_precision=precision))
    journal.close(chamber, unit)
    return chamber


@transaction.atomic
def change_chamber(
    *, chamber: Chamber, name: str = "", since: date | None = None, by: User | None, at: datetime, **values: Any
) -> bool:
    """Changes what is written about a chamber; says whether anything changed.

    Another name is its name from `since` on; None puts right how the present one was written. Raises Refused.
    """
    _refuse_taken_code(values.get("credit_code", ""), but=chamber)
    journal = Journal(by=by, at=at, verb="修改")
    changed = journal.change(chamber, **values)
    if name:
        changed |= call_anew(journal, chamber.unit, name, since)
    journal.close(chamber, chamber.unit)
    return changed


@transaction.atomic
def set_status(
    *, chamber: Chamber, status: Status, since: date, by: User | None, at: datetime, precision: Precision = Precision.DAY,
    with_it: Iterable[Fact] = (),
) -> ChamberStatus:
    """From `since` the chamber is in this state, and the facts `with_it` end. Raises Refused when the present state began later."""
    journal = Journal(by=by, at=at, verb=f"状态改为{status.label}")
    new = ChamberStatus(chamber=chamber, status=status, valid_from=since, from_precision=precision)
    row = succeed(journal, ChamberStatus.objects.filter(chamber=chamber), new)
    end_all(journal, with_it, since)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def set_size(*, chamber: Chamber, enterprises: int, since: date, by: User | None, at: datetime) -> DeclaredSize:
    """From `since` the chamber declares this many member enterprises. Raises Refused."""
    journal = Journal(by=by, at=at, verb="会员企业数")
    new = DeclaredSize(chamber=chamber, enterprises=enterprises, valid_from=since)
    row = succeed(journal, DeclaredSize.objects.filter(chamber=chamber), new)
    journal.close(chamber, chamber.unit)
    return row


@transaction.atomic
def write_clauses(
    *, chamber: Chamber, items: Sequence[CharterItem], since: date, document: str, by: User | None, at: datetime,
    precision: Precision = Precision.DAY,
) -> list[CharterClause]:
    """From `since` the items stand in the charter (M11). Raises Refused for one that stands there already."""
    journal = Journal(by=by, at=at, verb="党建入章")
    rows = []
    for item in items:
        held = CharterClause.objects.filter(chamber=chamber, item=item).filter(Q(valid_to=None) | Q(valid_to__gt=since))
        if held.exists():
            raise Refused(f"“{item.label}”已经登记入章。")
        rows.append(journal.create(CharterClause(
            chamber=chamber, item=item, document=document, valid_from=since, from_precision=precision
        )))
    journal.close(chamber, chamber.unit)
    return rows


def write_clause(
    *, chamber: Chamber, item: CharterItem, since: date, document: str, by: User | None, at: datetime
) -> CharterClause:
    """One item of the charter; see `write_clauses`."""
    return write_clauses(chamber=chamber, items=[item], since=since, document=document, by=by, at=at)[0]


@transaction.atomic
def plan_gap(*, chamber: Chamber, since: date, by: User | None, at: datetime, **values: Any) -> GapPlan:
    """Reason, route, owner, next date and note for an uncovered chamber; what stood before is kept as history (M04)."""
    journal = Journal(by=by, at=at, verb="办理未覆盖商会")
    old = GapPlan.objects.filter(chamber=chamber, valid_to=None).first()
    if old is not None and old.valid_from >= since:
        journal.change(old, **values)
        journal.close(chamber, chamber.unit)
        return old
    row = succeed(journal, GapPlan.objects.filter(chamber=chamber), GapPlan(chamber=chamber, valid_from=since, **values))
    journal.close(chamber, chamber.unit)
    return row
