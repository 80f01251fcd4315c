"""An organization is dissolved: why, who decides, where its members go, what becomes of its chambers (支部工作条例 §7; ORG-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shanghui.access.models import User
from shanghui.cases import dissolution_papers as papers
from shanghui.cases.bodies import (
    WITHOUT_RELATIONS,
    absent_faults,
    belonging,
    below_faults,
    committee_of,
    covered_by,
    day_faults,
    effective,
    effective_in_words,
    form_on,
    leading_faults,
    taken_faults,
    upper_faults,
)
from shanghui.cases.chosen_days import ends_too_early
from shanghui.cases.file import File
from shanghui.cases.models import CaseChamber, CasePerson
from shanghui.cases.moving import also_ending, cover_all, end_body
from shanghui.cases.registry import ORGANIZATION, Asked, Kind, Paper, Step, Who, declare
from shanghui.ledger.organizations.models import Form, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind


def _asked_for(file: File) -> bool:
    """Whether the organization asks for it itself; otherwise the upper level decides directly (ORG-08)."""
    return not file.design.direct


def body_of(file: File) -> PartyOrganization:
    """The organization that a case is opened for."""
    body = file.case.organization
    assert body is not None
    return body


def _refuses(file: File) -> Sequence[str]:
    body = body_of(file)
    return [*absent_faults([body], file.case.opened_on), *leading_faults([body])]


def _standing(file: File, on: date) -> list[str]:
    body = body_of(file)
    grounds = [] if file.design.grounds else ["请先在“撤销方案”里写明撤销的理由。"]
    return [*grounds, *absent_faults([body], on), *upper_faults(file.design.upper, on, but=(body,)), *below_faults([body], on)]


def _chosen(file: File) -> list[str]:
    """What is said as soon as the day is chosen."""
    return ends_too_early([body_of(file)], file.design.change_on) if file.design.change_on else []


def _may_ask(file: File, on: date) -> list[str]:
    return [*_standing(file, on), *_chosen(file)]


def _may_decide(file: File, on: date) -> list[str]:
    """Where no day was chosen it ends on the day of the decision."""
    return [*_standing(file, on), *ends_too_early([body_of(file)], effective(file) or on)]


def homeless(file: File, on: date) -> list[str]:
    """Who belongs to the organization on a day, or is cultivated by it, and goes nowhere: by name."""
    placed = CasePerson.objects.filter(case=file.case).exclude(target=None, outside="").values_list("person_id", flat=True)
    known = set(placed)
    left = [one for one in belonging(body_of(file), on) if one.category and one.kind != AffiliationKind.DUAL]
    return [one.person.name for one in left if one.person.pk not in known]


def _placed(file: File, on: date) -> list[str]:
    """Everybody has a new home, in being on the day and able to hold relations."""
    names = homeless(file, on)
    faults = [f"还没有去向：{'、'.join(names)}。请先安排每个人的组织关系转到哪里。"] if names else []
    rows = CasePerson.objects.filter(case=file.case).exclude(target=None).select_related("person", "target__unit")
    targets = {row.target_id: row.target for row in rows if row.target is not None}
    faults += absent_faults(targets.values(), on)
    for target in targets.values():
        if target.pk == file.case.organization_id:
            faults.append(f"“{target.unit.name}”要撤销，组织关系不能留在那里。请另选。")
        elif form_on(target, on) in WITHOUT_RELATIONS:
            faults.append(f"“{target.unit.name}”是功能型或者临时党组织，不接收组织关系。请另选。")
    return faults


def _covered(file: File, on: date) -> list[str]:
    """Each chamber's new cover is in being and lawful, and no chamber was forgotten when the cover was chosen."""
    body = body_of(file)
    rows = _heirs(file)
    faults = absent_faults({row.target_id: row.target for row in rows if row.target}.values(), on)
    for row in rows:
        if row.target_id == body.pk:
            faults.append(f"“{body.unit.name}”要撤销，不能再覆盖“{row.chamber.unit.name}”。请另选。")
        elif row.target is not None:
            faults += taken_faults([row.chamber], row.form, on, but=(body,))
    return faults


def _heirs(file: File) -> Sequence[CaseChamber]:
    return list(CaseChamber.objects.filter(case=file.case).select_related("chamber__unit", "target__unit"))


