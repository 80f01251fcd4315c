"""Rows about people in the register: members, activists, applicants, candidates. The development ledger has a module of its own."""

from __future__ import annotations

from typing import Any

from shanghui.exchange.drafting.rows import Moment, Row, filled, moment
from shanghui.exchange.kinds.posts import chamber_post, hold, party_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.kernel.facts import Precision
from shanghui.ledger.people.models import Affiliation, Category, MembershipRecord, MemberStanding, StandingKind
from shanghui.ledger.people.standings import COUNTED

_CATEGORIES = {label.label: label for label in Category}
_ROAD = {category.value: place for place, category in enumerate(Category)}
_WRITTEN = ("gender", "ethnicity", "birth", "education", "politics")


def person_of(desk: Desk, record: Record, unit: int, **more: Any) -> Row:
    fields = record.fields
    name = str(fields.get("name") or "")
    if not name:
        raise desk.draft.refuse("name", "missing", "没有姓名。请补上姓名。")
    values: dict[str, Any] = {key: fields[key] for key in _WRITTEN if fields.get(key)}
    place = fields.get("enterprise") or fields.get("workplace")
    if place:
        values["workplace"] = str(place)[:100]
    person = desk.people.ensure(
        name, unit, number=str(fields.get("id_number") or ""), phone=str(fields.get("phone") or ""), **values, **more
    )
    now = desk.draft.now
    now.subject, now.title, now.unit, now.organization = person, name, unit, desk.directory.name_of(unit)
    return person


def branch_of(desk: Desk, record: Record) -> int:
    name = str(record.fields.get("branch") or record.fields.get("organization") or "")
    if name:
        return desk.directory.ensure_organization(name, "branch")
    committee = desk.directory.leading_committee()
    if committee is None:
        raise desk.draft.refuse("branch", "missing", "没有写所在党组织。请补上党组织名称。")
    return committee


def belong(desk: Desk, person: Row, organization: int, kind: str, since: Moment) -> None:
    """The one home (or the branch that cultivates). A second home within the same files is left to a person."""
    values = {"person_id": person.pk, "organization_id": organization, "kind": kind}
    held = desk.draft.shelf(Affiliation).open.get(person.pk)
    if held is not None and held.is_new and held.values["organization_id"] != organization:
        other = desk.directory.name_of(held.values["organization_id"])
        desk.draft.warn(
            "branch", "duplicate_person",
            f"同一个人已在“{other}”，组织关系只能在一处，这一行没有改动。请核对；双重组织生活请在人员页登记。",
        )
        return
    draft = desk.draft
    draft.become(Affiliation, person.pk, since, values, same=("organization_id", "kind"))
    desk.people.anchor(person, organization)
    if kind == "home":
        draft.revise(person, kept_by_id=organization)


def in_category(desk: Desk, person: Row, category: Category, since: Moment, contacts: str = "") -> None:
    """The person is in this category: already so, or from `since` on, never stepping back on the road by a file."""
    draft = desk.draft
    held = draft.shelf(MembershipRecord).open.get(person.pk)
    values = {"person_id": person.pk, "category": category.value, "contacts": contacts}
    if held is not None and _ROAD[held.values["category"]] > _ROAD[category.value]:
        known = Category(held.values["category"]).label
        draft.warn("category", "category_conflict", f"台账里{person.values['name']}已是{known}，表里写的是{category.label}，类别没有改动。请核对。")
        return
    row = draft.become(MembershipRecord, person.pk, since, values, same=("category",))
    draft.revise(row, contacts=contacts)


@phase("member", 30)
def member(desk: Desk, record: Record) -> None:
    """A member: person, home, category with its dates, party post, chamber post."""
    fields, draft = record.fields, desk.draft
    branch = branch_of(desk, record)
    person = person_of(
        desk, record, branch, joined_on=fields.get("joined_on"), confirmed_on=fields.get("confirmed_on"),
    )
    _refuse_gone(desk, person)
    belong(desk, person, branch, "home", moment(None, draft.day))
    _away(desk, person, fields.get("floating"))
    _membership(desk, record, person)
    written = str(fields.get("party_post") or "")
    post = party_post(written)
    if post is not None:
        title = written if post.label != written else ""
        hold(desk, person, branch, post, moment(fields.get("appointed_on"), draft.day), title)
    _chamber_post(desk, record, person, branch)


