"""What stands in the parts of a case that ends, merges or changes party organizations, in lines for its page."""

from __future__ import annotations

from shanghui.cases.bodies import belonging, covered_by, effective
from shanghui.cases.file import File
from shanghui.cases.models import CaseChamber, CasePerson
from shanghui.ledger.people.models import AffiliationKind


def words_of(file: File, part: str) -> list[str]:
    """The lines of a part. At most four questions."""
    if part == "organizations":
        return [one.unit.name for one in file.joined] or ["还没有选一起合并的党组织。"]
    return _homes(file) if part == "homes" else _chambers(file)


def _chambers(file: File) -> list[str]:
    if file.chambers:
        return [one.unit.name for one in file.chambers]
    body = file.case.organization
    names = [one.unit.name for one in covered_by(body, file.day)] if body else []
    return [*names, "没有改涉及的商会，照现在覆盖的办。"]


def _homes(file: File) -> list[str]:
    body, day = file.case.organization, effective(file) or file.day
    if body is None:
        return []
    placed = list(CasePerson.objects.filter(case=file.case).exclude(target=None, outside="").values_list("person_id", "target__unit__name"))
    asked = {one.person.pk for one in belonging(body, day) if one.category and one.kind != AffiliationKind.DUAL}
    left = len(asked - {person for person, _ in placed})
    names = "、".join(sorted({name or "台账以外" for _, name in placed}))
    lines = [f"{len(placed)} 人已定去向{f'：{names}' if names else ''}；还有 {left} 人没有去向。"] if file.is_open else []
    rows = CaseChamber.objects.filter(case=file.case).exclude(target=None).select_related("chamber__unit", "target__unit")
    covers = [f"{row.chamber.unit.name}由{row.target.unit.name}以{row.get_form_display()}覆盖" for row in rows if row.target]
    return lines + (covers or ["覆盖的商会没有安排由谁覆盖。"])
