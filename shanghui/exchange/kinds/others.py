"""Rows about posts, guides, activities, plates, enterprises and charters."""

from __future__ import annotations

from datetime import date

from shanghui.exchange.drafting.rows import Row, filled, moment
from shanghui.exchange.kinds.chamber import assign
from shanghui.exchange.kinds.posts import chamber_post, hold, party_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.kernel.pinyin import initials
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType
from shanghui.ledger.organizations.models import (
    ChamberMembership,
    CharterClause,
    CharterItem,
    Enterprise,
    Rank,
)
from shanghui.ledger.programs.models import Promise

_TYPES = {kind.label: kind for kind in ActivityType} | {
    "培训": ActivityType.TRAINING, "三会一课": ActivityType.GENERAL_MEETING, "党员大会": ActivityType.GENERAL_MEETING,
    "支部委员会": ActivityType.COMMITTEE_MEETING, "组织生活会": ActivityType.LIFE_MEETING, "主题党日活动": ActivityType.THEME_DAY,
    "拉练": ActivityType.FIELD_MARCH, "大讲堂": ActivityType.LECTURE_HALL, "民主评议": ActivityType.REVIEW,
    "民主评议党员": ActivityType.REVIEW, "党员学习教育": ActivityType.THEME_EDUCATION,
}


def activity_type(written: str) -> ActivityType:
    """The type these words name, by the longest known wording in them; 其他 where none is."""
    known = [word for word in _TYPES if word in written]
    return _TYPES[max(known, key=len)] if known else ActivityType.OTHER


@phase("appointment", 50)
def appointment(desk: Desk, record: Record) -> None:
    """A leader of a chamber, or of an organization when a party post is named."""
    fields, draft = record.fields, desk.draft
    name, written = str(fields.get("name") or ""), str(fields.get("post") or "")
    if not name:
        raise draft.refuse("name", "missing", "没有姓名。请补上姓名。")
    where = str(fields.get("chamber") or fields.get("branch") or fields.get("organization") or "")
    if not where:
        raise draft.refuse("chamber", "missing", "没有写所在商会或党组织。请补上名称。")
    is_party = ("党" in where and "支部" in where) or where.endswith(("党委", "党总支"))
    unit = desk.directory.ensure_organization(where, "branch") if is_party else desk.directory.ensure_chamber(where)
    post = party_post(written) if is_party else chamber_post(written)
    person = desk.people.ensure(
        name, unit, number=str(fields.get("id_number") or ""), phone=str(fields.get("phone") or ""),
        circle=desk.directory.circle(unit), politics=str(fields.get("politics") or ""),
        workplace=str(fields.get("enterprise") or "")[:100], gender=fields.get("gender"), birth=fields.get("birth"),
    )
    now = draft.now
    now.subject, now.title, now.unit, now.organization = person, name, unit, desk.directory.name_of(unit)
    if post is None:
        draft.warn("post", "value_unknown", f"“{written}”不是在册的职务，只登记了这个人。请在页面上选择职务。", value=written)
        return
    hold(desk, person, unit, post, moment(fields.get("from") or fields.get("appointed_on"), draft.day), written if written != post.label else "")


@phase("guide_assignment", 70)
def guide_assignment(desk: Desk, record: Record) -> None:
    """A guide looks after a chamber from a day on."""
    fields, draft = record.fields, desk.draft
    name = str(fields.get("guide") or fields.get("name") or "")
    if not name or not fields.get("chamber"):
        raise draft.refuse("guide", "missing", "指导员姓名或联系商会没有填。请补上。")
    chamber = desk.directory.ensure_chamber(str(fields["chamber"]))
    kept = draft.under.pk
    duty = str(fields.get("post") or "")[:100]
    person = desk.people.ensure(
        name, kept, phone=str(fields.get("phone") or ""), circle={kept, desk.directory.leading_committee() or kept}
    )
    now = draft.now
    now.title, now.unit, now.organization = f"{name}→{desk.directory.name_of(chamber)}", chamber, desk.directory.name_of(chamber)
    kind = "liaison" if "联络" in str(fields.get("kind") or "") else "guide"
    assign(desk, person.pk, chamber, moment(fields.get("from"), draft.day), duty, kind)
    now.subject = next(iter(row for row in (*now.created, person) if row.model.__name__ == "GuideAssignment"), person)


@phase("activity", 80)
@phase("meeting", 81)
def activity(desk: Desk, record: Record) -> None:
    """One activity with its hosts; the same one again changes at most its number of people."""
    fields, draft = record.fields, desk.draft
    title = str(fields.get("name") or fields.get("topic") or fields.get("kind") or "")
    when = str(fields.get("date") or "")
    if not title or not when:
        raise draft.refuse("date" if not when else "name", "missing", "活动时间或名称没有填。请补上。")
    since = moment(when, draft.day)
    if len(when) < 10:
        draft.warn("date", "date_invalid", f"活动时间只写到“{when}”，按{since.day}登记。请在页面上改成准确日期。", value=when)
    kind = activity_type(str(fields.get("kind") or ""))
    units = _hosts(desk, record)
    row = _same_activity(desk, kind, since.day, title, units)
    present = fields.get("attendance", fields.get("present"))
    values = {"place": str(fields.get("place") or "")[:80], "present": present if isinstance(present, int) else None}
    if row is None:
        row = draft.add(
            Activity, filled(Activity, {"type": kind.value, "held_on": since.day, "title": title[:120], **values})
        )
        for unit in units:
            draft.add(ActivityHost, {"activity_id": row.pk, "unit_id": unit})
    else:
        draft.revise(row, **values)
    now = draft.now
    now.subject, now.title, now.unit, now.organization = row, title, units[0], desk.directory.name_of(units[0])


