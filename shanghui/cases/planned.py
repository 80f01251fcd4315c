"""Plans of joint branches (M07): what was known of each chamber when it was made, the groups, and what was proved of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.ledger.organizations.models import Chamber


class PlanState(models.TextChoices):
    """Where a plan stands."""

    WAITING = "waiting", "排队中"
    SOLVING = "solving", "计算中"
    READY = "ready", "已算好"
    FAILED = "failed", "没有算成"


class Near(models.IntegerChoices):
    """How far chambers of one branch may lie apart, as the steps of region codes measure it (planning.problem)."""

    TOWN = 0, "同一乡镇、街道"
    COUNTY = 10, "同一县（市、区）"
    CITY = 30, "同一市"


class JointPlanQuerySet(models.QuerySet["JointPlan"]):
    """Questions about plans."""

    def within(self, scope: Scope) -> JointPlanQuerySet:
        """Plans of offices within the scope."""
        return self if scope.everything and scope.node is None else self.filter(scope.reaches("office_id"))


class JointPlan(models.Model):
    """One plan for the uncovered chambers of an office. `as_at`: the day whose facts it rests on. `seconds`: how long it may take.

    `cost`, `bound`, `optimal`: of the plan as computed; `branches`, `distance`: of the groups as they stand, moved by hand or not.
    """

    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="工商联")
    as_at = models.DateField("数据截至")
    made_at = models.DateTimeField("计算时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    state = models.CharField("状态", max_length=7, choices=PlanState.choices, default=PlanState.WAITING)
    near = models.PositiveSmallIntegerField("地域相邻", choices=Near.choices, default=Near.COUNTY)
    near_industry = models.PositiveSmallIntegerField("同行业可以远到", choices=Near.choices, default=Near.CITY)
    seconds = models.PositiveSmallIntegerField("最多算几秒", default=10)
    elapsed = models.FloatField("已算几秒", default=0)
    stop_asked = models.BooleanField("停下", default=False)
    cost = models.BigIntegerField("代价", null=True)
    bound = models.BigIntegerField("代价的下限", null=True)
    optimal = models.BooleanField("已证明最优", default=False)
    edited = models.BooleanField("手工调整过", default=False)
    message = models.CharField("说明", max_length=300, blank=True)

    objects = JointPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "联合支部规划"

    def __str__(self) -> str:
        return f"{self.office.name}联合支部规划"

    @property
    def gap(self) -> float | None:
        """How far the computed plan may be above the best one, as a share of the bound; None while nothing is known."""
        return None if self.cost is None or not self.bound else max(0.0, (self.cost - self.bound) / self.bound)

    @property
    def percent(self) -> str:
        """The gap in per cent, one digit, rounded up so that it never promises too much."""
        tenths = -(-int((self.gap or 0) * 1_000_000) // 1000)
        return f"{tenths / 10:.1f}"


class PlanUnit(models.Model):
    """A chamber in a plan, as it was known then. `group` None: left over, for the reason in `why`."""

    plan = models.ForeignKey(JointPlan, models.CASCADE, related_name="units")
    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="+")
    full = models.PositiveSmallIntegerField("正式党员")
    industry = models.CharField("行业", max_length=5, blank=True)
    region = models.CharField("区划代码", max_length=20)
    x = models.FloatField("向东（公里）", null=True)
    y = models.FloatField("向北（公里）", null=True)
    group = models.PositiveIntegerField("组", null=True)
    lead = models.BooleanField("牵头", default=False)
    why = models.CharField("没有分组的原因", max_length=300, blank=True)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, related_name="+", verbose_name="组建事项")

    class Meta:
        verbose_name = "规划中的商会"
        ordering = ["group", "-lead", "pk"]
        constraints = [models.UniqueConstraint("plan", "chamber", name="cases_planunit_once")]
