"""The papers of 换届 and 补选, drafted from the facts of the case (M08; 公文, regulations §8.4). What is not known stands as 【待补充】."""

from __future__ import annotations

from shanghui.cases.electing import BY_ELECTION, upper_of
from shanghui.cases.election_words import (
    GROUNDS,
    agreed_beside,
    assembly_of,
    body_of,
    chosen,
    late,
    leading_of,
    matter_of,
    meeting_of,
    members_now,
    named,
    plenary_of,
    post_of,
    proposed,
    quoted,
    received,
    seats_of,
    second_of,
    surplus,
    tallied,
    term_of,
    vacancies,
    votes_of,
)
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import Nominee
from shanghui.cases.tallying import BY_COMMITTEE
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Person, Post


def request(file: File) -> Letter:
    """The request for 换届 or 补选: the term or the vacancies, the members, what is to be elected."""
    day, held = file.on("request") or file.day, file.on("meeting")
    filling = file.kind.code == BY_ELECTION
    why = vacancies(file, day) if filling else term_of(file)
    return _up(file, f"关于{body_of(file)}{matter_of(file)}的请示", "request", (
        f"{why}{members_now(file, day)}",
        f"{GROUNDS}，经研究，拟于{full_day(held) if held else gap('开会时间')}"
        f"召开{'会议' if filling else assembly_of(file)}进行{'补选' if filling else '换届选举'}。{late(file)}",
        seats_of(file),
        "妥否，请批示。",
    ))


def reply(file: File) -> Letter:
    """关于同意换届选举（补选）的批复."""
    name, matter = body_of(file), matter_of(file)
    return _down(file, f"关于同意{name}{matter}的批复", "approve", (
        received(file, "request", f"关于{name}{matter}的请示"),
        f"一、同意{name}{'' if file.kind.code == BY_ELECTION else '进行'}{matter}。{agreed_beside(file)}",
        f"二、{seats_of(file)}",
        "三、候选人预备人选按规定酝酿提出，报请审查同意后，提交选举。",
        "四、选举要严格按照《中国共产党基层组织选举工作条例》进行，选举结果及时报告。",
        "此复。",
    ))


def candidates(file: File) -> Letter:
    """关于候选人预备人选的请示, with what the ledger knows of each."""
    rows = proposed(file)
    return _up(file, f"关于{body_of(file)}选举候选人预备人选的请示", "submit", (
        f"{quoted(file, 'approve')}经上届委员会研究，按照多数人的意见，提出以下候选人预备人选，名单附后。",
        *named(rows), *surplus(file, rows),
        "妥否，请批示。",
    ), table=_known_of(rows))


def agreed(file: File) -> Letter:
    """关于候选人预备人选的批复."""
    return _down(file, f"关于{body_of(file)}选举候选人预备人选的批复", "agree", (
        received(file, "submit", f"关于{body_of(file)}选举候选人预备人选的请示"), "同意下列人选为候选人预备人选，提交党员大会酝酿、选举：",
        *named(proposed(file)), "此复。",
    ))


def members(file: File) -> Letter:
    """委员选举结果报告, for the record (ELE-07)."""
    found = [one for one in tallied(file) if one.nominee.post == Post.COMMITTEE_MEMBER]
    return _up(file, _members_title(file), "result", (
        meeting_of(file), *second_of(file), f"当选委员：{chosen(found)}。", "现报请备案。",
    ), table=votes_of(found))


def leaders(file: File) -> Letter:
    """书记（、副书记）选举结果的请示, for approval (ELE-07)."""
    found = [one for one in tallied(file) if one.nominee.post in BY_COMMITTEE]
    return _up(file, _leaders_title(file), "result", (
        plenary_of(file) if file.ballot.committee else meeting_of(file),
        *[f"当选{post.label}：{chosen(rows)}。" for post in BY_COMMITTEE if (rows := [one for one in found if one.nominee.post == post])],
        *([] if found else [f"当选书记：{gap('得票')}。"]),
        "现报请批准。",
    ), table=votes_of(found))


def confirmed(file: File) -> Letter:
    """关于选举结果的批复."""
    found = tallied(file)
    leading = [one for one in found if one.nominee.post in BY_COMMITTEE]
    return _down(file, f"关于{body_of(file)}选举结果的批复", "result_approve", (
        received(file, "result", *_reported(file)),
        *([f"同意选举结果：{'，'.join(post_of(one) for one in leading if one.elected) or gap('得票')}。"] if leading else []),
        *([f"委员选举结果已备案：{chosen(rows)}。"] if (rows := [one for one in found if one.nominee.post == Post.COMMITTEE_MEMBER]) else []),
        "此复。",
    ))


def _members_title(file: File) -> str:
    return f"{body_of(file)}关于委员选举结果的报告"


def _leaders_title(file: File) -> str:
    return f"{body_of(file)}关于{leading_of(file)}选举结果的请示"


def _reported(file: File) -> list[str]:
    """The titles of the papers in which the result was reported: those that the case has."""
    titles = {"members": _members_title, "leaders": _leaders_title}
    return [write(file) for code, write in titles.items() if (paper := file.kind.paper(code)) is not None and paper.applies(file)]


def _up(file: File, title: str, step: str, paragraphs: tuple[str, ...], table: tuple[tuple[str, ...], ...] = ()) -> Letter:
    """A paper of the organization to the one above."""
    day = file.on(step)
    return Letter(
        title=title, to=known(upper_of(file, day or file.day), "上级党组织"), issuer=body_of(file), day=day, number=file.number(step), paragraphs=paragraphs,
        table=table,
    )


def _down(file: File, title: str, step: str, paragraphs: tuple[str, ...]) -> Letter:
    """A paper of the organization above."""
    day = file.on(step)
    return Letter(
        title=title, to=body_of(file), issuer=known(upper_of(file, day or file.day), "上级党组织"), day=day, number=file.number(step), paragraphs=paragraphs,
    )


def _known_of(rows: list[Nominee]) -> tuple[tuple[str, ...], ...]:
    """What the ledger knows of each candidate, one row a person."""
    posts: dict[Person, list[str]] = {}
    for one in rows:
        posts.setdefault(one.person, []).append(one.get_post_display())
    lines = [(person.name, *_facts(person), "、".join(held)) for person, held in posts.items()]
    return (("姓名", "性别", "出生年月", "入党时间", "职务"), *lines) if lines else ()


def _facts(person: Person) -> tuple[str, ...]:
    return known(person.gender, "性别"), known(_month(person.birth), "出生年月"), known(_month(person.joined_on), "入党时间")


def _month(written: str) -> str:
    """«1970年5月» of a date written with more; «1970年» where no more is known."""
    year, *rest = written.split("-")
    return f"{year}年{f'{int(rest[0])}月' if rest else ''}" if year else ""
