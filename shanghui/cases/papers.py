"""The papers of an establishment, drafted from its facts (M05; 公文, regulations §8.4). What is not known stands as 【待补充：…】."""

from __future__ import annotations

from datetime import date

from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, because, gap, known
from shanghui.cases.models import CasePerson, Nominee
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Coverage, Form
from shanghui.ledger.people.models import AffiliationKind, Category, MembershipRecord, Post

DAY_NAMES = {"request": "请示日期", "meeting": "会议日期", "plenary": "第一次全体会议日期", "result": "报告日期"}
VOTES = "得票"


def request(file: File) -> Letter:
    """关于成立……的请示: why, who, where it will belong."""
    name, upper = name_of(file), upper_name(file)
    day = file.on("request") or file.day
    return Letter(
        title=f"关于成立{name}的请示", to=upper, issuer=_asker(file), day=file.on("request"), number=file.number("request"),
        paragraphs=(
            *_situation(file, day),
            f"根据《中国共产党章程》和《中国共产党支部工作条例（试行）》有关规定，经研究，拟成立{name}，组建方式为{_form(file)}，"
            f"隶属{upper}。{because(file.design.grounds)}",
            *_people(file, day), *_leaders(file),
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意成立……的批复."""
    name, chambers = name_of(file), "、".join(one.unit.name for one in file.chambers) or gap("商会")
    last = "四、党组织成立后，要按照规定开展组织生活，做好党员教育管理"
    return Letter(
        title=f"关于同意成立{name}的批复", to=chambers, issuer=upper_name(file), day=file.on("approve"), number=file.number("approve"),
        paragraphs=(
            f"你们{day_of(file, 'request')}《关于成立{name}的请示》收悉。经研究，批复如下：",
            f"一、同意成立{name}，组建方式为{_form(file)}，隶属{upper_name(file)}。",
            f"二、覆盖范围：{chambers}。",
            _how_leaders_come(file),
            f"{last}。" if file.design.form == Form.TEMPORARY else f"{last}，并及时报送选举结果。",
            "此复。",
        ),
    )


def name_of(file: File) -> str:
    """The name it is to have, or the gap."""
    return known(file.design.name, "党组织名称")


def upper_name(file: File) -> str:
    """The upper organization, or the gap."""
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")


def _asker(file: File) -> str:
    """The lead chamber asks: there is no party organization yet."""
    return known(file.chambers[0].unit.name if file.chambers else "", "商会")


def _form(file: File) -> str:
    return Form(file.design.form).label if file.design.form else gap("组建方式")


def day_of(file: File, step: str) -> str:
    """The day of a step in words, or the gap."""
    day = file.on(step)
    return full_day(day) if day else gap(DAY_NAMES[step])


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


def leaders_in_words(file: File) -> str:
    """«书记», with the deputy where one is proposed."""
    deputy = Nominee.objects.filter(case=file.case, post=Post.DEPUTY_SECRETARY).exists()
    return f"{Post.SECRETARY.label}、{Post.DEPUTY_SECRETARY.label}" if deputy else Post.SECRETARY.label


def _how_leaders_come(file: File) -> str:
    if file.design.form == Form.TEMPORARY:
        rows = Nominee.objects.filter(case=file.case).select_related("person")
        return f"三、指定{'、'.join(f'{one.person.name}任{one.get_post_display()}' for one in rows) or gap('人选')}。"
    if file.ballot.committee:
        seats = known(file.ballot.seats, "应选委员数")
        leading = leaders_in_words(file)
        return f"三、设委员会，委员{seats}名，由党员大会选举产生；{leading}由委员会第一次全体会议选举产生，选举结果报经批准。"
    deputy = "、副书记1名" if leaders_in_words(file) != Post.SECRETARY.label else ""
    return f"三、不设委员会，设书记1名{deputy}，由党员大会依照规定选举产生，选举结果报经批准。"
