"""The papers of a merger, drafted from its facts (ORG-08; regulations §8.4). Each organization decides and asks by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from shanghui.cases.bodies import covered_by, effective
from shanghui.cases.counting import full_at_home
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, because, gap, known
from shanghui.cases.registry import Paper
from shanghui.kernel.periods import full_day
from shanghui.ledger.activities.models import ActivityType, Occasion
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization

MEETING_DAY = "党员大会日期"
"""Known once the branch has recorded that meeting."""
REGULATIONS = "根据《中国共产党支部工作条例（试行）》有关规定"


def signing(file: File) -> list[PartyOrganization]:
    """Who decides and asks: the organization the case was opened for, those merged with it, the one that takes them in."""
    design, own = file.design, file.case.organization
    listed = [*([own] if own else []), *file.joined, *([design.target] if design.target and design.target.pk != file.case.organization_id else [])]
    return list({one.pk: one for one in listed}.values())


def requests(file: File) -> list[Paper]:
    """One request for each who asks."""
    return [_paper("request", one, "请示", partial(request, body=one)) for one in signing(file)]


def resolutions(file: File) -> list[Paper]:
    """One resolution for each whose members decide."""
    return [_paper("resolution", one, "决议", partial(resolution, body=one), dated=False) for one in signing(file)]


def _paper(of: str, body: PartyOrganization, word: str, write: Callable[[File], Letter], *, dated: bool = True) -> Paper:
    return Paper(f"{of}-{body.pk}", f"{body.unit.name}的{word}", write, of=of, dated=dated)


def own_request(file: File) -> Letter:
    """The request of the organization that the case was opened for."""
    return request(file, signing(file)[0])


def own_resolution(file: File) -> Letter:
    """Its resolution."""
    return resolution(file, signing(file)[0])


def request(file: File, body: PartyOrganization) -> Letter:
    """关于……并入（接收、合并）的请示: how it stands itself, how the others do, what is to come of it; signed by the one that asks."""
    day = file.on("request") or file.day
    return Letter(
        title=f"关于{_matter(file, body)}的请示", to=_upper(file), issuer=body.unit.name, day=file.on("request"),
        number=file.number("request") if body.pk == file.case.organization_id else "",
        paragraphs=(
            _situation(file, body, day),
            f"{REGULATIONS}，经党员大会讨论，{_outcome(file, body)}{because(file.design.grounds)}",
            "妥否，请批示。",
        ),
    )


def resolution(file: File, body: PartyOrganization) -> Letter:
    """……党员大会关于……的决议: of the last general meeting on record between the opening and the request; the votes are written in by hand."""
    until = file.on("request") or file.day
    held = _met(body, file.case.opened_on, until)
    full = full_at_home(body.pk, held or until)
    when = full_day(held) if held else gap(MEETING_DAY)
    return Letter(
        title=f"{body.unit.name}党员大会关于{_matter(file, body)}的决议", to="", issuer=body.unit.name, day=held,
        paragraphs=(
            f"{body.unit.name}于{when}召开党员大会，应到会有表决权的正式党员{full}名，实到会{gap('实到会人数')}名。会议讨论并表决"
            f"（赞成{gap('表决结果')}名，超过应到会有表决权人数的半数为通过），作出如下决议：",
            f"一、{REGULATIONS}，{_outcome(file, body)}{because(file.design.grounds)}",
            "二、按照程序报上级党组织批准，批复以前各项工作照常进行。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意合并……的批复, to each of them."""
    asked, since, bodies = file.on("request"), effective(file), signing(file)
    titles = "".join(f"《关于{_matter(file, one)}的请示》" for one in bodies)
    return Letter(
        title=f"关于同意合并{_names(file)}的批复", to="、".join(one.unit.name for one in bodies), issuer=_upper(file), day=file.on("approve"),
        number=file.number("approve"),
        paragraphs=(
            f"你们{full_day(asked) if asked else gap('请示日期')}{titles}收悉。经研究，批复如下：",
            f"一、同意自{full_day(since) if since else gap('生效时间')}起，{_decided(file)}",
            "二、党员的组织关系自同一天起一并转移，原党组织同时撤销。",
            "此复。",
        ),
    )


def _met(body: PartyOrganization, since: date, until: date) -> date | None:
    rows = Occasion.objects.filter(unit_id=body.pk, type=ActivityType.GENERAL_MEETING, held_on__gte=since, held_on__lte=until)
    return rows.order_by("held_on").values_list("held_on", flat=True).last()


def _situation(file: File, body: PartyOrganization, day: date) -> str:
    """Its own numbers first."""
    bodies = [body, *(one for one in signing(file) if one.pk != body.pk)]
    lines = [f"{one.unit.name}有正式党员{full_at_home(one.pk, day)}名，覆盖商会{len(covered_by(one, day))}家" for one in bodies]
    return f"{'；'.join(lines)}。"


def _others(file: File, body: PartyOrganization) -> str:
    return known("、".join(one.unit.name for one in signing(file) if one.pk != body.pk), "一起合并的党组织")


def _matter(file: File, body: PartyOrganization) -> str:
    """What it asks for, in a few words: «甲并入乙», «接收甲并入», «甲与乙合并»."""
    target = file.design.target
    if target is None:
        return f"{body.unit.name}与{_others(file, body)}合并"
    return f"接收{_others(file, body)}并入" if target.pk == body.pk else f"{body.unit.name}并入{target.unit.name}"


def _outcome(file: File, body: PartyOrganization) -> str:
    """The same as it proposes it, in a sentence."""
    design, form = file.design, _form(file)
    if design.target is None:
        kind = OrganizationKind(design.kind).label
        return f"拟与{_others(file, body)}合并成立{known(design.name, '党组织名称')}（{kind}），组建方式为{form}，隶属{_upper(file)}。"
    if design.target.pk == body.pk:
        return f"拟接收{_others(file, body)}并入，合并以后组建方式为{form}。"
    return f"拟并入{design.target.unit.name}，合并以后组建方式为{form}，党员的组织关系同时转入。"


def _decided(file: File) -> str:
    design, form = file.design, _form(file)
    if design.target is not None:
        return f"将{_others(file, design.target)}并入{design.target.unit.name}，组建方式为{form}。"
    kind = OrganizationKind(design.kind).label
    return f"{_names(file)}合并成立{known(design.name, '党组织名称')}（{kind}），组建方式为{form}，隶属{_upper(file)}。"


def _form(file: File) -> str:
    return Form(file.design.form).label if file.design.form else gap("组建方式")


def _names(file: File) -> str:
    bodies = [one.unit.name for one in signing(file)]
    return f"{bodies[0]}等{len(bodies)}个党组织" if len(bodies) > 1 else known("", "一起合并的党组织")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")
