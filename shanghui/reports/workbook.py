"""Statistical tables and all ledgers of a unit as one Excel workbook, ready to print (M43)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.scope import Scope
from shanghui.cases.queries import cases
from shanghui.cases.sheets import CASE_COLUMNS
from shanghui.indicators.queries import figures
from shanghui.kernel.columns import Column
from shanghui.kernel.spreadsheets import Sheet
from shanghui.ledger.activities.models import Campaign
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.activities.sheets import ACTIVITY_COLUMNS, CAMPAIGN_COLUMNS
from shanghui.ledger.organizations.sheets import CHAMBER_COLUMNS, ENTERPRISE_COLUMNS, ORGANIZATION_COLUMNS
from shanghui.ledger.people.ledgers import (
    chamber_ledger,
    enterprise_ledger,
    guide_list,
    organization_ledger,
    person_ledger,
    secretary_list,
)
from shanghui.ledger.people.sheets import GUIDE_COLUMNS, PERSON_COLUMNS, SECRETARY_COLUMNS
from shanghui.ledger.people.transfer_sheets import TRANSFER_COLUMNS
from shanghui.ledger.people.transferring import transfers
from shanghui.ledger.programs.queries import promises
from shanghui.ledger.programs.sheets import PROMISE_COLUMNS

CHUNK = 2000
See = Callable[[Sequence[Column]], Sequence[Column]]
"""The columns as the visitor may see them."""


@dataclass(frozen=True)
class Ledger:
    """One ledger of the workbook: its title, its rows within a scope as at a day, its columns."""

    title: str
    rows: Callable[[Scope, date], QuerySet[Any]]
    columns: tuple[Column, ...]


LEDGERS = (
    Ledger("商会台账", chamber_ledger, CHAMBER_COLUMNS),
    Ledger("党组织台账", lambda scope, day: organization_ledger(scope, day).filter(in_being=True), ORGANIZATION_COLUMNS),
    Ledger("人员台账", person_ledger, PERSON_COLUMNS),
    Ledger("书记任职", secretary_list, SECRETARY_COLUMNS),
    Ledger("指导员", guide_list, GUIDE_COLUMNS),
    Ledger("会员企业", lambda scope, day: enterprise_ledger(scope, day).order_by("name", "pk"), ENTERPRISE_COLUMNS),
    Ledger("活动", lambda scope, day: activities(scope).held(date(day.year, 1, 1), day), ACTIVITY_COLUMNS),
    Ledger("专题活动", lambda scope, day: Campaign.objects.within(scope).on(day).select_related("launched_by").order_by("pk"), CAMPAIGN_COLUMNS),
    Ledger("亮牌承诺", lambda scope, day: promises(scope).signed_by(day), PROMISE_COLUMNS),
    Ledger("组织关系接转", lambda scope, day: transfers(scope).filter(sent_on__lte=day), TRANSFER_COLUMNS),
    Ledger("办理事项", lambda scope, day: cases(scope).filter(opened_on__lte=day, person=None), CASE_COLUMNS),
)
STATISTICS = "统计表"
_FIGURE_COLUMNS = (
    Column("title", "指标", lambda one: one.indicator.title, width=28),
    Column("numerator", "数", lambda one: one.numerator, numeric=True, width=10),
    Column("denominator", "总数", lambda one: one.denominator, numeric=True, width=10),
    Column("rate", "比例", lambda one: one.rate.percent() if one.rate and one.denominator else None, width=10),
    Column("unit", "单位", lambda one: one.indicator.unit, width=8),
    Column("definition", "口径", lambda one: one.indicator.definition, width=80),
    Column("basis", "依据", lambda one: one.indicator.basis, width=30),
)


def titles() -> list[str]:
    """What the sheets are called, in their order."""
    return [STATISTICS, *(one.title for one in LEDGERS)]


def sheets(scope: Scope, day: date, name: str, see: See) -> list[Sheet]:
    """The sheets of what stands within the scope on the day; `see`: what the visitor may see of people. Rows are read as they are written."""
    told = figures(scope, day)
    return [
        Sheet(f"{name}商会党建统计表", day, _FIGURE_COLUMNS, told.values(), tab=STATISTICS),
        *(Sheet(f"{name}{one.title}", day, see(one.columns), _read(one, scope, day), tab=one.title) for one in LEDGERS),
    ]


def _read(ledger: Ledger, scope: Scope, day: date) -> Iterable[Any]:
    yield from ledger.rows(scope, day).iterator(chunk_size=CHUNK)
