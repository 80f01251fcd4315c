"""Several organizations become one: the others end, their members and chambers go to it from the same day (支部工作条例 §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shanghui.access.audit import Journal
from shanghui.access.models import User
from shanghui.cases import merger_papers as papers
from shanghui.cases.bodies import (
    TOGETHER,
    WITHOUT_RELATIONS,
    Belonging,
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
    name_faults,
    size_faults,
    taken_faults,
    upper_faults,
)
from shanghui.cases.chosen_days import changes_too_early, ends_too_early
from shanghui.cases.counting import full_at_home
from shanghui.cases.file import File
from shanghui.cases.moving import also_ending, cover_all, end_body
from shanghui.cases.registry import ORGANIZATION, Asked, Kind, Paper, Step, Who, declare
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import found_organization, set_form
from shanghui.ledger.people.models import Affiliation, AffiliationKind
from shanghui.rules.registry import limit

FORMS = (Form.JOINT, Form.INDUSTRY, Form.AREA, Form.OWN)


def all_of(file: File) -> list[PartyOrganization]:
    """The organizations of a merger: the one it was opened for, then the others."""
    own = [file.case.organization] if file.case.organization else []
    return [*own, *(one for one in file.joined if one not in own)]


def ending(file: File) -> list[PartyOrganization]:
    """Those of them that end: all but the one that goes on, where one does."""
    return [one for one in all_of(file) if one.pk != file.design.target_id]


def _refuses(file: File) -> Sequence[str]:
    bodies = all_of(file)
    return [*absent_faults(bodies, file.case.opened_on), *leading_faults(bodies)]


def _designed(file: File) -> list[str]:
    design = file.design
    if not file.joined and (design.target_id in (None, file.case.organization_id)):
        return ["请先选一起合并的党组织。"]
    missing = [] if design.form else ["合并以后的组建方式"]
    missing += [] if design.target_id or design.name else ["接收的党组织，或者新党组织的名称"]
    missing += [] if design.target_id or design.upper_id else ["上级党组织"]
    if missing:
        return [f"请先在“合并方案”里填写{'、'.join(missing)}。"]
    if design.target_id and design.name:
        return ["并入已有的党组织，就不填新党组织的名称。两个只能填一个。"]
    return [] if ending(file) else ["接收的党组织就是立项的这一个，请再选并入它的党组织。"]


def _lawful(file: File, on: date) -> list[str]:
    """The organizations can be merged, and what comes of it is lawful (ORG-01, ORG-03)."""
    if faults := _designed(file):
        return faults
    design, bodies = file.design, ending(file)
    standing = [*bodies, *([design.target] if design.target else [])]
    if faults := [*absent_faults(standing, on), *leading_faults(bodies), *upper_faults(design.upper, on, but=standing)]:
        return faults
    faults = below_faults(bodies, on)
    if design.target is not None and form_on(design.target, on) in WITHOUT_RELATIONS:
        faults.append(f"“{design.target.unit.name}”是功能型或者临时党组织，不接收组织关系。请另选。")
    chambers = {one.pk: one for body in standing for one in covered_by(body, on)}
    return [*faults, *_numbers(file, standing, len(chambers), on), *taken_faults(list(chambers.values()), design.form, on, but=standing)]


def _numbers(file: File, standing: Sequence[PartyOrganization], units: int, on: date) -> list[str]:
    design, least, many = file.design, limit("ORG-01", "full_members"), limit("ORG-03", "units")
    full = sum(full_at_home(one.pk, on) for one in standing)
    faults = [] if design.target_id else [*name_faults(design.name, design.kind), *size_faults(design.kind, _members(standing, on), design.grounds)]
    if full < least:
        faults.append(f"合并以后正式党员有{full}名，不足{least}名，不能成立党支部。请再并入一个，或者改为撤销、由区域党组织覆盖。")
    if design.form == Form.OWN and units > 1:
        faults.append(f"合并以后覆盖{units}家商会，不是单独组建。请改选联合组建、行业联建或者区域共建。")
    if design.form in TOGETHER and units > many and not design.grounds:
        faults.append(f"联合党支部一般不超过{many}个单位，合并以后有{units}个。确需这样的，请在方案里写明理由。")
    return faults


def _warns(file: File) -> list[str]:
    """Those that end though they have members enough to stand alone, where no reason is written (ORG-01)."""
    least, counts = limit("ORG-01", "full_members"), {one: full_at_home(one.pk, file.day) for one in ending(file)}
    if file.design.grounds:
        return []
    return [
        f"“{one.unit.name}”有正式党员{full}名，够单独成立党支部。确需合并的，请在“合并方案”里写明理由。"
        for one, full in counts.items() if full >= least and form_on(one, file.day) == Form.OWN
    ]


def _members(standing: Sequence[PartyOrganization], on: date) -> int:
    """Full and probationary members with their relation in one of them, each once."""
    return len({one.person.pk for body in standing for one in belonging(body, on) if one.is_member})


def _may_record(file: File, on: date) -> list[str]:
    return [*day_faults(file), *_may_decide(file, effective(file) or on)]


def _may_ask(file: File, on: date) -> list[str]:
    return _lawful(file, on) or _chosen(file)


def _may_decide(file: File, on: date) -> list[str]:
    """Where no day was chosen they are merged on the day of the approval."""
    return _lawful(file, on) or _too_early(file, effective(file) or on)


def _too_early(file: File, on: date) -> list[str]:
    """Other changes that stand in the way of merging on `on`: of those that end, and of the one that goes on in another form."""
    target = file.design.target
    others = [target] if target is not None and form_on(target, on) != file.design.form else []
    return [*ends_too_early(ending(file), on), *changes_too_early(others, on)]


def _chosen(file: File) -> list[str]:
    """What is said as soon as the day is chosen."""
    return _too_early(file, file.design.change_on) if file.design.change_on else []


def _consequences(file: File) -> list[str]:
    design, day = file.design, effective_in_words(file)
    bodies, on = ending(file), effective(file) or file.day
    name = design.target.unit.name if design.target else design.name or "（未定名）"
    chambers = {one.unit.name for body in bodies for one in covered_by(body, on)}
    keys = [body.pk for body in bodies]
    people = Affiliation.objects.on(on).filter(organization__in=keys).order_by().values("person_id").distinct().count()
    lines = [] if design.target else [f"自{day}起有党组织“{name}”，书记、委员请接着立项选举"]
    if bodies:
        lines.append(f"自{day}起{'、'.join(f'“{body.unit.name}”' for body in bodies)}不再存在，任期和任职同时结束")
    return [
        *lines, *(line for body in bodies for line in also_ending(body, on)), f"自{day}起{people}人属于“{name}”",
        *([f"自{day}起“{name}”覆盖{'、'.join(sorted(chambers))}"] if chambers else []),
    ]


def _receiver(file: File, since: date, by: User | None, at: datetime) -> PartyOrganization:
    """The organization that goes on, in the form it is to have; or the new one."""
    design, form = file.design, Form(file.design.form)
    if design.target is None:
        made = found_organization(
            name=design.name, kind=OrganizationKind(design.kind), form=form, under=file.case.office, since=since, by=by, at=at,
            party_parent=design.upper, approved_on=(file.on("approve") or since).isoformat(), approval_number=file.number("approve"),
        )
        journal = Journal(by=by, at=at, verb="合并成立党组织")
        journal.change(design, target_id=made.pk)
        journal.close(file.case, file.case.office)
        return made
    if form_on(design.target, since) != form:
        set_form(organization=design.target, form=form, since=since, with_coverages=True, by=by, at=at)
    return design.target


def _finish(file: File, by: User | None, at: datetime) -> None:
    """Members, dual life and chambers go to the one from the day on which the others end."""
    since = effective(file)
    assert since is not None
    bodies, form = ending(file), Form(file.design.form)
    receiver = _receiver(file, since, by, at)
    chambers = {one: form for body in bodies for one in covered_by(body, since)}
    reason = f"并入“{receiver.unit.name}”。{file.number('approve')}"
    moving = _moving(bodies, since)
    for body in bodies:
        going = {one.person: (receiver, one.kind) for source, one in moving if source == body}
        end_body(organization=body, going=going, since=since, reason=reason, by=by, at=at)
    cover_all(chambers=chambers, organization=receiver, since=since, by=by, at=at)


def _moving(bodies: Sequence[PartyOrganization], since: date) -> list[tuple[PartyOrganization, Belonging]]:
    """Everybody once, with the organization he comes from: who has the relation in one of them has no dual life beside it."""
    found: dict[int, tuple[PartyOrganization, Belonging]] = {}
    for body in bodies:
        for one in belonging(body, since):
            if one.category and (one.person.pk not in found or one.kind != AffiliationKind.DUAL):
                found[one.person.pk] = (body, one)
    return list(found.values())


def _forms(file: File) -> Sequence[Form]:
    return FORMS


def _proposed(file: File) -> Mapping[str, Any]:
    return {"upper": committee_of(file), "form": Form.JOINT, "kind": OrganizationKind.BRANCH}


DESIGN = Asked(
    title="合并方案",
    columns=("target", "name", "kind", "form", "upper", "grounds", "change_on"),
    optional=("target", "name", "grounds", "change_on"), forms=_forms, proposed=_proposed, refuses=_chosen,
    labels={"target": "并入哪个党组织", "name": "新党组织的名称", "form": "合并以后的组建方式", "change_on": "自哪天起合并"},
    hints={
        "target": "并入已有的党组织；合并成一个新的，这里不填，写新党组织的名称", "name": "并入已有的党组织，这里不填",
        "grounds": "合并以后超过5个单位的，写明为什么", "change_on": "不填的，自批复那一天起",
    },
)

declare(Kind(
    code="merger", title="合并党组织",
    sentence="几个党组织并入其中一个，或者合成一个新的。党员和覆盖的商会自同一天起转过去，原来的同时撤销。",
    about=ORGANIZATION, finish=_finish, warns=_warns, consequences=_consequences, refuses=_refuses, design=DESIGN,
    papers=(
        Paper("request", "关于合并党组织的请示", papers.own_request, each=papers.requests),
        Paper("resolution", "党员大会关于合并的决议", papers.own_resolution, each=papers.resolutions),
        Paper("reply", "关于合并党组织的批复", papers.reply),
    ),
    steps=(
        Step(
            "survey", "摸底", "选定一起合并的党组织，并入哪一个，或者合成新的。", Who.OFFICE, asks=("organizations", "design"), norm="ORG-08",
        ),
        Step(
            "request", "请示", "各党组织的党员大会分别讨论、作出决议以后，各自向上级党组织报送请示。", after=("survey",),
            papers=("resolution", "request"), refuses=_may_ask, norm="ORG-08",
        ),
        Step(
            "approve", "批复", "上级党组织研究决定并批复。", Who.APPROVER, after=("request",), approves="request", numbered=True,
            papers=("reply",), refuses=_may_decide, norm="ORG-08",
        ),
        Step(
            "record", "登记合并", "自选定的日期起合并；没有选的，自批复那一天起。", Who.OFFICE, after=("approve",), asks=("design",),
            refuses=_may_record, norm="ORG-08",
        ),
    ),
))
