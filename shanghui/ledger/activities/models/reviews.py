"""What a yearly review 民主评议党员 came to, person by person (M18, LIFE-07). Never ordered, never summed up into points."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit
from shanghui.ledger.activities.models.activity import Activity
from shanghui.ledger.people.models import Person


class Grade(models.TextChoices):
    """The opinion of the branch (《支部工作条例》)."""

    EXCELLENT = "excellent", "优秀"
    SOUND = "sound", "合格"
    BASIC = "basic", "基本合格"
    UNSOUND = "unsound", "不合格"


class ReviewGrade(models.Model):
    """The grade of one person at one review. `unit`: the host on whose roster he was."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="grades")
    person = models.ForeignKey(Person, models.PROTECT, related_name="review_grades")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="所在党组织")
    grade = models.CharField("评定意见", max_length=9, choices=Grade.choices)

    class Meta:
        verbose_name = "民主评议等次"
        constraints = [models.UniqueConstraint("activity", "person", name="activities_reviewgrade_once")]
        indexes = [models.Index(fields=["unit", "activity"], name="activities_reviewgrade_by_unit")]

    def __str__(self) -> str:
        return f"{self.person}：{self.get_grade_display()}"
