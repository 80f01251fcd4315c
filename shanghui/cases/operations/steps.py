"""Opening a case, doing, skipping and returning its steps, withdrawing and reopening it (M05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from shanghui.access.audit import Journal, as_one
from shanghui.access.models import Unit, User
from shanghui.cases.explaining import explainable, lifted
from shanghui.cases.file import File, file_of
from shanghui.cases.models import Case, CaseChamber, State, StepRecord
from shanghui.cases.operations.contents import title_for
from shanghui.cases.operations.openings import (
    early_faults,
    refuse_person_twice,
    refuse_reshaped_twice,
    refuse_twice,
)
from shanghui.cases.operations.undoing import FINISHED, ended_here, ending_run, run_of
from shanghui.cases.progress import Place, Standing, following, last_open, place_of
from shanghui.cases.registry import kinds
from shanghui.kernel.periods import full_day
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, PartyOrganization
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import retreat

DATED = "补登日期"
"""Why the gap that stood for a step does not count any more."""


@transaction.atomic
def open_case(
    *, kind: str, office: Unit, on: date, by: User | None, at: datetime, chambers: Sequence[Chamber] = (),
    organization: PartyOrganization | None = None, title: str = "", person: Person | None = None,
) -> Case:
    """A case of a kind from `on`; the first chamber is the lead; `person`: whom it is about, `organization` then handles it. Raises
    Refused for what the kind does not allow and when an open case about one of them stands already, and for a day before they began."""
    declared = kinds.get(kind)
    if declared is None:
        raise Refused("没有这种事项。请从列表里选。")
    refuse_twice(kind, chambers, organization)
    refuse_person_twice(kind, person)
    journal = Journal(by=by, at=at, verb=f"立项：{declared.title}")
    case = journal.create(Case(
        kind=kind, title=title or title_for(declared.title, chambers, organization), office=office, organization=organization,
        opened_on=on, opened_by=by, person=person,
    ))
    for place, chamber in enumerate(chambers):
        journal.create(CaseChamber(case=case, chamber=chamber, place=place))
    file = file_of(case, on)
    faults = early_faults(on, chambers, organization) or [*_closed(file), *declared.refuses(file)]
    if faults:
        raise Refused("".join(faults))
    journal.close(case, office)
    return case


@transaction.atomic
def do_step(
    *, case: Case, step: str, on: date, by: User | None, at: datetime, today: date, number: str = "", note: str = "",
    kept_at: str = "",
) -> StepRecord:
    """A step was done on a day; `kept_at`: where its papers lie. What the step writes into the ledger is written; the last one
    carries out what the case is about. Raises Refused, saying what to do: for a step whose turn has not come, a day in the future
    or before an earlier step, what the kind refuses, who may not decide on his own request."""
    file, place = _ready(case, step, on)
    faults = [*_days(file, place, on, today), *_own_request(file, place, by), *_closed(_seen(file, today)), *place.step.refuses(file, on)]
    if (given := _gap(file, place)) is not None:
        faults += _before_following(file, place, on)
    if place.step.numbered and not number.strip():
        faults.append(f"请写“{place.step.title}”的文号。")
    if faults:
        raise Refused("".join(faults))
    ends = last_open(file, step)
    journal = Journal(by=by, at=at, verb=place.step.title)
    if given is not None:
        journal.change(given, returned_on=today, returned_by_id=by.pk if by else None, return_reason=DATED)
    record = StepRecord(
        case=case, step=step, on=on, by=by, at=at, number=number.strip(), note=note.strip(), due=place.due, waited=_waited(file, place, on),
        kept_at=kept_at.strip(),
    )
    journal.create(record)
    journal.close(case, case.office)
    if place.step.writes is not None:
        place.step.writes(file_of(case, on), on, by, at, run_of(record))
    if ends:
        _finish(record, on, by, at)
    return record


@transaction.atomic
def skip_step(*, case: Case, step: str, reason: str, on: date, by: User | None, at: datetime) -> StepRecord:
    """A step that may be left out is left out, with the reason. Raises Refused for one that may not, and without a reason."""
    file, place = _ready(case, step, on)
    if not place.step.skippable:
        raise Refused(f"“{place.step.title}”不能略过。")
    if not reason.strip():
        raise Refused("请写明略过的原因。")
    ends = last_open(file, step)
    journal = Journal(by=by, at=at, verb=f"略过：{place.step.title}", reason=reason.strip())
    record = journal.create(StepRecord(case=case, step=step, skipped=True, on=on, by=by, at=at, note=reason.strip()))
    journal.close(case, case.office)
    if ends:
        _finish(record, on, by, at)
    return record


@transaction.atomic
def return_step(*, case: Case, step: str, reason: str, on: date, by: User | None, at: datetime) -> list[StepRecord]:
    """Sends a step back with a reason: it and what rests on it are to be done again; what was typed stays, what they wrote into the
    ledger is taken back. Raises Refused, also where the ledger was changed since."""
    file = _worked_on(case, on)
    if step not in file.done:
        raise Refused("这一步还没有办，不用退回。")
    if not reason.strip():
        raise Refused("请写明退回的原因，经办的人要据此修改。")
    taken = [file.done[code] for code in following(file, step) if code in file.done]
    title = getattr(file.kind.step(step), "title", step)
    journal = Journal(by=by, at=at, verb=f"退回：{title}", reason=reason.strip())
    for record in taken:
        journal.change(record, returned_on=on, returned_by_id=by.pk if by else None, return_reason=reason.strip())
    journal.close(case, case.office)
    if case.person is not None:
        retreat(person=case.person, runs=[run_of(record) for record in reversed(taken)], by=by, at=at)
    return taken


@transaction.atomic
def end_otherwise(
    *, case: Case, ending: str, on: date, reason: str, by: User | None, at: datetime, today: date
) -> None:
    """Ends a case without what it was opened for, on a day: not admitted, struck off. What becomes of the ledger is written.

    Raises Refused for an ending that does not fit as the case stands, a day in the future or before the last step, without a reason.
    """
    file = _worked_on(case, on)
    chosen = next((one for one in file.kind.endings if one.code == ending and one.applies(file)), None)
    if chosen is None:
        raise Refused("这件事现在不能这样结束。请核对办到了哪一步。")
    last = max((record.on for record in file.done.values()), default=case.opened_on)
    if on > today or on < last:
        raise Refused(f"请核对日期：不能晚于今天，也不能早于最后办的一步（{full_day(last)}）。")
    if not reason.strip():
        raise Refused("请写明原因。")
    journal = Journal(by=by, at=at, verb=chosen.title, reason=reason.strip())
    journal.change(case, state=State.LEFT if chosen.leaves else State.REFUSED, closed_on=on, closing=f"{chosen.title}：{reason.strip()}"[:300])
    journal.close(case, case.office)
    if chosen.writes is not None:
        chosen.writes(file, on, by, at, ending_run(case))


@transaction.atomic
def withdraw(*, case: Case, reason: str, on: date, by: User | None, at: datetime) -> None:
    """Ends a case without its result; everything typed stays, and it can be reopened. Raises Refused."""
    _worked_on(case, on)
    if not reason.strip():
        raise Refused("请写明撤回的原因。")
    journal = Journal(by=by, at=at, verb="撤回事项", reason=reason.strip())
    journal.change(case, state=State.WITHDRAWN, closed_on=on, closing=reason.strip())
    journal.close(case, case.office)


@transaction.atomic
def reopen(*, case: Case, reason: str, on: date, by: User | None, at: datetime) -> None:
    """Takes up where it stood a case that was withdrawn, or ended otherwise. Raises Refused for one that is carried out, where another
    was opened since, and where the ledger that it wrote at its end was changed since."""
    if case.state == State.DONE:
        raise Refused("这件事已经办结并写入台账。要更正，请在党组织、商会的页面上改；整件都错了，请撤销办结。")
    if case.state == State.OPEN:
        raise Refused("这件事正在办理，不用重新打开。")
    chambers = [link.chamber for link in case.chambers.select_related("chamber__unit")]
    refuse_twice(case.kind, chambers, case.organization)
    refuse_person_twice(case.kind, case.person)
    refuse_reshaped_twice(case.kind, [link.organization for link in case.organizations.select_related("organization__unit")], case)
    journal = Journal(by=by, at=at, verb="重新办理", reason=reason.strip())
    ended = case.state in (State.REFUSED, State.LEFT)
    if case.state == State.LEFT and not ended_here(case):
        raise Refused("这件事随组织关系转出平台。转错了的，请在本人页面的操作记录里撤销“登记介绍信回执”，这件事跟着恢复。")
    journal.change(case, state=State.OPEN, closed_on=None, closing="")
    journal.close(case, case.office)
    if ended and case.person is not None:
        retreat(person=case.person, runs=[ending_run(case)], by=by, at=at)


def _worked_on(case: Case, on: date) -> File:
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.state != State.OPEN:
        raise Refused(f"这件事{locked.get_state_display()}，不能再办步骤。")
    return file_of(locked, on)


def _ready(case: Case, step: str, on: date) -> tuple[File, Place]:
    file = _worked_on(case, on)
    place = place_of(file, step)
    if place is None:
        raise Refused("这件事没有这一步。")
    if place.is_settled and _gap(file, place) is None:
        raise Refused(f"“{place.step.title}”已经办过。要重办，请先退回。")
    if place.standing is Standing.WAITING:
        raise Refused(f"还不能办“{place.step.title}”：要先办{'、'.join(f'“{one}”' for one in place.waits_for)}。")
    return file, place


def _gap(file: File, place: Place) -> StepRecord | None:
    """In a development the record of a step whose day was not known when it was brought in: it can be dated later."""
    return place.record if place.standing is Standing.SKIPPED and file.case.person_id is not None else None


def _before_following(file: File, place: Place, on: date) -> list[str]:
    """Why a step cannot be dated later than what rests on it."""
    titles = {one.code: one.title for one in file.kind.steps}
    later = [(code, day) for code in following(file, place.step.code) if code != place.step.code and (day := file.on(code)) is not None and day < on]
    return [f"“{titles[code]}”是 {full_day(day)} 办的，“{place.step.title}”不能在它之后。请核对日期。" for code, day in later[:1]]


def _days(file: File, place: Place, on: date, today: date) -> list[str]:
    """Why a step cannot have been done on this day."""
    if on > today:
        return [f"办理时间 {full_day(on)} 还没有到。请填已经办了的那一天。"]
    if on < file.case.opened_on:
        return [f"办理时间早于立项时间（{full_day(file.case.opened_on)}）。请核对日期。"]
    titles = {one.code: one.title for one in file.kind.steps}
    before = [(code, file.done[code].on) for code in place.step.after if code in file.done and not file.done[code].skipped]
    wrong = [f"“{titles[code]}”是 {full_day(day)} 办的，“{place.step.title}”不能在它之前。请核对日期。" for code, day in before if on < day]
    if place.earliest is not None and on < place.earliest and place.norm is not None and not lifted(file, place.norm):
        wrong.append(f"最早 {full_day(place.earliest)} 才能办（{place.norm.source}）。{explainable(place.norm)}")
    return wrong


def _own_request(file: File, place: Place, by: User | None) -> list[str]:
    asked = file.done.get(place.step.approves) if place.step.approves else None
    if asked is None or asked.skipped or by is None or asked.by_id != by.pk:
        return []
    title = getattr(file.kind.step(place.step.approves), "title", "")
    return [f"“{title}”是您登记的，审批须由另一位经办人登记，不能自己批自己报的。"]


def _waited(file: File, place: Place, on: date) -> int | None:
    """How many days after the step it decides on; None where it decides on none."""
    asked = file.on(place.step.approves) if place.step.approves else None
    return (on - asked).days if asked else None


def _seen(file: File, today: date) -> File:
    """The file as at today for a step of an earlier day: a chamber dissolved since stops the case all the same."""
    return file_of(file.case, today) if today > file.day else file


def _closed(file: File) -> list[str]:
    names = {one.pk: one.unit.name for one in file.chambers}
    besides = "，或者把它从涉及的商会里去掉" if len(file.chambers) > 1 else ""
    return [f"“{names[pk]}”已于{full_day(day)}注销。请撤回这件事{besides}。" for pk, day in file.closed.items()]


def _finish(record: StepRecord, on: date, by: User | None, at: datetime) -> None:
    """Carries out what the case is about, as one act; what the ledger refuses leaves everything as it was."""
    case = record.case
    file = file_of(case, on)
    with as_one(run_of(record)):
        founded = file.kind.finish(file, by, at)
    journal = Journal(by=by, at=at, verb=FINISHED)
    journal.change(case, state=State.DONE, closed_on=on, closing="已写入台账")
    if founded is not None:
        journal.change(case, organization_id=founded.pk)
    journal.close(case, case.office)
