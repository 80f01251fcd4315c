"""What happened to a party organization, as entries of its timeline."""

from __future__ import annotations

from collections.abc import Iterator

from shanghui.ledger.organizations.archive import OrganizationArchive
from shanghui.ledger.organizations.models import OrganizationPeriod
from shanghui.web.chambers.timeline import ended_on, start_of
from shanghui.web.kit.links import address_of
from shanghui.web.kit.spans import began
from shanghui.web.kit.timelines import Entry

KINDS = (("", "全部"), ("building", "组建换届"), ("posts", "任职"), ("activities", "活动"))


def told_of_being(archive: OrganizationArchive) -> Iterator[Entry]:
    """Founded, in another form, dissolved."""
    number = archive.organization.approval_number
    for place, one in enumerate(archive.periods):
        before = archive.periods[place - 1] if place else None
        if began(one):
            text = f"批复 {number}" if number and not before else ""
            yield Entry(start_of(one), _what_changed(before, one), text, icon="flag", is_key=True, kind="building")
        after = archive.periods[place + 1] if place + 1 < len(archive.periods) else None
        if one.valid_to is not None and (after is None or after.valid_from != one.valid_to):
            yield Entry(ended_on(one), "党组织撤销", icon="ban", is_key=True, kind="building")


def _what_changed(before: OrganizationPeriod | None, one: OrganizationPeriod) -> str:
    """What is another from then on: form, kind, number of committee members; founded, or in being again."""
    form = one.get_form_display()
    if before is None or before.valid_to != one.valid_from:
        return f"{'恢复' if before else '批准成立'}（{form}）"
    said = [f"组建方式改为{form}"] if before.form != one.form else []
    said += [f"改为{one.get_kind_display()}"] if before.kind != one.kind else []
    if before.committee_members != one.committee_members:
        said.append("委员数改为没有写明" if one.committee_members is None else f"委员数改为{one.committee_members}")
    return "，".join(said) or f"组建方式仍为{form}"


def told_of_chambers(archive: OrganizationArchive, reached: set[int]) -> Iterator[Entry]:
    """Chambers covered, and no longer; `reached`: the chambers whose pages the visitor may open."""
    for one in archive.coverages:
        title = f"覆盖“{one.chamber.unit.name}”（{one.get_form_display()}）"
        url = address_of(one.chamber) if one.chamber_id in reached else ""
        yield Entry(start_of(one), title, icon="link", url=url, kind="building")
        if one.valid_to is not None:
            yield Entry(ended_on(one), f"不再覆盖“{one.chamber.unit.name}”（{one.get_form_display()}）", icon="ban", kind="building")


def told_of_dual(archive: OrganizationArchive) -> Iterator[Entry]:
    """Territorial bodies and second plates, taken on and given up."""
    for one in archive.guidances:
        yield Entry(start_of(one), f"由“{one.body}”属地管理", icon="map-pin", kind="building")
        if one.valid_to is not None:
            yield Entry(ended_on(one), f"“{one.body}”不再属地管理", icon="ban", kind="building")
    for plate in archive.plates:
        yield Entry(start_of(plate), f"挂“{plate.name}”牌子", f"由{plate.given_by}授牌" if plate.given_by else "", icon="award", kind="building")
        if plate.valid_to is not None:
            yield Entry(ended_on(plate), f"不再挂“{plate.name}”牌子", icon="ban", kind="building")
