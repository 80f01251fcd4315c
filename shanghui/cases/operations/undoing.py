"""What a case wrote into the ledger at its end is one act: it is taken back as a whole, and the case is worked on again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, User
from shanghui.access.undo import undo_run
from shanghui.cases.development_bodies import belongs_on
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, State, StepRecord
from shanghui.cases.operations.openings import refuse_person_twice, refuse_reshaped_twice, refuse_twice
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.operations import retreat

RUN = "case:"
FINISHED = "办结"
TAKEN_BACK = "撤销办结"


def run_of(record: StepRecord) -> str:
    """What groups the entries that a case wrote with a step."""
    return f"{RUN}{record.case_id}:{record.pk}"


def ending_run(case: Case) -> str:
    """What groups the entries of a case that ended otherwise than with its last step."""
    return f"{RUN}{case.pk}:ending"


def ended_here(case: Case) -> bool:
    """Whether an ending of the case itself wrote the ledger, and not the relation that left."""
    return AuditEntry.objects.filter(run=ending_run(case)).exists()


def case_of_run(run: str) -> int | None:
    """The case that wrote a run; None for what no case wrote."""
    return int(run.split(":")[1]) if run.startswith(RUN) else None


@transaction.atomic
def take_back(*, case: Case, reason: str, on: date, by: User | None, at: datetime) -> list[AuditEntry]:
    """Takes back all that a carried out case wrote into the ledger; it stands open again at its last step. Returns what was written.

    Raises Refused for a case that is not carried out, without a reason, where another was opened since, and CannotUndo where
    later records rest on what it wrote. Nothing is done then.
    """
    if case.state != State.DONE:
        raise Refused("这件事没有办结，不用撤销。")
    if not reason.strip():
        raise Refused("请写明撤销办结的原因。")
    record = _last(case)
    written = list(AuditEntry.objects.filter(run=run_of(record)).order_by("pk")) if record else []
    if record is None or not (written or case.person_id):
        raise Refused("这件事没有单独记下办结时写入了什么，不能整件撤销。请在党组织、商会的页面上更正。")
    file = file_of(case, on)
    before = _before(case)
    refuse_twice(case.kind, file.chambers, None if before else case.organization)
    refuse_person_twice(case.kind, case.person)
    _refuse_gone(case, on)
    refuse_reshaped_twice(case.kind, list(file.joined), case)
    journal = Journal(by=by, at=at, verb=TAKEN_BACK, reason=reason.strip())
    journal.change(case, **{"state": State.OPEN, "closed_on": None, "closing": "", **before})
    journal.change(record, returned_on=on, returned_by_id=by.pk if by else None, return_reason=reason.strip())
    journal.close(case, case.office)
    if case.person is not None:
        retreat(person=case.person, runs=[run_of(record)], by=by, at=at)
    else:
        undo_run(run_of(record), by=by, at=at)
    return written


def _refuse_gone(case: Case, on: date) -> None:
    """A development is taken up again where the person still is: its steps were written there."""
    if case.person is None:
        return
    held = belongs_on(case.person, on)
    if held is None:
        raise Refused(f"{case.person.name}已经不在平台的党组织（转出、去世或者出党），这件事不能再打开。党籍有误的，请在本人页面上更正。")
    if held.organization_id != case.organization_id:
        where = held.organization.unit.name
        raise Refused(f"{case.person.name}的{held.get_kind_display()}后来转到了“{where}”，这件事不能再打开。党籍有误的，请由“{where}”在本人页面上更正。")


def _last(case: Case) -> StepRecord | None:
    """The step with which the case was carried out."""
    return StepRecord.objects.filter(case=case, returned_on=None).order_by("pk").last()


def _before(case: Case) -> dict[str, Any]:
    """What the case was about before it was carried out, where that is another organization, or none, now."""
    entry = AuditEntry.objects.filter(subject_table=Case._meta.db_table, subject_id=case.pk, verb=FINISHED).order_by("pk").last()
    changes = entry.changes if entry else []
    found = {name: value for _, _, before, _ in changes for name, value in (before or {}).items()}
    return {"organization_id": found["organization_id"]} if "organization_id" in found else {}
