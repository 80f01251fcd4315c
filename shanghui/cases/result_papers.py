"""The result of a founding election on paper: members for the record, secretary and deputy for approval, the answer (ELE-07)."""

from __future__ import annotations

from datetime import date

from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import Ballot, Nominee
from shanghui.cases.papers import VOTES, day_of, leaders_in_words, name_of, upper_name
from shanghui.cases.tallying import BY_COMMITTEE, MAJORITY, Tally, tally
from shanghui.ledger.people.models import Post
from shanghui.rules.majorities import enough
from shanghui.rules.registry import norm_on


def members(file: File) -> Letter:
    """委员选举结果报告, for the record."""
    found = [one for one in _tally(file) if one.nominee.post == Post.COMMITTEE_MEMBER]
    return _up(file, _members_title(file), (_meeting(file), *_elected(found, "委员"), "现报请备案。"), found)


def leaders(file: File) -> Letter:
    """书记（、副书记）选举结果的请示, for approval."""
    found = [one for one in _tally(file) if one.nominee.post in BY_COMMITTEE]
    held = _plenary(file) if file.ballot.committee else _meeting(file)
    return _up(file, _leaders_title(file), (held, *_elected(found, "书记"), "现报请批准。"), found)


def confirmed(file: File) -> Letter:
    """关于选举结果的批复."""
    titles = [*([_members_title(file)] if file.ballot.committee else []), _leaders_title(file)]
    found, committee = _tally(file), file.ballot.committee
    leading = [one for one in found if one.nominee.post in BY_COMMITTEE]
    seated = [one for one in found if one.nominee.post == Post.COMMITTEE_MEMBER]
    return Letter(
        title=f"关于{name_of(file)}选举结果的批复", to=name_of(file), issuer=upper_name(file), day=file.on("result_approve"),
        number=file.number("result_approve"), paragraphs=(
            f"你们{day_of(file, 'result')}{''.join(f'《{one}》' for one in titles)}收悉。经研究，同意选举结果：", *_elected(leading, "书记"),
            *([f"委员选举结果已备案：{_names(seated)}。"] if committee else []), "此复。",
        ),
    )


def attendance(ballot: Ballot, on: date) -> str:
    """Who should have been there and who was; that it was enough is said only where the numbers say so (ELE-08)."""
    expected, present, norm = ballot.expected, ballot.present, norm_on(MAJORITY, on)
    if expected is None or present is None:
        return f"{gap('应到会、实到会有选举权人数')}。"
    told = f"应到会有选举权的党员{expected}人，实到会{present}人，"
    return f"{told}符合规定人数。" if norm is not None and enough(present, expected, norm) else f"{told}{gap('实到会人数不足规定，请核对')}。"


def papers_counted(issued: int | None, collected: int | None, invalid: int | None = None) -> str:
    """The ballot papers; the election is valid only where no more came back than went out (ELE-12)."""
    if issued is None or collected is None:
        return f"{gap('发出、收回选票')}。"
    told = f"发出选票{issued}张，收回{collected}张{f'，其中无效票{invalid}张' if invalid else ''}，"
    return f"{told}选举有效。" if collected <= issued else f"{told}{gap('收回的选票多于发出的，请核对')}。"


def _meeting(file: File) -> str:
    ballot, held = file.ballot, file.on("meeting")
    return (
        f"{day_of(file, 'meeting')}召开党员大会进行选举，由{known(ballot.chair, '主持人')}主持，"
        f"监票人{known(ballot.teller, '监票人')}，计票人{known(ballot.counter, '计票人')}。{attendance(ballot, held or file.day)}"
        f"以无记名投票方式选举，{papers_counted(ballot.issued, ballot.collected, ballot.invalid)}"
    )


def _plenary(file: File) -> str:
    present = known(file.ballot.plenary_present, "到会委员")
    return f"{day_of(file, 'plenary')}召开委员会第一次全体会议，到会委员{present}人，以无记名投票方式等额选举。"


def _members_title(file: File) -> str:
    return f"{name_of(file)}关于委员选举结果的报告"


def _leaders_title(file: File) -> str:
    return f"{name_of(file)}关于{leaders_in_words(file)}选举结果的请示"


def _up(file: File, title: str, paragraphs: tuple[str, ...], found: list[Tally]) -> Letter:
    return Letter(
        title=title, to=upper_name(file), issuer=name_of(file), day=file.on("result"), number=file.number("result"), paragraphs=paragraphs,
        table=_votes(found),
    )


def _tally(file: File) -> list[Tally]:
    nominees = Nominee.objects.filter(case=file.case).select_related("person")
    return tally(file, list(nominees), file.on("meeting") or file.day)


def _elected(found: list[Tally], word: str) -> list[str]:
    """Who was elected, one sentence a post; `word`: the post of the gap where nobody is yet."""
    words = [
        f"当选{post.label}：{_names(rows)}。" for post in (Post.COMMITTEE_MEMBER, *BY_COMMITTEE)
        if (rows := [one for one in found if one.elected and one.nominee.post == post])
    ]
    return words or [f"当选{word}：{gap(VOTES)}。"]


def _names(found: list[Tally]) -> str:
    chosen = [one.nominee for one in found if one.elected]
    return "、".join(f"{one.person.name}{f'（{one.title}）' if one.title else ''}" for one in chosen) or gap(VOTES)


def _votes(found: list[Tally]) -> tuple[tuple[str, ...], ...]:
    words = {True: "当选", False: "未当选", None: gap(VOTES)}
    rows = [(one.nominee.person.name, one.nominee.get_post_display(), known(one.votes, VOTES), words[one.elected]) for one in found]
    return (("姓名", "职务", "赞成票", "结果"), *rows) if rows else ()
