"""党费 (M17): from what somebody's dues are reckoned, what was paid for which month, what an office has set, what the money was used for.

The platform records payments; it moves no money. Amounts are `Decimal`; a month is written by its first day.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.kernel.facts import Fact, FactQuerySet
from shanghui.kernel.sealing import SealedField
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person


class BaseKind(models.TextChoices):
    """From what dues are reckoned (DUES-01 to DUES-06)."""

    WAGES = "wages", "按月领取工资"
    YEARLY = "yearly", "年薪制"
    AVERAGE = "average", "个体经营者等（上季度月平均纯收入）"
    RETIRED = "retired", "离退休"
    FARMER = "farmer", "农民"
    FIXED = "fixed", "学生、下岗失业、领取救济或低保"


class Rounding(models.TextChoices):
    """To what the amount due is rounded: no national rule, so a setting."""

    FEN = "fen", "到分"
    JIAO = "jiao", "到角"
    YUAN = "yuan", "到元"


class DuesBase(Fact):
    """From what a person's dues are reckoned, from the first of a month on.

    `amount`: the base as the treasurer typed it, sealed; it need not be kept. `monthly`: what was due a month by the norm in force
    then. `reduced`: what is paid instead, with who approved it (DUES-07). One at a time (database trigger).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_bases")
    kind = models.CharField("计算基数", max_length=8, choices=BaseKind.choices)
    amount = SealedField("基数", default="", blank=True)
    monthly = models.DecimalField("每月应交", max_digits=9, decimal_places=2)
    reduced = models.DecimalField("减免后每月交", max_digits=9, decimal_places=2, null=True, blank=True)
    approved_by = models.CharField("批准减免的党委", max_length=60, blank=True)
    approval_number = models.CharField("批准文号", max_length=60, blank=True)

    objects = FactQuerySet["DuesBase"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党费基数"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("person", condition=Q(valid_to=None), name="dues_base_one_open"),
            models.CheckConstraint(condition=Q(monthly__gte=0), name="dues_base_not_negative"),
            models.CheckConstraint(
                condition=Q(reduced=None) | Q(reduced__gte=0) & Q(reduced__lt=models.F("monthly")) & ~Q(approved_by=""),
                name="dues_base_reduced_with_approval",
            ),
        ]
        indexes = [models.Index(fields=["person", "valid_from"], name="dues_base_by_person")]

    def __str__(self) -> str:
        return f"{self.person}：{self.get_kind_display()}"

    @property
    def asked(self) -> Decimal:
        """What is due a month, after a reduction."""
        return self.monthly if self.reduced is None else self.reduced


class Method(models.TextChoices):
    """How somebody paid (DUES-12, DUES-14: nothing is taken from wages)."""

    CASH = "cash", "现金"
    TRANSFER = "transfer", "转账"
    ONLINE = "online", "线上交纳"
    THROUGH = "through", "亲属或其他党员代交"


class DuesPayment(models.Model):
    """What one person owes, or paid, for one month: once, whichever branch he was in (DUES-09).

    `due`: as it was reckoned when it was recorded. `adjusted`: what was asked instead, with the reason. `paid` None: not yet.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="dues_payments")
    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="dues_payments", verbose_name="收党费的党组织")
    month = models.DateField("月份")
    due = models.DecimalField("应交", max_digits=9, decimal_places=2)
    adjusted = models.DecimalField("调整为", max_digits=9, decimal_places=2, null=True, blank=True)
    reason = models.CharField("调整原因", max_length=200, blank=True)
    paid = models.DecimalField("实交", max_digits=11, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField("交纳日期", null=True, blank=True)
    method = models.CharField("交纳方式", max_length=8, choices=Method.choices, blank=True)
    receipt = models.CharField("收据号", max_length=40, blank=True)

    class Meta:
        verbose_name = "党费收缴"
        constraints = [
            models.UniqueConstraint("person", "month", name="dues_payment_once_a_month"),
            models.CheckConstraint(condition=Q(due__gte=0), name="dues_payment_due_not_negative"),
            models.CheckConstraint(
                condition=Q(paid=None, paid_on=None) | Q(paid__gt=0, paid_on__isnull=False), name="dues_payment_paid_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(adjusted=None) | Q(adjusted__gte=0) & ~Q(reason=""), name="dues_payment_adjusted_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["organization", "month"], name="dues_payment_by_month")]

    def __str__(self) -> str:
        return f"{self.person}：{self.month:%Y-%m}"

    @property
    def asked(self) -> Decimal:
        """What was due, after an adjustment."""
        return self.due if self.adjusted is None else self.adjusted


class DuesSetting(Fact):
    """What an office has set for the organizations below it: rounding, and the share passed on upward (DUES-21)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dues_settings")
    rounding = models.CharField("应交数取整", max_length=4, choices=Rounding.choices, default=Rounding.JIAO)
    remitted = models.DecimalField("上缴比例（%）", max_digits=5, decimal_places=2)

    objects = FactQuerySet["DuesSetting"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党费设置"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", condition=Q(valid_to=None), name="dues_setting_one_open"),
            models.CheckConstraint(condition=Q(remitted__gte=0, remitted__lte=100), name="dues_setting_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.get_rounding_display()}，上缴 {self.remitted}%"


class Purpose(models.TextChoices):
    """The five things dues may be used for, and no other (DUES-16)."""

    TRAINING = "training", "培训党员"
    STUDY = "study", "订阅、购买学习资料和设备"
    COMMENDING = "commending", "表彰先进"
    HARDSHIP = "hardship", "补助生活困难的党员"
    DISASTER = "disaster", "补助遭受严重自然灾害的党员和修缮党员教育设施"


class DuesUse(models.Model):
    """Dues that were used: for what, how much, and where it was decided together (DUES-16, DUES-17)."""

    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="dues_uses")
    purpose = models.CharField("用途", max_length=10, choices=Purpose.choices)
    amount = models.DecimalField("金额", max_digits=11, decimal_places=2)
    used_on = models.DateField("使用日期")
    decided_on = models.DateField("集体研究日期")
    minutes = models.CharField("会议记录", max_length=120)
    remark = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "党费使用"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="dues_use_of_something"),
            models.CheckConstraint(condition=Q(decided_on__lte=models.F("used_on")), name="dues_use_decided_before"),
        ]
        indexes = [models.Index(fields=["organization", "used_on"], name="dues_use_by_day")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.amount} 元"


class DuesPublication(models.Model):
    """The list of a year was shown to the members of the branch: names and paid or not, never amounts (DUES-20)."""

    organization = models.ForeignKey(PartyOrganization, models.PROTECT, related_name="dues_publications")
    year = models.PositiveSmallIntegerField("年度")
    published_on = models.DateField("公布日期")

    class Meta:
        verbose_name = "党费公布"
        constraints = [models.UniqueConstraint("organization", "year", "published_on", name="dues_publication_once_a_day")]

    def __str__(self) -> str:
        return f"{self.year}年党费收缴情况，{self.published_on}公布"
