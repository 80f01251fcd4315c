"""Keeping and removing the papers of an activity. A removed paper's file stays, so that the removal can be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.attachments import look_into
from shanghui.kernel.filing import put_away
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType, Attachment

MOST = 30
"""Papers that one activity may have."""


@transaction.atomic
def keep_paper(*, activity: Activity, name: str, content: bytes, by: User | None, at: datetime) -> Attachment | None:
    """Keeps a paper; None when the same content is kept already. Raises Unfit, or Refused for a talk and for one too many."""
    if activity.type == ActivityType.TALK:
        raise Refused("谈心谈话只记谁、和谁、什么时候，不收附件。")
    looked_into = look_into(name, content)
    kept = activity.attachments.values_list("sha256", flat=True)
    if looked_into.sha256 in kept:
        return None
    if len(kept) >= MOST:
        raise Refused(f"一次活动最多放 {MOST} 个附件。请先删去不用的。")
    journal = Journal(by=by, at=at, verb="上传附件")
    made = journal.create(Attachment(activity=activity, **put_away(looked_into, content, "attachments", at)))
    journal.close(activity, host_of(activity))
    return made


@transaction.atomic
def remove_paper(*, paper: Attachment, by: User | None, at: datetime) -> None:
    """Takes a paper off an activity."""
    journal = Journal(by=by, at=at, verb="删除附件")
    activity = paper.activity
    journal.delete(paper)
    journal.close(activity, host_of(activity))


def host_of(activity: Activity) -> Unit | None:
    """The unit under which an act on an activity is written down."""
    host = ActivityHost.objects.filter(activity=activity).select_related("unit").order_by("pk").first()
    return host.unit if host else None
