"""Versions of templates, and from when until when one is in force for a unit and everything below it."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet


class WordTemplateQuerySet(models.QuerySet["WordTemplate"]):
    """Questions about templates."""

    def within(self, scope: Scope) -> WordTemplateQuerySet:
        """Templates of units within the scope."""
        return self.filter(scope.condition("unit_id"))


class WordTemplate(models.Model):
    """One version of a template that a unit made for a kind of document. It is never changed; `stored`: its place in the file storage."""

    document = models.CharField("文种", max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    version = models.PositiveIntegerField("版次")
    note = models.CharField("说明", max_length=200, blank=True)
    fields = models.JSONField("用到的字段", default=list)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)
    made_at = models.DateTimeField("上传时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办")

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "Word 模板"
        constraints = [models.UniqueConstraint("unit", "document", "version", name="reports_template_version_once")]

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}版"


class TemplateUse(Fact):
    """A version is in force from–to for its unit and everything below it. `document`, `unit`: as of the version."""

    template = models.ForeignKey(WordTemplate, models.PROTECT, related_name="uses", verbose_name="版次")
    document = models.CharField("文种", max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")

    objects = FactQuerySet["TemplateUse"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "Word 模板的启用"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", "document", condition=models.Q(valid_to=None), name="reports_template_once_open"),
        ]
