"""A row about a chamber: the chamber itself, its party organization, who leads it, who looks after it."""

from __future__ import annotations

from shanghui.access.models import Unit
from shanghui.exchange.drafting.names import (
    chamber_kind,
    form_of,
    organization_kind,
    plain_name,
    with_and_without_place,
)
from shanghui.exchange.drafting.rows import Moment, Row, moment
from shanghui.exchange.kinds.posts import hold_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.organizations.models import Chamber, ChamberStatus, DeclaredSize, Status
from shanghui.ledger.people.models import GuideAssignment, Person, Post

_STATUS = (("注销", Status.CLOSED), ("撤销", Status.CLOSED), ("筹备", Status.PREPARING), ("换届", Status.REELECTING))
_PLAIN = ("credit_code", "founded_on", "industry_code", "region_code", "origin", "supervisor", "address")


def _status(written: str) -> Status:
    return next((status for word, status in _STATUS if word in written), Status.NORMAL)


@phase("chamber", 10)
def register(desk: Desk, record: Record) -> None:
    """The chamber and what is written about it."""
    draft, fields = desk.draft, record.fields
    name, code, county = str(fields.get("name") or ""), str(fields.get("credit_code") or ""), str(fields.get("county") or "")
    if not name:
        raise draft.refuse("name", "missing", "没有商会名称。请补上名称。")
    values = {key: str(fields[key]) for key in _PLAIN if fields.get(key)}
    written = str(fields.get("kind") or "")
    pk = desk.directory.chamber(name, code, "name")
    if pk is None:
        values["kind"] = chamber_kind(written, name).value
        since = moment(fields.get("founded_on"), draft.day)
        status = Status.NORMAL if since.day < draft.day else _status(str(fields.get("status") or ""))
        pk = desk.directory.new_chamber(name, county=county, since=since, status=status, **values)
    elif written:
        values["kind"] = chamber_kind(written, name).value
    row = draft.shelf(Chamber).rows[pk]
    if county and row.values["region_name"] and plain_name(county) != plain_name(row.values["region_name"]):
        raise draft.refuse(
            "county", "value_conflict",
            f"“{name}”在台账里属于{row.values['region_name']}，表里写的是{county}。一家商会不能同时在两个县（市、区），请核对。",
        )
    known = draft.shelf(Unit).rows[pk].values
    called = {plain_name(known["name"]), plain_name(known.get("short_name") or "")}
    if called.isdisjoint(with_and_without_place(name, desk.directory.place)):
        draft.warn(
            "name", "value_conflict",
            f"统一社会信用代码在台账里是“{known['name']}”，表里写的是“{name}”，按同一家处理，名称没有改。更名的请在商会页面上改。",
        )
    draft.revise(row, region_name=county, **values)
    draft.now.subject, draft.now.title, draft.now.unit = row, name, pk
    draft.now.organization = desk.directory.name_of(desk.directory.parent_of(pk))
    _state_and_size(desk, record, pk)


def _state_and_size(desk: Desk, record: Record, pk: int) -> None:
    draft, fields = desk.draft, record.fields
    if fields.get("status"):
        since = moment(fields.get("status_since"), draft.day)
        values = {"chamber_id": pk, "status": _status(str(fields["status"])).value}
        draft.become(ChamberStatus, pk, since, values, same=("status",))
    size = fields.get("member_enterprises")
    if isinstance(size, int):
        values = {"chamber_id": pk, "enterprises": size}
        draft.become(DeclaredSize, pk, moment(None, draft.day), values, same=("enterprises",))


@phase("chamber", 25)
def cover(desk: Desk, record: Record) -> None:
    """The party organization named beside the chamber covers it."""
    fields = record.fields
    pk, name = desk.draft.now.unit, str(fields.get("party_organization") or "")
    if pk is None or not name or fields.get("covered") is False:
        return
    form = form_of(str(fields.get("form") or ""), name)
    organization = desk.directory.organization(name)
    since = moment(fields.get("party_founded_on"), desk.draft.day)
    if organization is None:
        organization = desk.directory.new_organization(
            name, since=since, form=form, kind=organization_kind("", name), beside=pk
        )
    desk.directory.cover(pk, organization, form, since)


@phase("chamber", 60)
def lead(desk: Desk, record: Record) -> None:
    """President, secretary-general and the secretary of its organization, as the row names them."""
    fields, pk = record.fields, desk.draft.now.unit
    if pk is None:
        return
    for field, post in (("president", Post.PRESIDENT), ("secretary_general", Post.SECRETARY_GENERAL)):
        hold_post(
            desk, pk, post, str(fields.get(field) or ""), field, phone=str(fields.get(f"{field}_phone") or ""),
            politics=str(fields.get(f"{field}_politics") or ""),
        )
    organization = desk.directory.organization(str(fields.get("party_organization") or "")) if fields.get("party_organization") else None
    if organization is not None:
        hold_post(desk, organization, Post.SECRETARY, str(fields.get("secretary") or ""), "secretary", beside=pk)
        if fields.get("deputy_secretary"):
            hold_post(desk, organization, Post.DEPUTY_SECRETARY, str(fields["deputy_secretary"]), "deputy_secretary", beside=pk)
    elif fields.get("secretary"):
        text = f"写了书记“{fields['secretary']}”，没有写党组织名称，党组织和书记没有登记。请补上党组织名称。"
        desk.draft.warn("secretary", "missing", text)


@phase("chamber", 72)
def guide(desk: Desk, record: Record) -> None:
    """The guide named beside an uncovered chamber looks after it."""
    name, pk = str(record.fields.get("guide") or ""), desk.draft.now.unit
    if pk is None or not name or desk.draft.shelf(ChamberStatus).open[pk].values["status"] == Status.CLOSED.value:
        return
    people = desk.draft.shelf(Person).rows
    if any(people[person].values["name"] == name for person in desk.people.guides.get(pk, set())):
        return
    circle = {desk.draft.under.pk, *desk.directory.circle(pk)}
    person = desk.people.ensure(name, desk.draft.under.pk, circle=circle)
    assign(desk, person.pk, pk, moment(None, desk.draft.day))


def assign(desk: Desk, person: int, chamber: int, since: Moment, duty: str = "", kind: str = "guide") -> Row:
    """The person looks after the chamber: already so, or from `since` on. The assignment."""
    row = desk.draft.hold(
        GuideAssignment, (person, chamber), since,
        {"person_id": person, "chamber_id": chamber, "kind": kind, "duty": duty},
    )
    desk.draft.revise(row, duty=duty)
    desk.people.guides[chamber].add(person)
    return row
