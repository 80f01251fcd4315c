"""The papers of an appointment by the upper level, drafted from the facts of the case. What is not known stands as 【待补充】."""

from __future__ import annotations

from shanghui.cases.electing import in_office, organization_of, upper_of
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import Posting
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Method, Post

VERBS = {Method.HIRED: "聘任", Method.ASSIGNED: "选派"}


def request(file: File) -> Letter:
    """关于……任职的请示: whom, to which post, why, for how long."""
    day, named = file.on("request"), _posting(file)
    name = organization_of(file).unit.name
    return Letter(
        title=f"关于{_named(named, name)}的请示", to=known(upper_of(file, day or file.day), "上级党组织"),
        issuer=name, day=day, number=file.number("request"), paragraphs=(
            f"{name}{_now(file)}。{_grounds(named)}",
            f"根据《中国共产党支部工作条例（试行）》有关规定，经研究，拟请{_named(named, name)}{_until(named)}。",
            "妥否，请批示。",
        ),
    )


def decision(file: File) -> Letter:
    """关于……任职的批复, or the notice where the upper level decided by itself."""
    day, asked, named = file.on("approve"), file.on("request"), _posting(file)
    name, who = organization_of(file).unit.name, _who(named)
    opening = f"你们{full_day(asked)}的请示收悉。" if asked else ""
    return Letter(
        title=f"关于{who}任职的{'批复' if asked else '通知'}", to=name,
        issuer=known((named.approved_by if named else "") or upper_of(file, day or file.day), "上级党组织"), day=day,
        number=file.number("approve"), paragraphs=(
            f"{opening}经研究，决定：",
            f"{_named(named, name)}{_until(named)}。",
            "此复。" if asked else "特此通知。",
        ),
    )


def _posting(file: File) -> Posting | None:
    return Posting.objects.filter(case=file.case).select_related("person").first()


def _who(named: Posting | None) -> str:
    return known(named.person.name if named else "", "人选")


def _grounds(named: Posting | None) -> str:
    return f"{named.grounds.rstrip('。')}。" if named and named.grounds else f"理由：{gap('任命的理由')}。"


def _named(named: Posting | None, organization: str) -> str:
    """«选派某某任……书记», or one gap where nobody is named yet."""
    if named is None:
        return f"{gap('任命的人选和职务')}在{organization}任职"
    return f"{VERBS[Method(named.method)]}{named.person.name}任{organization}{named.get_post_display()}"


def _until(named: Posting | None) -> str:
    return f"，聘期至{full_day(named.due_by)}" if named and named.due_by else ""


def _now(file: File) -> str:
    """Who is secretary on the day of the request."""
    held = in_office(file, file.on("request") or file.day, Post.SECRETARY)
    return f"现任书记{'、'.join(one.person.name for one in held)}" if held else "目前没有书记"
