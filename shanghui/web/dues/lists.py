"""Sums of every organization in one's part of the tree, without names; the workbook is the remittance sheet. And what an office sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.kernel.columns import attribute
from shanghui.kernel.periods import months_later
from shanghui.kernel.records import Records
from shanghui.ledger.dues.models import Rounding
from shanghui.ledger.dues.months import month_of, said
from shanghui.ledger.dues.operations import set_dues
from shanghui.ledger.dues.queries import Sums, all_of, collecting, roll, settings_of, sums
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod
from shanghui.rules.dues import rounded
from shanghui.rules.registry import norm_on
from shanghui.web.dues.asked import month_url
from shanghui.web.dues.forms import SettingForm
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.visits import Visit, found, page
from shanghui.web.study.views import is_own

MONTHS_BACK, QUARTERS_BACK = 13, 5


@dataclass
class OfOrganization(Sums):
    """The sums of one organization over a period. `remitted`: the share that goes up in percent, None where none was set."""

    pk: int = 0
    name: str = ""
    remitted: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """What goes up of what was paid, to the fen."""
        return None if self.remitted is None else rounded(self.paid * self.remitted / 100, Rounding.FEN)


COLUMNS = (
    attribute("name", "党组织", width=34), attribute("members", "应交人次", numeric=True), attribute("done", "已交、免交人次", numeric=True),
    attribute("open", "未交人次", numeric=True), attribute("without_base", "没有核定基数", numeric=True),
    attribute("asked", "应交（元）", numeric=True), attribute("paid", "实交（元）", numeric=True),
    attribute("remitted", "上缴比例（%）", numeric=True), attribute("share", "应上缴（元）", numeric=True),
)


def periods(today: date) -> dict[str, tuple[str, date, int]]:
    """What can be asked for: (words, first month, how many months) by its key; this month first."""
    month = month_of(today)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    found = {f"{one:%Y-%m}": (said(one), one, 1) for one in (months_later(month, -back) for back in range(MONTHS_BACK))}
    for back in range(QUARTERS_BACK):
        first = months_later(quarter, -3 * back)
        found[f"{first.year}-Q{(first.month + 2) // 3}"] = (f"{first.year}年第{(first.month + 2) // 3}季度", first, 3)
    return found


@page(Act.PEOPLE_VIEW, methods=("GET",))
def dues(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every organization that collects dues, by name, with its sums of a month or a quarter."""
    known = periods(visit.today)
    words, first, count = known.get(request.GET.get("period", ""), next(iter(known.values())))
    rows = list(_rows(visit, first, count))
    total = all_of(rows)
    listed = ListPage(
        title="党费", export_title=f"党费上缴表{words}", rows=Records(rows), columns=COLUMNS, unit="个",
        shown=[column.key for column in COLUMNS], small=("name", "done", "open"), link=lambda one: _address(visit, one.pk, first), counted=True,
        search=lambda text: Q(name__contains=text), search_hint="党组织名称", dated=False,
        filters=(Filter("period", "期间", [(key, one[0]) for key, one in known.items()], lambda rows, value: rows, usual=next(iter(known))),),
        lead=f"{words}：应交 {total.asked} 元，实交 {total.paid} 元，未交 {total.open} 人次。这里只有合计；逐人的情况只有本支部书记和本人看得到。",
        actions=_actions(visit), empty_title="没有收党费的党组织", empty_text="功能型、临时党组织不收党费，党员在组织关系所在支部交纳。",
    )
    return answer_list(request, visit, listed)


def _rows(visit: Visit, first: date, count: int) -> Iterator[OfOrganization]:
    """Three questions a month, and three more."""
    scope = visit.scope_today()
    names = dict(collecting(visit.today).filter(scope.condition("unit_id")).order_by("unit__name", "pk").values_list("pk", "unit__name"))
    parts = [sums(roll(scope.condition("organization_id"), months_later(first, step))) for step in range(count)]
    settings = settings_of(names, visit.today)
    for pk, name in names.items():
        row = OfOrganization(pk=pk, name=name, remitted=settings[pk].remitted)
        for part in parts:
            row.add(part.get(pk, Sums()))
        yield row


def _address(visit: Visit, organization: int, month: date) -> str:
    if is_own(visit, organization):
        return month_url(organization, month)
    return reverse("organization", kwargs={"organization": organization}) if visit.may(Act.LEDGER_VIEW) else ""


def _actions(visit: Visit) -> tuple[tuple[str, str, str], ...]:
    if not visit.may(Act.LEDGER_CHANGE):
        return ()
    offices = [seat.unit_id for seat in visit.seats if seat.unit.kind == UnitKind.FEDERATION]
    return ((reverse("dues-setting", kwargs={"unit": offices[0]}), "取整和上缴比例", "settings"),) if offices else ()


@page(Act.LEDGER_CHANGE)
def dues_setting(request: HttpRequest, visit: Visit, unit: int) -> HttpResponse:
    """Rounding and the share passed on, for the organizations below an office."""
    row = found(visit.scope_today().units().filter(kind=UnitKind.FEDERATION) | _committees(visit), unit)
    stands = row.dues_settings.filter(valid_to=None).first()
    initial = {"since": visit.today, "rounding": stands.rounding if stands else "jiao", "remitted": stands.remitted if stands else None}

    def do(cleaned: dict[str, Any]) -> str:
        set_dues(unit=row, **cleaned, by=visit.user, at=visit.now)
        return reverse("dues")

    norm = norm_on("DUES-21", visit.today)
    return answer_form(
        request, visit, SettingForm(request.POST or None, initial=initial), do=do, heading=f"{row.name}的党费设置", back=reverse("dues"),
        done="已设置。以后核定的基数照这个取整；已经核定的不变。", lead=f"现在：{stands}。" if stands else "还没有设置：应交数到角，不算上缴。",
        notes=[norm.sentence] if norm else [], crumbs=(("党费", reverse("dues")), ("设置", "")),
    )


def _committees(visit: Visit) -> QuerySet[Unit]:
    committees = OrganizationPeriod.objects.on(visit.today).filter(kind=OrganizationKind.COMMITTEE).values("organization_id")
    return Unit.objects.filter(visit.scope_today().condition("id"), pk__in=committees)
