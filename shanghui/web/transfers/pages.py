"""One transfer: what the letter says, where it stands, what each side can do. The receiver sees no more before the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.ledger.people.models import Direction, MembershipRecord, Person, Transfer, TransferState
from shanghui.ledger.people.transferring import sent_together
from shanghui.rules.registry import norm_on
from shanghui.web.kit.timelines import Entry, stretches
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.transfers.sides import seen, sides_of

_CLOSED = {
    TransferState.RECEIVED: ("接收", "check"), TransferState.RETURNED: ("退回", "arrow-back-up"), TransferState.WITHDRAWN: ("撤回", "arrow-back-up"),
    TransferState.VOID: ("介绍信作废", "x"),
}
_BEGUN = {Direction.INSIDE: "发起接转", Direction.OUT: "开介绍信", Direction.IN: "对方开介绍信"}


@page(Act.PEOPLE_VIEW, methods=("GET",))
def transfer(request: HttpRequest, visit: Visit, transfer: int) -> HttpResponse:
    """The transfer with its time line and the next step on top."""
    row = seen(visit, transfer)
    together = list(sent_together(row)) if row.is_open and row.bundle else []
    record = MembershipRecord.objects.on(row.sent_on).filter(person=row.person_id).first()
    context: dict[str, Any] = {
        "row": row, "sides": sides_of(visit, row), "together": together, "category": record.get_category_display() if record else "",
        "stretches": stretches(_entries(row), visit.today), "late": row.is_open and row.due_on is not None and row.due_on < visit.today,
        "opens": Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).filter(pk=row.person_id).exists(),
        "norm": norm_on("REL-05", visit.today), "letter_norm": norm_on("REL-06", visit.today) if row.number else None,
        "followed": row.followed_by.first(), "may_templates": visit.may(Act.TEMPLATES_VIEW),
    }
    return show(request, "transfers/transfer.html", visit, context)


def _entries(row: Transfer) -> Iterator[Entry]:
    """What happened, and the last day of a letter that is still out."""
    number = f"{row.letter_by}{row.letter_number}" if row.number else ""
    yield Entry(row.sent_on, _BEGUN[Direction(row.direction)], number or row.reason, icon="send", is_key=True)
    if row.checked_on is not None:
        yield Entry(row.checked_on, "核对介绍信和党员材料", icon="list-check")
    if row.is_open and row.due_on is not None:
        yield Entry(row.due_on, "介绍信有效期最后一天", icon="clock")
    if row.closed_on is not None:
        word, icon = _CLOSED[TransferState(row.state)]
        said = f"从这天起在“{row.destination}”" if row.state == TransferState.RECEIVED else ""
        yield Entry(row.closed_on, word, "；".join(filter(None, (said, row.closing))), icon=icon, is_key=True)
    if row.answered_on is not None:
        yield Entry(row.answered_on, "收到回执", icon="file-text")
