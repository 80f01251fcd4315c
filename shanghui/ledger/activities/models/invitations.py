"""Asking a party organization outside one's own part of the tree to hold an activity together (M12, M21)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shanghui.access.models import Unit, User
from shanghui.access.scope import Scope
from shanghui.ledger.activities.models.activity import Activity


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def within(self, scope: Scope) -> InvitationQuerySet:
        """Those sent to a party organization within the scope."""
        return self.filter(scope.condition("unit_id"))

    def open(self) -> InvitationQuerySet:
        """Those not yet answered."""
        return self.filter(answered_on=None)


class Invitation(models.Model):
    """共同主办的邀请: nothing counts for the organization that is asked until its own side accepts; then it is a host like any other."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="邀请谁")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="邀请人")
    invited_on = models.DateField("邀请时间")
    answered_on = models.DateField("答复时间", null=True, blank=True)
    accepted = models.BooleanField("同意", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "共同主办邀请"
        constraints = [
            models.UniqueConstraint("activity", "unit", condition=Q(answered_on=None), name="activities_invitation_open_once"),
            models.CheckConstraint(
                condition=Q(answered_on=None, accepted=None) | Q(answered_on__isnull=False, accepted__isnull=False),
                name="activities_invitation_answered_with_a_word",
            ),
        ]
        indexes = [models.Index(fields=["unit", "answered_on"], name="activities_invitations_by_unit")]

    def __str__(self) -> str:
        return f"邀请{self.unit}共同主办“{self.activity}”"
