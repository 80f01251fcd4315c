"""What a record would change, in words: «会长：黄卫国 → 韩雪梅»."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models

from shanghui.access.models import Seat, Unit
from shanghui.cases.models import Case, Contact, Introducer, StepRecord
from shanghui.exchange.developing import asked_on
from shanghui.exchange.drafting.draft import Draft, Planned
from shanghui.exchange.drafting.rows import Row
from shanghui.kernel.facts import Precision
from shanghui.ledger.organizations.models import (
    AllianceMember,
    ChamberMembership,
    ChamberStatus,
    CharterClause,
    Coverage,
    DeclaredSize,
    Enterprise,
    OrganizationPeriod,
    Pairing,
    Plate,
    Term,
    TerritorialGuidance,
)
from shanghui.ledger.people.models import (
    Affiliation,
    Appointment,
    GuideAssignment,
    MembershipRecord,
    MemberStanding,
    Person,
)

Difference = list[str]
"""[what, before, after]"""

_SILENT = {"id_digest", "phone_digest", "initials", "from_precision"}
_Words = Callable[[Draft, Row], tuple[str, str]]


def _name(draft: Draft, model: type[models.Model], pk: Any) -> str:
    row = draft.shelf(model).rows.get(pk)
    return str(row.values.get("name") or "") if row else ""


def _choice(row: Row, name: str) -> str:
    return _word(row.model._meta.get_field(name), row.values.get(name))


def _word(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(field.flatchoices).get(value, value))


def _being(row: Row) -> str:
    said = [_choice(row, "kind"), _choice(row, "form")]
    size = row.values.get("committee_members")
    return "，".join(one for one in (*said, "" if size is None else f"委员{size}名") if one)


_FACTS: dict[type[models.Model], _Words] = {
    Appointment: lambda d, r: (r.values.get("title") or _choice(r, "post"), _name(d, Person, r.values["person_id"])),
    Coverage: lambda d, r: (
        "党组织覆盖", f"{_name(d, Unit, r.values['organization_id'])}（{_choice(r, 'form')}）",
    ),
    ChamberStatus: lambda d, r: ("商会状态", _choice(r, "status")),
    DeclaredSize: lambda d, r: ("会员企业数", str(r.values["enterprises"])),
    ChamberMembership: lambda d, r: (_choice(r, "rank"), _name(d, Enterprise, r.values["enterprise_id"])),
    OrganizationPeriod: lambda d, r: ("类型、组建方式", _being(r)),
    Term: lambda d, r: ("任期届满", str(r.values["due_on"])),
    CharterClause: lambda d, r: ("党建入章", _choice(r, "item")),
    MembershipRecord: lambda d, r: ("人员类别", _choice(r, "category")),
    MemberStanding: lambda d, r: ("党员状态", _choice(r, "kind")),
    Affiliation: lambda d, r: (f"所在党组织（{_choice(r, 'kind')}）", _name(d, Unit, r.values["organization_id"])),
    GuideAssignment: lambda d, r: (_choice(r, "kind"), _name(d, Person, r.values["person_id"])),
    **{model: lambda d, r: ("同时结束", d.words[r.model, r.pk]) for model in (Pairing, AllianceMember, Seat, TerritorialGuidance, Plate)},
    Case: lambda d, r: ("办理事项", str(r.values["title"])),
    StepRecord: lambda d, r: (asked_on(r.values["step"])[0], "日期待补" if r.values["skipped"] else str(r.values["on"])),
    Contact: lambda d, r: ("培养联系人", _name(d, Person, r.values["person_id"])),
    Introducer: lambda d, r: ("入党介绍人", _name(d, Person, r.values["person_id"])),
}


def differences(draft: Draft, one: Planned) -> list[Difference]:
    """[what, before, after] for everything a record would change; sealed numbers are only said to change.

    A fact that ends and the one that follows it are told as one change; the facts of a new subject are not told one by one.
    """
    found: list[Difference] = []
    ended: dict[str, Difference] = {}
    for row, before, after in one.revised:
        if row.is_new:
            continue
        words = _FACTS.get(row.model)
        if words is None:
            found += _columns(row, before, after)
        elif "valid_to" in after:
            title, text = words(draft, row)
            ended[title] = [title, text, f"{after['valid_to']} 起不再是"]
            found.append(ended[title])
        else:
            found += _fact_columns(draft, row, before, after)
    for row in one.created:
        words = _FACTS.get(row.model)
        if words is None:
            continue
        title, text = words(draft, row)
        if title in ended:
            ended.pop(title)[2] = text
        elif one.outcome != "new":
            found.append([title, "", text])
    return found


def _columns(row: Row, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    fields = {field.attname: field for field in row.model._meta.concrete_fields}
    found = []
    for name, value in after.items():
        title = str(fields[name].verbose_name)
        if name in ("id_number", "phone"):
            found.append([title, "（加密保存）" if before.get(name) else "", "（有变化）"])
        elif name not in _SILENT and not name.endswith("_id"):
            found.append([title, _word(fields[name], before.get(name)), _word(fields[name], value)])
    return found


def _fact_columns(draft: Draft, row: Row, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """A fact that stays and is known better: its first day, or another of its columns."""
    title, text = _FACTS[row.model](draft, row)
    found = []
    if "valid_from" in after:
        old = "" if before.get("from_precision") == Precision.SEEN else str(before["valid_from"])
        found.append([f"{title}（{text}）开始日期", old, str(after["valid_from"])])
    rest = {name: value for name, value in after.items() if name not in ("valid_from", "valid_to")}
    return found + _columns(row, before, rest)
