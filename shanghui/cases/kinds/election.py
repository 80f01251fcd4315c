"""换届选举: a party organization elects its committee or secretary for a new term (M08; 选举工作条例, 支部工作条例 §20–§21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases import election_papers as papers
from shanghui.cases import election_sheets as sheets
from shanghui.cases.candidates import committee_faults
from shanghui.cases.counting import voters
from shanghui.cases.electing import (
    contest_of,
    in_office,
    leave,
    leaving,
    may_elect,
    may_meet,
    may_propose,
    may_sit,
    organization_of,
    take_up,
    term_ends,
    term_months_of,
    worth_a_look,
)
from shanghui.cases.file import File
from shanghui.cases.held import held_faults
from shanghui.cases.registry import DELAYED, ORGANIZATION, TERM, Kind, Limit, Paper, Step, Who, declare
from shanghui.kernel.periods import full_day, months_later
from shanghui.ledger.organizations.operations import change_organization, set_term
from shanghui.ledger.people.models import PARTY_POSTS
from shanghui.rules.registry import limit


def _has_committee(file: File) -> bool:
    return file.ballot.committee


def _refuses(file: File) -> Sequence[str]:
    return may_elect(file, file.case.opened_on)


def _may_ask(file: File, on: date) -> list[str]:
    """Whether a committee is elected, and of how many, follows from the full members in the ledger (COM-01)."""
    return [*may_elect(file, on), *committee_faults(file.ballot, voters(file, on), contest_of(file, on))]


def _may_meet(file: File, on: date) -> list[str]:
    return [*_too_early(file, on), *may_meet(file, on)]


def _as_held(file: File, on: date) -> list[str]:
    """Once more what the meetings were refused for, as at their days."""
    return held_faults(file, {"meeting": _may_meet, "plenary": may_sit})


def _too_early(file: File, on: date) -> list[str]:
    """More than a year before the term ends, unless the approval says that this is agreed (COM-10)."""
    years, approval = limit("COM-10", "years"), file.done.get("approve")
    if file.due_by is None or on >= months_later(file.due_by, -12 * years) or (approval is not None and approval.note):
        return []
    return [
        f"任期到{full_day(file.due_by)}，{full_day(on)}选举提前了{years}年以上。提前换届一般不超过{years}年："
        "上级同意的，请退回“上级同意换届”，在说明里写明同意提前和理由，再办。"
    ]


def _warns(file: File) -> Sequence[str]:
    found = []
    if file.due_by is None:
        found.append("台账里没有本届任期，不知道什么时候届满。请先登记任期。")
    elif file.on("meeting") is None and file.day > (file.until or file.due_by):
        end = file.until or file.due_by
        found.append(f"任期到{full_day(end)}已满。延期换届要报上级批准，一般不超过{limit('COM-10', 'years')}年；批准了的，请登记延期。")
    if file.until is not None and file.due_by is not None and file.until > months_later(file.due_by, 12 * limit("COM-10", "years")):
        found.append(f"批准延到{full_day(file.until)}，比届满晚了{limit('COM-10', 'years')}年以上。请再核对批准文件。")
    return found + worth_a_look(file)


def _consequences(file: File) -> list[str]:
    held = file.on("meeting")
    since, body = full_day(held) if held else "选举那一天", organization_of(file)
    months = term_months_of(body, held or file.day)
    due = full_day(term_ends(held, months)) if held else f"{months // 12}年以后"
    now = in_office(file, held or file.day)
    names = "、".join(f"{one.get_post_display()}{one.person.name}" for one in now)
    return [
        f"自{since}起是新的一届，每届{months // 12}年，到{due}；原来的一届到前一天为止",
        *([f"原任{names}到前一天为止；连任的另记一条，前后都查得到"] if names else []),
        f"自{since}起登记当选的{'书记、副书记、委员' if file.ballot.committee else '书记、副书记'}，产生方式为选任",
        *([f"委员数记为{file.ballot.seats}" if file.ballot.committee and file.ballot.seats else "委员数记为0，不设委员会"] if file.has_ballot else []),
    ]


def _finish(file: File, by: User | None, at: datetime) -> None:
    """The old committee leaves, the new one begins, and with it a new term; how many members it has follows from the result."""
    held, body = file.on("meeting"), organization_of(file)
    assert held is not None
    leave(leaving(file, *PARTY_POSTS), file, "换届", by, at)
    made = take_up(file, by, at)
    due = term_ends(held, term_months_of(body, held))
    set_term(unit=body.unit, since=held, due_on=due.isoformat(), due_by=due, subject=body, by=by, at=at)
    size = len({one.person_id for one in made}) if file.ballot.committee else 0
    change_organization(organization=body, since=held, by=by, at=at, committee_members=size)


declare(Kind(
    code="election", title="换届选举",
    sentence="党支部、党总支、党委任期届满：请示、候选人、党员大会（代表大会）选举、报批准。办完以后，新一届的任期和任职自动写入台账。",
    about=ORGANIZATION, finish=_finish, consequences=_consequences, refuses=_refuses, warns=_warns,
    papers=(
        Paper("request", "关于换届选举的请示", papers.request), Paper("reply", "关于同意换届选举的批复", papers.reply),
        Paper("candidates", "关于候选人预备人选的请示", papers.candidates), Paper("agreed", "关于候选人预备人选的批复", papers.agreed),
        Paper("rules", "选举办法（草案）", sheets.rules), Paper("sign_in", "签到表", sheets.sign_in),
        Paper("ballot", "选票（样式）", sheets.ballot_paper),
        Paper("count", "计票单", sheets.count), Paper("members", "委员选举结果报告（报备案）", papers.members, _has_committee),
        Paper("leaders", "书记、副书记选举结果的请示（报批准）", papers.leaders), Paper("confirmed", "关于选举结果的批复", papers.confirmed),
    ),
    steps=(
        Step(
            "remind", "上级提醒", "任期届满前6个月，上级党组织发函或者打电话提醒做好换届准备，记下是哪一天。", Who.OFFICE, skippable=True,
            latest=Limit("COM-09", "months_before", TERM, before=True),
        ),
        Step(
            "request", "研究并请示", "支部开会研究换届：设不设委员会、应选几名、打算什么时候选，向上级请示。工作手册要求至少在届满1个月前请示，各地不同。",
            asks=("ballot",), papers=("request",), latest=Limit("COM-10", "", DELAYED), refuses=_may_ask,
        ),
        Step(
            "approve", "上级同意换届", "上级党组织研究并批复。提前或者延期的，在说明里写明同意和理由。", Who.APPROVER, after=("request",),
            approves="request", numbered=True, papers=("reply",), refuses=_may_ask, norm="COM-10",
        ),
        Step(
            "nominate", "酝酿提名", "上届委员会按多数人的意见提出候选人预备人选，人数多于应选名额。", after=("approve",), asks=("nominees",),
            refuses=may_propose, norm="ELE-05",
        ),
        Step(
            "submit", "预备人选报上级", "候选人预备人选报上级党组织审查。", after=("nominate",), papers=("candidates",), refuses=may_propose, norm="ELE-05",
        ),
        Step(
            "agree", "上级同意人选", "上级党组织审查候选人预备人选并批复。", Who.APPROVER, after=("submit",), approves="submit", numbered=True,
            papers=("agreed",), refuses=may_propose, norm="ELE-05",
        ),
        Step(
            "meeting", "党员大会选举", "到会不少于应到会的五分之四，无记名投票；由党员代表大会选举的按代表算。新的一届自这一天开始。", after=("agree",),
            asks=("voters", "ballot", "again"), papers=("rules", "sign_in", "ballot", "count"), latest=Limit("COM-10", "", DELAYED), refuses=_may_meet,
        ),
        Step(
            "plenary", "第一次全体会议", "委员会的全体委员开会，等额选举书记、副书记。", after=("meeting",), asks=("plenary",), refuses=may_sit,
            applies=_has_committee, norm="ELE-06",
        ),
        Step(
            "result", "报告选举结果", "委员报上级备案，书记、副书记报上级批准：两份文件。", after=("meeting", "plenary"), papers=("members", "leaders"),
            norm="ELE-07",
        ),
        Step(
            "result_approve", "上级批准", "上级党组织批准书记、副书记，委员备案。", Who.APPROVER, after=("result",), approves="result", numbered=True,
            papers=("confirmed",), refuses=_as_held, norm="ELE-07",
        ),
    ),
))
