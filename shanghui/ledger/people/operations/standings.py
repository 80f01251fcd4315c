"""What becomes of a member (M14; regulations §4): away, lost, suspended, restored, left, died. Each is what somebody decided or told.

Nothing here happens by itself. Who is suspended, left or died is no longer counted from that day: the membership ends with it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.kernel.facts import Fact, Precision, may_have_begun
from shanghui.kernel.periods import last_day, months_later
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import (
    MEMBERS,
    PARTY_POSTS,
    Affiliation,
    AffiliationKind,
    Appointment,
    Category,
    Direction,
    GuideAssignment,
    MembershipRecord,
    Person,
    Transfer,
    TransferState,
)
from shanghui.ledger.people.standings import (
    APPROVED,
    CONTACTED,
    COUNTED,
    DECIDED,
    LEFT,
    MemberStanding,
    StandingContact,
)
from shanghui.ledger.people.standings import StandingKind as Kind

STOPPED = {Direction.INSIDE: TransferState.WITHDRAWN, Direction.OUT: TransferState.VOID, Direction.IN: TransferState.RETURNED}
"""How a transfer ends whose relation is no more."""
AGAIN = "重新申请入党"
"""How it ends that somebody left."""
MENDING_MONTHS = 12
"""限期改正 lasts a year at most (REL-16)."""


@transaction.atomic
def set_standing(
    *, person: Person, kind: Kind, since: date, by: User | None, at: datetime, precision: Precision = Precision.DAY, **values: Any
) -> MemberStanding:
    """From `since` this is so of the person. `values`: columns of MemberStanding.

    Ends what ends with it: the membership of who is suspended, left or died, and a transfer on its way; home, dual life and party
    posts of who left; everything of who died. Raises Refused for what cannot be, and for a decision without who decided and approved it.
    """
    made = MemberStanding(person=person, kind=kind, valid_from=since, from_precision=precision, **values)
    known = may_have_begun(since) & (Q(valid_to=None) | Q(valid_to__gt=since))
    record = MembershipRecord.objects.filter(known, person=person).order_by("valid_from").first()
    _refuse(made, record, localtime(at).date())
    journal = Journal(by=by, at=at, verb=f"登记{kind.label}")
    journal.create(made)
    for fact in _ending(person, kind, since):
        _end(journal, fact, since, kind)
    if kind not in COUNTED:
        _stop_transfer(journal, person, kind, since)
    journal.close(person, person.kept_by)
    return made


def _refuse(made: MemberStanding, record: MembershipRecord | None, today: date) -> None:
    person, kind, since = made.person, Kind(made.kind), made.valid_from
    if since > today:
        raise Refused("这一天还没有到。等事情发生、决定生效以后再登记。")
    refuse_dead(person, since)
    if kind != Kind.DIED:
        _refuse_category(person, kind, record, since)
    still = MemberStanding.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), person=person, kind=kind).order_by("valid_from").first()
    if still is not None:
        ended = f"，到{last_day(still.valid_to)}" if still.valid_to else ""
        raise Refused(f"{person.name}自{still.valid_from}起已登记为{kind.label}{ended}。请在那一条上修改或者结束。")
    _refuse_undecided(made, kind)
    if kind == Kind.CORRECTING:
        _refuse_long(made)


def _refuse_category(person: Person, kind: Kind, record: MembershipRecord | None, since: date) -> None:
    suspended = MemberStanding.objects.on(since).filter(person=person, kind=Kind.SUSPENDED).exists()
    if kind in LEFT and suspended:
        return
    if record is None or record.category not in MEMBERS:
        raise Refused(f"{person.name}在{since}不是党员，不能登记{kind.label}。请先核对人员类别和日期。")
    if kind == Kind.CANCELLED and record.category != Category.PROBATIONARY:
        raise Refused(f"{person.name}在{since}是{record.get_category_display()}，取消预备党员资格只对预备党员。")
    if kind == Kind.SUSPENDED and record.category != Category.FULL:
        raise Refused(f"{person.name}在{since}是预备党员，没有停止党籍一说。请由党组织研究是否取消预备党员资格。")


def _refuse_undecided(made: MemberStanding, kind: Kind) -> None:
    if kind in DECIDED and (not made.decided_by.strip() or made.decided_on is None):
        raise Refused(f"{kind.label}要有党组织的决定。请写明由谁决定、哪一天决定。")
    if kind in APPROVED and not made.approved_by.strip():
        raise Refused(f"{kind.label}要报上级党组织。请写明批准（备案）单位；还没有批下来的，批了再登记。")
    if made.decided_on is not None and made.from_precision == Precision.DAY and made.decided_on > made.valid_from:
        raise Refused(f"决定在{made.decided_on}作出，生效不能早于这一天。请核对日期。")


def _refuse_long(made: MemberStanding) -> None:
    if made.due_by is None:
        raise Refused("请写明限期改正到哪一天。")
    if not made.valid_from < made.due_by <= months_later(made.valid_from, MENDING_MONTHS):
        raise Refused("改正期限要在开始之后，最长1年（《党员教育管理工作条例》第三十条）。请核对日期。")


def _ending(person: Person, kind: Kind, since: date) -> list[Fact]:
    """What ends with it: the facts that still hold on the day."""
    if kind in COUNTED:
        return []
    still = Q(valid_to=None) | Q(valid_to__gt=since)
    facts: list[Fact] = list(MembershipRecord.objects.filter(still, person=person))
    posts = Appointment.objects.filter(still, person=person)
    facts += posts if kind == Kind.DIED else posts.filter(post__in=PARTY_POSTS)
    if kind == Kind.SUSPENDED:
        return facts
    facts += Affiliation.objects.filter(still, person=person)
    facts += MemberStanding.objects.filter(still, person=person).exclude(kind=kind).exclude(kind__in=LEFT)
    return facts + list(GuideAssignment.objects.filter(still, person=person)) if kind == Kind.DIED else facts


def _end(journal: Journal, fact: Fact, since: date, kind: Kind) -> None:
    if fact.valid_from >= since:
        raise Refused(
            f"有一条{fact._meta.verbose_name}自{fact.valid_from}起，在{kind.label}那一天或者以后。请先核对日期，撤销或者更正那一条，再登记。"
        )
    values: dict[str, Any] = {"ended_how": kind.label} if isinstance(fact, MemberStanding) else {}
    journal.change(fact, valid_to=since, **values)


def _stop_transfer(journal: Journal, person: Person, kind: Kind, since: date) -> None:
    """There is no relation to transfer any more: what is on its way is closed, with the reason, on the day or when it was sent."""
    for row in Transfer.objects.waiting().filter(person=person):
        day = max(since, row.sent_on)
        journal.change(row, state=STOPPED[Direction(row.direction)].value, closed_on=day, closing=f"{person.name}自{since}起{kind.label}，不再接转。")


@transaction.atomic
def change_standing(*, standing: MemberStanding, by: User | None, at: datetime, **values: Any) -> bool:
    """Puts right what is written of it (where to, decision, approval); says whether anything changed. Raises Refused."""
    asked = MemberStanding.objects.select_related("person").get(pk=standing.pk)
    for name, value in values.items():
        setattr(asked, name, value)
    _refuse_undecided(asked, Kind(standing.kind))
    if standing.kind == Kind.CORRECTING:
        _refuse_long(asked)
    journal = Journal(by=by, at=at, verb=f"更正{Kind(standing.kind).label}")
    changed = journal.change(standing, **values)
    journal.close(standing.person, standing.person.kept_by)
    return changed


@transaction.atomic
def end_standing(
    *, standing: MemberStanding, on: date, how: str, by: User | None, at: datetime, decided_by: str = "", approved_by: str = "",
    number: str = "",
) -> None:
    """From `on` it is no longer so, and how it ended: returned, found, mended; 停止党籍 by a decision that restores (REL-14).

    Who is restored is again what he was, from that day. Raises Refused; who left or died does not come back.
    """
    kind, person = Kind(standing.kind), standing.person
    if kind in LEFT or kind == Kind.DIED:
        raise Refused(f"{kind.label}不能结束。登记错了的，请在操作记录里撤销那一步；除名以后重新申请的，请登记为入党申请人。")
    if standing.valid_to is not None:
        raise Refused(f"已经结束，最后一天是{last_day(standing.valid_to)}。")
    if on <= standing.valid_from:
        raise Refused(f"它自{standing.valid_from}起，结束要在其后。请核对日期。")
    if on > localtime(at).date():
        raise Refused("这一天还没有到。等事情发生、决定生效以后再登记。")
    restores = kind == Kind.SUSPENDED
    if restores and not (decided_by.strip() and approved_by.strip()):
        raise Refused("恢复党籍要有党组织的决定和上级的批准。请写明由谁决定、由谁批准。")
    journal = Journal(by=by, at=at, verb="恢复党籍" if restores else f"结束{kind.label}")
    journal.change(
        standing, valid_to=on, ended_how="恢复党籍" if restores else how, end_decided_by=decided_by, end_approved_by=approved_by, end_number=number
    )
    if restores:
        _restore(journal, standing, on)
    journal.close(person, person.kept_by)


def _restore(journal: Journal, standing: MemberStanding, on: date) -> None:
    before = MembershipRecord.objects.filter(person=standing.person, valid_to=standing.valid_from).first()
    category = before.category if before is not None else Category.FULL
    later = MembershipRecord.objects.filter(person=standing.person, valid_from__gte=standing.valid_from).first()
    if later is not None:
        raise Refused(f"{standing.person.name}自{later.valid_from}起已另登记为{later.get_category_display()}，不能再恢复。请核对。")
    if not Affiliation.objects.on(on).filter(person=standing.person, kind=AffiliationKind.HOME).exists():
        raise Refused(f"{standing.person.name}在{on}没有登记组织关系所在的党组织，恢复了也没有支部。请先登记组织关系，再恢复党籍。")
    journal.create(MembershipRecord(person=standing.person, category=category, valid_from=on))


@transaction.atomic
def record_contact(
    *, standing: MemberStanding, on: date, by: User | None, at: datetime, way: str = "", reached: bool = True
) -> StandingContact:
    """The branch was in touch with somebody away, or searched for somebody lost. Only day and way are kept. Raises Refused."""
    kind = Kind(standing.kind)
    if kind not in CONTACTED:
        raise Refused(f"{kind.label}没有联系记录。")
    if on > localtime(at).date():
        raise Refused("这一天还没有到，联系以后再登记。")
    if on < standing.valid_from or (standing.valid_to is not None and on >= standing.valid_to):
        raise Refused(f"这一条{kind.label}自{standing.valid_from}起{f'，到{last_day(standing.valid_to)}' if standing.valid_to else ''}，联系日期要在其间。")
    if kind == Kind.LOST and not way:
        raise Refused("请选查找的方式。")
    journal = Journal(by=by, at=at, verb="登记查找" if kind == Kind.LOST else "登记联系")
    row = journal.create(StandingContact(standing=standing, held_on=on, way=way, reached=reached))
    journal.close(standing.person, standing.person.kept_by)
    return row


def refuse_dead(person: Person, since: date) -> None:
    """Nothing new begins for somebody who has died by then. Raises Refused."""
    died = MemberStanding.objects.filter(person=person, kind=Kind.DIED, valid_from__lte=since).first()
    if died is not None:
        raise Refused(f"{person.name}已于{died.valid_from}去世，不能再登记这一项。请核对姓名和日期。")


def refuse_barred(person: Person, category: Category, since: date) -> MemberStanding | None:
    """Who is suspended is restored first; who left applies again first (REL-14). Raises Refused.

    Returns the standing that ends when somebody who left applies again.
    """
    refuse_dead(person, since)
    held = MemberStanding.objects.on(since).filter(person=person, kind__in=(Kind.SUSPENDED, *LEFT)).order_by("-valid_from").first()
    if held is None:
        return None
    if held.kind == Kind.SUSPENDED:
        raise Refused(f"{person.name}自{held.valid_from}起停止党籍。恢复党籍在那一条上办，不能直接变更类别。")
    if category != Category.APPLICANT:
        raise Refused(f"{person.name}自{held.valid_from}起{held.get_kind_display()}，原则上不恢复党籍。重新申请的，先登记为入党申请人。")
    return held
