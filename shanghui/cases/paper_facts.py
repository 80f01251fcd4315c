"""The facts of a case as plain values for a province's own forms: which there are is declared by the kind, what they say by the file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Field, Model

from shanghui.cases.file import File
from shanghui.cases.models import Ballot, Contact, Design, Introducer, Meeting, MemberVote
from shanghui.cases.registry import PERSON, Kind
from shanghui.cases.spans import probation_ends
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Person

ABOUT_THE_PERSON = ("name", "gender", "ethnicity", "birth", "education", "workplace")
"""Columns of Person that a form may print, as far as whoever makes it sees them (ledger.people.privacy)."""
_VOTES = ("expected", "present", "yes", "no", "abstained", "invalid", "written", "written_yes")
_DEVELOPING = (
    ("branch", "党支部"), ("approver", "审批的党委"), ("contacts", "培养联系人"), ("introducers", "入党介绍人"), ("posted_on", "公示张贴时间"),
    ("posted_at", "公示地点"), ("training_days", "培训天数"), ("training_hours", "培训学时"), ("examinations", "培养考察时间"),
    ("probation_ends", "预备期满"),
)


def declared(kind: Kind) -> tuple[tuple[str, str], ...]:
    """(code, title) of every fact a case of this kind can have."""
    return tuple(_declared(kind))


def _declared(kind: Kind) -> Iterator[tuple[str, str]]:
    yield from (("office", "承办单位"), ("opened_on", "立项时间"))
    if kind.about == PERSON:
        yield from ((name, _title(Person, name)) for name in ABOUT_THE_PERSON)
        yield from _DEVELOPING
        for meeting in Meeting:
            yield from ((f"votes.{meeting.value}.{name}", f"{meeting.label}：{_title(MemberVote, name)}") for name in _VOTES)
    else:
        yield from (("organization", "党组织"), ("chambers", "商会"))
        yield from ((f"design.{name}", _title(Design, name)) for name in kind.design.columns)
    if kind.asks("ballot"):
        yield from ((f"ballot.{one.name}", str(one.verbose_name)) for one in _columns(Ballot))
    for step in kind.steps:
        yield f"steps.{step.code}.on", f"{step.title}时间"
        if step.numbered:
            yield f"steps.{step.code}.number", f"{step.title}文号"


def values(file: File) -> dict[str, str]:
    """{code: what it says}; what is not known is "". Three questions for a case about a person, none otherwise."""
    case = file.case
    found = {"office": case.office.name, "opened_on": full_day(case.opened_on)}
    if file.kind.about == PERSON:
        found |= _of_a_person(file)
    else:
        found["organization"] = case.organization.unit.name if case.organization else ""
        found["chambers"] = "、".join(one.unit.name for one in file.chambers)
        found |= {f"design.{name}": _said(file.design, name) for name in file.kind.design.columns}
    if file.kind.asks("ballot"):
        found |= {f"ballot.{one.name}": _said(file.ballot, one.name) for one in _columns(Ballot)}
    for step in file.kind.steps:
        found[f"steps.{step.code}.on"] = _day(file.on(step.code))
        found[f"steps.{step.code}.number"] = file.number(step.code)
    return found


def _of_a_person(file: File) -> dict[str, str]:
    detail, case = file.development, file.case
    contacts = Contact.objects.filter(case=case, valid_to=None).values_list("person__name", flat=True)
    introducers = Introducer.objects.filter(case=case).values_list("person__name", flat=True)
    found = {name: str(getattr(file.person, name) or "") for name in ABOUT_THE_PERSON} | {
        "branch": case.organization.unit.name if case.organization else "",
        "approver": detail.approver.unit.name if detail.approver else "",
        "contacts": "、".join(contacts), "introducers": "、".join(introducers),
        "probation_ends": _day(probation_ends(file)), "examinations": "、".join(full_day(one) for one in file.examined),
    }
    found |= {name: _said(detail, name) for name in ("posted_on", "posted_at", "training_days", "training_hours")}
    for vote in MemberVote.objects.filter(case=case):
        found |= {f"votes.{vote.meeting}.{name}": _said(vote, name) for name in _VOTES}
    return found


def _columns(model: type[Model]) -> list[Field[Any, Any]]:
    return [one for one in model._meta.concrete_fields if not one.primary_key]


def _title(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _said(row: Model, name: str) -> str:
    """A column in words: a choice by its label, an organization by its name, a day in full."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if value is None or value == "":
        return ""
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return _day(value)
    return str(value.unit.name) if isinstance(value, Model) else str(value)  # type: ignore[attr-defined]


def _day(day: date | None) -> str:
    return full_day(day) if day else ""
