"""A guide's visits (M06), and signing in by a code (M19)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet
from shanghui.ledger.activities.models.activity import Activity
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Person


class VisitQuerySet(models.QuerySet["Visit"]):
    """Questions about visits."""

    def within(self, scope: Scope) -> VisitQuerySet:
        """Visits to chambers within the scope."""
        return self.filter(scope.condition("chamber__unit_id"))


class Visit(models.Model):
    """走访记录: who went to which chamber, what is still missing there, what was agreed, what help is wanted, the next day."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, related_name="visits")
    guide = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指导员")
    visitor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    visited_on = models.DateField("走访时间")
    met = models.CharField("见到谁", max_length=60, blank=True)
    missing = models.CharField("建组织还差什么", max_length=300, blank=True)
    agreed = models.CharField("商定了什么", max_length=300, blank=True)
    help_wanted = models.CharField("需要上级帮什么", max_length=300, blank=True)
    next_on = models.DateField("下次什么时候", null=True, blank=True)
    key = models.CharField("提交编号", max_length=36, blank=True, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "走访记录"
        constraints = [models.UniqueConstraint("key", condition=~Q(key=""), name="activities_visit_sent_once")]
        indexes = [models.Index(fields=["chamber", "visited_on"], name="activities_visits_by_chamber")]

    def __str__(self) -> str:
        return f"{self.visited_on}走访{self.chamber}"


class CodeSignIn(Fact):
    """A party organization has chosen to offer signing in by a code beside the paper sheet; off where there is none."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    objects = FactQuerySet["CodeSignIn"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "扫码签到"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="activities_code_sign_in_one_open"),
        ]


class SignInCode(models.Model):
    """A code on the wall for one activity. Only its digest is kept; it expires by itself and can be closed."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="codes")
    digest = models.CharField("摘要", max_length=64, unique=True)
    expires_at = models.DateTimeField("有效到")
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)

    class Meta:
        verbose_name = "签到码"