def _refuse_gone(desk: Desk, person: Row) -> None:
    """A file does not bring back who was suspended, left or died: that is decided, and entered on the person's page."""
    held = desk.draft.shelf(MemberStanding).open
    gone = next((kind for kind in StandingKind if kind not in COUNTED and (person.pk, kind.value) in held), None)
    if gone is not None:
        since = held[person.pk, gone.value].values["valid_from"]
        raise desk.draft.refuse(
            "name", "value_conflict", f"台账里{person.values['name']}自{since}起{gone.label}，表里仍列为党员。请核对；登记错了的，在人员页更正。"
        )


def _away(desk: Desk, person: Row, said: object) -> None:
    """A mark «流动党员» is a fact from the file's day on; that somebody is back, and since when, is entered by a person."""
    draft, key = desk.draft, (person.pk, StandingKind.FLOATING.value)
    if said is True:
        draft.hold(
            MemberStanding, key, moment(None, draft.day),
            filled(MemberStanding, {"person_id": person.pk, "kind": StandingKind.FLOATING.value}),
        )
    elif said is False and key in draft.shelf(MemberStanding).open:
        draft.warn("floating", "value_conflict", f"台账里{person.values['name']}是流动党员，表里写“否”，没有改动。已经返回的，请在人员页登记返回的日期。")


def _membership(desk: Desk, record: Record, person: Row) -> None:
    fields, day = record.fields, desk.draft.day
    category = _CATEGORIES.get(str(fields.get("category") or ""))
    joined, confirmed = fields.get("joined_on"), fields.get("confirmed_on")
    if category is None:
        return
    held = desk.draft.shelf(MembershipRecord).open.get(person.pk)
    if category == Category.FULL and joined and confirmed and held is None:
        first, second = moment(joined, day), moment(confirmed, day)
        if first.day < second.day:
            values = {"person_id": person.pk, "category": Category.PROBATIONARY.value, "contacts": ""}
            beginning = {"valid_from": first.day, "valid_to": second.day, "from_precision": first.precision}
            desk.draft.add(MembershipRecord, {**values, **beginning})
    since = moment(confirmed if category == Category.FULL else joined, day)
    in_category(desk, person, category, since)


def _chamber_post(desk: Desk, record: Record, person: Row, branch: int) -> None:
    name, written = str(record.fields.get("chamber") or ""), str(record.fields.get("chamber_post") or "")
    covered = list(desk.directory.covers.get(branch, ()))
    chamber = desk.directory.chamber(name) if name else (covered[0] if len(covered) == 1 and written else None)
    post = chamber_post(written)
    if chamber is not None and post is not None:
        hold(desk, person, chamber, post, moment(None, desk.draft.day))


@phase("activist", 40)
def activist(desk: Desk, record: Record) -> None:
    """An activist: applicant since the application, activist since the decision, cultivated by a branch."""
    _cultivated(desk, record, Category.ACTIVIST, record.fields.get("activist_on"))


@phase("applicant", 41)
def applicant(desk: Desk, record: Record) -> None:
    """An applicant, since the application."""
    _cultivated(desk, record, Category.APPLICANT, record.fields.get("applied_on"))


@phase("candidate", 42)
def candidate(desk: Desk, record: Record) -> None:
    """A candidate, since the decision."""
    _cultivated(desk, record, Category.CANDIDATE, record.fields.get("candidate_on"))


def _cultivated(desk: Desk, record: Record, category: Category, since: object) -> None:
    fields, draft = record.fields, desk.draft
    branch = branch_of(desk, record)
    applied = fields.get("applied_on")
    person = person_of(desk, record, branch, applied_on=applied)
    belong(desk, person, branch, "cultivated", moment(None, draft.day))
    beginning = moment(since, draft.day)
    if applied and category != Category.APPLICANT and draft.shelf(MembershipRecord).open.get(person.pk) is None:
        first = moment(applied, draft.day)
        if first.day < beginning.day and beginning.precision != Precision.SEEN:
            values = {"person_id": person.pk, "category": Category.APPLICANT.value, "contacts": ""}
            dates = {"valid_from": first.day, "valid_to": beginning.day, "from_precision": first.precision}
            draft.add(MembershipRecord, {**values, **dates})
    names = fields.get("contacts")
    in_category(desk, person, category, beginning, "、".join(names) if isinstance(names, list) else str(names or ""))
