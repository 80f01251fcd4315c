"""A chamber is covered by an organization that stands: joins a joint branch, 区域共建, 行业联建, 挂靠 (M03; 支部工作条例 §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shanghui.access.models import User
from shanghui.cases import covering_papers as papers
from shanghui.cases.bodies import (
    COVERING,
    TOGETHER,
    absent_faults,
    committee_of,
    day_faults,
    effective,
    effective_in_words,
    form_on,
    taken_faults,
    upper_faults,
)
from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.cases.moving import cover_all, join
from shanghui.cases.registry import CHAMBERS, Asked, Kind, Paper, Step, Who, declare
from shanghui.ledger.organizations.models import Coverage, Form, PartyOrganization
from shanghui.ledger.people.models import AffiliationKind
from shanghui.rules.registry import limit

SHARED = (Form.JOINT, Form.INDUSTRY)
"""By these a chamber becomes a part of a branch that several chambers share."""


def _designed(file: File) -> list[str]:
    design = file.design
    missing = [word for word, value in (("接收的党组织", design.target_id), ("覆盖方式", design.form)) if not value]
    return [f"请先在“覆盖方案”里填写{'、'.join(missing)}。"] if missing else []


def _fitting(file: File, on: date) -> list[str]:
    """The organization is in being, the form is one for this, and no chamber is covered by it already."""
    design = file.design
    if (faults := _designed(file)) or design.target is None:
        return faults
    if design.form not in COVERING:
        return ["这种方式要新建党组织。请另立“组建党组织”的事项。"]
    if wrong := [*absent_faults([design.target], on), *upper_faults(design.upper, on)]:
        return wrong
    return [*_shared(file, on), *taken_faults(file.chambers, design.form, on), *_units(file, on), *_able_alone(file, on)]


def _shared(file: File, on: date) -> list[str]:
    """A chamber joins a joint branch only where there is one."""
    design = file.design
    if design.target is None or design.form not in SHARED or form_on(design.target, on) in TOGETHER:
        return []
    return [f"“{design.target.unit.name}”不是几家商会共建的党组织。请先给它立项“改变组建方式”，或者改用挂靠、区域共建。"]


def _units(file: File, on: date) -> list[str]:
    """A joint branch has at most five units, unless the reason is written (ORG-03)."""
    design, many = file.design, limit("ORG-03", "units")
    if design.form not in SHARED or design.grounds:
        return []
    standing = set(Coverage.objects.on(on).filter(organization=design.target_id).values_list("chamber_id", flat=True))
    units = len(standing | {one.pk for one in file.chambers})
    if units <= many:
        return []
    return [f"联合党支部一般不超过{many}个单位，加入以后有{units}个。确需这样的，请在方案里写明理由。"]


def _able_alone(file: File, on: date) -> list[str]:
    """A chamber with three full members of its own builds alone, unless the reason is written (ORG-01)."""
    if file.design.grounds:
        return []
    counts, least = full_by_chamber(file.chambers, on), limit("ORG-01", "full_members")
    able = [one.unit.name for one in file.chambers if counts.get(one.pk, 0) >= least]
    return [f"{'、'.join(able)}有{least}名以上正式党员，应当单独组建。暂由已有党组织覆盖的，请在方案里写明理由。"] if able else []


def _may_record(file: File, on: date) -> list[str]:
    return [*day_faults(file), *_fitting(file, effective(file) or on)]


def _consequences(file: File) -> list[str]:
    design, day = file.design, effective_in_words(file)
    name = design.target.unit.name if design.target else "（未选的党组织）"
    form = Form(design.form).label if design.form else "（未选方式）"
    kinds = list(CasePerson.objects.filter(case=file.case).values_list("kind", flat=True))
    dual = kinds.count(AffiliationKind.DUAL)
    lines = [f"自{day}起，{'、'.join(one.unit.name for one in file.chambers)}由“{name}”以“{form}”覆盖"]
    if dual:
        lines.append(f"自{day}起，{dual}名党员在那里参加双重组织生活，组织关系不动")
    return lines + ([f"自{day}起，{len(kinds) - dual}名党员的组织关系转到那里"] if len(kinds) > dual else [])


def _finish(file: File, by: User | None, at: datetime) -> PartyOrganization:
    """Coverage and affiliations from the day that was chosen. Gives the organization that covers."""
    since, design = effective(file), file.design
    assert since is not None
    assert design.target is not None
    cover_all(chambers=dict.fromkeys(file.chambers, Form(design.form)), organization=design.target, since=since, by=by, at=at)
    for row in CasePerson.objects.filter(case=file.case).select_related("person"):
        join(person=row.person, organization=design.target, kind=AffiliationKind(row.kind), since=since, by=by, at=at)
    return design.target


def _forms(file: File) -> Sequence[Form]:
    return COVERING


def _proposed(file: File) -> Mapping[str, Any]:
    """挂靠 to begin with, decided by the committee of the office. One question."""
    return {"form": Form.ATTACHED, "upper": committee_of(file)}


DESIGN = Asked(
    title="覆盖方案",
    columns=("target", "form", "upper", "grounds", "change_on"), optional=("grounds", "change_on"), forms=_forms, proposed=_proposed,
    labels={"target": "由哪个党组织覆盖", "form": "覆盖方式", "upper": "批准的党组织", "change_on": "自哪天起覆盖"},
    hints={
        "form": "联合组建、行业联建是加入几家商会共建的党组织；区域共建、挂靠由街道、园区、村社区或者行业的党组织覆盖",
        "grounds": "有3名以上正式党员的商会不单独组建、联合超过5个单位的，写明为什么",
        "change_on": "不填的，自批复那一天起",
    },
)

declare(Kind(
    code="covering", title="由已有党组织覆盖",
    sentence="党员太少、一时建不起来的商会：加入联合党支部，或者由街道、园区、行业的党组织以区域共建、挂靠的方式覆盖。",
    about=CHAMBERS, finish=_finish, consequences=_consequences, design=DESIGN, makes_branch=False,
    papers=(Paper("request", "关于由已有党组织覆盖的请示", papers.request), Paper("reply", "关于由已有党组织覆盖的批复", papers.reply)),
    steps=(
        Step(
            "survey", "摸底", "核对商会的党员，选定由哪个党组织、以哪种方式覆盖。", Who.OFFICE, asks=("design",), norm="ORG-03",
        ),
        Step(
            "agree", "接收单位同意", "接收的党组织研究同意，商定党员怎样参加组织生活。", after=("survey",), asks=("people",),
            refuses=_fitting, norm="ORG-03",
        ),
        Step("request", "请示", "向上级党组织报送请示。", after=("agree",), papers=("request",), refuses=_fitting, norm="ORG-08"),
        Step(
            "approve", "批复", "上级党组织研究决定并批复。", Who.APPROVER, after=("request",), approves="request", numbered=True,
            papers=("reply",), refuses=_fitting, norm="ORG-08",
        ),
        Step(
            "record", "登记覆盖", "自选定的日期起覆盖；没有选的，自批复那一天起。", Who.OFFICE, after=("approve",), asks=("design",),
            refuses=_may_record, norm="ORG-14",
        ),
    ),
))
