"""Integrity checks of cases: what contradicts itself, or what the ledger says since (lessons.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from shanghui.cases.file import files
from shanghui.cases.models import Case, State
from shanghui.cases.progress import places
from shanghui.cases.registry import ORGANIZATION, kinds
from shanghui.kernel.periods import full_day
from shanghui.ledger.integrity import Check
from shanghui.ledger.organizations.models import OrganizationPeriod
from shanghui.ledger.people.models import Affiliation

FOUNDING = ("establishment", "covering")
"""Kinds that end with a party organization which was not there, or not theirs, before."""


def _closing(day: date) -> Iterable[str]:
    wrong = Q(state=State.OPEN, closed_on__isnull=False) | Q(~Q(state=State.OPEN), closed_on=None) | Q(closed_on__lt=F("opened_on"))
    for case in Case.objects.filter(wrong).order_by("pk"):
        yield f"{case.title}：{case.get_state_display()}，了结时间{full_day(case.closed_on) if case.closed_on else '没有登记'}"


def _without_organization(day: date) -> Iterable[str]:
    being = OrganizationPeriod.objects.filter(organization_id=OuterRef("organization_id"))
    done = Case.objects.filter(kind__in=FOUNDING, state=State.DONE).filter(Q(organization=None) | ~Exists(being))
    return done.order_by("pk").values_list("title", flat=True)


def _unsettled(day: date) -> Iterable[str]:
    for file in files(Case.objects.filter(state=State.DONE).order_by("pk"), day):
        left = [one.step.title for one in places(file) if not one.is_settled]
        if left:
            yield f"{file.case.title}：没有办{'、'.join(left)}"


def _closed_chambers(day: date) -> Iterable[str]:
    for file in files(Case.objects.filter(state=State.OPEN).order_by("pk"), day):
        names = {one.pk: one.unit.name for one in file.chambers}
        yield from (f"{file.case.title}：{names[pk]}已于{full_day(since)}注销" for pk, since in file.closed.items())


def _gone(day: date) -> Iterable[str]:
    about = [kind.code for kind in kinds if kind.about == ORGANIZATION]
    being = OrganizationPeriod.objects.on(day).filter(organization_id=OuterRef("organization_id"))
    rows = Case.objects.filter(~Exists(being), kind__in=about, state=State.OPEN).select_related("organization__unit")
    for case in rows.order_by("pk"):
        yield f"{case.title}：{case.organization.unit.name if case.organization else '没有党组织'}"


def _elsewhere(day: date) -> Iterable[str]:
    here = Affiliation.objects.on(day).filter(person_id=OuterRef("person_id"), organization_id=OuterRef("organization_id"))
    rows = Case.objects.filter(~Exists(here), state=State.OPEN, person__isnull=False, opened_on__lte=day).order_by("pk")
    yield from rows.values_list("title", flat=True)


CHECKS = (
    Check("cases.closing", "error", "办理事项的状态与了结时间对不上，件数和用时会算错。", "从备份核对这件事的记录，更正状态或者了结时间。", _closing),
    Check("cases.done_without_organization", "error", "已办结的组建没有写入台账的党组织，覆盖没有增加。",
          "撤销这件事的办结再办一次；或者在“党组织”里补登。", _without_organization),
    Check("cases.done_unsettled", "warning", "已办结的事项还有步骤没有办，时间线不完整。", "打开这件事，核对缺的是哪一步、什么时候办的。", _unsettled),
    Check("cases.chamber_closed", "warning", "办理中的事项涉及的商会已经注销，不能再往下办。", "打开这件事，撤回，或者把那家商会去掉。", _closed_chambers),
    Check("cases.organization_gone", "warning", "办理中的事项所办的党组织已经不存在。", "打开这件事，撤回。", _gone),
    Check("cases.development_elsewhere", "warning", "正在发展的人已经不在办理的党支部，时限和名单会对不上。",
          "打开这件事，转到本人现在的党支部；已经离开、去世的，结束或者撤回。", _elsewhere),
)
