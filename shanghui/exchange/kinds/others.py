"""Rows about posts, guides, plates, enterprises and charters."""

from __future__ import annotations

import re
from datetime import date

from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.rows import Row, filled, moment
from shanghui.exchange.kinds.chamber import assign
from shanghui.exchange.kinds.party_organization import last_day_of
from shanghui.exchange.kinds.posts import chamber_post, hold, party_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.exchange.recognition.cleaning.plain import WHOLE_CHAMBER
from shanghui.kernel.periods import first_day_after, last_day
from shanghui.kernel.pinyin import initials
from shanghui.ledger.organizations.models import (
    ChamberMembership,
    CharterClause,
    CharterItem,
    Enterprise,
    Rank,
)
from shanghui.ledger.programs.models import Promise

_BETWEEN = re.compile(r"[、,，;；/／\s]+")
_NUMBER = re.compile(r"(?:(?<=[、,，;；/／\s])|^)[(（]?\d{1,2}[)）.．、]")


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
    """A guide looks after a chamber, or those named in one cell, from a day on."""
    fields, draft = record.fields, desk.draft
    name = str(fields.get("guide") or fields.get("name") or "")
    if not name or not fields.get("chamber"):
        raise draft.refuse("guide", "missing", "指导员姓名或联系商会没有填。请补上。")
    chambers = _chambers(desk, str(fields["chamber"]))
    kept = draft.under.pk
    duty = str(fields.get("post") or "")[:100]
    person = desk.people.ensure(
        name, kept, phone=str(fields.get("phone") or ""), circle={kept, desk.directory.leading_committee() or kept}
    )
    now = draft.now
    told = "、".join(desk.directory.name_of(chamber) for chamber in chambers)
    now.title, now.unit, now.organization = f"{name}→{told}", chambers[0], desk.directory.name_of(chambers[0])
    kind = "liaison" if "联络" in str(fields.get("kind") or "") else "guide"
    for chamber in chambers:
        row = assign(desk, person.pk, chamber, moment(fields.get("from"), draft.day), duty, kind)
        draft.revise(row, handed_over=str(fields.get("handed_over") or "")[:300], kind=kind if fields.get("kind") else "")
        if fields.get("to"):
            _until(draft, row, last_day_of(str(fields["to"])))
    now.subject = next(iter(row for row in (*now.created, person) if row.model.__name__ == "GuideAssignment"), person)


def _chambers(desk: Desk, written: str) -> list[int]:
    """The chambers that a cell names: «甲商会、乙商会», «1.甲商会；2.乙商会». Raises Refusal where their names are not whole."""
    parts = [part for part in _BETWEEN.split(_NUMBER.sub("", written)) if part]
    if len(parts) < 2 or desk.directory.chamber(written) is not None:
        return [desk.directory.ensure_chamber(written)]
    if any(not WHOLE_CHAMBER.search(part) and desk.directory.chamber(part) is None for part in parts):
        text = f"“{written}”一格里写了几家商会，名称不全，无法确定是哪几家。请每家写全称，用顿号隔开，或者每家一行。"
        raise desk.draft.refuse("chamber", "several_values", text, value=written)
    return [desk.directory.ensure_chamber(part) for part in parts]


def _until(draft: Draft, row: Row, last: date) -> None:
    """The last day of the term. One that the ledger has stands: it is renewed, or handed over, where guides are."""
    if row.values.get("valid_to") is None:
        draft.revise(row, valid_to=first_day_after(last), due_by=last)
        return
    known = row.values.get("due_by") or last_day(row.values["valid_to"])
    if known != last:
        draft.warn("to", "value_conflict", f"台账里聘期到{known}，表里写的是{last}，没有改。续聘、移交请在指导员的页面上登记。")


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
