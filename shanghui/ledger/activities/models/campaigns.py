"""Campaigns with their items (M20), notices with period and audience (M22)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet
from shanghui.ledger.activities.models.activity import Activity, ActivityType


class CampaignQuerySet(FactQuerySet["Campaign"]):
    """Questions about campaigns."""

    def within(self, scope: Scope) -> CampaignQuerySet:
        """Campaigns launched within the scope, or asked of a unit within it."""
        asked = CampaignTarget.objects.filter(scope.condition("unit_id")).values("campaign_id")
        return self.filter(scope.condition("launched_by_id") | models.Q(pk__in=asked))


class Campaign(Fact):
    """主题教育、专题活动: an office asks organizations for some items over a period; their state comes from activities."""

    title = models.CharField("名称", max_length=80)
    launched_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发起单位")
    document = models.CharField("依据文件", max_length=120, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = "专题活动"

    def __str__(self) -> str:
        return self.title


class CampaignItem(models.Model):
    """One thing asked of each: so many activities of a type (any type where none is named), by a day."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField("序号")
    title = models.CharField("事项", max_length=60)
    type = models.CharField("活动类别", max_length=18, choices=ActivityType.choices, blank=True)
    needed = models.PositiveSmallIntegerField("次数", default=1)
    due_on = models.DateField("完成时间")

    class Meta:
        verbose_name = "专题活动事项"
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title


class CampaignTarget(models.Model):
    """A party organization of which the campaign is asked."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "参加单位"
        constraints = [models.UniqueConstraint("campaign", "unit", name="activities_campaign_target_once")]


class CampaignShare(models.Model):
    """An activity counts for an item of a campaign."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="shares")
    item = models.ForeignKey(CampaignItem, models.PROTECT, related_name="shares")

    class Meta:
        verbose_name = "算入专题活动"
        constraints = [models.UniqueConstraint("activity", "item", name="activities_share_once")]


class Affairs(models.TextChoices):
    """What is published (四务公开)."""

    PARTY = "party", "党务"
    CHAMBER = "chamber", "会务"
    FINANCE = "finance", "财务"
    SERVICE = "service", "服务"


class Audience(models.TextChoices):
    """To whom."""

    MEMBERS = "members", "党员"
    ENTERPRISES = "enterprises", "会员企业"
    EVERYONE = "everyone", "社会公众"


class PublicationQuerySet(FactQuerySet["Publication"]):
    """Questions about notices."""

    def within(self, scope: Scope) -> PublicationQuerySet:
        """Notices of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Publication(Fact):
    """党务公开: a notice of a unit, shown from `valid_from` until `valid_to`, to an audience."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="公开单位")
    affairs = models.CharField("公开内容", max_length=8, choices=Affairs.choices)
    audience = models.CharField("公开范围", max_length=12, choices=Audience.choices)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", blank=True)
    place = models.CharField("公开地点或方式", max_length=80, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = "公开"

    def __str__(self) -> str:
        return self.title
