"""Whose transfer it is: the sending side, the receiving side, and what each may do. Nobody else finds it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Transfer
from shanghui.rules.findings import follow
from shanghui.web.kit.answers import Crumbs
from shanghui.web.kit.visits import Visit, found


@dataclass(frozen=True)
class Sides:
    """On which side of a transfer a visitor may act."""

    sends: bool
    receives: bool


def seen(visit: Visit, pk: int) -> Transfer:
    """A transfer of an organization in one's part of the tree, else 404."""
    return found(Transfer.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).named(), pk)


def sent_here(visit: Visit, pk: int) -> Transfer:
    """One that goes to an organization for which the visitor may answer, else 404."""
    return found(Transfer.objects.sent_to(visit.scope_today(Act.PEOPLE_CHANGE)).named(), pk)


def sent_from_here(visit: Visit, pk: int) -> Transfer:
    """One that an organization sent for which the visitor may act, else 404."""
    return found(Transfer.objects.sent_by(visit.scope_today(Act.PEOPLE_CHANGE)).named(), pk)


def sides_of(visit: Visit, row: Transfer) -> Sides:
    """What the visitor may do with it."""
    if not visit.may(Act.PEOPLE_CHANGE):
        return Sides(False, False)
    scope = visit.scope_today(Act.PEOPLE_CHANGE)
    sends = row.source_id is not None and scope.contains(row.source_id)
    return Sides(sends, row.target_id is not None and scope.contains(row.target_id))


def address_of(row: Transfer) -> str:
    """The transfer's page."""
    return reverse("transfer", kwargs={"transfer": row.pk})


def crumbs_of(row: Transfer, word: str) -> Crumbs:
    """The way up from a page about one transfer."""
    return (("组织关系接转", reverse("transfers")), (row.person.name, address_of(row)), (word, ""))


def compare(visit: Visit, *rows: Transfer) -> None:
    """The findings of both sides are compared with the facts again."""
    units = {side.unit for row in rows for side in (row.source, row.target) if side is not None}
    follow(units, visit.today)
