"""The one Activity and what hangs on it (domain.md §2; M06, M19–M22, M35)."""

from shanghui.ledger.activities.models.activity import (
    Activity,
    ActivityHost,
    ActivityQuerySet,
    ActivityType,
    Aspect,
    Occasion,
    Way,
)
from shanghui.ledger.activities.models.attendance import AgendaItem, Attachment, Attendance, Matter, Presence
from shanghui.ledger.activities.models.campaigns import (
    Affairs,
    Audience,
    Campaign,
    CampaignItem,
    CampaignQuerySet,
    CampaignShare,
    CampaignTarget,
    Publication,
    PublicationQuerySet,
)
from shanghui.ledger.activities.models.invitations import Invitation, InvitationQuerySet
from shanghui.ledger.activities.models.partners import ActivityAlliance, ActivityPairing
from shanghui.ledger.activities.models.reviews import Grade, ReviewGrade
from shanghui.ledger.activities.models.visits import CodeSignIn, SignInCode, Visit, VisitQuerySet

__all__ = [
    "Activity",
    "ActivityAlliance",
    "ActivityHost",
    "ActivityPairing",
    "ActivityQuerySet",
    "ActivityType",
    "Affairs",
    "AgendaItem",
    "Aspect",
    "Attachment",
    "Attendance",
    "Audience",
    "Campaign",
    "CampaignItem",
    "CampaignQuerySet",
    "CampaignShare",
    "CampaignTarget",
    "CodeSignIn",
    "Grade",
    "Invitation",
    "InvitationQuerySet",
    "Matter",
    "Occasion",
    "Presence",
    "Publication",
    "PublicationQuerySet",
    "ReviewGrade",
    "SignInCode",
    "Visit",
    "VisitQuerySet",
    "Way",
]
