"""Launching, changing, ending and withdrawing a campaign, each with its audit entry (M20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, UnitKind, User
from shanghui.kernel.facts import Precision, holds_on
from shanghui.kernel.periods import last_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Campaign, CampaignItem, CampaignShare, CampaignTarget
from shanghui.ledger.organizations.models import OrganizationPeriod
from shanghui.ledger.organizations.operations.facts import end


@dataclass(frozen=True)
class Asked:
    """One thing asked of each. `pk`: the item as it stands, when a campaign is changed."""

    title: str
    due_on: date
    type: str = ""
    needed: int = 1
    pk: int | None = None

    def columns(self, place: int) -> dict[str, Any]:
        """The columns of the item at this place."""
        return {"place": place, "title": self.title, "type": self.type, "needed": self.needed, "due_on": self.due_on}


@transaction.atomic
def launch_campaign(
    *, title: str, launched_by: Unit, since: date, until: date, items: Sequence[Asked], targets: Sequence[Unit],
    by: User | None, at: datetime, document: str = "", note: str = "",
) -> Campaign:
    """A campaign from `since`; `until` is the first day after it. Raises Refused for what cannot be: an end before the
    beginning, no item, an item due outside the campaign, nobody asked, a target that is not in being, the same one twice."""
    made = Campaign(title=title, launched_by=launched_by, valid_from=since, valid_to=until, document=document, note=note)
    _refuse_impossible(made, items, targets)
    _refuse_absent(targets, _first_day_asked(made, at))
    journal = Journal(by=by, at=at, verb="发起专题活动")
    journal.create(made)
    _write_items(journal, made, items)
    _write_targets(journal, made, targets)
    journal.close(made, launched_by)
    return made


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, items: Sequence[Asked], targets: Sequence[Unit], by: User | None, at: datetime, since: date, until: date,
    **values: Any,
) -> bool:
    """Another title, period, item or target; says whether anything changed. Raises Refused as `launch_campaign` does, and
    when an item would go of which activities are on record."""
    stands = {field.attname: getattr(campaign, field.attname) for field in Campaign._meta.concrete_fields}
    values |= {"valid_from": since, "valid_to": until}
    asked = Campaign(**(stands | values))
    _refuse_impossible(asked, items, targets)
    known = set(campaign.targets.values_list("unit_id", flat=True))
    _refuse_absent([unit for unit in targets if unit.pk not in known], _first_day_asked(asked, at))
    journal = Journal(by=by, at=at, verb="修改专题活动")
    changed = journal.change(campaign, **values)
    changed |= _write_items(journal, campaign, items)
    changed |= _write_targets(journal, campaign, targets)
    journal.close(campaign, campaign.launched_by)
    return changed


@transaction.atomic
def end_campaign(*, campaign: Campaign, on: date, reason: str, by: User | None, at: datetime) -> None:
    """Ends a campaign early: from `on` nothing more is asked. What was done stays counted. Raises Refused."""
    journal = Journal(by=by, at=at, verb="提前结束专题活动", reason=reason)
    end(journal, campaign, on)
    journal.close(campaign, campaign.launched_by)


@transaction.atomic
def withdraw_campaign(*, campaign: Campaign, reason: str, by: User | None, at: datetime) -> None:
    """Takes back a campaign that was launched by mistake. Raises Refused without a reason, or when activities belong to it."""
    if not reason.strip():
        raise Refused("请写明撤回原因。")
    counted = CampaignShare.objects.filter(item__campaign=campaign).values("activity").distinct().count()
    if counted:
        raise Refused(f"已有 {counted} 次活动选了算入这个专题活动，不能撤回。不再开展的话，请改为提前结束。")
    journal = Journal(by=by, at=at, verb="撤回专题活动", reason=reason)
    title, pk, unit = str(campaign), campaign.pk, campaign.launched_by
    for row in (*campaign.targets.all(), *campaign.items.all()):
        journal.delete(row)
    journal.delete(campaign)
    campaign.pk = pk
    journal.close(campaign, unit, title)


def _write_items(journal: Journal, campaign: Campaign, items: Sequence[Asked]) -> bool:
    standing = {item.pk: item for item in campaign.items.all()}
    kept = {asked.pk for asked in items}
    changed = False
    for item in [item for pk, item in standing.items() if pk not in kept]:
        _refuse_counted(item)
        journal.delete(item)
        changed = True
    for place, asked in enumerate(items, start=1):
        if asked.pk in standing:
            changed |= journal.change(standing[asked.pk], **asked.columns(place))
        else:
            journal.create(CampaignItem(campaign=campaign, **asked.columns(place)))
            changed = True
    return changed


def _refuse_counted(item: CampaignItem) -> None:
    counted = item.shares.count()
    if counted:
        raise Refused(f"已有 {counted} 次活动选了算入“{item.title}”，这一项不能去掉。可以改它的名称、次数和完成时间。")


def _write_targets(journal: Journal, campaign: Campaign, targets: Sequence[Unit]) -> bool:
    wanted = {unit.pk for unit in targets}
    standing = {target.unit_id: target for target in campaign.targets.all()}
    for gone in standing.keys() - wanted:
        journal.delete(standing[gone])
    for new in sorted(wanted - standing.keys()):
        journal.create(CampaignTarget(campaign=campaign, unit_id=new))
    return bool(standing.keys() ^ wanted)


def _first_day_asked(campaign: Campaign, at: datetime) -> date:
    """The day on which those asked must be there: that of launching, within the campaign."""
    ends = last_day(campaign.valid_to)
    assert ends is not None
    return min(max(campaign.valid_from, localtime(at).date()), ends)


def _refuse_impossible(asked: Campaign, items: Sequence[Asked], targets: Sequence[Unit]) -> None:
    last = last_day(asked.valid_to)
    if last is None or last < asked.valid_from:
        raise Refused("结束日期早于开始日期。请核对。")
    if not items:
        raise Refused("请至少写一项要做的事。")
    for item in items:
        if not asked.valid_from <= item.due_on <= last:
            raise Refused(f"“{item.title}”的完成时间 {item.due_on} 不在活动期间（{asked.valid_from} 至 {last}）。请核对。")
    if not targets:
        raise Refused("请至少选一个参加的党组织。")
    twins = Campaign.objects.filter(title=asked.title, launched_by_id=asked.launched_by_id, valid_from=asked.valid_from)
    if twins.exclude(pk=asked.pk).exists():
        raise Refused(f"自 {asked.valid_from} 起的“{asked.title}”已经发起过。请在原来那一个上修改。")


def _refuse_absent(targets: Sequence[Unit], day: date) -> None:
    """Only party organizations in being are asked; one whose beginning is not known may have been there."""
    there = models.Q(holds_on(day)) | models.Q(from_precision=Precision.SEEN, valid_from__gt=day)
    known = set(OrganizationPeriod.objects.filter(there).values_list("organization_id", flat=True))
    for unit in targets:
        if unit.kind != UnitKind.ORGANIZATION:
            raise Refused(f"“{unit.name}”不是党组织，专题活动只向党组织提。")
        if unit.pk not in known:
            raise Refused(f"“{unit.name}”在{day}还没有成立，或者已经撤销，不能列为参加单位。")
