"""What can become of a member, as dated facts (M14; regulations §4), and what people say about records: duplicates, corrections.

None is ever set by the platform: rules give hints with their article, people decide, and the decision is what is kept.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet


class StandingKind(models.TextChoices):
    """流动、失联、出国（境）、限期改正: still a member. The others: not counted from that day on."""

    FLOATING = "floating", "流动党员"
    LOST = "lost", "失去联系"
    ABROAD = "abroad", "出国（境）"
    CORRECTING = "correcting", "限期改正"
    SUSPENDED = "suspended", "停止党籍"
    SELF_LEFT = "self_left", "自行脱党除名"
    REMOVED = "removed", "除名"
    WITHDRAWN = "withdrawn", "退党"
    EXPELLED = "expelled", "开除党籍"
    CANCELLED = "cancelled", "取消预备党员资格"
    DIED = "died", "去世"


COUNTED = (StandingKind.FLOATING, StandingKind.LOST, StandingKind.ABROAD, StandingKind.CORRECTING)
LEFT = (
    StandingKind.SELF_LEFT, StandingKind.REMOVED, StandingKind.WITHDRAWN, StandingKind.EXPELLED, StandingKind.CANCELLED,
)
DECIDED = (StandingKind.CORRECTING, StandingKind.SUSPENDED, *LEFT)
"""What only a decision of the party organization brings about."""
APPROVED = (StandingKind.SUSPENDED, *LEFT)
"""What the upper level approves as well (退党: is told)."""
CONTACTED = (StandingKind.FLOATING, StandingKind.LOST, StandingKind.ABROAD)
"""Of whom the branch notes when it was in touch, or searched."""


class Purpose(models.TextChoices):
    """Why somebody is abroad: REL-11 and REL-13 ask it."""

    STUDY = "study", "学习研究"
    SETTLED = "settled", "因私定居"
    WORK = "work", "工作"
    OTHER = "other", "其他"


class StandingQuerySet(FactQuerySet["MemberStanding"]):
    """Questions about what became of members."""

    def within(self, scope: Scope) -> StandingQuerySet:
        """Of people kept by a unit within the scope."""
        return self.filter(scope.condition("person__kept_by_id"))

    def gone(self) -> StandingQuerySet:
        """Those with which a person is no longer counted as a member."""
        return self.exclude(kind__in=COUNTED)


class MemberStanding(Fact):
    """Since when something is so of a member, who decided it, and how it ended.

    `valid_from`: of a lost member the day of the last contact; of whom was suspended or left the day from which he is not
    counted. `place`: where he went (no address); `fixed`: whether he stays at one place there (REL-03). `due_by`: by when he
    is to have mended (REL-16).
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="standings")
    kind = models.CharField("状态", max_length=12, choices=StandingKind.choices)
    place = models.CharField("去向", max_length=60, blank=True)
    fixed = models.BooleanField("地点相对固定", null=True)
    host = models.CharField("流入地党组织", max_length=60, blank=True)
    purpose = models.CharField("事由", max_length=8, choices=Purpose.choices, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    due_by = models.DateField("改正期限", null=True, blank=True)
    decided_by = models.CharField("作出决定的组织", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    approved_by = models.CharField("批准单位", max_length=60, blank=True)
    approval_number = models.CharField("批准文号", max_length=60, blank=True)
    ended_how = models.CharField("怎样结束", max_length=100, blank=True)
    end_decided_by = models.CharField("结束由谁决定", max_length=60, blank=True)
    end_approved_by = models.CharField("结束由谁批准", max_length=60, blank=True)
    end_number = models.CharField("结束的批准文号", max_length=60, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党员状态"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("person", "kind", condition=Q(valid_to=None), name="people_standing_one_open"),
        ]
        indexes = [models.Index(fields=["kind", "person", "valid_from"], name="people_standing_by_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Way(models.TextChoices):
    """How one was in touch, or searched. What was said is not kept."""

    PHONE = "phone", "电话"
    MESSAGE = "message", "短信、通讯软件"
    LETTER = "letter", "信函"
    VISIT = "visit", "上门"
    WORKPLACE = "workplace", "向单位了解"
    RELATIVES = "relatives", "向亲友、邻居了解"
    POLICE = "police", "请公安机关协查"
    NOTICE = "notice", "公告寻找"
    OTHER = "other", "其他"


class StandingContact(models.Model):
    """One contact with somebody away, or one search for somebody lost: the day, the way, whether he was reached."""

    standing = models.ForeignKey(MemberStanding, models.CASCADE, related_name="contacts")
    held_on = models.DateField("日期")
    way = models.CharField("方式", max_length=10, choices=Way.choices, blank=True)
    reached = models.BooleanField("联系上了", default=True)

    class Meta:
        verbose_name = "联系记录"
        indexes = [models.Index(fields=["standing", "held_on"], name="people_contact_by_day")]

    def __str__(self) -> str:
        return f"{self.held_on}"


class NotSame(models.Model):
    """Somebody has looked at two records that resemble each other: they are not the same person. Not asked again."""

    first = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField("日期")
    reason = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "不是同一人"
        constraints = [
            models.UniqueConstraint("first", "second", name="people_not_same_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="people_not_same_ordered"),
        ]

    def __str__(self) -> str:
        return "不是同一人"


class CorrectionState(models.TextChoices):
    """Where a request stands (PIPL 46)."""

    OPEN = "open", "待处理"
    DONE = "done", "已更正"
    REFUSED = "refused", "未更正"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions about requests."""

    def within(self, scope: Scope) -> CorrectionQuerySet:
        """Of people kept by a unit within the scope."""
        return self.filter(scope.condition("person__kept_by_id"))


class Correction(models.Model):
    """Somebody asks that what is kept about him be put right or removed; answered by whoever keeps the record."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="corrections")
    field = models.CharField("哪一项", max_length=30)
    wish = models.CharField("应当是什么", max_length=200)
    asked_on = models.DateField("提出日期")
    state = models.CharField("状态", max_length=8, choices=CorrectionState.choices, default=CorrectionState.OPEN)
    answer = models.CharField("答复", max_length=200, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "更正请求"
        indexes = [models.Index(fields=["state", "asked_on"], name="people_correction_by_state")]

    def __str__(self) -> str:
        return "更正请求"


class NoticeRead(models.Model):
    """A person has read the notice about his data in this version (PIPL 17). Nothing depends on it."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices_read")
    version = models.CharField("版本", max_length=10)
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        verbose_name = "阅读告知"
        constraints = [models.UniqueConstraint("person", "version", name="people_notice_once")]

    def __str__(self) -> str:
        return self.version
