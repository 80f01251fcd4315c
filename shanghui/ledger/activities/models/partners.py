"""Under which alliance or pairing an activity was held (M12, M13)."""

from __future__ import annotations

from django.db import models

from shanghui.ledger.activities.models.activity import Activity
from shanghui.ledger.organizations.models import Alliance, Pairing


class ActivityAlliance(models.Model):
    """An activity was held under an alliance."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="alliance_links")
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "联盟活动"
        constraints = [models.UniqueConstraint("activity", "alliance", name="activities_alliance_once")]


class ActivityPairing(models.Model):
    """An activity was held with the partner of a pairing."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="pairing_links")
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="activity_links")

    class Meta:
        verbose_name = "结对活动"
        constraints = [models.UniqueConstraint("activity", "pairing", name="activities_pairing_once")]
