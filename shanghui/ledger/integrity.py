"""Integrity checks as data: what must hold whatever happened, why it matters, how to mend it, and the rows (lessons.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from shanghui.access.closure import expected_reaches
from shanghui.access.models import Axis, Link, Reach, Unit, UnitKind
from shanghui.kernel.facts import holds_on
from shanghui.kernel.sealing import SealBroken, SealedField, digests, unseal
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, Coverage, OrganizationPeriod
from shanghui.ledger.people.models import (
    MEMBERS,
    Affiliation,
    AffiliationKind,
    GuideAssignment,
    MembershipRecord,
    Person,
)
from shanghui.ledger.people.transfers import Direction, Transfer, TransferState

MOST = 200
Rows = Callable[[date], Iterable[str]]


@dataclass(frozen=True)
class Check:
    """One check. `rows(day)` names what breaks it as at the day; nothing when all is well. `severity`: error or warning."""

    name: str
    severity: str
    why: str
    fix: str
    rows: Rows


def _closure(day: date) -> Iterable[str]:
    for axis in Axis:
        columns = ("above_id", "below_id", "depth", "valid_from", "valid_to")
        stored = set(Reach.objects.filter(axis=axis, depth__gt=0).values_list(*columns))
        names = dict(Unit.objects.values_list("pk", "name"))
        for above, below, *_ in stored ^ expected_reaches(axis):
            yield f"{axis.label}：{names.get(above, above)} → {names.get(below, below)}"


def _without_parent(day: date) -> Iterable[str]:
    linked = Link.objects.on(day).filter(child_id=OuterRef("pk"), axis=Axis.SUPERVISION)
    lost = Unit.objects.exclude(kind=UnitKind.FEDERATION).filter(~Exists(linked))
    return lost.values_list("name", flat=True)


def _without_status(day: date) -> Iterable[str]:
    periods = ChamberStatus.objects.filter(chamber_id=OuterRef("pk"))
    return Chamber.objects.filter(~Exists(periods)).values_list("unit__name", flat=True)


def _coverage_of_nothing(day: date) -> Iterable[str]:
    being = OrganizationPeriod.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from")), organization_id=OuterRef("organization_id"),
        valid_from__lte=OuterRef("valid_from"),
    )
    for row in Coverage.objects.filter(~Exists(being)).select_related("chamber__unit", "organization__unit"):
        yield f"{row.organization.unit.name} 覆盖 {row.chamber.unit.name}，自{row.valid_from}"


def _members_without_home(day: date) -> Iterable[str]:
    """Whose relation left by letter and who goes on with dual life here has his home outside."""
    home = Affiliation.objects.filter(holds_on(day), person_id=OuterRef("person_id"), kind=AffiliationKind.HOME)
    outside = Transfer.objects.filter(
        person_id=OuterRef("person_id"), direction=Direction.OUT, state=TransferState.RECEIVED, closed_on__lte=day
    )
    members = MembershipRecord.objects.on(day).filter(~Exists(home), ~Exists(outside), category__in=MEMBERS)
    return members.annotate(name=F("person__name")).values_list("name", flat=True)


def _guided_twice(day: date) -> Iterable[str]:
    other = GuideAssignment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from")), person_id=OuterRef("person_id"), chamber_id=OuterRef("chamber_id"),
        valid_from__lte=OuterRef("valid_from"), pk__lt=OuterRef("pk"),
    )
    for row in GuideAssignment.objects.filter(Exists(other)).select_related("person", "chamber__unit"):
        yield f"{row.person.name}联系{row.chamber.unit.name}，自{row.valid_from}"


def _sealed(day: date) -> Iterable[str]:
    """The stored bytes, since the field itself stops at the first that does not open."""
    contexts = [cast(SealedField, Person._meta.get_field(name)).context() for name in ("id_number", "phone")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, id_number, phone, id_digest, phone_digest FROM people_person ORDER BY id")
        while rows := cursor.fetchmany(2000):
            for pk, *stored in rows:
                fault = _fault([bytes(value) for value in stored], contexts)
                if fault:
                    yield f"人员{pk}：{fault}"


def _fault(stored: list[bytes], contexts: list[str]) -> str:
    for sealed, kept, context in zip(stored[:2], stored[2:], contexts, strict=True):
        try:
            if kept not in digests(unseal(sealed, context) if sealed else ""):
                return "号码与索引不一致"
        except SealBroken:
            return "号码打不开"
    return ""


CHECKS = (
    Check("tree.closure", "error", "上下级关系的展开与登记的关系不一致，范围和汇总会出错。",
          "运行 check-integrity --mend 重新展开。", _closure),
    Check("tree.without_parent", "error", "没有上级的商会、党组织谁也看不到，也不进任何汇总。",
          "由系统管理员在“机构”里给它登记上级。", _without_parent),
    Check("chambers.without_status", "error", "没有状态的商会不进任何分母。", "在商会页登记状态和起始日期。", _without_status),
    Check("coverage.of_nothing", "warning", "覆盖开始时党组织还不存在，那几天不计入覆盖。", "核对党组织成立日期或覆盖起始日期。",
          _coverage_of_nothing),
    Check("members.without_home", "warning", "没有组织关系的党员不计入任何支部。", "在人员页登记组织关系所在支部。",
          _members_without_home),
    Check("guides.twice", "warning", "同一个人同一段时间联系同一家商会登记了两次，聘期和移交会弄混。", "在指导员页结束其中一条。", _guided_twice),
    Check("sealed.numbers", "error", "加密号码打不开或查不到。", "核对密钥文件是否完整，从备份恢复 sealing_keys.json。", _sealed),
)


def run(day: date, checks: Iterable[Check] = CHECKS) -> list[tuple[Check, list[str]]]:
    """Each check with the rows that break it as at the day, at most 200 each. `checks`: others may come from the rooms above."""
    return [(check, [row for row, _ in zip(check.rows(day), range(MOST), strict=False)]) for check in checks]
