"""The papers of a merger, drafted from its facts (ORG-08; regulations §8.4)."""

from __future__ import annotations

from shanghui.cases.bodies import covered_by, effective
from shanghui.cases.counting import full_at_home
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, because, gap, known
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Form, OrganizationKind


def request(file: File) -> Letter:
    """关于合并……的请示: what each has, what comes of it."""
    day = file.on("request") or file.day
    bodies = [file.case.organization, *file.joined]
    lines = [
        f"{one.unit.name}有正式党员{full_at_home(one.pk, day)}名，覆盖商会{len(covered_by(one, day))}家" for one in bodies if one is not None
    ]
    return Letter(
        title=f"关于合并{_names(file)}的请示", to=_upper(file), issuer=_first(file), day=file.on("request"), number=file.number("request"),
        paragraphs=(
            f"{'；'.join(lines)}。",
            f"根据《中国共产党支部工作条例（试行）》有关规定，经各党组织的党员大会讨论，{_outcome(file, '拟')}"
            f"{because(file.design.grounds)}",
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意合并……的批复."""
    asked, since = file.on("request"), effective(file)
    return Letter(
        title=f"关于同意合并{_names(file)}的批复", to=_first(file), issuer=_upper(file), day=file.on("approve"), number=file.number("approve"),
        paragraphs=(
            f"你们{full_day(asked) if asked else gap('请示日期')}《关于合并{_names(file)}的请示》收悉。经研究，批复如下：",
            f"一、同意自{full_day(since) if since else gap('生效时间')}起，{_outcome(file, '')}",
            "二、党员的组织关系自同一天起一并转移，原党组织同时撤销。",
            "此复。",
        ),
    )


def _outcome(file: File, word: str) -> str:
    design = file.design
    form = Form(design.form).label if design.form else gap("组建方式")
    if design.target is not None:
        others = "、".join(one.unit.name for one in [file.case.organization, *file.joined] if one is not None and one != design.target)
        return f"{word}将{known(others, '一起合并的党组织')}并入{design.target.unit.name}，组建方式为{form}。"
    return f"{word}合并成立{known(design.name, '新党组织的名称')}（{OrganizationKind(design.kind).label}），组建方式为{form}，隶属{_upper(file)}。"


def _names(file: File) -> str:
    bodies = [one.unit.name for one in [file.case.organization, *file.joined] if one is not None]
    return f"{bodies[0]}等{len(bodies)}个党组织" if len(bodies) > 1 else known("、".join(bodies), "一起合并的党组织")


def _first(file: File) -> str:
    return known(file.case.organization.unit.name if file.case.organization else "", "党组织")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")
