"""What happened to a chamber, as entries of its one timeline; later people and pages add their own tellers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from shanghui.access.models import FormerName
from shanghui.kernel.facts import Fact
from shanghui.kernel.periods import last_day
from shanghui.ledger.activities.models import Activity, Visit
from shanghui.ledger.organizations.archive import ChamberArchive
from shanghui.ledger.organizations.models import CharterItem, Coverage, OrganizationPeriod, Status, Term
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.models import CHAMBER_POSTS, Appointment, GuideAssignment, Post
from shanghui.web.kit.links import address_of
from shanghui.web.kit.spans import began
from shanghui.web.kit.timelines import Entry, stretches

KINDS = (("", "全部"), ("building", "组建换届"), ("posts", "任职"), ("members", "会员"), ("activities", "活动"), ("visits", "走访"))
LAW = "《支部工作条例》第二十一条"


def start_of(fact: Fact) -> str:
    """The day beside the line: as far as it is known, the day it was first written down otherwise."""
    return began(fact) or fact.valid_from.isoformat()


def ended_on(fact: Fact) -> str:
    """The last day, as people write it."""
    last = last_day(fact.valid_to)
    return last.isoformat() if last else ""


def told_of_names(names: Sequence[FormerName], now: str) -> Iterator[Entry]:
    """Other names taken; `names`: those of before, the oldest first, `now`: the present one."""
    for place, one in enumerate(names):
        after = names[place + 1].name if place + 1 < len(names) else now
        if one.valid_to is not None:
            yield Entry(one.valid_to.isoformat(), f"更名为“{after}”", f"原称“{one.name}”", icon="edit", is_key=True, kind="building")


def told_of_register(archive: ChamberArchive) -> Iterator[Entry]:
    """Founding and states."""
    founded = archive.chamber.founded_on
    if founded:
        yield Entry(founded, "商会成立", icon="building-store", is_key=True, kind="building")
    for place, one in enumerate(archive.statuses):
        if place or one.status != Status.NORMAL or not founded:
            closing = one.status == Status.CLOSED
            title = "商会注销" if closing else f"状态：{one.get_status_display()}"
            yield Entry(start_of(one), title, icon="ban" if closing else "refresh", is_key=closing, kind="building")


def told_of_coverage(archive: ChamberArchive, reached: set[int]) -> Iterator[Entry]:
    """Coverages begun and ended; `reached`: the organizations whose pages the visitor may open."""
    founded = {one.organization_id: one for one in reversed(archive.periods)}
    for one in archive.coverages:
        being = founded.get(one.organization_id)
        first = being if being is not None and being.valid_from == one.valid_from else None
        yield Entry(
            start_of(one), _covered_title(one, first), _covered_text(one, first is not None), icon="flag",
            url=address_of(one.organization) if one.organization_id in reached else "", is_key=True, kind="building",
        )
        if one.valid_to is not None:
            title = f"“{one.organization.unit.name}”的覆盖结束（{one.get_form_display()}）"
            yield Entry(ended_on(one), title, icon="ban", is_key=True, kind="building")


def _covered_title(one: Coverage, founded: OrganizationPeriod | None) -> str:
    form = one.get_form_display()
    return f"{founded.get_kind_display()}成立（{form}）" if founded else f"由“{one.organization.unit.name}”覆盖（{form}）"


def _covered_text(one: Coverage, first: bool) -> str:
    number = one.organization.approval_number
    return "，".join(part for part in (one.organization.unit.name if first else "", number and f"批复 {number}") if part)


def told_of_charter(archive: ChamberArchive) -> Iterator[Entry]:
    """Items of the charter, those of one day together."""
    for day, group in groupby(archive.clauses, key=start_of):
        clauses = list(group)
        whole = len(clauses) == len(CharterItem)
        words = "章程四项内容齐全" if whole else "、".join(one.get_item_display() for one in clauses)
        documents = "、".join(dict.fromkeys(one.document for one in clauses if one.document))
        yield Entry(day, f"党建入章：{words}", documents, icon="file-certificate", is_key=whole, kind="building")
    for one in archive.clauses:
        if one.valid_to is not None:
            yield Entry(ended_on(one), f"章程不再写明“{one.get_item_display()}”", icon="ban", kind="building")


def told_of_terms(terms: Iterable[Term]) -> Iterator[Entry]:
    """Terms whose beginning is known: from an election, or from the founding."""
    for one in terms:
        if began(one):
            yield Entry(began(one), f"“{one.unit.name}”本届任期开始", f"到 {one.due_on}", icon="gavel", is_key=True, kind="building")


def due(terms: Iterable[Term], organizations_forms: dict[int, str], day: date) -> Iterator[Entry]:
    """When the terms of the day end; organizations whose form has no elections are passed over."""
    for one in terms:
        is_chamber = one.unit_id not in organizations_forms
        if is_chamber or powers_of(organizations_forms[one.unit_id]).holds_elections:
            text = "商会任期" if is_chamber else f"依据{LAW}，届满前 6 个月由上级提醒"
            late = "任期届满，还没有换届" if one.due_by < day else "任期届满，应换届选举"
            yield Entry(one.due_on, f"“{one.unit.name}”{late}", text, icon="calendar-due", kind="building")


def told_of_posts(appointments: Sequence[Appointment], chamber_id: int) -> Iterator[Entry]:
    """Offices taken and left, those of one unit and one day together."""
    ordered = sorted(appointments, key=lambda one: (start_of(one), one.unit_id, not began(one)))
    for (day, unit_id, known), group in groupby(ordered, key=lambda one: (start_of(one), one.unit_id, bool(began(one)))):
        yield _taken(day, list(group), known, unit_id == chamber_id)
    for one in appointments:
        if one.valid_to is not None:
            title = f"{one.person.name}不再任{_post(one)}"
            yield Entry(ended_on(one), title, icon="user", kind="posts")


def _taken(day: str, group: list[Appointment], known: bool, in_chamber: bool) -> Entry:
    where = "" if in_chamber else f"{group[0].unit.name}："
    if not known:
        title = f"台账记载的{'商会班子' if in_chamber else '党组织班子'}（{len(group)} 人）"
        return Entry(day, title, f"{where}{_names(group)}。何时开始任职没有记载", icon="users", kind="posts")
    if len(group) == 1:
        text = where.rstrip("：") + (f"，{group[0].get_method_display()}" if group[0].method else "")
        return Entry(day, f"{group[0].person.name}任{_post(group[0])}", text.strip("，"), icon="user", kind="posts")
    title = f"{'商会' if in_chamber else '党组织'}新任 {len(group)} 人"
    return Entry(day, title, f"{where}{_names(group)}", icon="users", kind="posts")


def _names(group: list[Appointment]) -> str:
    """«会长周德明，副会长林国平、沈丽» from the top down."""
    order = list(Post.values)
    by_post = groupby(sorted(group, key=lambda one: order.index(one.post)), key=_post)
    return "，".join(f"{word}{'、'.join(one.person.name for one in held)}" for word, held in by_post)


def _post(one: Appointment) -> str:
    if one.title:
        return one.title
    return one.get_post_display() if one.post in CHAMBER_POSTS else f"党组织{one.get_post_display()}"


def told_of_guides(assignments: Iterable[GuideAssignment]) -> Iterator[Entry]:
    """Guides and liaisons."""
    for one in assignments:
        yield Entry(start_of(one), f"{one.person.name}任党建工作{one.get_kind_display()}", one.duty, icon="route", kind="posts")
        if one.valid_to is not None:
            yield Entry(ended_on(one), f"{one.person.name}不再任党建工作{one.get_kind_display()}", icon="route", kind="posts")


def told_of_members(archive: ChamberArchive) -> Iterator[Entry]:
    """Declared numbers, and enterprises that joined or left, those of one day together."""
    for size in archive.sizes:
        yield Entry(start_of(size), f"会员企业 {size.enterprises} 家", icon="building", kind="members")
    for day, group in groupby(archive.memberships, key=start_of):
        yield _joined(day, [one.enterprise.name for one in group], "入会")
    left = sorted((one for one in archive.memberships if one.valid_to), key=ended_on)
    for day, group in groupby(left, key=ended_on):
        yield _joined(day, [one.enterprise.name for one in group], "退会")


def _joined(day: str, names: list[str], verb: str) -> Entry:
    if len(names) == 1:
        return Entry(day, f"{names[0]}{verb}", icon="building", kind="members")
    shown = "、".join(names[:6]) + ("等" if len(names) > 6 else "")
    return Entry(day, f"{len(names)} 家企业{verb}", shown, icon="building", kind="members")


def told_of_activities(activities: Iterable[Activity]) -> Iterator[Entry]:
    """What the chamber or its organization held."""
    for one in activities:
        parts = [one.place, f"{one.present} 人参加" if one.present else ""]
        title = f"{one.get_type_display()}：{one.title}"
        yield Entry(one.held_on, title, "，".join(filter(None, parts)), url=address_of(one), kind="activities")


def told_of_visits(visits: Iterable[Visit]) -> Iterator[Entry]:
    """Guides' visits: what was agreed, what is still missing."""
    for one in visits:
        parts = [one.met and f"见到{one.met}", one.agreed, one.missing and f"还差：{one.missing}"]
        yield Entry(one.visited_on, "走访", "；".join(filter(None, parts)), icon="map-pin", url=address_of(one), kind="visits")


def told(entries: Sequence[Entry], coming: Sequence[Entry], day: date, today: date, kind: str) -> dict[str, Any]:
    """The stretches to show. Asked for an earlier day, what happened after it is not told, only how much it is."""
    known = [one for one in entries if day >= today or not one.is_after(day)]
    shown = [one for one in (*known, *coming) if kind in ("", one.kind)]
    return {"stretches": stretches(shown, day), "untold": len(entries) - len(known)}
