"""What running campaigns ask (M20): of one's own branch each item, of the branches below each item once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shanghui.access.acts import Act
from shanghui.access.models import Unit
from shanghui.kernel.periods import months_later
from shanghui.ledger.activities.campaign_states import State, standings
from shanghui.ledger.activities.models import Campaign, CampaignItem
from shanghui.web.home.articles import Article
from shanghui.web.home.duties import LAST_YEAR_MONTHS, NAMED, is_near, own_units, record_url_of
from shanghui.web.home.todo import Item
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


@dataclass(frozen=True)
class Asked:
    """An item of a campaign and the organizations that have not done it; `missing`: how many activities, of one's own."""

    item: CampaignItem
    campaign: Campaign
    units: tuple[Unit, ...]
    missing: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it is asked of one's own branch."""
        return bool(self.missing)


def asked(visit: Visit) -> Iterator[Asked]:
    """The items still open. Five queries, however many campaigns and branches."""
    scope, own = visit.scope_today(Act.DUTY_VIEW), own_units(visit)
    lately = Q(valid_to=None) | Q(valid_to__gt=months_later(visit.today, -LAST_YEAR_MONTHS))
    campaigns = list(Campaign.objects.within(scope).filter(lately, valid_from__lte=visit.today).order_by("pk"))
    if not campaigns:
        return
    for one in standings(campaigns, scope, visit.today).values():
        for place, item in enumerate(one.items):
            rows = [row for row in one.rows if row.cells[place].state in (State.OPEN, State.LATE)]
            yield from (Asked(item, one.campaign, (row.unit,), row.cells[place].missing) for row in rows if row.unit.pk in own)
            others = tuple(row.unit for row in rows if row.unit.pk not in own)
            if others:
                yield Asked(item, one.campaign, others)


def campaigns_due(visit: Visit) -> Iterator[Item]:
    """What is overdue, or due within 30 days."""
    for one in asked(visit):
        if is_near(one.item.due_on, visit.today):
            yield _own(one, visit, one.item.due_on) if one.is_own else _together(one, one.item.due_on)


def _own(one: Asked, visit: Visit, due: date) -> Item:
    url = _record_url(one, visit)
    text = f"{one.units[0].name}还差 {one.missing} 次"
    return Item(
        "campaign", due, f"{one.campaign.title}：{one.item.title}", text, url or campaign_url(one), "记一次" if url else "去看", _source(one)
    )


def _record_url(one: Asked, visit: Visit) -> str:
    """The telephone's page where the kind alone counts; where nothing but the choice does, the form that names the item."""
    if one.item.type or not visit.may(Act.ACTIVITY_CHANGE):
        return record_url_of(one.units[0].pk, one.item.type, visit)
    return address("activity-new", f"?unit={one.units[0].pk}&item={one.item.pk}")


def _together(one: Asked, due: date) -> Item:
    names = "、".join(unit.name for unit in one.units[:NAMED]) + ("等" if len(one.units) > NAMED else "")
    title = f"{one.campaign.title}：{len(one.units)} 个党组织还没有完成“{one.item.title}”"
    return Item("campaign", due, title, names, campaign_url(one), "看名单", _source(one), number=len(one.units))


def campaign_url(one: Asked) -> str:
    """Where one sees how far it is: for one's own branch its own page."""
    if one.is_own:
        return address("campaign-branch", campaign=one.campaign.pk, organization=one.units[0].pk)
    return address("campaign", campaign=one.campaign.pk)


def _source(one: Asked) -> Article | None:
    return Article(one.campaign.document, "") if one.campaign.document else None
