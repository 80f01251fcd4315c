"""The papers of an establishment, drafted from its facts (M05; 公文, regulations §8.4). What is not known stands as 【待补充：…】."""

from __future__ import annotations

from datetime import date

from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import CasePerson, Nominee
from shanghui.cases.tallying import Tally, tally
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Coverage, Form
from shanghui.ledger.people.models import AffiliationKind, Category, MembershipRecord, Post

DAY_NAMES = {"request": "请示日期", "meeting": "会议日期", "plenary": "第一次全体会议日期", "result": "报告日期"}
VOTES = "得票"


def request(file: File) -> Letter:
    """关于成立……的请示: why, who, where it will belong."""
    name, upper = _name(file), _upper(file)
    day = file.on("request") or file.day
    return Letter(
        title=f"关于成立{name}的请示", to=upper, issuer=_asker(file), day=file.on("request"), number=file.number("request"),
        paragraphs=(
            *_situation(file, day),
            f"根据《中国共产党章程》和《中国共产党支部工作条例（试行）》有关规定，经研究，拟成立{name}，组建方式为{_form(file)}，"
            f"隶属{upper}。{_grounds(file)}",
            *_people(file, day), *_leaders(file),
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意成立……的批复."""
    name, chambers = _name(file), "、".join(one.unit.name for one in file.chambers) or gap("商会")
    last = "四、党组织成立后，要按照规定开展组织生活，做好党员教育管理"
    return Letter(
        title=f"关于同意成立{name}的批复", to=_asker(file), issuer=_upper(file), day=file.on("approve"), number=file.number("approve"),
        paragraphs=(
            f"你们{_day(file, 'request')}《关于成立{name}的请示》收悉。经研究，批复如下：",
            f"一、同意成立{name}，组建方式为{_form(file)}，隶属{_upper(file)}。",
            f"二、覆盖范围：{chambers}。",
            _how_leaders_come(file),
            f"{last}。" if file.design.form == Form.TEMPORARY else f"{last}，并及时报送选举结果。",
            "此复。",
        ),
    )


def result(file: File) -> Letter:
    """选举结果报告: members for the record, secretary and deputy for approval (ELE-07)."""
    ballot, found = file.ballot, _tally(file)
    spoiled = f"，其中无效票{ballot.invalid}张" if ballot.invalid else ""
    return Letter(
        title=f"{_name(file)}关于选举结果的报告", to=_upper(file), issuer=_name(file), day=file.on("result"), number=file.number("result"),
        paragraphs=(
            f"{_name(file)}于{_day(file, 'meeting')}召开党员大会进行选举。应到会有选举权的党员{known(ballot.expected, '应到会有选举权人数')}人，"
            f"实到会{known(ballot.present, '实到会有选举权人数')}人，符合规定人数。发出选票{known(ballot.issued, '发出选票')}张，"
            f"收回{known(ballot.collected, '收回选票')}张{spoiled}，选举有效。",
            f"会议由{known(ballot.chair, '主持人')}主持，监票人{known(ballot.teller, '监票人')}，计票人{known(ballot.counter, '计票人')}，"
            "以无记名投票方式进行。",
            *_plenary(file), *_elected(found),
            "选出的委员报请备案，书记、副书记报请批准。" if ballot.committee else "书记、副书记报请批准。",
        ),
        table=_votes(found),
    )


def result_reply(file: File) -> Letter:
    """关于选举结果的批复."""
    return Letter(
        title=f"关于{_name(file)}选举结果的批复", to=_name(file), issuer=_upper(file), day=file.on("result_approve"),
        number=file.number("result_approve"),
        paragraphs=(
            f"你们{_day(file, 'result')}关于选举结果的报告收悉。经研究，同意选举结果：", *_elected(_tally(file)), "此复。",
        ),
    )


def _name(file: File) -> str:
    return known(file.design.name, "党组织名称")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")


def _asker(file: File) -> str:
    """The lead chamber asks: there is no party organization yet."""
    return known(file.chambers[0].unit.name if file.chambers else "", "商会")


def _form(file: File) -> str:
    return Form(file.design.form).label if file.design.form else gap("组建方式")


def _day(file: File, step: str) -> str:
    day = file.on(step)
    return full_day(day) if day else gap(DAY_NAMES[step])


def _grounds(file: File) -> str:
    return f"理由：{file.design.grounds.rstrip('。')}。" if file.design.grounds else ""


def _tally(file: File) -> list[Tally]:
    nominees = Nominee.objects.filter(case=file.case).select_related("person")
    return tally(file, list(nominees), file.on("meeting") or file.day)


def _situation(file: File, day: date) -> list[str]:
    """How many full members each chamber has, and which has no party organization, from the ledger on the day."""
    counts = full_by_chamber(file.chambers, day)
    lines = [f"{one.unit.name}有正式党员{counts.get(one.pk, 0)}名" for one in file.chambers]
    if not lines:
        return [gap("商会")]
    covered = Coverage.objects.on(day).filter(chamber__in=[one.pk for one in file.chambers]).exists()
    none = "" if covered else "，目前没有建立党组织" if len(lines) == 1 else "。上述商会目前都没有建立党组织"
    return [f"{'；'.join(lines)}{none}。"]


def _people(file: File, day: date) -> list[str]:
    rows = CasePerson.objects.filter(case=file.case).values_list("person_id", "kind")
    if not rows:
        return [f"拟编入党员{gap('编入党员')}名。"]
    homes = [person for person, kind in rows if kind == AffiliationKind.HOME]
    categories = dict(MembershipRecord.objects.on(day).filter(person_id__in=[one for one, _ in rows]).values_list("person_id", "category"))
    full = sum(1 for one in homes if categories.get(one) == Category.FULL)
    probationary = sum(1 for one in homes if categories.get(one) == Category.PROBATIONARY)
    dual = len(rows) - len(homes)
    besides = f"；另有{dual}名党员参加双重组织生活" if dual else ""
    return [f"拟编入党员{len(homes)}名，其中正式党员{full}名、预备党员{probationary}名{besides}。"]


def _leaders(file: File) -> list[str]:
    rows = Nominee.objects.filter(case=file.case, post__in=(Post.SECRETARY, Post.DEPUTY_SECRETARY)).select_related("person")
    names = "，".join(f"{one.get_post_display()}{one.person.name}" for one in rows)
    return [f"建议人选：{names}。" if names else f"书记建议人选：{gap('人选')}。"]


def _how_leaders_come(file: File) -> str:
    if file.design.form == Form.TEMPORARY:
        rows = Nominee.objects.filter(case=file.case).select_related("person")
        return f"三、指定{'、'.join(f'{one.person.name}任{one.get_post_display()}' for one in rows) or gap('人选')}。"
    if file.ballot.committee:
        seats = known(file.ballot.seats, "应选委员数")
        return f"三、设委员会，委员{seats}名，由党员大会选举产生；书记、副书记由委员会第一次全体会议选举产生，选举结果报我们批准。"
    return "三、不设委员会，设书记1名，由党员大会依照规定选举产生，选举结果报我们批准。"


def _plenary(file: File) -> list[str]:
    if not file.ballot.committee:
        return []
    present = known(file.ballot.plenary_present, "到会委员")
    return [f"{_day(file, 'plenary')}，委员会召开第一次全体会议，到会委员{present}人，选举书记、副书记。"]


def _elected(found: list[Tally]) -> list[str]:
    chosen = [one.nominee for one in found if one.elected]
    if not chosen:
        return [f"当选人：{gap(VOTES)}。"]
    words = []
    for post in (Post.COMMITTEE_MEMBER, Post.SECRETARY, Post.DEPUTY_SECRETARY):
        names = [f"{one.person.name}{f'（{one.title}）' if one.title else ''}" for one in chosen if one.post == post]
        words += [f"当选{post.label}：{'、'.join(names)}。"] if names else []
    return words


def _votes(found: list[Tally]) -> tuple[tuple[str, ...], ...]:
    words = {True: "当选", False: "未当选", None: gap(VOTES)}
    rows = [(one.nominee.person.name, one.nominee.get_post_display(), known(one.votes, VOTES), words[one.elected]) for one in found]
    return (("姓名", "职务", "赞成票", "结果"), *rows) if rows else ()
