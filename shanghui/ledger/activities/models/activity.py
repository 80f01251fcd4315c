"""The one Activity: a thing that happened, entered once, counted everywhere (domain.md §2; M19–M22, M35)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.ledger.people.models import Person


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


class Way(models.TextChoices):
    """Where people met."""

    ROOM = "room", "现场"
    ONLINE = "online", "线上"
    BOTH = "both", "现场加线上"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about activities."""

    def within(self, scope: Scope) -> ActivityQuerySet:
        """Activities of which a host is within the scope, once each."""
        hosts = ActivityHost.objects.filter(scope.reaches("unit_id"), activity_id=OuterRef("pk"))
        return self.filter(Exists(hosts))

    def held(self, first: date, last: date) -> ActivityQuerySet:
        """Activities from `first` to `last`, both inclusive, without those that are only planned."""
        return self.filter(held_on__range=(first, last), planned=False)


class Activity(models.Model):
    """One thing that happened on one day. Several hosts may have held it together: it stays one.

    `key`: what the sender named it, so that the same meeting sent twice stands once. `planned`: announced, not yet
    recorded. `expected` and `present` are numbers where no roster was kept; with a roster they are counted from it.
    `hours`: study hours (学时) that each who was present has from it. `held_with`: the chamber event held at the same time.
    """

    type = models.CharField("活动类别", max_length=18, choices=ActivityType.choices)
    held_on = models.DateField("活动时间", db_index=True)
    begins = models.TimeField("几点", null=True, blank=True)
    title = models.CharField("活动名称", max_length=120)
    way = models.CharField("方式", max_length=6, choices=Way.choices, default=Way.ROOM)
    place = models.CharField("地点", max_length=80, blank=True)
    expected = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("参加人数", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, null=True, blank=True)
    minutes = models.TextField("记录", blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人")
    lecturer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主讲人")
    held_with = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="held_beside", verbose_name="同时举行的商会活动"
    )
    planned = models.BooleanField("计划", default=False)
    remark = models.CharField("备注", max_length=300, blank=True)
    key = models.CharField("提交编号", max_length=36, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动"
        constraints = [models.UniqueConstraint("key", condition=~Q(key=""), name="activities_sent_once")]
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


class Aspect(models.Model):
    """What an activity counts as besides its type: a class given at a theme day counts as both."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="aspects")
    type = models.CharField("同时算作", max_length=18, choices=ActivityType.choices)

    class Meta:
        verbose_name = "同时算作"
        constraints = [models.UniqueConstraint("activity", "type", name="activities_aspect_once")]


class Occasion(models.Model):
    """A unit held this kind of thing in this month: minutes and attendance are in ("held means closed").

    One row for each host and kind of a complete activity, written with the activity and never by itself, so that what a
    whole nation did is one walk along an index. `month`: year × 12 + month − 1 of `held_on`.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="occasions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    type = models.CharField("算作", max_length=18, choices=ActivityType.choices)
    held_on = models.DateField("活动时间")
    month = models.PositiveIntegerField("月份")

    class Meta:
        verbose_name = "算作已开"
        constraints = [models.UniqueConstraint("activity", "unit", "type", name="activities_occasion_once")]
        indexes = [
            models.Index(fields=["unit", "type", "month", "held_on"], name="activities_occasions"),  # of a few units
            models.Index(fields=["type", "unit", "month", "held_on"], name="activities_occasions_by_type"),  # of a nation
        ]