def _hosts(desk: Desk, record: Record) -> list[int]:
    names = record.fields.get("host") or record.fields.get("branch") or []
    found = []
    for name in names if isinstance(names, list) else str(names).replace("，", "、").split("、"):
        if str(name).strip():
            unit = desk.directory.host(str(name).strip())
            found.append(unit if unit is not None else _unknown_host(desk, str(name).strip()))
    return list(dict.fromkeys(found)) or [desk.draft.under.pk]


def _unknown_host(desk: Desk, name: str) -> int:
    if name.endswith(("支部", "党总支")):
        return desk.directory.ensure_organization(name, "host")
    if name.endswith("商会"):
        return desk.directory.ensure_chamber(name, "host")
    desk.draft.warn("host", "value_unknown", f"台账里没有主办单位“{name}”，记在“{desk.draft.under.name}”名下。请核对。", value=name)
    return desk.draft.under.pk


def _same_activity(desk: Desk, kind: ActivityType, day: date, title: str, units: list[int]) -> Row | None:
    hosts: dict[int, set[int]] = {}
    for host in desk.draft.shelf(ActivityHost).rows.values():
        hosts.setdefault(host.values["activity_id"], set()).add(host.values["unit_id"])
    for pk, row in desk.draft.shelf(Activity).rows.items():
        v = row.values
        if v["held_on"] == day and v["title"] == title[:120] and v["type"] == kind.value and hosts.get(pk, set()) & set(units):
            return row
    return None


@phase("plate", 90)
def plate(desk: Desk, record: Record) -> None:
    """A shop's promise of honest business, with its plate (M33)."""
    fields, draft = record.fields, desk.draft
    name, shop = str(fields.get("name") or ""), str(fields.get("shop") or "")
    branch = str(fields.get("branch") or "")
    if not branch or not (name or shop):
        raise draft.refuse("branch" if not branch else "name", "missing", "所在党支部、党员姓名和经营户名称要填。请补上。")
    organization = desk.directory.ensure_organization(branch)
    person = desk.people.find(name, number="", phone="", circle=desk.directory.circle(organization)) if name else None
    since = moment(fields.get("signed_on"), draft.day)
    given = bool(fields.get("given"))
    for row in draft.shelf(Promise).rows.values():
        if (row.values["organization_id"], row.values["name"], row.values["shop"]) == (organization, name, shop):
            if given:
                draft.revise(row, plate_given=True)
            break
    else:
        row = draft.add(Promise, {
            "organization_id": organization, "person_id": person.pk if person else None, "name": name, "shop": shop,
            "signed_on": since.day, "plate_given": given, "withdrawn_on": None,
        })
    now = draft.now
    now.subject, now.title, now.unit, now.organization = row, f"{name}（{shop}）", organization, branch


@phase("enterprise", 92)
def enterprise(desk: Desk, record: Record) -> None:
    """A member enterprise and its membership of a chamber."""
    fields, draft = record.fields, desk.draft
    name, code = str(fields.get("name") or fields.get("enterprise") or ""), str(fields.get("credit_code") or "")
    if not name:
        raise draft.refuse("name", "missing", "没有企业名称。请补上名称。")
    chamber = desk.directory.ensure_chamber(str(fields["chamber"])) if fields.get("chamber") else None
    known = desk.people.enterprises
    row = known.get(code) if code else None
    row = row or known.get(name)
    values = {"credit_code": code, "representative": str(fields.get("representative") or "")[:40]}
    if row is None:
        keeper = chamber if chamber is not None else draft.under.pk
        row = draft.add(
            Enterprise, filled(Enterprise, {"name": name, "initials": initials(name), "kept_by_id": keeper, **values})
        )
    else:
        draft.revise(row, **values)
    known[name] = row
    if code:
        known[code] = row
    if chamber is not None:
        rank = next((r.value for r in Rank if r.label[:-2] and r.label[:-2] in str(fields.get("chamber_post") or "")), Rank.MEMBER.value)
        since = moment(fields.get("from") or fields.get("joined_on"), draft.day)
        draft.hold(
            ChamberMembership, (row.pk, chamber), since, {"enterprise_id": row.pk, "chamber_id": chamber, "rank": rank}
        )
    now = draft.now
    now.subject, now.title, now.unit = row, name, chamber if chamber is not None else draft.under.pk
    now.organization = desk.directory.name_of(now.unit)


@phase("charter", 94)
def charter(desk: Desk, record: Record) -> None:
    """Which of the four items stand in a chamber's charter (M11)."""
    fields, draft = record.fields, desk.draft
    name = str(fields.get("chamber") or fields.get("name") or "")
    if not name:
        raise draft.refuse("chamber", "missing", "没有商会名称。请补上名称。")
    chamber = desk.directory.ensure_chamber(name)
    now = draft.now
    now.title, now.unit, now.organization = name, chamber, name
    for item in CharterItem:
        if fields.get(item.value) is True or fields.get("complete") is True:
            now.subject = draft.hold(
                CharterClause, (chamber, item.value), moment(fields.get("date"), draft.day),
                {"chamber_id": chamber, "item": item.value, "document": str(fields.get("document") or "")[:120]},
            )


@phase("dues", 96)
@phase("transfer", 97)
def not_kept(desk: Desk, record: Record) -> None:
    """Recognised, and said plainly: this ledger does not keep such rows."""
    what = "党费" if record.kind == "dues" else "组织关系接转"
    desk.draft.now.title = str(record.fields.get("name") or "")
    desk.draft.warn("", "value_unknown", f"认出这是{what}表。台账不登记{what}，这一行没有写入。")
