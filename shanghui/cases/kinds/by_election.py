"""补选: vacant posts are filled within the present term (COM-12, COM-13; 支部工作条例 §21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from shanghui.access.models import User
from shanghui.cases import election_papers as papers
from shanghui.cases import election_sheets as sheets
from shanghui.cases.electing import (
    BY_ELECTION,
    in_office,
    is_branch,
    leave_other_posts,
    may_elect,
    may_meet,
    may_propose,
    may_sit,
    nominees,
    organization_of,
    take_up,
    worth_a_look,
)
from shanghui.cases.file import File
from shanghui.cases.held import held_faults
from shanghui.cases.registry import ORGANIZATION, Kind, Paper, Step, Who, declare
from shanghui.cases.tallying import BY_COMMITTEE
from shanghui.cases.vacancies import none_vacant
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.queries import declared_committee
from shanghui.ledger.people.models import Post
from shanghui.rules.registry import limit


def _meets(file: File) -> bool:
    """Whether the meeting of members elects: without a committee, or to seats of the committee."""
    return not file.ballot.committee or bool(file.ballot.seats)


def _sits(file: File) -> bool:
    """Whether the committee elects: to secretary or deputy (ELE-06)."""
    return file.ballot.committee and bool(file.proposed & set(BY_COMMITTEE))


def _elects_members(file: File) -> bool:
    return file.ballot.committee and bool(file.ballot.seats)


def _elects_leaders(file: File) -> bool:
    return not _elects_members(file) or _sits(file)


def _refuses(file: File) -> Sequence[str]:
    on = file.case.opened_on
    return may_elect(file, on) or none_vacant(file, on, coming=True)


def _may_ask(file: File, on: date) -> list[str]:
    return may_elect(file, on) or none_vacant(file, on) or _committee_as_it_is(file, on)


def _committee_as_it_is(file: File, on: date) -> list[str]:
    """A by-election leaves it at the committee there is, or at none; only its vacant seats are filled."""
    body, held = organization_of(file), in_office(file, on)
    declared, there = declared_committee(body, on), len({one.person_id for one in held})
    has = declared >= limit("COM-02", "members_from") or any(one.post == Post.COMMITTEE_MEMBER for one in held)
    if file.ballot.committee and not has:
        return ["台账里没有设委员会。补选不改变班子的设置，请改为不设委员会；要设委员会的，请办换届选举。"]
    if not file.ballot.committee and has:
        return ["台账里设有委员会。请改为设委员会：委员由党员大会补选，书记、副书记由委员会选举。"]
    seats = file.ballot.seats or 0
    if file.ballot.committee and declared and there + seats > declared:
        return [f"委员会共{declared}名，现有{there}名，出缺{max(declared - there, 0)}名，不能补选{seats}名。委员数登记错了的，请先更正党组织的信息。"]
    return []


def _vacant(file: File, on: date) -> list[str]:
    """Posts with a holder are not filled; somebody on the committee is not elected to it once more."""
    held = in_office(file, on)
    rows = nominees(file)
    wanted = {one.post for one in rows}
    single = (Post.SECRETARY, Post.DEPUTY_SECRETARY) if is_branch(file, on) else (Post.SECRETARY,)
    faults = [
        f"{one.get_post_display()}现在是{one.person.name}，没有出缺。已经不任的，请先结束任职，再补选。"
        for one in held if one.post in single and one.post in wanted
    ]
    sitting = {one.person_id for one in held}
    faults += [f"{one.person.name}已经在委员会里，不用补选为委员。" for one in rows if one.post == Post.COMMITTEE_MEMBER and one.person_id in sitting]
    return faults


def _may_propose(file: File, on: date) -> list[str]:
    return [*may_propose(file, on), *_committee_as_it_is(file, on), *_vacant(file, on)]


def _may_meet(file: File, on: date) -> list[str]:
    return [*may_meet(file, on), *_committee_as_it_is(file, on), *_vacant(file, on)]


def _may_sit(file: File, on: date) -> list[str]:
    return [*may_elect(file, on), *may_sit(file, on), *_vacant_leaders(file, on)]


def _as_held(file: File, on: date) -> list[str]:
    """Once more what the meetings were refused for, as at their days."""
    return held_faults(file, {"meeting": _may_meet, "plenary": _may_sit})


def _vacant_leaders(file: File, on: date) -> list[str]:
    return [] if _meets(file) else _vacant(file, on)


def _consequences(file: File) -> list[str]:
    held, due = file.on("meeting") or file.on("plenary"), file.until or file.due_by
    since = full_day(held) if held else "选举那一天"
    names = "、".join(dict.fromkeys(f"{one.get_post_display()}{one.person.name}" for one in nominees(file) if one.elected is not False))
    return [
        f"自{since}起登记当选的人任职，产生方式为选任{f'（候选人：{names}）' if names else ''}",
        f"任期不变，到{full_day(due)}" if due else "任期不变",
        "从委员当选书记、副书记的，原来的委员任职到前一天为止",
    ]


def _finish(file: File, by: User | None, at: datetime) -> None:
    """Those elected take up the vacant posts; the term stays."""
    made = take_up(file, by, at)
    leave_other_posts(file, [one for one in made if one.post in BY_COMMITTEE], by, at)


declare(Kind(
    code=BY_ELECTION, title="补选", sentence="书记、副书记、委员出缺，在本届任期内及时补选。任期不变，任职自当选那一天起。",
    about=ORGANIZATION, finish=_finish, consequences=_consequences, refuses=_refuses, warns=worth_a_look,
    papers=(
        Paper("request", "关于补选的请示", papers.request), Paper("reply", "关于同意补选的批复", papers.reply),
        Paper("candidates", "关于候选人预备人选的请示", papers.candidates), Paper("agreed", "关于候选人预备人选的批复", papers.agreed),
        Paper("rules", "选举办法（草案）", sheets.rules), Paper("sign_in", "签到表", sheets.sign_in),
        Paper("ballot", "选票（样式）", sheets.ballot_paper),
        Paper("count", "计票单", sheets.count), Paper("members", "委员选举结果报告（报备案）", papers.members, _elects_members),
        Paper("leaders", "书记、副书记选举结果的请示（报批准）", papers.leaders, _elects_leaders),
        Paper("confirmed", "关于选举结果的批复", papers.confirmed),
    ),
    steps=(
        Step(
            "request", "研究并请示", "出缺以后及时研究补选：补哪些职务、委员几名，向上级请示。", asks=("ballot",), papers=("request",), refuses=_may_ask,
            norm="COM-12",
        ),
        Step(
            "approve", "上级同意补选", "上级党组织研究并批复。", Who.APPROVER, after=("request",), approves="request", numbered=True, papers=("reply",),
            refuses=_may_ask, norm="COM-12",
        ),
        Step(
            "nominate", "酝酿提名", "委员会按多数人的意见提出候选人预备人选；补选委员的，候选人要多于名额。", after=("approve",), asks=("nominees",),
            refuses=_may_propose, norm="ELE-05",
        ),
        Step("submit", "预备人选报上级", "候选人预备人选报上级党组织审查。", after=("nominate",), papers=("candidates",), refuses=_may_propose, norm="ELE-05"),
        Step(
            "agree", "上级同意人选", "上级党组织审查候选人预备人选并批复。", Who.APPROVER, after=("submit",), approves="submit", numbered=True,
            papers=("agreed",), refuses=_may_propose, norm="ELE-05",
        ),
        Step(
            "meeting", "党员大会补选", "到会不少于应到会的五分之四，无记名投票。", after=("agree",), asks=("voters", "ballot", "again"),
            papers=("rules", "sign_in", "ballot", "count"), refuses=_may_meet, applies=_meets, norm="COM-13",
        ),
        Step(
            "plenary", "委员会全体会议", "委员会的全体委员开会，等额选举书记、副书记。", after=("agree", "meeting"), asks=("plenary",), refuses=_may_sit,
            applies=_sits, norm="ELE-06",
        ),
        Step(
            "result", "报告选举结果", "委员报上级备案，书记、副书记报上级批准。", after=("meeting", "plenary"), papers=("members", "leaders"), norm="ELE-07",
        ),
        Step(
            "result_approve", "上级批准", "上级党组织批准书记、副书记，委员备案。", Who.APPROVER, after=("result",), approves="result", numbered=True,
            papers=("confirmed",), refuses=_as_held, norm="ELE-07",
        ),
    ),
))
