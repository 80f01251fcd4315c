"""The papers of a dissolution, drafted from its facts (ORG-08; regulations §8.4)."""

from __future__ import annotations

from shanghui.cases.bodies import belonging, covered_by, effective
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap, known
from shanghui.cases.models import CaseChamber, CasePerson
from shanghui.kernel.periods import full_day
from shanghui.ledger.people.models import Category


def request(file: File) -> Letter:
    """关于撤销……的请示: how many members, which chambers, why."""
    return Letter(
        title=f"关于撤销{_body(file)}的请示", to=_upper(file), issuer=_body(file), day=file.on("request"), number=file.number("request"),
        paragraphs=(
            _situation(file),
            f"因{known(file.design.grounds, '撤销的理由')}，根据《中国共产党支部工作条例（试行）》有关规定，经党员大会讨论，拟撤销{_body(file)}。",
            "党组织撤销后，党员的组织关系按照规定及时转接，商会的党建工作另行安排。",
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于撤销……的批复; where the upper level decides directly, its decision."""
    asked, since, direct = file.on("request"), effective(file), file.design.direct
    body = _body(file)
    opening = f"因{known(file.design.grounds, '撤销的理由')}，经研究，决定如下：" if direct else (
        f"你们{full_day(asked) if asked else gap('请示日期')}《关于撤销{body}的请示》收悉。经研究，批复如下："
    )
    return Letter(
        title=f"关于撤销{body}的决定" if direct else f"关于同意撤销{body}的批复", to=body, issuer=_upper(file), day=file.on("approve"),
        number=file.number("approve"),
        paragraphs=(
            opening,
            f"一、{'' if direct else '同意'}自{full_day(since) if since else gap('生效时间')}起撤销{body}。",
            "二、要做好党员教育管理的衔接，每名党员的组织关系都要转到新的党组织。",
            *_chambers(file), *([] if direct else ["此复。"]),
        ),
        table=_homes(file),
    )


def _situation(file: File) -> str:
    body = file.case.organization
    if body is None:
        return gap("党组织")
    day = file.on("request") or file.day
    members = [one for one in belonging(body, day) if one.is_member]
    full = sum(1 for one in members if one.category == Category.FULL)
    names = "、".join(one.unit.name for one in covered_by(body, day))
    return f"{body.unit.name}现有党员{len(members)}名，其中正式党员{full}名，{f'覆盖{names}' if names else '没有覆盖商会'}。"


def _chambers(file: File) -> list[str]:
    rows = CaseChamber.objects.filter(case=file.case).exclude(target=None).select_related("chamber__unit", "target__unit")
    said = "；".join(f"{row.chamber.unit.name}由{row.target.unit.name}覆盖" for row in rows if row.target)
    return [f"三、{said}。"] if said else []


def _homes(file: File) -> tuple[tuple[str, ...], ...]:
    rows = CasePerson.objects.filter(case=file.case).select_related("person", "target__unit").order_by("person__initials", "person_id")
    lines = [(row.person.name, row.target.unit.name if row.target else known(row.outside, "去向")) for row in rows]
    return (("姓名", "组织关系转往"), *lines) if lines else ()


def _body(file: File) -> str:
    return known(file.case.organization.unit.name if file.case.organization else "", "党组织")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")
