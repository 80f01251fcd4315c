"""What can be proposed for a party organization to be: the ways that are lawful for its chambers, its name, the upper one (M03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shanghui.cases.counting import form_of
from shanghui.cases.file import File
from shanghui.ledger.organizations.models import Chamber, Federation, Form, OrganizationKind

ALONE = (Form.OWN, Form.FUNCTIONAL, Form.TEMPORARY)
TOGETHER = (Form.JOINT, Form.INDUSTRY, Form.AREA, Form.FUNCTIONAL, Form.TEMPORARY)
CHAMBER = "商会"
WORDS = {Form.JOINT: "联合", Form.INDUSTRY: "行业联合", Form.AREA: "区域联合", Form.FUNCTIONAL: "功能型", Form.TEMPORARY: "临时"}
PLACES = "省市县区州盟旗镇乡"
NAMED = 2
"""So many chambers stand in the name of a joint one; more are «等»."""


def lawful_forms(file: File) -> Sequence[Form]:
    """The ways in which so many chambers may build: one alone, several together (支部工作条例 §4–§8)."""
    return TOGETHER if len(file.chambers) > 1 else ALONE


def design(file: File) -> Mapping[str, Any]:
    """Name, kind, form and upper organization to begin with. One question."""
    form, kind = Form(form_of(file)), OrganizationKind.BRANCH
    office = Federation.objects.filter(unit=file.case.office_id).first()
    return {"name": name_for(file.chambers, form, kind), "kind": kind, "form": form, "upper": office.committee_id if office else None}


def name_for(chambers: Sequence[Chamber], form: Form, kind: OrganizationKind) -> str:
    """«云泽市印刷包装商会党支部», «云泽市印刷包装、广东等商会联合党支部»: a place that all share stands once."""
    names = [one.unit.name for one in chambers]
    if not names:
        return ""
    word = f"{WORDS.get(form, '')}{kind.label}"
    if len(names) == 1:
        return f"{names[0]}{word}"
    shared = len(_place(names))
    listed = [names[0], *(name[shared:] for name in names[1:NAMED])]
    short = "、".join(name.removesuffix(CHAMBER) for name in listed)
    return f"{short}{'等' if len(names) > NAMED else ''}{CHAMBER}{word}"


def _place(names: Sequence[str]) -> str:
    """The place with which all names begin, up to its last 市, 县, 区 …"""
    shared = next((names[0][:end] for end in range(len(names[0]), 0, -1) if all(one.startswith(names[0][:end]) for one in names)), "")
    ends = [place for place, sign in enumerate(shared, start=1) if sign in PLACES]
    return shared[: ends[-1]] if ends else ""
