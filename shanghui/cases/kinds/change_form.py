"""An organization takes another form or kind: joint instead of alone, alone again, a general branch, a committee (ORG-01, ORG-03, ORG-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shanghui.access.models import User
from shanghui.cases import change_papers as papers
from shanghui.cases.bodies import (
    TOGETHER,
    absent_faults,
    belonging,
    committee_of,
    covered_by,
    day_faults,
    effective,
    effective_in_words,
    form_on,
    leading_faults,
    name_faults,
    size_faults,
    taken_faults,
    upper_faults,
)
from shanghui.cases.candidates import full_members_among
from shanghui.cases.chosen_days import changes_too_early
from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.models import CasePerson
from shanghui.cases.moving import cover_all, join
from shanghui.cases.registry import ORGANIZATION, Asked, Kind, Paper, Step, Who, declare
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Chamber, Coverage, Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import change_organization, end_fact, set_form
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import Affiliation, AffiliationKind
from shanghui.rules.registry import limit

FORMS = (Form.OWN, Form.JOINT, Form.INDUSTRY, Form.AREA)


def body_of(file: File) -> PartyOrganization:
    """The organization that a case is opened for."""
    body = file.case.organization
    assert body is not None
    return body


def chambers_after(file: File, day: date) -> list[Chamber]:
    """The chambers it covers afterwards: those chosen, otherwise those of now."""
    return list(file.chambers) or covered_by(body_of(file), day)


def _refuses(file: File) -> Sequence[str]:
    body = body_of(file)
    return [*absent_faults([body], file.case.opened_on), *leading_faults([body])]


def _lawful(file: File, on: date) -> list[str]:
    """Something changes, and what comes of it is lawful."""
    body, design = body_of(file), file.design
    if not design.form:
        return ["请先在“变更方案”里填写改成哪种组建方式。"]
    if absent := absent_faults([body], on):
        return absent
    after, before = chambers_after(file, on), covered_by(body, on)
    same = design.form == form_on(body, on) and design.kind == kind_on(body, on) and set(after) == set(before)
    if same and design.name in ("", body.unit.name):
        return ["方案和现在一样，没有要改的。请在“变更方案”里改组建方式或者类型，或者改涉及的商会。"]
    fresh = [one for one in after if one not in before]
    upper, named = upper_faults(design.upper, on, but=(body,)), name_faults(design.name, design.kind)
    return [*upper, *named, *_form_faults(file, after, on), *_size_faults(file, on), *taken_faults(fresh, design.form, on, but=(body,))]


def _chosen(file: File) -> list[str]:
    """What is said as soon as the day is chosen."""
    return changes_too_early([body_of(file)], file.design.change_on) if file.design.change_on else []


def _may_ask(file: File, on: date) -> list[str]:
    return [*_lawful(file, on), *_chosen(file)]


def _may_decide(file: File, on: date) -> list[str]:
    """Where no day was chosen it changes on the day of the approval."""
    return [*_lawful(file, on), *changes_too_early([body_of(file)], effective(file) or on)]


def _form_faults(file: File, after: Sequence[Chamber], on: date) -> list[str]:
    """The chambers fit the form, and there are full members enough (ORG-01, ORG-03)."""
    design, least, many = file.design, limit("ORG-01", "full_members"), limit("ORG-03", "units")
    full = _full_after(file, on)
    faults = []
    if full < least:
        faults.append(f"{full_day(on)}有正式党员{full}名（含编入的），不足{least}名，不能成立党支部。请再联合几家，或者立项合并、撤销。")
    if design.form == Form.OWN and len(after) != 1:
        faults.append(f"单独组建只能是一家商会，现在涉及{len(after)}家。请在“涉及的商会”里只留一家。")
    if design.form in TOGETHER and len(after) < 2:
        faults.append("联合组建至少要有两家商会。请在“涉及的商会”里加上一起建的商会。")
    if design.form not in TOGETHER or design.grounds:
        return faults
    counts = full_by_chamber(after, on)
    able = [one.unit.name for one in after if counts.get(one.pk, 0) >= least]
    if able:
        faults.append(f"{'、'.join(able)}有{least}名以上正式党员，应当单独组建。确需联合的，请在方案里写明理由。")
    if len(after) > many:
        faults.append(f"联合党支部一般不超过{many}个单位，现有{len(after)}个。确需这样的，请在方案里写明理由。")
    return faults


def _full_after(file: File, on: date) -> int:
    """Full members with their relation here, and those listed to bring it; each once."""
    here = Affiliation.objects.on(on).filter(organization=body_of(file), kind=AffiliationKind.HOME).values_list("person_id", flat=True)
    listed = CasePerson.objects.filter(case=file.case, kind=AffiliationKind.HOME).values_list("person_id", flat=True)
    return len(full_members_among([*here, *listed], on))


def _size_faults(file: File, on: date) -> list[str]:
    """The size of the kind it becomes (ORG-11); of the one it is already nothing is asked."""
    design = file.design
    if design.kind == kind_on(body_of(file), on):
        return []
    return size_faults(design.kind, sum(1 for one in belonging(body_of(file), on) if one.is_member), design.grounds)


def _may_record(file: File, on: date) -> list[str]:
    since, body = effective(file) or on, body_of(file)
    faults = [*day_faults(file), *_may_decide(file, since)]
    if since > on and file.design.name not in ("", body.unit.name):
        faults.append(f"名称从{full_day(since)}起改，还没有到那一天。请到那一天再登记。")
    return faults


def _consequences(file: File) -> list[str]:
    body, design, day = body_of(file), file.design, effective_in_words(file)
    on = effective(file) or file.day
    after, before = chambers_after(file, on), covered_by(body, on)
    form = Form(design.form).label if design.form else "（未选方式）"
    lines = [f"自{day}起“{body.unit.name}”为{OrganizationKind(design.kind).label}、{form}"]
    if design.name and design.name != body.unit.name:
        lines.append(f"改称“{design.name}”")
    joined, left = [one for one in after if one not in before], [one for one in before if one not in after]
    lines += [f"自{day}起覆盖{'、'.join(one.unit.name for one in joined)}"] if joined else []
    lines += [f"自{day}起不再覆盖{'、'.join(one.unit.name for one in left)}"] if left else []
    people = CasePerson.objects.filter(case=file.case).count()
    return lines + ([f"自{day}起编入{people}名党员"] if people else [])


def _finish(file: File, by: User | None, at: datetime) -> None:
    """Form and coverages from the day; kind and name with them; those listed belong from the same day."""
    since, body, design = effective(file), body_of(file), file.design
    assert since is not None
    form, after = Form(design.form), chambers_after(file, since)
    keys = [one.pk for one in after]
    for row in Coverage.objects.on(since).filter(organization=body).exclude(chamber__in=keys).select_related("chamber__unit"):
        end_fact(fact=row, subject=row.chamber, unit=row.chamber.unit, on=since, by=by, at=at, reason=f"改变组建方式。{file.number('approve')}")
    if form_on(body, since) != form:
        set_form(organization=body, form=form, since=since, with_coverages=True, by=by, at=at)
    cover_all(chambers=dict.fromkeys(after, form), organization=body, since=since, by=by, at=at)
    change_organization(organization=body, name=design.name, since=since, by=by, at=at, kind=design.kind)
    for listed in CasePerson.objects.filter(case=file.case).select_related("person"):
        join(person=listed.person, organization=body, kind=AffiliationKind(listed.kind), since=since, by=by, at=at)


def _warns(file: File) -> list[str]:
    """A name that still says 联合 though it will stand alone."""
    name = file.design.name or body_of(file).unit.name
    if file.design.form != Form.OWN or "联合" not in name:
        return []
    return [f"改成单独组建以后，名称还是“{name}”。要改名的，请在“变更方案”的“改称”里写新名称。"]


def _forms(file: File) -> Sequence[Form]:
    return FORMS


def _proposed(file: File) -> Mapping[str, Any]:
    """As it is. Two questions."""
    body = body_of(file)
    form = form_on(body, file.day)
    return {"form": form if form in FORMS else "", "kind": kind_on(body, file.day), "upper": committee_of(file)}


DESIGN = Asked(
    title="变更方案",
    columns=("form", "kind", "name", "upper", "grounds", "change_on"), optional=("name", "grounds", "change_on"), forms=_forms,
    proposed=_proposed, refuses=_chosen,
    labels={"form": "改成哪种组建方式", "kind": "改成哪种类型", "name": "改称", "upper": "批准的党组织", "change_on": "自哪天起改"},
    hints={
        "name": "名称不变的不填", "change_on": "不填的，自批复那一天起",
        "grounds": "党员不足50名设党总支、不足100名设党委的，写明理由和批准文件；联合超过5个单位、能单独组建而联合的，写明为什么",
    },
)

declare(Kind(
    code="change-form", title="改变组建方式",
    sentence="正式党员不足3名的改为联合组建，够3名的改为单独组建，党员多了改设党总支、党委。覆盖的商会自同一天起跟着改。",
    about=ORGANIZATION, finish=_finish, consequences=_consequences, refuses=_refuses, warns=_warns, design=DESIGN,
    makes_branch=False,
    papers=(Paper("request", "关于改变组建方式的请示", papers.request), Paper("reply", "关于改变组建方式的批复", papers.reply)),
    steps=(
        Step(
            "survey", "摸底", "核对党员人数，定下改成哪种方式、涉及哪些商会、编入哪些党员。", Who.OFFICE,
            asks=("design", "chambers", "people"), norm="ORG-01",
        ),
        Step(
            "request", "请示", "经党员大会讨论，向上级党组织报送请示。", after=("survey",), papers=("request",), refuses=_may_ask, norm="ORG-08",
        ),
        Step(
            "approve", "批复", "上级党组织研究决定并批复。", Who.APPROVER, after=("request",), approves="request", numbered=True,
            papers=("reply",), refuses=_may_decide, norm="ORG-08",
        ),
        Step(
            "record", "登记变更", "自选定的日期起改变；没有选的，自批复那一天起。", Who.OFFICE, after=("approve",), asks=("design",),
            refuses=_may_record, norm="ORG-08",
        ),
    ),
))
