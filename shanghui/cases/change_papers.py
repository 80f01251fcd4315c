"""The papers of a change of form, drafted from its facts (ORG-08; regulations §8.4)."""

from __future__ import annotations

from shanghui.cases.bodies import covered_by, effective, form_on
from shanghui.cases.counting import full_at_home
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, because, gap, known
from shanghui.cases.models import CasePerson
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Form, OrganizationKind
from shanghui.ledger.people.models import AffiliationKind


def request(file: File) -> Letter:
    """关于……改变组建方式的请示: how it stands, what it becomes."""
    body = file.case.organization
    day = file.on("request") or file.day
    stands = gap("党组织")
    if body is not None:
        form = form_on(body, day)
        stands = f"{body.unit.name}现为{Form(form).label if form else gap('组建方式')}，有正式党员{full_at_home(body.pk, day)}名，" \
            f"覆盖{'、'.join(one.unit.name for one in covered_by(body, day)) or gap('覆盖的商会')}"
    return Letter(
        title=f"关于{_body(file)}改变组建方式的请示", to=_upper(file), issuer=_body(file), day=file.on("request"), number=file.number("request"),
        paragraphs=(
            f"{stands}。",
            f"根据《中国共产党支部工作条例（试行）》有关规定，经党员大会讨论，拟改为{_becomes(file)}。"
            f"{because(file.design.grounds)}",
            "妥否，请批示。",
        ),
    )


def reply(file: File) -> Letter:
    """关于同意……改变组建方式的批复."""
    asked, since = file.on("request"), effective(file)
    return Letter(
        title=f"关于同意{_body(file)}改变组建方式的批复", to=_body(file), issuer=_upper(file), day=file.on("approve"),
        number=file.number("approve"),
        paragraphs=(
            f"你们{full_day(asked) if asked else gap('请示日期')}《关于{_body(file)}改变组建方式的请示》收悉。经研究，批复如下：",
            f"一、同意自{full_day(since) if since else gap('生效时间')}起，{_body(file)}改为{_becomes(file)}。",
            "二、要做好党员教育管理的衔接，及时登记覆盖的商会和党员。",
            "此复。",
        ),
    )


def _becomes(file: File) -> str:
    design = file.design
    form = Form(design.form).label if design.form else gap("组建方式")
    kind = f"{OrganizationKind(design.kind).label}、" if design.kind != OrganizationKind.BRANCH else ""
    name = f"，改称{design.name}" if design.name else ""
    covers = f"，覆盖{'、'.join(one.unit.name for one in file.chambers)}" if file.chambers else ""
    people = CasePerson.objects.filter(case=file.case, kind=AffiliationKind.HOME).count()
    return f"{kind}{form}{name}{covers}{f'，编入党员{people}名' if people else ''}"


def _body(file: File) -> str:
    return known(file.case.organization.unit.name if file.case.organization else "", "党组织")


def _upper(file: File) -> str:
    return known(file.design.upper.unit.name if file.design.upper else "", "上级党组织")
