"""A comparison as one visitor may see it: within the scope, with the columns about people that the table of privacy allows."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.exchange.layouts.layout import layout_of
from shanghui.exchange.reconciling.models import Comparison
from shanghui.exchange.reconciling.queries import comparisons
from shanghui.exchange.reconciling.subjects import CHAMBERS, ORGANIZATIONS, PEOPLE
from shanghui.indicators.listing import columns_of
from shanghui.indicators.registry import registry
from shanghui.ledger.people.privacy import Level
from shanghui.web.kit.visits import Visit, found

PAGES = {PEOPLE: ("person", "person"), CHAMBERS: ("chamber", "chamber"), ORGANIZATIONS: ("organization", "organization")}
"""(address, argument) of a record's own page."""


def comparison_of(visit: Visit, pk: int) -> Comparison:
    """The comparison, within the scope; 404 otherwise."""
    return found(comparisons(visit.scope_today()), pk)


def keys_seen(visit: Visit, row: Comparison) -> list[str]:
    """The columns whose values may be shown: numbers come masked, everything else only to whoever sees it in full."""
    indicator = registry.get(layout_of(row.document).rows)
    sight = visit.sight(Act.PEOPLE_VIEW)
    columns = columns_of(indicator.population) if indicator is not None else ()
    return [one.key for one in columns if not one.about or sight.level(one.about) >= (Level.MASKED if one.masked else Level.FULL)]


def address(row: Comparison, name: str = "comparison", **more: int) -> str:
    """An address of a comparison."""
    return reverse(name, kwargs={"comparison": row.pk, **more})


def back_to(request: HttpRequest, row: Comparison) -> str:
    """The result as it was filtered when something was chosen on it."""
    kept = request.GET.get("back", "")
    return f"{address(row)}?{kept}" if kept else address(row)


def record_address(row: Comparison, record: int | None) -> str:
    """The page of a record of the ledger, "" where there is none."""
    name, argument = PAGES[row.subject]
    return reverse(name, kwargs={argument: record}) if record else ""


def keys_of(values: list[str]) -> list[int]:
    """The keys among what an address names; anything else is ignored."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 19]
