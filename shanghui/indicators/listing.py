"""The list behind a figure: the rows of its population with the columns of their ledger, in their usual order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shanghui.access.scope import Scope, whole
from shanghui.cases.file import NUMBERS
from shanghui.cases.models import Case, StepRecord
from shanghui.cases.sheets import APPROVAL_COLUMNS, CASE_COLUMNS, DEVELOPMENT_COLUMNS
from shanghui.indicators.asked_items import ASKED_COLUMNS
from shanghui.indicators.dues_months import OWED_MONTH_COLUMNS
from shanghui.indicators.registry import Population
from shanghui.indicators.slots import OWED_COLUMNS
from shanghui.kernel.columns import Column
from shanghui.kernel.records import Records
from shanghui.ledger.activities.models import Campaign
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.activities.sheets import ACTIVITY_COLUMNS, CAMPAIGN_COLUMNS
from shanghui.ledger.organizations.sheets import CHAMBER_COLUMNS, ORGANIZATION_COLUMNS
from shanghui.ledger.people.ledgers import (
    chamber_ledger,
    guide_list,
    officer_list,
    organization_ledger,
    person_ledger,
    secretary_list,
)
from shanghui.ledger.people.sheets import GUIDE_COLUMNS, OFFICER_COLUMNS, PERSON_COLUMNS, SECRETARY_COLUMNS
from shanghui.ledger.people.transfer_sheets import TRANSFER_COLUMNS
from shanghui.ledger.people.transferring import transfers
from shanghui.ledger.programs.queries import promises
from shanghui.ledger.programs.sheets import PROMISE_COLUMNS


@dataclass(frozen=True)
class Listing:
    """Rows and the columns to show them with."""

    rows: QuerySet[Any] | Records[Any]
    columns: tuple[Column, ...]


Source = Callable[[Scope, date], QuerySet[Any]]

_LISTS: dict[str, tuple[Source, tuple[Column, ...]]] = {
    "chambers": (chamber_ledger, CHAMBER_COLUMNS),
    "organizations": (organization_ledger, ORGANIZATION_COLUMNS),
    "people": (person_ledger, PERSON_COLUMNS),
    "secretaries": (secretary_list, SECRETARY_COLUMNS),
    "officers": (officer_list, OFFICER_COLUMNS),
    "leaders": (person_ledger, PERSON_COLUMNS),
    "dual": (person_ledger, PERSON_COLUMNS),
    "guides": (guide_list, GUIDE_COLUMNS),
    "activities": (lambda scope, day: activities(scope), ACTIVITY_COLUMNS),
    "campaigns": (lambda scope, day: Campaign.objects.within(scope).on(day).select_related("launched_by"), CAMPAIGN_COLUMNS),
    "cases": (lambda scope, day: Case.objects.within(scope).select_related("office", "organization__unit"), CASE_COLUMNS),
    "approvals": (lambda scope, day: StepRecord.objects.select_related("case__office"), APPROVAL_COLUMNS),
    "developments": (
        lambda scope, day: Case.objects.about_people(scope).select_related("organization__unit", "person").defer(*NUMBERS),
        DEVELOPMENT_COLUMNS,
    ),
    "dues_keepers": (organization_ledger, ORGANIZATION_COLUMNS),
    "joint": (organization_ledger, ORGANIZATION_COLUMNS),
    "transfers_out": (lambda scope, day: transfers(scope), TRANSFER_COLUMNS),
    "transfers_in": (lambda scope, day: transfers(scope), TRANSFER_COLUMNS),
    "promises": (lambda scope, day: promises(scope), PROMISE_COLUMNS),
}


_COMPUTED: dict[str, tuple[Column, ...]] = {"duties": OWED_COLUMNS, "asked_items": ASKED_COLUMNS, "owed_months": OWED_MONTH_COLUMNS}


def columns_of(population: Population) -> tuple[Column, ...]:
    """The columns with which the records of a population are shown."""
    return _COMPUTED[population.code] if population.computed is not None else _LISTS[population.code][1]


def listed(code: str, keys: Collection[int], scope: Scope, day: date) -> Listing:
    """Records of a population by their keys, as its ledger shows them, of those within the scope."""
    source, columns = _LISTS[code]
    return Listing(source(scope.on(day), day).filter(pk__in=keys), columns)


def listing(population: Population, rows: QuerySet[Any] | Records[Any], scope: Scope, day: date) -> Listing:
    """The rows of a figure as their ledger shows them. `rows`: what `queries.rows` gave for the same scope and day; under a
    pinned scope they alone say what is within, for the ledger narrows by facts of one day."""
    if isinstance(rows, Records):
        return Listing(rows, _COMPUTED[population.code])
    source, columns = _LISTS[population.code]
    inside = whole(day) if scope.pinned else scope.on(day)
    return Listing(source(inside, day).filter(pk__in=rows.order_by().values("pk")), columns)
