"""What people decide about duties, with the audit: excuses, explanations, owners, local packs, a longer term (M42)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Seat, Unit, User
from shanghui.access.scope import Scope
from shanghui.kernel.periods import last_day, months_later
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Term
from shanghui.rules.findings import follow, refresh
from shanghui.rules.models import Excuse, Finding, FindingState, PackSwitch
from shanghui.rules.packs import PACKS
from shanghui.rules.registry import limit
from shanghui.rules.slots import slot_of
from shanghui.rules.states import State

TERM = "term.organization"


@transaction.atomic
def give_excuse(
    *, unit: Unit, rule: str, first: date, reason: str, by: User | None, at: datetime, document: str = ""
) -> Excuse:
    """The upper level agrees that a duty need not be met in the period that begins with `first`.

    Raises Refused without a reason, by somebody of the organization itself, before the period has begun, for what is done or
    excused already, and for what is not asked of it.
    """
    day = _today(at)
    reason = _written(reason, "请写明同意免除的原因。")
    _refuse_own(unit, by, day)
    slot = slot_of(unit, rule, first, day)
    if slot.first > day:
        raise Refused(f"{slot.period_words}还没有开始，到时再看是否需要免除。")
    if slot.state is State.DONE:
        raise Refused(f"{slot.period_words}的{slot.duty.title}已开，不用免除。")
    if slot.state is State.EXCUSED:
        raise Refused(f"{slot.period_words}的{slot.duty.title}已经同意免除过。")
    journal = Journal(by=by, at=at, verb="同意免除", reason=reason)
    given = journal.create(Excuse(unit=unit, rule=rule, first=first, reason=reason, document=document.strip(), given_on=day))
    journal.close(given, unit, f"{unit.name} {slot.period_words}{slot.duty.title}")
    follow([unit], day)
    return given


@transaction.atomic
def withdraw_excuse(*, excuse: Excuse, reason: str, by: User | None, at: datetime) -> None:
    """Takes an excuse, or an approved delay, back; the duty stands as it stood before. Raises Refused as `give_excuse` does."""
    reason = _written(reason, "请写明撤回的原因。")
    day = _today(at)
    _refuse_own(excuse.unit, by, day)
    title, pk = f"{excuse.unit.name} {excuse.first:%Y-%m}", excuse.pk
    journal = Journal(by=by, at=at, verb="撤回免除", reason=reason)
    journal.delete(excuse)
    excuse.pk = pk
    journal.close(excuse, excuse.unit, title)
    follow([excuse.unit], day)


@transaction.atomic
def explain(*, findings: Iterable[Finding], reason: str, by: User | None, at: datetime) -> int:
    """Why it is so, in the words of whoever it concerns. The verdict stays as it is. Returns how many were explained."""
    reason = _written(reason, "请写明原因。")
    return sum(
        _say(finding, "说明原因", by, at, state=FindingState.EXPLAINED, explanation=reason)
        for finding in findings if finding.state != FindingState.FIXED
    )


@transaction.atomic
def assign(*, findings: Iterable[Finding], owner: str, by: User | None, at: datetime) -> int:
    """Who follows these findings; nothing for nobody. Returns how many changed."""
    return sum(_say(finding, "指定经办人", by, at, owner=owner.strip()) for finding in findings)


def _say(finding: Finding, verb: str, by: User | None, at: datetime, **values: str) -> bool:
    journal = Journal(by=by, at=at, verb=verb)
    changed = journal.change(finding, **values)
    journal.close(finding, finding.unit, f"{finding.unit.name}：{finding.message}")
    return changed


@transaction.atomic
def switch_pack_on(*, unit: Unit, pack: str, since: date, by: User | None, at: datetime) -> PackSwitch:
    """From the first of a month local rules are asked of what stands below the office. Raises Refused for another day, or
    where they are on already."""
    if pack not in PACKS:
        raise Refused("没有这一组本地规定。")
    _refuse_within_a_month(since)
    held = PackSwitch.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), unit=unit, pack=pack).order_by("valid_from").first()
    if held is not None:
        ended = last_day(held.valid_to)
        raise Refused(f"“{PACKS[pack].title}”自{held.valid_from}起{f'至{ended}' if ended else ''}已经启用，请先停用，或者改从以后的月份启用。")
    journal = Journal(by=by, at=at, verb="启用本地规定")
    made = journal.create(PackSwitch(unit=unit, pack=pack, valid_from=since))
    journal.close(made, unit, f"{unit.name} {PACKS[pack].title}")
    refresh(Scope(roots=(unit.pk,), day=_today(at)), _today(at))
    return made


@transaction.atomic
def switch_pack_off(*, switch: PackSwitch, on: date, by: User | None, at: datetime) -> None:
    """From the first of a month the local rules are no longer asked; what was asked before stays. Raises Refused."""
    _refuse_within_a_month(on)
    if switch.valid_to is not None:
        raise Refused(f"已经停用，最后一天是{last_day(switch.valid_to)}。")
    if on <= switch.valid_from:
        raise Refused(f"这组规定自{switch.valid_from}起启用，停用要晚于这一天；启用错了的，请撤销启用那一步。")
    journal = Journal(by=by, at=at, verb="停用本地规定")
    journal.change(switch, valid_to=on)
    title = PACKS[switch.pack].title if switch.pack in PACKS else switch.pack
    journal.close(switch, switch.unit, f"{switch.unit.name} {title}")
    refresh(Scope(roots=(switch.unit_id,), day=_today(at)), _today(at))


@transaction.atomic
def extend_term(
    *, unit: Unit, until: date, document: str, reason: str, by: User | None, at: datetime
) -> Excuse:
    """The upper level approved, in writing, that elections are held later: the present term may last until `until` (COM-10).

    Raises Refused without document or reason, without a term, or for a day that is no delay.
    """
    document = _written(document, "请写明批准文件的名称或者文号。没有批准的，不能延期。")
    reason = _written(reason, "请写明延期的原因。")
    day = _today(at)
    _refuse_own(unit, by, day)
    term = Term.objects.on(day).filter(unit=unit).first()
    if term is None:
        raise Refused("没有登记任期，请先登记任期。")
    if until <= term.due_by:
        raise Refused(f"本届任期到{term.due_by}，延到的日期要晚于这一天。")
    journal = Journal(by=by, at=at, verb="同意延期换届", reason=reason)
    values = {"reason": reason, "document": document, "given_on": day, "until": until}
    given = Excuse.objects.filter(unit=unit, rule=TERM, first=term.due_by).first()
    if given is None:
        given = journal.create(Excuse(unit=unit, rule=TERM, first=term.due_by, **values))
    else:
        journal.change(given, **values)
    journal.close(given, unit, f"{unit.name} 换届延到{until}")
    follow([unit], day)
    return given


def longer_than_usual(due_by: date, until: date) -> str:
    """A plain sentence where a delay is longer than the norm usually allows; nothing otherwise."""
    years = limit("COM-10", "years")
    return f"延期一般不超过{years}年，这里超过了。请再核对批准文件。" if until > months_later(due_by, 12 * years) else ""


def _refuse_own(unit: Unit, by: User | None, day: date) -> None:
    if by is not None and Seat.objects.on(day).filter(user=by, unit=unit).exists():
        raise Refused("自己所在的党组织要由上级同意，自己不能办。请报上级办公室。")


def _refuse_within_a_month(day: date) -> None:
    if day.day != 1:
        raise Refused(f"本地规定从某个月的1日起启用或者停用，{day}不是1日。")


def _written(text: str, ask: str) -> str:
    if not text.strip():
        raise Refused(ask)
    return text.strip()


def _today(at: datetime) -> date:
    return localtime(at).date()
