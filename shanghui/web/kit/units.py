"""Units to pick from in forms, narrowed to the visitor's part of the tree of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, When

from shanghui.access.models import UnitKind
from shanghui.access.queries import federations, parent_names
from shanghui.ledger.organizations.queries import chambers, organizations
from shanghui.web.kit.fields import Option
from shanghui.web.kit.visits import Visit

FEW = 12
"""A secretary reaches so few units: the branch with its chambers."""
_ORDER = (UnitKind.FEDERATION, UnitKind.ORGANIZATION, UnitKind.CHAMBER)

def _options(rows: Iterable[tuple[int, str, str, str | None]]) -> list[Option]:
    """(key, name, initials, where): names that stand twice say where."""
    listed = list(rows)
    times = Counter(name for _, name, _, _ in listed)
    return [
        Option(pk, f"{name}（{where or pk}）" if times[name] > 1 else name, (initials,) if initials else ())
        for pk, name, initials, where in listed
    ]


def federation_options(visit: Visit) -> list[Option]:
    """Federations: the visitor's own office first, then in the order of their codes, those without a code last.

    Names that stand twice (every province has several towns of one name) say the code, or else the office above.
    """
    listed = list(federations(visit.scope_today()).values_list("pk", "name", "initials", "code"))
    times = Counter(name for _, name, _, _ in listed)
    above = parent_names(visit.today, [pk for pk, name, _, code in listed if times[name] > 1 and not code])
    return [
        Option(pk, f"{name}（{code or above.get(pk, pk)}）" if times[name] > 1 else name, tuple(word for word in (code, initials) if word))
        for pk, name, initials, code in listed
    ]


def chamber_options(visit: Visit) -> list[Option]:
    """Chambers, by name."""
    rows: Any = chambers(visit.scope_today(), visit.today).order_by("unit__name")
    return _options(rows.values_list("pk", "unit__name", "unit__initials", "federation_name"))


def organization_options(visit: Visit, but: int | None = None) -> list[Option]:
    """Party organizations in being, by name."""
    rows: Any = organizations(visit.scope_today(), visit.today)
    rows = rows.filter(in_being=True).exclude(pk=but).order_by("unit__name")
    return _options((pk, name, initials, None) for pk, name, initials in rows.values_list("pk", "unit__name", "unit__initials"))


def own_organization(visit: Visit) -> int | None:
    """The party organization of a visitor who reaches only one: a form that asks which has it already. None for an office."""
    options = organization_options(visit) if visit.scope_today().few_units(FEW) else []
    return options[0].value if len(options) == 1 else None


def unit_options(visit: Visit, *kinds: UnitKind) -> list[Option]:
    """Units of these kinds (any, when none is named) for the page's act: federations, then party organizations, then chambers."""
    order = Case(*(When(kind=kind, then=place) for place, kind in enumerate(_ORDER)), output_field=IntegerField())
    units = visit.scope_today().units().filter(kind__in=kinds or _ORDER).order_by(order, "name", "pk")
    return _options((pk, name, initials, code) for pk, name, initials, code in units.values_list("pk", "name", "initials", "code"))
