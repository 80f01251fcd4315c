"""Reports: a compiled text with the user's own paragraphs, frozen with a snapshot (M43); drafts kept while they are checked (M44)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.indicators.models import Snapshot
from shanghui.reports.word_templates.models import TemplateUse as TemplateUse
from shanghui.reports.word_templates.models import WordTemplate as WordTemplate


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def within(self, scope: Scope) -> ReportQuerySet:
        """Reports of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Report(models.Model):
    """A report of one kind about a unit as at a day. `own_text` keeps the user's paragraphs by section.

    `earlier`: the figures of the other day that a report compares itself with, frozen with it. `template`: the Word template a frozen
    one was frozen with (None: the layout of the platform).
    """

    kind = models.CharField("类别", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    as_at = models.DateField("截至")
    title = models.CharField("标题", max_length=120)
    own_text = models.JSONField("自己写的段落", default=dict)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="report", verbose_name="快照")
    earlier = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+", verbose_name="对照日的快照")
    frozen_content = models.JSONField(default=dict)
    template = models.ForeignKey(WordTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Word 模板")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "报告"

    def __str__(self) -> str:
        return self.title


class KeptDraftQuerySet(models.QuerySet["KeptDraft"]):
    """Questions about kept drafts."""

    def within(self, scope: Scope) -> KeptDraftQuerySet:
        """Drafts kept by units within the scope."""
        return self.filter(scope.condition("unit_id"))


class KeptDraft(models.Model):
    """A draft from anywhere, kept until it is put right. `stored`: its place in the file storage.

    `compared`: whose ledger it is compared with (None: its own arithmetic only), as at `as_at` (None: the day the draft names).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    compared = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="与台账比")
    as_at = models.DateField("比哪一天的数", null=True, blank=True)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)
    made_at = models.DateTimeField("存入时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")

    objects = KeptDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "核校稿件"

    def __str__(self) -> str:
        return self.name


class How(models.TextChoices):
    """How a finding was closed."""

    MENDED = "mended", "改稿"
    EXPLAINED = "explained", "口径说明"
    IGNORED = "ignored", "这里不管"


class Closing(models.Model):
    """A finding of a kept draft was closed. `key`: the claim and the sentence it stands in, wherever that is.

    `text`: what stands in the draft instead (mended); the note of an explanation is remembered for the unit's later drafts.
    """

    draft = models.ForeignKey(KeptDraft, models.CASCADE, related_name="closings")
    key = models.CharField(max_length=64)
    how = models.CharField("处理", max_length=9, choices=How.choices)
    text = models.CharField("改成", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")

    class Meta:
        verbose_name = "核校处理"
        constraints = [models.UniqueConstraint("draft", "key", name="reports_closing_once")]
        indexes = [models.Index(fields=["key"], name="reports_closing_by_key", condition=models.Q(how="explained"))]
