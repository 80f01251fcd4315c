"""What people say about records: that two are not the same person, that something is to be put right, that they read the notice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.standings import Correction, CorrectionState, NoticeRead, NotSame

MOST_OPEN = 20
"""Requests of one person that may wait at a time."""


@transaction.atomic
def say_not_same(*, one: Person, other: Person, reason: str, by: User | None, at: datetime) -> NotSame:
    """The two records are of two people; they are not asked about again. Raises Refused."""
    if one.pk == other.pk:
        raise Refused("这是同一条记录。")
    if not reason.strip():
        raise Refused("请写明依据，例如核对了证件、问过本人。")
    first, second = sorted((one, other), key=lambda person: person.pk)
    if NotSame.objects.filter(first=first, second=second).exists():
        raise Refused("已经登记过这两条不是同一人。")
    journal = Journal(by=by, at=at, verb="登记不是同一人", reason=reason.strip()[:300])
    row = journal.create(
        NotSame(first=first, second=second, said_by=by, said_on=localtime(at).date(), reason=reason.strip()[:200])
    )
    journal.close(first, first.kept_by, f"{first.name}、{second.name}不是同一人")
    return row


@transaction.atomic
def ask_correction(*, person: Person, field: str, wish: str, by: User, at: datetime) -> Correction:
    """The person asks that something be put right or removed (PIPL 46, 47). Raises Refused, also to anybody else."""
    if person.user_id != by.pk:
        raise Refused("只能请求更正自己的信息。")
    if not wish.strip():
        raise Refused("请写明应当是什么，或者要删除哪一项。")
    if Correction.objects.filter(person=person, state=CorrectionState.OPEN).count() >= MOST_OPEN:
        raise Refused("还有许多请求没有答复，先等答复，或者直接联系支部书记。")
    journal = Journal(by=by, at=at, verb="请求更正")
    row = journal.create(Correction(person=person, field=field, wish=wish.strip()[:200], asked_on=localtime(at).date()))
    journal.close(person, person.kept_by)
    return row


@transaction.atomic
def answer_correction(
    *, correction: Correction, state: CorrectionState, answer: str, by: User | None, at: datetime
) -> None:
    """Whoever keeps the record answers: put right, or why not. Raises Refused without a reason for not doing it."""
    if correction.state != CorrectionState.OPEN:
        raise Refused("这个请求已经答复过了。")
    if state == CorrectionState.OPEN:
        raise Refused("请选已更正，或者未更正。")
    if state == CorrectionState.REFUSED and not answer.strip():
        raise Refused("没有更正的，请向本人说明理由（《个人信息保护法》第五十条）。")
    journal = Journal(by=by, at=at, verb="答复更正请求")
    journal.change(correction, state=state.value, answer=answer.strip()[:200], answered_on=localtime(at).date())
    journal.close(correction.person, correction.person.kept_by)


@transaction.atomic
def note_notice_read(*, person: Person, version: str, by: User, at: datetime) -> None:
    """The person has read the notice in this version; a second time changes nothing. Raises Refused for anybody else."""
    if person.user_id != by.pk:
        raise Refused("只能由本人确认。")
    if NoticeRead.objects.filter(person=person, version=version).exists():
        return
    journal = Journal(by=by, at=at, verb="阅读告知")
    journal.create(NoticeRead(person=person, version=version, read_at=at))
    journal.close(person, person.kept_by)
