"""组织关系接转 (M16): one person on the way from one home to another, inside the platform or by letter."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from shanghui.access.scope import Scope
from shanghui.ledger.organizations.models import PartyOrganization


class Direction(models.TextChoices):
    """Between two organizations of the platform, or by letter (介绍信) from or to one outside."""

    INSIDE = "inside", "平台内接转"
    OUT = "out", "开介绍信转出"
    IN = "in", "凭介绍信转入"


class TransferState(models.TextChoices):
    """What became of it. While it is sent the home stays where it was (REL-05)."""

    SENT = "sent", "途中"
    RECEIVED = "received", "已接收"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    VOID = "void", "已作废"


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Questions about transfers."""

    def within(self, scope: Scope) -> TransferQuerySet:
        """Those whose sending or receiving organization is within the scope: nobody else knows of them."""
        return self.filter(scope.condition("source_id") | scope.condition("target_id"))

    def sent_by(self, scope: Scope) -> TransferQuerySet:
        """Those that an organization within the scope sent."""
        return self.filter(scope.condition("source_id"), source__isnull=False)

    def sent_to(self, scope: Scope) -> TransferQuerySet:
        """Those that go to an organization within the scope."""
        return self.filter(scope.condition("target_id"), target__isnull=False)

    def in_transit(self, day: date) -> TransferQuerySet:
        """Sent by the day and not yet received, sent back, withdrawn or void on it."""
        return self.filter(on_the_way(day))

    def waiting(self) -> TransferQuerySet:
        """Those that nobody has closed."""
        return self.filter(state=TransferState.SENT)

    def named(self) -> TransferQuerySet:
        """With everything a line of the ledger names; sealed numbers are left where they are."""
        return self.select_related("person", "source__unit", "target__unit", "issuer__unit").defer(
            "person__id_number", "person__id_digest", "person__phone", "person__phone_digest"
        )


def on_the_way(day: date) -> Q:
    """The condition «in transit on the day»."""
    return Q(sent_on__lte=day) & (Q(closed_on=None) | Q(closed_on__gt=day))


class Transfer(models.Model):
    """One person's relation on its way. `source` and `target`: organizations of the platform; `counterpart`: the one outside.

    `closed_on`: the first day it is no longer in transit; of one received the first day at the new home. `due_on`: the last
    day on which the letter is good. `bundle` is the same for those sent in one act. `follows`: the letter in whose place it was issued.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="transfers")
    direction = models.CharField("方式", max_length=6, choices=Direction.choices)
    source = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="sent_transfers", verbose_name="转出党组织"
    )
    target = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="received_transfers", verbose_name="转入党组织"
    )
    counterpart = models.CharField("平台外的党组织", max_length=100, blank=True)
    reason = models.CharField("接转原因", max_length=100, blank=True)
    dues_until = models.CharField("党费交至", max_length=7, blank=True)
    bundle = models.CharField(max_length=32, blank=True, db_index=True)
    sent_on = models.DateField("发出日期")
    state = models.CharField("状态", max_length=9, choices=TransferState.choices, default=TransferState.SENT)
    closed_on = models.DateField("接收或了结日期", null=True, blank=True)
    closing = models.CharField("说明", max_length=300, blank=True)
    issuer = models.ForeignKey(
        PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="开信党委"
    )
    issued_by = models.CharField("开信单位", max_length=100, blank=True)
    number = models.CharField("介绍信编号", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField("有效期（天）", null=True, blank=True)
    due_on = models.DateField("有效期至", null=True, blank=True)
    checked_on = models.DateField("核对日期", null=True, blank=True)
    answered_on = models.DateField("回执收到日期", null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="原介绍信")

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "组织关系接转"
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="inside", source__isnull=False, target__isnull=False) & ~Q(source=F("target"))
                | Q(direction="out", source__isnull=False, target__isnull=True)
                | Q(direction="in", source__isnull=True, target__isnull=False),
                name="people_transfer_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", closed_on=None) | ~Q(state="sent") & Q(closed_on__isnull=False, closed_on__gte=F("sent_on")),
                name="people_transfer_closed",
            ),
            models.UniqueConstraint("person", condition=Q(state="sent"), name="people_transfer_one_open"),
            models.UniqueConstraint("issuer", "year", "number", condition=Q(issuer__isnull=False), name="people_transfer_number_once"),
            models.UniqueConstraint(
                "issued_by", "year", "number", condition=Q(direction="out", issuer=None), name="people_transfer_number_once_outside"
            ),
        ]
        indexes = [
            models.Index(fields=["source", "state", "due_on"], name="people_transfer_by_source"),
            models.Index(fields=["target", "state", "sent_on"], name="people_transfer_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.person}：{self.origin} → {self.destination}"

    @property
    def origin(self) -> str:
        """Where the relation comes from."""
        return self.source.unit.name if self.source else self.counterpart

    @property
    def destination(self) -> str:
        """Where it goes."""
        return self.target.unit.name if self.target else self.counterpart

    @property
    def letter_by(self) -> str:
        """Who wrote the letter."""
        return self.issuer.unit.name if self.issuer else self.issued_by

    @property
    def letter_number(self) -> str:
        """«〔2026〕第12号»; "" where there is no letter."""
        return f"〔{self.year}〕第{self.number}号" if self.number else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way."""
        return self.state == TransferState.SENT
