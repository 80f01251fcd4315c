"""Two upper links and a second plate: what a party organization of a chamber has besides its place on the party line (M09)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.kernel.facts import Fact, FactQuerySet


class TerritorialGuidance(Fact):
    """属地管理: the territorial party body that guides an organization beside its chamber committee (SOC-22); one at a time
    (database trigger). It stands outside the tree of federations, so it is written by its name."""

    organization = models.ForeignKey("organizations.PartyOrganization", models.PROTECT, related_name="guidances")
    body = models.CharField("属地党组织", max_length=80)

    objects = FactQuerySet["TerritorialGuidance"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "属地管理"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint("organization", condition=Q(valid_to=None), name="organizations_guidance_one_open"),
        ]


class Plate(Fact):
    """双牌子: a second plate that the organization carries, given by an upper body; each name once at a time (trigger)."""

    organization = models.ForeignKey("organizations.PartyOrganization", models.PROTECT, related_name="plates")
    name = models.CharField("牌子名称", max_length=60)
    given_by = models.CharField("授牌单位", max_length=80, blank=True)

    objects = FactQuerySet["Plate"].as_manager()

    class Meta(Fact.Meta):
        verbose_name = "第二块牌子"
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                "organization", "name", condition=Q(valid_to=None), name="organizations_plate_one_open"
            ),
        ]