def _may_home(file: File, on: date) -> list[str]:
    since = effective(file) or on
    return [*_standing(file, since), *ends_too_early([body_of(file)], since), *_placed(file, since), *_covered(file, since)]


def _may_record(file: File, on: date) -> list[str]:
    return [*day_faults(file), *_may_home(file, on)]


def _consequences(file: File) -> list[str]:
    day, body, rows = effective_in_words(file), body_of(file), _heirs(file)
    on = effective(file) or file.day
    inside = CasePerson.objects.filter(case=file.case).exclude(target=None).count()
    outside = CasePerson.objects.filter(case=file.case, target=None).exclude(outside="").count()
    kept = {row.chamber_id for row in rows if row.target_id}
    lost = [one.unit.name for one in covered_by(body, on) if one.pk not in kept]
    lines = [
        f"自{day}起“{body.unit.name}”不再存在，任期、书记和委员的任职同时结束",
    ]
    lines += also_ending(body, on)
    lines += [f"自{day}起{inside}人转到新的党组织"] if inside else []
    lines += [f"自{day}起{outside}人转到台账以外的党组织"] if outside else []
    lines += [f"自{day}起“{row.chamber.unit.name}”由“{row.target.unit.name}”以“{row.get_form_display()}”覆盖" for row in rows if row.target]
    return lines + ([f"自{day}起没有党组织覆盖，列入未覆盖清单：{'、'.join(lost)}"] if lost else [])


def _finish(file: File, by: User | None, at: datetime) -> None:
    """People at their new homes and chambers under their new cover from the same day on which the organization ends."""
    since, body = effective(file), body_of(file)
    assert since is not None
    rows = CasePerson.objects.filter(case=file.case).select_related("person", "target__unit")
    going = {row.person: (row.target, AffiliationKind(row.kind)) for row in rows if row.target is not None}
    reason = f"{file.number('approve')} {file.design.grounds}".strip()[:300]
    end_body(organization=body, going=going, since=since, reason=reason, by=by, at=at)
    for row in _heirs(file):
        if row.target is not None:
            cover_all(chambers={row.chamber: Form(row.form)}, organization=row.target, since=since, by=by, at=at)


def _proposed(file: File) -> Mapping[str, Any]:
    return {"upper": committee_of(file)}


DESIGN = Asked(
    title="撤销方案",
    columns=("grounds", "direct", "upper", "change_on"), optional=("direct", "change_on"), proposed=_proposed, refuses=_chosen,
    labels={"grounds": "撤销的理由", "upper": "批准的党组织", "change_on": "自哪天起撤销"},
    hints={
        "grounds": "如：商会注销；正式党员不足3名，并入联合党支部", "direct": "上级党组织直接作出决定的，不用请示",
        "change_on": "这一天起不再存在；不填的，自批复那一天起",
    },
)

declare(Kind(
    code="dissolution", title="撤销党组织",
    sentence="由党组织报请，或者由上级直接决定。每名党员的组织关系先有去处，才能撤销；商会由谁覆盖一并定下。",
    about=ORGANIZATION, finish=_finish, consequences=_consequences, refuses=_refuses, design=DESIGN,
    papers=(Paper("request", "关于撤销党组织的请示", papers.request), Paper("reply", "关于撤销党组织的批复（决定）", papers.reply)),
    steps=(
        Step("survey", "摸底", "写明撤销的理由，是报请撤销还是由上级直接决定。", Who.OFFICE, asks=("design",), norm="ORG-08"),
        Step(
            "request", "请示", "经党员大会讨论，向上级党组织报送撤销的请示。", after=("survey",), papers=("request",), applies=_asked_for,
            refuses=_may_ask, norm="ORG-08",
        ),
        Step(
            "approve", "批复或者决定", "上级党组织批复，或者直接作出决定。", Who.APPROVER, after=("survey", "request"), approves="request",
            numbered=True, papers=("reply",), refuses=_may_decide, norm="ORG-08",
        ),
        Step(
            "homes", "安排去向", "给每名党员定下新的党组织，给每家商会定下由谁覆盖。", after=("approve",), asks=("homes",), refuses=_may_home,
            norm="ORG-08",
        ),
        Step(
            "record", "登记撤销", "自选定的日期起不再存在；没有选的，自批复那一天起。", Who.OFFICE, after=("homes",), asks=("design",),
            refuses=_may_record, norm="ORG-08",
        ),
    ),
))
