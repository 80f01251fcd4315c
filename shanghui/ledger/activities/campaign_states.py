"""Where each organization stands with a campaign as at a day, from the activities themselves (M20). A fixed number of queries.

A complete activity counts for an item when somebody chose so on the activity (CampaignShare), or when the item names a type and
the organization held one of that type within the campaign: nobody enters anything twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from shanghui.access.models import Axis, Link, Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import holds_on
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.models import Campaign, CampaignItem, CampaignShare, CampaignTarget, Occasion


class State(StrEnum):
    """Of one item at one organization. `DROPPED`: the campaign ended before it was due."""

    DONE = "done"
    OPEN = "open"
    LATE = "late"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Counted:
    """An activity that counts. `chosen`: somebody chose the item on the activity; otherwise its type alone says so."""

    activity: int
    title: str
    held_on: date
    chosen: bool


@dataclass(frozen=True)
class Cell:
    """One item at one organization, with the activities behind it, the earliest first."""

    item: CampaignItem
    counted: tuple[Counted, ...]
    state: State

    @property
    def missing(self) -> int:
        """How many are still to be held."""
        return max(self.item.needed - len(self.counted), 0)

    @property
    def done_on(self) -> date | None:
        """The day of the activity with which the item was done."""
        return None if self.missing else self.counted[self.item.needed - 1].held_on


@dataclass(frozen=True)
class Row:
    """One organization with its items in their order."""

    unit: Unit
    cells: tuple[Cell, ...]

    @property
    def state(self) -> State:
        """Late when one item is, open when one is, otherwise done (or dropped, where nothing was done)."""
        found = {cell.state for cell in self.cells}
        return next((state for state in (State.LATE, State.OPEN, State.DONE) if state in found), State.DROPPED)


@dataclass
class Standing:
    """A campaign with its items and the rows one may see, in administrative order."""

    campaign: Campaign
    items: list[CampaignItem] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def in_state(self, *states: State) -> list[Row]:
        """The rows in one of these states."""
        return [row for row in self.rows if row.state in states]


_Key = tuple[int, int]
"""(item, organization) or (campaign, organization)."""


def standing(campaign: Campaign, scope: Scope, day: date) -> Standing:
    """Where the organizations within the scope stand with one campaign as at a day."""
    return standings([campaign], scope, day)[campaign.pk]


def standings(campaigns: Sequence[Campaign], scope: Scope, day: date) -> dict[int, Standing]:
    """The same for several campaigns, by their keys. Four queries however many there are."""
    pks = [campaign.pk for campaign in campaigns]
    found = {campaign.pk: Standing(campaign) for campaign in campaigns}
    for item in CampaignItem.objects.filter(campaign__in=pks).order_by("place", "pk"):
        found[item.campaign_id].items.append(item)
    targets = list(_targets(pks, scope, day))
    chosen = _chosen(pks, scope, day)
    by_type = _by_type(found.values(), scope, day)
    for target in targets:
        one = found[target.campaign_id]
        held = _shared_out(one, target.unit_id, chosen, by_type[target.unit_id])
        cells = tuple(_cell(one.campaign, item, held[item.pk], day) for item in one.items)
        one.rows.append(Row(target.unit, cells))
    return found


def campaign_items_for(units: Iterable[int], day: date) -> QuerySet[CampaignItem]:
    """The items that campaigns running on `day` ask of one of these units: what an activity held that day can count for."""
    asked = CampaignTarget.objects.filter(unit_id__in=list(units)).values("campaign_id")
    running = CampaignItem.objects.filter(holds_on(day, "campaign__"), campaign_id__in=asked)
    return running.select_related("campaign").order_by("campaign__valid_from", "campaign_id", "place", "pk")


def _targets(pks: Sequence[int], scope: Scope, day: date) -> QuerySet[CampaignTarget]:
    """In administrative order: by the code of the federation above, then by name."""
    above = Link.objects.on(day).filter(child_id=OuterRef("unit_id"), axis=Axis.SUPERVISION).values("parent__code")[:1]
    rows = CampaignTarget.objects.filter(scope.condition("unit_id"), campaign__in=pks).select_related("unit")
    return rows.annotate(above=Subquery(above)).order_by(F("above").asc(nulls_last=True), "unit__code", "unit__name", "pk")


def _chosen(pks: Sequence[int], scope: Scope, day: date) -> dict[_Key, list[Counted]]:
    """{(item, organization): complete activities that were held by the day and on which the item was chosen}."""
    complete = Occasion.objects.filter(activity_id=OuterRef("activity_id"))
    rows = CampaignShare.objects.filter(
        Exists(complete), scope.condition("activity__hosts__unit_id"), item__campaign__in=pks, activity__held_on__lte=day
    )
    found: dict[_Key, list[Counted]] = defaultdict(list)
    columns = ("item_id", "activity__hosts__unit_id", "activity_id", "activity__title", "activity__held_on")
    for item, unit, activity, title, held_on in rows.values_list(*columns):
        found[item, unit].append(Counted(activity, title, held_on, chosen=True))
    return found


def _by_type(found: Iterable[Standing], scope: Scope, day: date) -> dict[int, list[tuple[str, Counted]]]:
    """{organization: (type, activity) of what it held completely while one of the campaigns ran}, the earliest first."""
    listed = list(found)
    types = {item.type for one in listed for item in one.items if item.type}
    held: dict[int, list[tuple[str, Counted]]] = defaultdict(list)
    if not types:
        return held
    asked = CampaignTarget.objects.filter(scope.condition("unit_id"), campaign__in=[one.campaign.pk for one in listed])
    rows = Occasion.objects.filter(
        unit_id__in=asked.values("unit_id"), type__in=types, held_on__gte=min(one.campaign.valid_from for one in listed), held_on__lte=day
    )
    for unit, type, activity, title, held_on in rows.order_by("held_on", "activity_id").values_list(
        "unit_id", "type", "activity_id", "activity__title", "held_on"
    ):
        held[unit].append((type, Counted(activity, title, held_on, chosen=False)))
    return held


def _shared_out(
    one: Standing, unit: int, chosen: dict[_Key, list[Counted]], held: Sequence[tuple[str, Counted]]
) -> dict[int, list[Counted]]:
    """The activities of one organization by item. Of items of one type the earlier is filled first, and an activity on which
    one of them was chosen counts for that one alone."""
    counted = {item.pk: list(chosen.get((item.pk, unit), ())) for item in one.items}
    last = last_day(one.campaign.valid_to)
    alike: dict[str, list[CampaignItem]] = defaultdict(list)
    for item in one.items:
        alike[item.type].append(item)
    for type, activity in held:
        items = alike.get(type, [])
        taken = {each.activity for item in items for each in counted[item.pk]}
        within = one.campaign.valid_from <= activity.held_on and (last is None or activity.held_on <= last)
        if items and within and activity.activity not in taken:
            place = next((item for item in items if len(counted[item.pk]) < item.needed), items[-1])
            counted[place.pk].append(activity)
    return counted


def _cell(campaign: Campaign, item: CampaignItem, counted: list[Counted], day: date) -> Cell:
    in_order = tuple(sorted(counted, key=lambda one: (one.held_on, one.activity)))
    return Cell(item, in_order, _state(campaign, item, len(in_order), day))


def _state(campaign: Campaign, item: CampaignItem, held: int, day: date) -> State:
    if held >= item.needed:
        return State.DONE
    last = last_day(campaign.valid_to)
    if last is not None and day > last and item.due_on > last:
        return State.DROPPED
    return State.LATE if item.due_on < day else State.OPEN
