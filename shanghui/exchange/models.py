"""Import runs: the files as they came, what each row would do, what was done (M45)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.exchange import answers
from shanghui.exchange.layouts.models import OwnLayout as OwnLayout
from shanghui.exchange.layouts.models import Return as Return
from shanghui.exchange.layouts.models import Supplied as Supplied
from shanghui.exchange.packages.models import Correspondent as Correspondent
from shanghui.exchange.packages.models import Received as Received
from shanghui.exchange.packages.models import Submission as Submission
from shanghui.exchange.reconciling.models import Acceptance as Acceptance
from shanghui.exchange.reconciling.models import Comparison as Comparison
from shanghui.exchange.reconciling.models import ComparisonCell as ComparisonCell
from shanghui.exchange.reconciling.models import ComparisonLine as ComparisonLine
from shanghui.kernel.sealing import SealedField


class RunState(models.TextChoices):
    """Where an import stands."""

    READING = "reading", "正在读取"
    PROPOSED = "proposed", "等您确认"
    APPLYING = "applying", "正在写入"
    APPLIED = "applied", "已导入"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "未能完成"
    DISCARDED = "discarded", "已放弃"


class RunQuerySet(models.QuerySet["ImportRun"]):
    """Questions about import runs."""

    def within(self, scope: Scope) -> RunQuerySet:
        """Runs under units within the scope."""
        return self.filter(scope.condition("under_id"))


class ImportRun(models.Model):
    """One upload of one or several files under a unit; applied as one, undone as one."""

    under = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="导入到")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    created_at = models.DateTimeField("上传时间")
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="确认导入")
    applied_at = models.DateTimeField("导入时间", null=True)
    as_at = models.DateField("台账截止日期", null=True)
    sender = models.CharField("填报单位", max_length=100, blank=True)
    state = models.CharField("状态", max_length=10, choices=RunState.choices, default=RunState.READING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    mapping = models.JSONField(default=list)
    corrections = SealedField(default="")
    skip_errors = models.BooleanField(default=False)
    reading = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"

    def key(self) -> str:
        """What groups this run's audit entries."""
        return f"import:{self.pk}"

    def answers(self) -> list[answers.Answer]:
        """What was answered to its problems."""
        return answers.load(self.corrections)


class ImportFile(models.Model):
    """The original file, kept with its digest."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("字节")
    stored = models.FileField(upload_to="imports/%Y/%m/", max_length=200)


class Outcome(models.TextChoices):
    """What a row would do."""

    NEW = "new", "新增"
    CHANGED = "changed", "更新"
    SAME = "same", "不变"
    UNKEPT = "unkept", "不保存"
    WARNING = "warning", "警告"
    ERROR = "error", "错误"


class ImportRow(models.Model):
    """One recognised row of a run: its outcome, what would change, what is wrong. `row` None: a record in a column.

    `worst`: error, warning or info among the problems that still wait for an answer.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    file = models.CharField("文件", max_length=200)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    column = models.CharField("列", max_length=4, blank=True)
    kind = models.CharField(max_length=24)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    worst = models.CharField(max_length=8, blank=True)
    title = models.CharField("记录", max_length=120, blank=True)
    organization = models.CharField("单位", max_length=100, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["run", "outcome", "id"], name="exchange_rows_by_outcome")]


class LearnedHeading(models.Model):
    """What a heading means in the files of a sender, as a person once chose; blank `field`: the column is left out."""

    sender = models.CharField(max_length=100)
    heading = models.CharField(max_length=100)
    field = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("sender", "heading", name="exchange_heading_once")]
