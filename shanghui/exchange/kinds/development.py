"""Rows of a development ledger: each dated stage in the register, each dated step in the person's development (M15, M45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shanghui.cases.models import Case, State, StepRecord
from shanghui.cases.queries import offices_of
from shanghui.exchange.developers import name_people
from shanghui.exchange.developing import GAP, STEPS, asked_on, before, exact, judge
from shanghui.exchange.drafting.rows import Row, filled, moment
from shanghui.exchange.kinds.member import belong, branch_of, in_category, person_of
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.organizations.models import PartyOrganization
from shanghui.ledger.people.models import MEMBERS, Category, MembershipRecord

KIND = "development"
STAGES = (
    ("applied_on", Category.APPLICANT), ("activist_on", Category.ACTIVIST), ("candidate_on", Category.CANDIDATE),
    ("joined_on", Category.PROBATIONARY), ("confirmed_on", Category.FULL),
)
"""The columns with which a category begins, in their order."""
_ROAD = tuple(category.value for category in Category)


@phase(KIND, 43)
def development(desk: Desk, record: Record) -> None:
    """A row: the person, every stage that has a date, and the steps of his development. A row without dates registers nothing."""
    fields = record.fields
    stages = [(category, fields[name]) for name, category in STAGES if fields.get(name)]
    if not stages:
        return
    branch, last = branch_of(desk, record), stages[-1][0]
    person = person_of(
        desk, record, branch, applied_on=fields.get("applied_on"), joined_on=fields.get("joined_on"), confirmed_on=fields.get("confirmed_on"),
    )
    judge(desk.draft, person, fields)
    belong(desk, person, branch, "home" if last in MEMBERS else "cultivated", moment(None, desk.draft.day))
    names = fields.get("contacts")
    contacts = "、".join(names) if isinstance(names, list) else str(names or "")
    for category, written in stages:
        if category == last or not _is_past(desk, person, category):
            looked_after = contacts if category in (Category.ACTIVIST, Category.CANDIDATE) else ""
            in_category(desk, person, category, moment(written, desk.draft.day), looked_after)
    case = _steps(desk, person, branch, {step: day for step, name in STEPS if (day := exact(fields.get(name)))})
    if case is not None:
        name_people(desk, case, person, fields)


def _is_past(desk: Desk, person: Row, category: Category) -> bool:
    """Whether the ledger has the person further on the road already: the stage lies behind him."""
    held = desk.draft.shelf(MembershipRecord).open.get(person.pk)
    return held is not None and _ROAD.index(held.values["category"]) > _ROAD.index(category.value)


def _steps(desk: Desk, person: Row, branch: int, days: dict[str, date]) -> Row | None:
    """The dated steps in the open development of the person, or in a new one from the application; None where none is touched."""
    draft = desk.draft
    case = draft.shelf(Case).open.get(person.pk)
    if case is None:
        opened = days.get("apply")
        if opened is None:
            draft.warn("applied_on", "missing", "没有写到日的递交入党申请书时间，只登记了人员类别，没有建立发展党员的办理过程。请补上再导入。")
            return None
        case = _open(desk, person, branch, opened)
    if case.values["state"] == State.OPEN and case.values["organization_id"] != branch:
        where = desk.directory.name_of(case.values["organization_id"])
        draft.warn("branch", "value_conflict", f"{person.values['name']}的发展党员正由“{where}”办理，办理的步骤没有改动。请核对所在党支部。")
        return None
    for step, day in days.items():
        _step(desk, case, step, day)
    if case.values["state"] == State.OPEN:
        _fill_gaps(desk, case, set(days))
    return case


def _open(desk: Desk, person: Row, branch: int, on: date) -> Row:
    values = {
        "kind": KIND, "title": f"发展党员：{desk.directory.name_of(branch)}"[:160], "office_id": _office(desk, branch), "organization_id": branch,
        "person_id": person.pk, "state": State.OPEN.value, "opened_on": on,
    }
    row = desk.draft.add(Case, filled(Case, values))
    desk.draft.shelf(Case).open[person.pk] = row
    return row


def _office(desk: Desk, branch: int) -> int:
    """The nearest federation above a branch; of a branch that the same files make, the one they are imported to."""
    draft = desk.draft
    if draft.offices is None:
        draft.offices = offices_of(draft.shelf(PartyOrganization).rows, draft.day)
    return draft.offices.get(branch, draft.under.pk)


def _step(desk: Desk, case: Row, step: str, day: date) -> None:
    """A step was done on a day: new, or dated where only a gap stood; another day in the ledger stays, with a warning."""
    draft, held = desk.draft, desk.draft.shelf(StepRecord).open.get((case.pk, step))
    title, field = asked_on(step)
    if held is not None and held.values["on"] == day and not held.values["skipped"]:
        return
    if case.values["state"] != State.OPEN:
        draft.warn(field, "value_conflict", f"这个人的发展党员已经办结，“{title}”没有改动。请在页面上核对。")
        return
    if held is not None and not held.values["skipped"]:
        draft.warn(field, "value_conflict", f"台账里“{title}”是{held.values['on']}，表里是{day}，没有改动。请核对；台账错了的，在页面上退回重办。")
        return
    wrong = next((one for one in before(step) if (known := _done(desk, case, one)) is not None and known > day), "")
    if wrong:
        draft.warn(field, "date_order", f"{day}早于台账里的“{asked_on(wrong)[0]}”，这一步没有登记。请核对。")
        return
    if held is not None:
        draft.revise(held, on=day, skipped=False, note="导入时补上日期")
        return
    _record(desk, case, step, day, False, "")


def _fill_gaps(desk: Desk, case: Row, days: set[str]) -> None:
    """What lies before a dated step was done too: its day is not known, and can be given later."""
    shelf = desk.draft.shelf(StepRecord)
    decided = _done(desk, case, "candidate") or desk.draft.day
    for step in [one for one, _ in STEPS if one in days]:
        day = _done(desk, case, step)
        for earlier in before(step, decided) if day is not None else ():
            if (case.pk, earlier) not in shelf.open:
                _record(desk, case, earlier, day, True, GAP)


def _done(desk: Desk, case: Row, step: str) -> date | None:
    held = desk.draft.shelf(StepRecord).open.get((case.pk, step))
    return held.values["on"] if held is not None and not held.values["skipped"] else None


def _record(desk: Desk, case: Row, step: str, day: date | None, skipped: bool, note: str) -> None:
    values: dict[str, Any] = {"case_id": case.pk, "step": step, "on": day, "skipped": skipped, "note": note, "returned_on": None}
    row = desk.draft.add(StepRecord, values)
    desk.draft.shelf(StepRecord).open[case.pk, step] = row
