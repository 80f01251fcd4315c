"""A comparison as it is kept: the file, what was found line by line and cell by cell, and what was done with each (M50)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.kernel.sealing import SealedField


class ComparisonState(models.TextChoices):
    """Where a comparison stands."""

    READING = "reading", "正在比对"
    OPEN = "open", "办理中"
    CLOSED = "closed", "已办结"
    FAILED = "failed", "没有比成"


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Questions about comparisons."""

    def within(self, scope: Scope) -> ComparisonQuerySet:
        """Comparisons of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Comparison(models.Model):
    """A workbook beside the ledger of a unit, as at a day, by a layout. `document`: the layout as it was; `version` 0: as it was shipped.

    `counts`: rows and cells that agree, blanks of the other side by column, columns and sheets passed over.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    code = models.CharField("版式代码", max_length=40)
    version = models.PositiveIntegerField("版式版次", default=0)
    title = models.CharField("版式", max_length=80)
    document = models.JSONField(default=dict)
    subject = models.CharField(max_length=16)
    as_at = models.DateField("比对截至")
    state = models.CharField("状态", max_length=8, choices=ComparisonState.choices, default=ComparisonState.READING)
    message = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节")
    stored = models.CharField("存放处", max_length=200, blank=True)
    made_at = models.DateTimeField("比对时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="办结")

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = "比对"

    def __str__(self) -> str:
        return f"{self.title} {self.as_at}"


class Verdict(models.TextChoices):
    """What a line is. Lines that agree are counted and not kept."""

    DIFFERENT = "different", "不同"
    THEIRS = "theirs", "只在对方"
    OURS = "ours", "只在本平台"
    UNCLEAR = "unclear", "对不上是哪一个"


class ComparisonLine(models.Model):
    """A line that does not agree. `row` None: it stands only in the ledger; `record`: the key of the ledger's record, None where there is none.

    `values`: [[column, heading, text]] of a line without a record, numbers of people masked; `candidates`: [[key, what it is called]].
    """

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="lines")
    verdict = models.CharField("结果", max_length=9, choices=Verdict.choices)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    record = models.BigIntegerField(null=True, db_index=True)
    title = models.CharField("名称", max_length=120)
    place = models.CharField("所在单位", max_length=120, blank=True)
    told = models.CharField("说明", max_length=300, blank=True)
    values = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    waiting = models.BooleanField(default=True)
    note = models.CharField("备注", max_length=200, blank=True)
    run = models.ForeignKey("exchange.ImportRun", models.SET_NULL, null=True, related_name="+", verbose_name="转到的导入")

    class Meta:
        verbose_name = "比对的一行"
        indexes = [models.Index(fields=["comparison", "verdict", "id"], name="exchange_lines_by_verdict")]


class CellState(models.TextChoices):
    """What was done with a difference."""

    OPEN = "open", "待办"
    ACCEPTED = "accepted", "已采用对方"
    KEPT = "kept", "保留本平台"


class Acceptance(models.Model):
    """One act of taking what the other side says: several cells, from a stated day, taken back as a unit."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="acceptances")
    since = models.DateField("自")
    cells_count = models.PositiveIntegerField("处数", default=0)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="撤销")

    class Meta:
        verbose_name = "采用"

    def key(self) -> str:
        """What groups the entries of the journal."""
        return f"comparison:{self.comparison_id}:{self.pk}"


class ComparisonCell(models.Model):
    """A field in which both sides differ. `fault`: why theirs cannot be taken as it stands, or what stood in the way when it was tried.

    `full`: theirs where it is a number of a person; `theirs` then is its masked form.
    """

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="cells")
    line = models.ForeignKey(ComparisonLine, models.CASCADE, related_name="cells")
    key = models.CharField(max_length=40)
    heading = models.CharField("栏目", max_length=60)
    ours = models.CharField("本平台", max_length=400, blank=True)
    theirs = models.CharField("对方", max_length=400, blank=True)
    full = SealedField(default="", blank=True)
    fault = models.CharField("说明", max_length=300, blank=True)
    can_accept = models.BooleanField(default=False)
    state = models.CharField("办理", max_length=8, choices=CellState.choices, default=CellState.OPEN)
    reason = models.CharField("原因", max_length=200, blank=True)
    acceptance = models.ForeignKey(Acceptance, models.SET_NULL, null=True, related_name="cells")
    done_at = models.DateTimeField("办理时间", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="办理")

    class Meta:
        verbose_name = "比对的一处不同"
        indexes = [
            models.Index(fields=["comparison", "key", "state"], name="exchange_cells_by_key"),
        ]
