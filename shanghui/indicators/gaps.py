"""The chambers without a party organization, each with what is planned for it and what the regulations suggest (M04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from shanghui.access.scope import Scope
from shanghui.indicators.populations import BUILDABLE, CHAMBERS
from shanghui.indicators.queries import population_rows
from shanghui.ledger.organizations.models import GapRoute
from shanghui.ledger.organizations.queries import gap_plans
from shanghui.ledger.people.ledgers import chamber_ledger

REGULATION = "《支部工作条例》"


@dataclass(frozen=True)
class Suggestion:
    """A way that the number of full members points to. It decides nothing: the office chooses."""

    route: GapRoute
    text: str
    article: str = ""


def suggestion(full_members: int, guided: bool) -> Suggestion:
    """What the number of full members attached to an uncovered chamber suggests."""
    if full_members >= BUILDABLE:
        return Suggestion(GapRoute.OWN, "正式党员满3名，应当单独组建", f"{REGULATION}第四条")
    if full_members:
        return Suggestion(GapRoute.JOINT, "正式党员不足3名，可与相邻、相近的单位联合组建", f"{REGULATION}第五条")
    return Suggestion(GapRoute.GUIDE, "没有正式党员，指导员继续联系" if guided else "没有正式党员，先派指导员")


def uncovered_chambers(scope: Scope, day: date) -> QuerySet[Any]:
    """Chambers of the chamber ledger that no party organization covers on the day, with `full_members` and what is
    planned: `reason`, `route`, `owner`, `next_on`, `note`, `planned_since` (None where there is no plan)."""
    bare = population_rows(CHAMBERS, scope, day).filter(covered=False)
    plan = gap_plans(day).filter(chamber_id=OuterRef("pk"))
    full = CHAMBERS.rows(day).filter(pk=OuterRef("pk")).values("full_members")[:1]
    columns = {name: Subquery(plan.values(name)[:1]) for name in ("reason", "route", "owner", "next_on", "note")}
    found: QuerySet[Any] = (
        chamber_ledger(scope.on(day), day)
        .filter(pk__in=bare.order_by().values("pk"))
        .annotate(
            full_members=Subquery(full, output_field=IntegerField()), planned_since=Subquery(plan.values("valid_from")[:1]),
            **columns,
        )
    )
    return found
