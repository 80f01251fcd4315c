"""Frozen figures: the currency between rooms (architecture, decision 6)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Questions about snapshots."""

    def within(self, scope: Scope) -> SnapshotQuerySet:
        """Snapshots of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Snapshot(models.Model):
    """All figures of a unit as at a day, as they stood when it was taken; never changed afterwards."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    as_at = models.DateField("截至")
    taken_at = models.DateTimeField("冻结时间")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_entry = models.BigIntegerField(default=0)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "数据快照"


class SnapshotFigure(models.Model):
    """One figure of a snapshot: its two counts and the primary keys of the records behind them."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    unit_of_count = models.CharField(max_length=10)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    numerator_rows = models.JSONField(default=list)
    denominator_rows = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint("snapshot", "code", name="indicators_snapshot_figure_once")]


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Questions about saved views."""

    def within(self, scope: Scope) -> SavedViewQuerySet:
        """Views of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class SavedView(models.Model):
    """A question about figures that a unit asks again and again. `query`: the choices of the page by their names in the
    address; the figures themselves are counted anew each time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    name = models.CharField("名称", max_length=60)
    query = models.JSONField("所选", default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    made_at = models.DateTimeField("存入时间")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "指标视图"
        constraints = [models.UniqueConstraint("unit", "name", name="indicators_view_name_once")]

    def __str__(self) -> str:
        return self.name
