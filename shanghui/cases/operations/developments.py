"""What is typed in a development: contacts, introducers, examinations, votes, publicity, training, extension, explanations (M15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases.development_bodies import full_among
from shanghui.cases.development_checks import vote_faults
from shanghui.cases.explaining import is_liftable
from shanghui.cases.file import file_of
from shanghui.cases.models import (
    Case,
    Contact,
    Development,
    Examination,
    Explanation,
    Introducer,
    Meeting,
    MemberVote,
)
from shanghui.cases.operations.locks import SETTLED, refuse_closed, typed_word
from shanghui.cases.operations.steps import do_step, open_case
from shanghui.cases.registry import kinds
from shanghui.cases.spans import probation_ends
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import name_contacts
from shanghui.rules.registry import limit, norm_on

DEVELOPMENT, APPLICATION = "development", "apply"
ONCE = ("leaving_on", "mobile")
"""Columns in which nothing is an answer too: they are settled with their step."""
VOTED = {Meeting.ADMISSION: "meeting", Meeting.EXTENSION: "confirmation_meeting", Meeting.CONFIRMATION: "confirmation_meeting"}


@transaction.atomic
def open_development(
    *, person: Person, organization: PartyOrganization, office: Any, applied_on: date, by: User | None, at: datetime, today: date,
    kept_at: str = "",
) -> Case:
    """A development from the day of application, which is its first step. Raises Refused."""
    case = open_case(kind=DEVELOPMENT, office=office, on=applied_on, by=by, at=at, organization=organization, person=person)
    do_step(case=case, step=APPLICATION, on=applied_on, by=by, at=at, today=today, kept_at=kept_at)
    return case


@transaction.atomic
def put_development(*, case: Case, by: User | None, at: datetime, **values: Any) -> Development:
    """Columns of Development. Raises Refused once the step that rests on them is done; what was brought in without them is filled in."""
    refuse_closed(case)
    row = Development.objects.filter(case=case).first()
    held = row or Development()
    changed = {name for name, value in values.items() if getattr(held, name) != value and (getattr(held, name) or name in ONCE)}
    for name in changed:
        _refuse_done(case, SETTLED.get(name.partition("_")[0], ""))
    journal = Journal(by=by, at=at, verb="填写发展党员事项")
    if row is None:
        row = journal.create(Development(case=case, **values))
    else:
        journal.change(row, **{_column(name): getattr(value, "pk", value) for name, value in values.items()})
    journal.close(case, case.office)
    return row


@transaction.atomic
def put_contacts(*, case: Case, people: Sequence[Person], since: date, by: User | None, at: datetime, reason: str = "") -> None:
    """From `since` these look after the candidate; whoever is not among them ends on that day, with the reason (DEV-05). Raises Refused."""
    refuse_closed(case)
    least, most = limit("DEV-05", "least"), limit("DEV-05", "most")
    if not least <= len({one.pk for one in people}) <= most:
        raise Refused(f"培养联系人要{least}至{most}名，现在选了{len(people)}名。")
    _refuse_unfit(case, people, since, "培养联系人")
    held = {one.person_id: one for one in Contact.objects.filter(case=case, valid_to=None)}
    leaving = [one for pk, one in held.items() if pk not in {person.pk for person in people}]
    if leaving and not reason.strip():
        raise Refused("更换培养联系人的，请写明原因。")
    journal = Journal(by=by, at=at, verb="指定培养联系人" if not held else "更换培养联系人", reason=reason.strip())
    for one in leaving:
        if one.valid_from >= since:
            journal.delete(one)
        else:
            journal.change(one, valid_to=since, reason=reason.strip()[:100])
    for person in people:
        if person.pk not in held:
            journal.create(Contact(case=case, person=person, valid_from=since))
    journal.close(case, case.office)
    if case.person is not None:
        name_contacts(person=case.person, contacts="、".join(one.name for one in people), by=by, at=at)


@transaction.atomic
def put_introducers(*, case: Case, people: Sequence[Person], on: date, by: User | None, at: datetime) -> None:
    """The two introducers, full members on the day (DEV-11). Raises Refused, also once the meeting that admitted is registered."""
    refuse_closed(case)
    if Introducer.objects.filter(case=case).exists():
        _refuse_done(case, VOTED[Meeting.ADMISSION])
    many = limit("DEV-11", "introducers")
    if len({one.pk for one in people}) != many:
        raise Refused(f"入党介绍人正好{many}名，不能是同一个人。请核对。")
    _refuse_unfit(case, people, on, "入党介绍人")
    journal = Journal(by=by, at=at, verb="确定入党介绍人")
    rows = {one.person_id: one for one in Introducer.objects.filter(case=case)}
    for person in people:
        if rows.pop(person.pk, None) is None:
            journal.create(Introducer(case=case, person=person))
    for row in rows.values():
        journal.delete(row)
    journal.close(case, case.office)


@transaction.atomic
def examine(
    *, case: Case, on: date, by: User | None, at: datetime, today: date, who: str = "", kept_at: str = ""
) -> Examination:
    """The branch examined the activist on a day. Raises Refused for a day to come, before he was an activist, and a second one."""
    refuse_closed(case)
    began = case.records.filter(step="activist", returned_on=None).first()
    if began is None:
        raise Refused("还没有确定为入党积极分子，不用登记考察。")
    if on > today or on <= began.on:
        raise Refused(f"考察时间要在确定为积极分子（{full_day(began.on)}）以后，不能晚于今天。请核对日期。")
    if Examination.objects.filter(case=case, on=on).exists():
        raise Refused(f"{full_day(on)}的考察已经登记过了。")
    journal = Journal(by=by, at=at, verb="登记培养考察")
    row = journal.create(Examination(case=case, on=on, who=who.strip(), kept_at=kept_at.strip(), by=by))
    journal.close(case, case.office)
    return row


@transaction.atomic
def remove_examination(*, examination: Examination, by: User | None, at: datetime, reason: str) -> None:
    """Takes off an examination that was registered by mistake. Raises Refused once cultivation is concluded."""
    case = examination.case
    refuse_closed(case)
    _refuse_done(case, "cultivation")
    journal = Journal(by=by, at=at, verb="去掉培养考察", reason=reason)
    journal.delete(examination)
    journal.close(case, case.office)


@transaction.atomic
def put_vote(
    *, case: Case, meeting: Meeting, expected: int, present: int, yes: int, by: User | None, at: datetime, no: int = 0, abstained: int = 0,
    invalid: int = 0, written: int = 0, written_yes: int = 0,
) -> MemberVote:
    """The count of a meeting (DEV-17). Raises Refused for more ballots than voters, more present than should attend, and once
    the meeting is registered."""
    refuse_closed(case)
    row = MemberVote.objects.filter(case=case, meeting=meeting).first()
    if row is not None or meeting == Meeting.EXTENSION:
        _refuse_done(case, VOTED[meeting])
    ballots = yes + no + abstained + invalid
    if present > expected:
        raise Refused(f"实到会{present}人，多于应到会{expected}人。请核对人数。")
    if ballots > present:
        raise Refused(f"选票共{ballots}张，多于实到会有表决权的{present}人。请核对票数。")
    if written_yes > written:
        raise Refused(f"书面意见共{written}份，赞成的不能有{written_yes}份。请核对。")
    if present + written > expected:
        raise Refused(f"到会{present}人，书面意见{written}份，合起来多于应到会{expected}人。到会的人不再交书面意见，请核对。")
    values = {
        "expected": expected, "present": present, "yes": yes, "no": no, "abstained": abstained, "invalid": invalid, "written": written,
        "written_yes": written_yes,
    }
    journal = Journal(by=by, at=at, verb=f"填写表决：{meeting.label}")
    if row is None:
        row = journal.create(MemberVote(case=case, meeting=meeting, **values))
    else:
        journal.change(row, **values)
    journal.close(case, case.office)
    return row


@transaction.atomic
def extend_probation(
    *, case: Case, months: int, on: date, by: User | None, at: datetime, today: date, counts: Mapping[str, int] | None = None
) -> Development:
    """The meeting of a day extended probation, once, by half a year to a year (DEV-24); `counts`: its vote, where it is not registered
    yet. Raises Refused."""
    refuse_closed(case)
    _refuse_done(case, VOTED[Meeting.CONFIRMATION])
    file = file_of(case, on)
    least, most, ends = limit("DEV-24", "least_months"), limit("DEV-24", "months"), probation_ends(file)
    if ends is None or file.on("approve") is None:
        raise Refused("还不是预备党员，不能延长预备期。")
    if file.development.extended_months:
        raise Refused("预备期只能延长一次，已经延长过了。")
    if not least <= months <= most:
        raise Refused(f"延长预备期不少于{least}个月、不超过{most}个月，不能延长{months}个月。")
    if on > today or on < ends:
        raise Refused(f"预备期满（{full_day(ends)}）以后才能讨论延长，也不能晚于今天。请核对日期。")
    if counts is not None:
        put_vote(case=case, meeting=Meeting.EXTENSION, by=by, at=at, **counts)
    wrong = vote_faults(file, Meeting.EXTENSION, on)
    if wrong:
        raise Refused("".join(wrong))
    journal = Journal(by=by, at=at, verb="延长预备期")
    row = Development.objects.filter(case=case).first() or journal.create(Development(case=case))
    journal.change(row, extended_months=months, extended_on=on)
    journal.close(case, case.office)
    return row


@transaction.atomic
def drop_extension(*, case: Case, reason: str, by: User | None, at: datetime) -> None:
    """Takes off an extension registered by mistake, with its count. Raises Refused without one, once it was reported to the
    committee, and once the meeting on 转正 is registered."""
    refuse_closed(case)
    _refuse_done(case, VOTED[Meeting.CONFIRMATION])
    _refuse_done(case, "extension_report")
    row = Development.objects.filter(case=case).exclude(extended_months=None).first()
    if row is None:
        raise Refused("没有登记延长预备期，不用去掉。")
    journal = Journal(by=by, at=at, verb="去掉延长预备期", reason=reason)
    journal.change(row, extended_months=None, extended_on=None)
    for vote in MemberVote.objects.filter(case=case, meeting=Meeting.EXTENSION):
        journal.delete(vote)
    journal.close(case, case.office)


@transaction.atomic
def explain(*, case: Case, norm: str, reason: str, on: date, by: User | None, at: datetime, liftable: bool = False) -> Explanation:
    """Why one norm is not kept to. Raises Refused for 应当 that was read (unless the check itself allows it), and without a reason."""
    refuse_closed(case)
    if not liftable and not is_liftable(norm_on(norm, on)):
        raise Refused("这一条是“应当”，写了理由也不能放过。请按规定办。")
    if not reason.strip():
        raise Refused("请写明理由。")
    journal = Journal(by=by, at=at, verb="情况说明", reason=reason.strip())
    row = Explanation.objects.filter(case=case, norm=norm).first()
    if row is None:
        row = journal.create(Explanation(case=case, norm=norm, reason=reason.strip()))
    else:
        journal.change(row, reason=reason.strip())
    journal.close(case, case.office)
    return row


def _refuse_unfit(case: Case, people: Sequence[Person], on: date, word: str) -> None:
    """Nobody looks after, or introduces, himself; all are full members on the day."""
    if any(one.pk == case.person_id for one in people):
        raise Refused(f"{word}不能是本人。请换人。")
    full = full_among([one.pk for one in people], on)
    names = "、".join(one.name for one in people if one.pk not in full)
    if names:
        raise Refused(f"{names}在{full_day(on)}不是正式党员，不能作{word}。请核对党籍，或者换人。")


def _refuse_done(case: Case, step: str) -> None:
    if step and case.records.filter(step=step, returned_on=None).exists():
        declared = getattr(kinds.get(case.kind), "step", lambda code: None)(step)
        raise Refused(typed_word(getattr(declared, "title", step)))


def _column(name: str) -> str:
    return str(getattr(Development._meta.get_field(name), "attname", name))
