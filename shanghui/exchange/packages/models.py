"""Who packages go to and come from, what was sent, what was received (M46)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.indicators.models import Snapshot


class Correspondent(models.Model):
    """Another installation, known by its card. `unit`: of ours, which it reports for; None for one that we report to.

    `until`: the first day on which nothing is taken from it any more, or sent to it.
    """

    name = models.CharField("单位", max_length=100)
    code = models.CharField("代码", max_length=20, blank=True)
    signing = models.CharField("签名公钥", max_length=64)
    sealing = models.CharField("加密公钥", max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表本平台的哪个单位上报")
    since = models.DateField("登记时间")
    until = models.DateField("停用时间", null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "往来单位"
        constraints = [
            models.UniqueConstraint("signing", condition=Q(until=None), name="exchange_correspondent_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_upper(self) -> bool:
        """Whether we report to it."""
        return self.unit_id is None


class Rows(models.TextChoices):
    """What travels beside the figures."""

    NONE = "none", "只报数字"
    MASKED = "masked", "数字和名单，姓名遮去"
    FULL = "full", "数字和名单，姓名完整"


class Sent(models.TextChoices):
    """Where a submission of ours stands."""

    DRAFT = "draft", "草稿"
    CHECKED = "checked", "已核验"
    SENT = "sent", "已报送"
    RETURNED = "returned", "被退回"
    ACCEPTED = "accepted", "已接收"
    CORRECTED = "corrected", "已被更正"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about submissions."""

    def within(self, scope: Scope) -> SubmissionQuerySet:
        """Submissions about units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Submission(models.Model):
    """Figures of a unit as at a day, on their way up. `version` counts those of the unit, day and receiver; `package`: its number.

    `remarks`: what the check had to say; `snapshot`: the figures as they were checked.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="上报单位")
    receiver = models.ForeignKey(Correspondent, models.PROTECT, related_name="submissions", verbose_name="报给")
    as_at = models.DateField("数据截至")
    rows = models.CharField("内容", max_length=6, choices=Rows.choices, default=Rows.NONE)
    reason = models.CharField("报送完整名单的理由", max_length=300, blank=True)
    encrypted = models.BooleanField("加密", default=True)
    version = models.PositiveIntegerField("版次", default=1)
    package = models.CharField("包号", max_length=36, unique=True)
    state = models.CharField("状态", max_length=9, choices=Sent.choices, default=Sent.DRAFT)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    remarks = models.JSONField("核验意见", default=list)
    made_at = models.DateTimeField("拟稿时间")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拟稿")
    sent_at = models.DateTimeField("报送时间", null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="报送")
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    size = models.PositiveIntegerField("字节", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    stored = models.CharField("存放处", max_length=200, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "上报"
        constraints = [models.UniqueConstraint("unit", "receiver", "as_at", "version", name="exchange_submission_version_once")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.as_at} 第{self.version}版"


class Got(models.TextChoices):
    """Where a received package stands."""

    RECEIVED = "received", "待审核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"
    CORRECTED = "corrected", "已被更正"


class ReceivedQuerySet(models.QuerySet["Received"]):
    """Questions about received packages."""

    def within(self, scope: Scope) -> ReceivedQuerySet:
        """Packages about units within the scope."""
        return self.filter(scope.condition("unit_id"))


class Received(models.Model):
    """A package that was verified. `snapshot`: its figures, kept like our own; the rows behind them stay in the file."""

    sender = models.ForeignKey(Correspondent, models.PROTECT, related_name="packages", verbose_name="上报单位")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="关于")
    package = models.CharField("包号", max_length=36, unique=True)
    version = models.PositiveIntegerField("版次")
    as_at = models.DateField("数据截至")
    rows = models.CharField("内容", max_length=6, choices=Rows.choices)
    made_at = models.DateTimeField("对方报送时间")
    state = models.CharField("状态", max_length=9, choices=Got.choices, default=Got.RECEIVED)
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="received")
    received_at = models.DateTimeField("收到时间")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    answer = models.CharField("答复", max_length=300, blank=True)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored = models.CharField("存放处", max_length=200)

    objects = ReceivedQuerySet.as_manager()

    class Meta:
        verbose_name = "收到的上报"
        indexes = [models.Index(fields=["unit", "as_at", "version"], name="exchange_received_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.as_at} 第{self.version}版"
