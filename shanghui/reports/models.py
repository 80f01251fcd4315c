"""Reports: a compiled text with the user's own paragraphs; frozen with a snapshot (M43)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.indicators.models import Snapshot


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def within(self, scope: Scope) -> ReportQuerySet:
        """Reports of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Report(models.Model):
    """A report of one kind about a unit as at a day. `own_text` keeps the user's paragraphs by section."""

    kind = models.CharField("类别", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    as_at = models.DateField("截至")
    title = models.CharField("标题", max_length=120)
    own_text = models.JSONField("自己写的段落", default=dict)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="report", verbose_name="快照")
    frozen_content = models.JSONField(default=dict)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "报告"

    def __str__(self) -> str:
        return self.title
