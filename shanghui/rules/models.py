"""What people decided about duties: excuses, findings, local packs switched on (M42). Verdicts are computed, never stored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet


class ExcuseQuerySet(models.QuerySet["Excuse"]):
    """Questions about excuses."""

    def within(self, scope: Scope) -> ExcuseQuerySet:
        """Excuses of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Excuse(models.Model):
    """The upper level agreed, with a reason, that a unit need not meet a duty in a period.

    `first`: the first day of the period (for a term: the day it was due). `until`: the day to which a delay was approved
    (COM-10); empty: for the period itself.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="党组织")
    rule = models.CharField("规则", max_length=40)
    first = models.DateField("期间起")
    reason = models.CharField("原因", max_length=200)
    document = models.CharField("批准文件", max_length=80, blank=True)
    given_on = models.DateField("同意时间")
    until = models.DateField("延到", null=True, blank=True)

    objects = ExcuseQuerySet.as_manager()

    class Meta:
        verbose_name = "同意免除"
        constraints = [models.UniqueConstraint("unit", "rule", "first", name="rules_excuse_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.first:%Y-%m}"


class FindingState(models.TextChoices):
    """Where a finding stands. It is fixed when the facts say so, and opens again by itself."""

    OPEN = "open", "待处理"
    EXPLAINED = "explained", "已说明"
    FIXED = "fixed", "已解决"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Questions about findings."""

    def within(self, scope: Scope) -> FindingQuerySet:
        """Findings about units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Finding(models.Model):
    """A rule found something at a unit: since when, who follows it, what was explained, when it was found fixed.

    `first`: the first day of the period it concerns, or the day from which the state is as it is. The database does not
    hold on to the unit: what was found by itself must not stand in the way of taking back the unit's registration.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, db_constraint=False, related_name="+")
    rule = models.CharField("规则", max_length=40)
    first = models.DateField("期间起")
    message = models.CharField("情况", max_length=300)
    state = models.CharField("状态", max_length=9, choices=FindingState.choices, default=FindingState.OPEN)
    since = models.DateField("发现时间")
    fixed_on = models.DateField("解决时间", null=True, blank=True)
    reopened = models.PositiveSmallIntegerField("重新出现次数", default=0)
    owner = models.CharField("经办人", max_length=40, blank=True)
    explanation = models.CharField("说明", max_length=300, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒事项"
        constraints = [models.UniqueConstraint("unit", "rule", "first", name="rules_finding_once")]
        indexes = [models.Index(fields=["state", "since"], name="rules_findings_by_state")]

    def __str__(self) -> str:
        return self.message


class Refresh(models.Model):
    """The findings of a unit and what stands below it (empty: of everything) were compared with the facts on this day.

    `seen`: the last entry of the journal at that moment; what was written since may have changed a verdict.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, db_constraint=False, related_name="+")
    on = models.DateField("核对时间")
    seen = models.BigIntegerField("核对到的操作记录")

    class Meta:
        verbose_name = "核对提醒事项"
        constraints = [models.UniqueConstraint("unit", name="rules_refresh_once")]


class PackSwitch(Fact):
    """An office has switched on a pack of local rules for what stands below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    pack = models.CharField("本地规定", max_length=40)

    objects = FactQuerySet["PackSwitch"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "启用本地规定"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", "pack", condition=Q(valid_to=None), name="rules_pack_one_open"),
        ]
