"""The one Activity: a thing that happened, entered once, counted everywhere (domain.md §2; M19–M22, M35)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef

from shanghui.access.models import Unit
from shanghui.access.scope import Scope


class ActivityType(models.TextChoices):
    """Types met in the half-year report and in branches' records."""

    GENERAL_MEETING = "general_meeting", "支部党员大会"
    COMMITTEE_MEETING = "committee_meeting", "支委会"
    GROUP_MEETING = "group_meeting", "党小组会"
    PARTY_CLASS = "party_class", "党课"
    THEME_DAY = "theme_day", "主题党日"
    LIFE_MEETING = "life_meeting", "组织生活会"
    REVIEW = "review", "民主评议党员"
    TALK = "talk", "谈心谈话"
    THEME_EDUCATION = "theme_education", "主题教育"
    TRAINING = "training", "业务培训"
    PRESIDENTS_HOME = "presidents_home", "会长之家"
    LECTURE_HALL = "lecture_hall", "民企大讲堂"
    FIELD_MARCH = "field_march", "党建拉练"
    JOINT_LEARNING = "joint_learning", "联学共建"
    VOLUNTEERING = "volunteering", "志愿服务"
    DONATION = "donation", "公益捐赠"
    VISIT = "visit", "走访"
    OTHER = "other", "其他"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about activities."""

    def within(self, scope: Scope) -> ActivityQuerySet:
        """Activities of which a host is within the scope, once each."""
        hosts = ActivityHost.objects.filter(scope.reaches("unit_id"), activity_id=OuterRef("pk"))
        return self.filter(Exists(hosts))

    def held(self, first: date, last: date) -> ActivityQuerySet:
        """Activities from `first` to `last`, both inclusive."""
        return self.filter(held_on__range=(first, last))


class Activity(models.Model):
    """One thing that happened on one day. Several hosts may have held it together: it stays one."""

    type = models.CharField("活动类别", max_length=18, choices=ActivityType.choices)
    held_on = models.DateField("活动时间", db_index=True)
    title = models.CharField("活动名称", max_length=120)
    place = models.CharField("地点", max_length=80, blank=True)
    present = models.PositiveIntegerField("参加人数", null=True, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        indexes = [models.Index(fields=["type", "held_on"], name="activities_by_type_and_day")]

    def __str__(self) -> str:
        return self.title


class ActivityHost(models.Model):
    """A unit that held the activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="hosts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "主办单位"
        constraints = [models.UniqueConstraint("activity", "unit", name="activities_host_once")]
