"""Layouts an office made or changed, what was supplied for columns that no ledger holds, and the returns produced (M49, M51)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.indicators.models import Snapshot


class OwnLayoutQuerySet(models.QuerySet["OwnLayout"]):
    """Questions about layouts."""

    def within(self, scope: Scope) -> OwnLayoutQuerySet:
        """Layouts of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class OwnLayout(models.Model):
    """A version of a layout made by an office; the highest version holds, the others stay. `gone`: it is not offered any more."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("代码", max_length=40)
    version = models.PositiveIntegerField("版次", default=1)
    title = models.CharField("名称", max_length=80)
    document = models.JSONField("版式", default=dict)
    gone = models.BooleanField("不再使用", default=False)
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")

    objects = OwnLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = "报表版式"
        constraints = [models.UniqueConstraint("unit", "code", "version", name="exchange_layout_version_once")]

    def __str__(self) -> str:
        return f"{self.title} 第{self.version}版"


class Supplied(models.Model):
    """What somebody supplied once for a column that no ledger holds: for a row, under a heading. The latest holds.

    `row`: the record, «table:key»; `heading`: the column's title, the same in every layout.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    row = models.CharField(max_length=60)
    heading = models.CharField("栏目", max_length=60)
    value = models.CharField("内容", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")

    class Meta:
        verbose_name = "补报内容"
        constraints = [models.UniqueConstraint("unit", "row", "heading", name="exchange_supplied_once")]


class ReturnQuerySet(models.QuerySet["Return"]):
    """Questions about returns."""

    def within(self, scope: Scope) -> ReturnQuerySet:
        """Returns of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Return(models.Model):
    """A return that was produced: which layout, as at which day, how many cells were filled, asked for, blank; its file and snapshot."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("版式代码", max_length=40)
    title = models.CharField("名称", max_length=80)
    receiver = models.CharField("报给", max_length=80, blank=True)
    as_at = models.DateField("数据截至")
    rows = models.PositiveIntegerField("行数")
    filled = models.PositiveIntegerField("台账填的格数")
    asked = models.PositiveIntegerField("另外补报的格数")
    blank = models.PositiveIntegerField("空着的格数")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = "报表"

    def __str__(self) -> str:
        return f"{self.title} {self.as_at}"
