"""上级任命、选派、聘任: the upper level gives a party organization its secretary or deputy (COM-12, COM-15, ORG-09)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases import posting_papers as papers
from shanghui.cases.candidates import full_members_among
from shanghui.cases.electing import in_office, is_branch, organization_of, upper_of, young_members
from shanghui.cases.file import File
from shanghui.cases.models import Posting
from shanghui.cases.registry import ORGANIZATION, Kind, Paper, Step, Who, declare
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod
from shanghui.ledger.organizations.operations import end_fact
from shanghui.ledger.organizations.queries import kind_on
from shanghui.ledger.people.models import Appointment, Method, Post
from shanghui.ledger.people.operations import appoint


def _posting(file: File) -> Posting | None:
    return Posting.objects.filter(case=file.case).select_related("person").first()


def _there(file: File, on: date) -> list[str]:
    body = organization_of(file)
    if not OrganizationPeriod.objects.on(on).filter(organization=body).exists():
        return [f"“{body.unit.name}”在{full_day(on)}不存在，不能任命书记。请核对日期；已经撤销的，请撤回这件事。"]
    return ["党小组没有书记，组长由支部指定或者党小组推荐，不用立项。"] if kind_on(body, on) == OrganizationKind.GROUP else []


def _refuses(file: File) -> Sequence[str]:
    return _there(file, file.case.opened_on)


def _may_name(file: File, on: date) -> list[str]:
    """Somebody is named, a full member, who does not hold the post already, for a time that is not over."""
    named = _posting(file)
    if named is None:
        return [*_there(file, on), "请先填写任命：人选、职务、产生方式。"]
    faults = _there(file, on)
    if named.person_id not in full_members_among([named.person_id], on):
        faults.append(f"{named.person.name}在{full_day(on)}不是正式党员，不能任{named.get_post_display()}。请核对党籍，或者换人。")
    held = [one for one in in_office(file, on, Post(named.post)) if one.person_id == named.person_id]
    if held:
        again = "续聘的，请在任职那里办续聘。" if named.method == Method.HIRED else "请核对人选。"
        faults.append(f"{named.person.name}自{full_day(held[0].valid_from)}起已经任{named.get_post_display()}。{again}")
    if named.due_by is not None and named.due_by <= on:
        faults.append(f"聘期到{full_day(named.due_by)}，不晚于{full_day(on)}。请核对聘期。")
    return faults


def _may_begin(file: File, on: date) -> list[str]:
    named, faults = _posting(file), _may_name(file, on)
    later = Appointment.objects.filter(unit=organization_of(file).unit, post=named.post if named else "", valid_from__gte=on).first()
    if later is not None:
        faults.append(f"台账里已有自{full_day(later.valid_from)}起的{later.get_post_display()}任职。登记过这次任命的，请先撤销那条任职；日期填错了的，请改日期。")
    return faults


def _replaced(file: File, named: Posting, on: date) -> list[Appointment]:
    """Whom the new one follows: the secretary in office; of a branch, which has one deputy at most, the deputy too (COM-04).
    And the other post that he himself leaves."""
    single = named.post == Post.SECRETARY or is_branch(file, on)
    held = in_office(file, on)
    return [one for one in held if (single and one.post == named.post) or one.person_id == named.person_id]


def _warns(file: File) -> Sequence[str]:
    named = _posting(file)
    if named is None:
        return []
    day = file.on("begin") or file.day
    found = young_members({named.person_id: named.person.name}, day) if named.post == Post.SECRETARY else []
    sitting = [one for one in in_office(file, day, Post(named.post)) if one.person_id != named.person_id]
    return [*found, *(f"{one.get_post_display()}现在是{one.person.name}，新的到任，原来的任职到前一天为止。" for one in sitting if file.is_open)]


def _consequences(file: File) -> list[str]:
    named, since = _posting(file), file.on("begin")
    day = full_day(since) if since else "到任那一天"
    if named is None:
        return [f"自{day}起登记上级任命、选派或者聘任的书记、副书记"]
    until = f"，聘期到{full_day(named.due_by)}" if named.due_by else ""
    left = [f"{one.person.name}的{one.get_post_display()}任职到前一天为止" for one in _replaced(file, named, since or file.day)]
    return [f"自{day}起{named.person.name}任{named.get_post_display()}，产生方式为{named.get_method_display()}{until}", *left, "本届任期不变"]


def _finish(file: File, by: User | None, at: datetime) -> None:
    """The one before leaves, the new one begins, with who decided and under which number."""
    named, since = _posting(file), file.on("begin")
    assert named is not None
    assert since is not None
    for one in _replaced(file, named, since):
        end_fact(fact=one, subject=one.person, unit=one.unit, on=since, by=by, at=at, reason="上级任命")
    appoint(
        person=named.person, unit=organization_of(file).unit, post=Post(named.post), since=since, by=by, at=at, method=named.method,
        due_by=named.due_by, approved_by=(named.approved_by or upper_of(file, since))[:60], approval_number=file.number("approve"),
    )


declare(Kind(
    code="secretary_appointment", title="上级任命、聘任书记",
    sentence="确有必要时，上级党组织可以任命、选派书记、副书记，也可以聘任专职书记。产生方式、聘期、批准文号随任职写入台账。",
    about=ORGANIZATION, finish=_finish, consequences=_consequences, refuses=_refuses, warns=_warns,
    papers=(Paper("request", "关于任职的请示", papers.request), Paper("decision", "关于任职的批复（通知）", papers.decision)),
    steps=(
        Step(
            "request", "请示", "党组织提出人选，向上级请示。上级直接决定的，略过这一步。", skippable=True, asks=("posting",), papers=("request",),
            refuses=_may_name, norm="COM-15",
        ),
        Step(
            "approve", "上级决定", "上级党组织研究决定，批复或者发任职通知。", Who.APPROVER, after=("request",), approves="request", numbered=True,
            asks=("posting",), papers=("decision",), refuses=_may_name, norm="COM-12",
        ),
        Step("begin", "到任", "宣布任职、开始履职的那一天。任职自这一天起。", after=("approve",), refuses=_may_begin, norm="COM-12"),
    ),
))
