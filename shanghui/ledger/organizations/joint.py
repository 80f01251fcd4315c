"""What party organizations and chambers do together with others: alliances (M12) and pairings (M13)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit
from shanghui.access.scope import Scope
from shanghui.kernel.facts import Fact, FactQuerySet


class AllianceQuerySet(FactQuerySet["Alliance"]):
    """Questions about alliances."""

    def within(self, scope: Scope) -> AllianceQuerySet:
        """Alliances kept within the scope, or of which a unit within it is or was a member."""
        joined = AllianceMember.objects.filter(scope.condition("unit_id")).values("alliance_id")
        return self.filter(scope.condition("kept_by_id") | Q(pk__in=joined))


class Alliance(Fact):
    """党建联盟: several chambers and party organizations that work together under a charter."""

    name = models.CharField("联盟名称", max_length=80)
    kept_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="登记单位")
    charter = models.CharField("章程或协议要点", max_length=300, blank=True)

    objects = AllianceQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = "党建联盟"

    def __str__(self) -> str:
        return self.name


class AllianceMember(Fact):
    """A unit belongs to an alliance, as chair (轮值) or not; one fact at a time for each unit (database trigger)."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="成员单位")
    is_chair = models.BooleanField("轮值主席", default=False)

    objects = FactQuerySet["AllianceMember"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "联盟成员"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("alliance", "unit", condition=Q(valid_to=None), name="organizations_ally_one_open"),
            models.UniqueConstraint("alliance", condition=Q(valid_to=None, is_chair=True), name="organizations_ally_one_chair"),
        ]


class PartnerKind(models.TextChoices):
    """With whom a party organization is paired."""

    AGENCY = "agency", "机关"
    LAW_FIRM = "law_firm", "律师事务所"
    BANK = "bank", "银行"
    UNIVERSITY = "university", "高校"
    VILLAGE = "village", "村"
    CHAMBER = "chamber", "商会"
    ENTERPRISE = "enterprise", "企业"
    OTHER = "other", "其他"


class PairingQuerySet(FactQuerySet["Pairing"]):
    """Questions about pairings."""

    def within(self, scope: Scope) -> PairingQuerySet:
        """Pairings of party organizations within the scope."""
        return self.filter(scope.condition("unit_id"))


class Pairing(Fact):
    """结对共建: a party organization and a partner, for as long as the agreement says; once at a time (database trigger)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="党组织")
    partner = models.CharField("结对单位", max_length=80)
    partner_kind = models.CharField("结对单位类别", max_length=10, choices=PartnerKind.choices)
    agreement = models.CharField("协议内容", max_length=300, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name = "结对共建"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("unit", "partner", condition=Q(valid_to=None), name="organizations_pairing_one_open"),
        ]

    def __str__(self) -> str:
        return f"与{self.partner}结对"
