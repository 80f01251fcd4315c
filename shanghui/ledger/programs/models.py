"""Programmes: promises and plates 承诺、亮牌 (M33), the secretaries' projects 书记项目 (M31)."""

from __future__ import annotations

from datetime import date

from django.db import models

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Questions about promises."""

    def within(self, scope: Scope) -> PromiseQuerySet:
        """Promises made at an organization within the scope."""
        return self.filter(scope.condition("organization__unit_id"))

    def signed_by(self, day: date) -> PromiseQuerySet:
        """Promises signed on or before `day` and not withdrawn by then."""
        standing = models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gt=day)
        return self.filter(standing, signed_on__lte=day)


class Promise(models.Model):
    """A member's shop promises honest business and gets a plate (亮牌诚信经营)."""

    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="promises")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="promises")
    name = models.CharField("党员姓名", max_length=40)
    shop = models.CharField("经营户名称", max_length=80)
    signed_on = models.DateField("签订时间")
    plate_given = models.BooleanField("已授牌", default=False)
    withdrawn_on = models.DateField("收回日期", null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "亮牌承诺"

    def __str__(self) -> str:
        return f"{self.name}（{self.shop}）"


class ProjectQuerySet(models.QuerySet["SecretaryProject"]):
    """Questions about secretaries' projects."""

    def within(self, scope: Scope) -> ProjectQuerySet:
        """Projects of party organizations within the scope."""
        return self.filter(scope.condition("unit_id"))


class SecretaryProject(models.Model):
    """书记项目: the one project of a party organization in a year; closed with what came of it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="党组织")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("项目名称", max_length=80)
    goal = models.CharField("目标", max_length=300, blank=True)
    closed_on = models.DateField("结项日期", null=True, blank=True)
    result = models.CharField("结果", max_length=300, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "书记项目"
        constraints = [models.UniqueConstraint("unit", "year", name="programs_project_once_a_year")]

    def __str__(self) -> str:
        return self.title


class ActivityProject(models.Model):
    """An activity belongs to a secretary's project."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="project_links")
    project = models.ForeignKey(SecretaryProject, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "书记项目活动"
        constraints = [models.UniqueConstraint("activity", "project", name="programs_activity_project_once")]
