"""Which records were merged into whose (M14): the old address and the old history lead to the person."""

from __future__ import annotations

from django.db import models


class Merger(models.Model):
    """The record `former`, of that name, was of the same person and is no more: what it held stands with `person`."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="mergers")
    former = models.BigIntegerField("原记录", unique=True)
    name = models.CharField("原记录的姓名", max_length=40)
    merged_on = models.DateField("合并日期")

    class Meta:
        verbose_name = "合并的记录"

    def __str__(self) -> str:
        return f"{self.name}（{self.merged_on}并入）"
