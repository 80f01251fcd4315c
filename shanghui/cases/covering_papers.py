"""The papers of a chamber's coverage by a standing organization, drafted from its facts (M03; regulations §8.4)."""

from __future__ import annotations

from shanghui.cases.bodies import effective
from shanghui.cases.counting import full_by_chamber
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, because, gap, known
from shanghui.cases.models import CasePerson
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Form
from shanghui.ledger.people.models import AffiliationKind


def request(file: File) -> Letter:
    """关于将……纳入党组织覆盖的请示: how many members each has, who takes it over, how they live there."""
    counts = full_by_chamber(file.chambers, file.on("request") or file.day)
    chambers = "；".join(f"{one.unit.name}有正式党员{counts.get(one.pk, 0)}名" for one in file.chambers) or gap('商会')
    agreed = file.on("agree")
    return Letter(
        title=f"关于将{_chambers(file)}纳入党组织覆盖的请示", to=_upper(file), issuer=_taker(file), day=file.on("request"),
        number=file.number("request"),
        paragraphs=(
            f"{chambers}，目前不具备单独建立党组织的条件。",
            f"根据《中国共产党支部工作条例（试行）》有关规定，经{_taker(file)}{full_day(agreed) if agreed else gap('接收单位同意的日期')}研究同意，"
            f"拟以{_form(file)}的方式覆盖上述商会。{because(file.design.grounds)}",
            *_people(file),
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意……纳入党组织覆盖的批复."""
    asked, since = file.on("request"), effective(file)
    return Letter(
        title=f"关于同意将{_chambers(file)}纳入党组织覆盖的批复", to=_taker(file), issuer=_upper(file), day=file.on("approve"),
        number=file.number("approve"),
        paragraphs=(
            f"你们{full_day(asked) if asked else gap('请示日期')}《关于将{_chambers(file)}纳入党组织覆盖的请示》收悉。经研究，批复如下：",
            f"一、同意自{full_day(since) if since else gap('生效时间')}起，由{_taker(file)}以{_form(file)}的方式覆盖"
            f"{'、'.join(one.unit.name for one in file.chambers) or gap('商会')}。",
            "二、要把上述商会的党员编入组织生活，指导商会开展党的工作；具备条件的，及时单独建立党组织。",
            "此复。",
        ),
    )


def _people(file: File) -> list[str]:
    kinds = list(CasePerson.objects.filter(case=file.case).values_list("kind", flat=True))
    dual = kinds.count(AffiliationKind.DUAL)
    parts = [f"{len(kinds) - dual}名党员转接组织关系"] if len(kinds) > dual else []
    parts += [f"{dual}名党员参加双重组织生活"] if dual else []
    return [f"覆盖以后，{'，'.join(parts)}。"] if parts else []


def _chambers(file: File) -> str:
    first = known(file.chambers[0].unit.name if file.chambers else "", "商会")
    return f"{first}等{len(file.chambers)}家商会" if len(file.chambers) > 1 else first


def _taker(file: File) -> str:
    return known(file.design.target.unit.name if file.design.target else "", "接收的党组织")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")


def _form(file: File) -> str:
    return Form(file.design.form).label if file.design.form else gap("覆盖方式")
