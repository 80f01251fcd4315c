"""The papers of an establishment, drafted from its facts (M05; 公文, regulations §8.4). What is not known stands as 【待补充】."""

from __future__ import annotations

from datetime import date

from shanghui.cases.counting import attached_members, full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.letters import GAP, Letter, known
from shanghui.cases.models import CasePerson, Nominee
from shanghui.cases.tallying import Tally, tally
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import AffiliationKind, Category, MembershipRecord, Method, Post


def request(file: File) -> Letter:
    """关于成立……的请示: why, who, where it will belong."""
    design = file.design
    day = file.on("request") or file.day
    return Letter(
        title=f"关于成立{known(design.name)}的请示", to=_upper(file), issuer=_asker(file), day=file.on("request"),
        number=file.number("request"),
        paragraphs=(
            *_situation(file, day),
            f"根据《中国共产党章程》和《中国共产党支部工作条例（试行）》有关规定，经研究，拟成立{known(design.name)}，"
            f"组建方式为{_form(file)}，隶属{_upper(file)}。{_grounds(file)}",
            *_people(file, day), *_leaders(file),
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意成立……的批复."""
    design = file.design
    asked = file.on("request")
    return Letter(
        title=f"关于同意成立{known(design.name)}的批复", to=_asker(file), issuer=_upper(file), day=file.on("approve"),
        number=file.number("approve"),
        paragraphs=(
            f"你们{full_day(asked) if asked else GAP}《关于成立{known(design.name)}的请示》收悉。经研究，批复如下：",
            f"一、同意成立{known(design.name)}，组建方式为{_form(file)}，隶属{_upper(file)}。",
            f"二、覆盖范围：{'、'.join(one.unit.name for one in file.chambers) or GAP}。",
            _how_leaders_come(file),
            "四、党组织成立后，要按照规定开展组织生活，做好党员教育管理，并及时报送选举结果。" if file.ballot.method != Method.HIRED
            else "四、党组织成立后，要按照规定开展组织生活，做好党员教育管理。",
            "此复。",
        ),
    )


def result(file: File) -> Letter:
    """选举结果报告: members for the record, secretary and deputy for approval (ELE-07)."""
    held, ballot = file.on("meeting"), file.ballot
    found = tally(file, list(Nominee.objects.filter(case=file.case).select_related("person")), held or file.day)
    return Letter(
        title=f"{_body(file)}关于选举结果的报告", to=_upper(file), issuer=_body(file), day=file.on("result"), number=file.number("result"),
        paragraphs=(
            f"{_body(file)}于{full_day(held) if held else GAP}召开党员大会进行选举。应到会有选举权的党员{known(ballot.expected)}人，"
            f"实到会{known(ballot.present)}人，符合规定人数。发出选票{known(ballot.issued)}张，收回{known(ballot.collected)}张"
            f"{f'，其中无效票{ballot.invalid}张' if ballot.invalid else ''}，选举有效。",
            f"会议由{known(ballot.chair)}主持，监票人{known(ballot.teller)}，计票人{known(ballot.counter)}，以无记名投票方式进行。",
            *_elected(found),
            "选出的委员报请备案，书记、副书记报请批准。",
        ),
        table=_votes(found),
    )


def result_reply(file: File) -> Letter:
    """关于选举结果的批复."""
    held, reported = file.on("meeting"), file.on("result")
    found = tally(file, list(Nominee.objects.filter(case=file.case).select_related("person")), held or file.day)
    return Letter(
        title=f"关于{_body(file)}选举结果的批复", to=_body(file), issuer=_upper(file), day=file.on("result_approve"),
        number=file.number("result_approve"),
        paragraphs=(
            f"你们{full_day(reported) if reported else GAP}关于选举结果的报告收悉。经研究，同意选举结果：", *_elected(found), "此复。",
        ),
    )


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "")


def _asker(file: File) -> str:
    return known(file.chambers[0].unit.name if file.chambers else "")


def _body(file: File) -> str:
    return known(file.case.organization.unit.name if file.case.organization else file.design.name)


def _form(file: File) -> str:
    return Form(file.design.form).label if file.design.form else GAP


def _grounds(file: File) -> str:
    return f"理由：{file.design.grounds}" if file.design.grounds else ""


def _situation(file: File, day: date) -> list[str]:
    """How many full members each chamber has, from the ledger on the day."""
    counts = full_by_chamber(file.chambers, day)
    lines = [f"{one.unit.name}有正式党员{counts.get(one.pk, 0)}名" for one in file.chambers]
    if len(lines) <= 1:
        return [f"{lines[0]}，目前没有建立党组织。"] if lines else [GAP]
    return [f"{'；'.join(lines)}。上述商会目前都没有建立党组织。"]


def _people(file: File, day: date) -> list[str]:
    rows = CasePerson.objects.filter(case=file.case).values_list("person_id", "kind")
    homes = [person for person, kind in rows if kind == AffiliationKind.HOME]
    categories = dict(MembershipRecord.objects.on(day).filter(person_id__in=[one for one, _ in rows]).values_list("person_id", "category"))
    full = sum(1 for one in homes if categories.get(one) == Category.FULL)
    probationary = sum(1 for one in homes if categories.get(one) == Category.PROBATIONARY)
    dual = len(rows) - len(homes)
    text = f"拟编入党员{len(homes)}名，其中正式党员{full}名、预备党员{probationary}名"
    return [f"{text}{f'；另有{dual}名党员参加双重组织生活' if dual else ''}。"] if rows else [f"拟编入党员{GAP}名。"]


def _leaders(file: File) -> list[str]:
    rows = Nominee.objects.filter(case=file.case, post__in=(Post.SECRETARY, Post.DEPUTY_SECRETARY)).select_related("person")
    names = "，".join(f"{one.get_post_display()}{one.person.name}" for one in rows)
    return [f"建议人选：{names}。" if names else f"书记建议人选：{GAP}。"]


def _how_leaders_come(file: File) -> str:
    if file.design.form == Form.TEMPORARY:
        rows = Nominee.objects.filter(case=file.case).select_related("person")
        named = "、".join(f"{one.person.name}任{one.get_post_display()}" for one in rows)
        return f"三、指定{named or GAP}。"
    ballot = file.ballot
    seats = f"设委员会，委员{known(ballot.seats)}名，" if ballot.committee else "不设委员会，"
    return f"三、{seats}设书记1名，由党员大会依照规定选举产生，选举结果报我们批准。"


def _elected(found: list[Tally]) -> list[str]:
    chosen = [one for one in found if one.elected]
    if not chosen:
        return [f"当选人：{GAP}。"]
    words = []
    for post in (Post.COMMITTEE_MEMBER, Post.SECRETARY, Post.DEPUTY_SECRETARY):
        names = [f"{one.nominee.person.name}{f'（{one.nominee.title}）' if one.nominee.title else ''}" for one in chosen if one.nominee.post == post]
        words += [f"当选{post.label}：{'、'.join(names)}。"] if names else []
    return words


def _votes(found: list[Tally]) -> tuple[tuple[str, ...], ...]:
    words = {True: "当选", False: "未当选", None: GAP}
    rows = [(one.nominee.person.name, one.nominee.get_post_display(), known(one.nominee.votes), words[one.elected]) for one in found]
    return (("姓名", "职务", "赞成票", "结果"), *rows) if rows else ()


def attached_in_words(file: File) -> list[str]:
    """Who is attached to the chambers of a case and not listed in it, by name."""
    listed = set(CasePerson.objects.filter(case=file.case).values_list("person_id", flat=True))
    return [one.person.name for one in attached_members(file.chambers, file.day) if one.person.pk not in listed]
