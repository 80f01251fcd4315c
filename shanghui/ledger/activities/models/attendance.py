"""Who was expected and who came; what was on the agenda; the papers (M19)."""

from __future__ import annotations

from django.db import models

from shanghui.access.models import Unit
from shanghui.ledger.activities.models.activity import Activity
from shanghui.ledger.people.models import Person


class Presence(models.TextChoices):
    """Whether somebody came. `observer`: present without being expected (列席)."""

    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "未到"
    OBSERVER = "observer", "列席"


class Attendance(models.Model):
    """One person at one activity. The roster is frozen on the day: `votes` and `unit` say how it stood then.

    `unit`: the host whose roster the person is on; `votes`: a full member with the right to vote.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在党组织")
    state = models.CharField("到会情况", max_length=8, choices=Presence.choices)
    votes = models.BooleanField("有表决权", default=False)
    reason = models.CharField("请假原因", max_length=60, blank=True)

    class Meta:
        verbose_name = "到会"
        constraints = [models.UniqueConstraint("activity", "person", name="activities_attendance_once")]
        indexes = [models.Index(fields=["person", "state"], name="activities_by_person")]


class Matter(models.TextChoices):
    """What is decided: it says which quorum and which majority apply (regulations §1.4)."""

    ORDINARY = "ordinary", "一般事项"
    ADMISSION = "admission", "接收或转正党员"
    ELECTION = "election", "选举"


class AgendaItem(models.Model):
    """One item of the agenda with what was decided, and who does it by when."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="agenda")
    place = models.PositiveSmallIntegerField("序号")
    topic = models.CharField("议题", max_length=120)
    matter = models.CharField("事项", max_length=9, choices=Matter.choices, default=Matter.ORDINARY)
    decision = models.CharField("决定", max_length=300, blank=True)
    in_favor = models.PositiveSmallIntegerField("赞成", null=True, blank=True)
    against = models.PositiveSmallIntegerField("反对", null=True, blank=True)
    abstained = models.PositiveSmallIntegerField("弃权", null=True, blank=True)
    owner = models.CharField("谁来办", max_length=40, blank=True)
    due_on = models.DateField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "议题"
        ordering = ["place", "pk"]


class Attachment(models.Model):
    """A paper of an activity, kept as it came with its digest. `stored`: its place in the file storage."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)

    class Meta:
        verbose_name = "附件"
