"""A row about a party organization: its being, form and term, the chambers it covers, its secretary."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.names import form_of, kind_in, organization_kind
from shanghui.exchange.drafting.rows import Moment, Row, moment
from shanghui.exchange.kinds.endings import says_dissolved
from shanghui.exchange.kinds.posts import chamber_post, hold_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.organizations.models import OrganizationKind, OrganizationPeriod, PartyOrganization, Term
from shanghui.ledger.people.models import Post


def last_day_of(written: str) -> date:
    """The last day that a date as written (2025, 2025-03, 2025-03-10) may mean: a term lasts until then."""
    parts = [int(part) for part in written.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])


@phase("party_organization", 20)
def register(desk: Desk, record: Record) -> None:
    """The organization, in being since its approval, covering the chambers listed."""
    draft, fields = desk.draft, record.fields
    name = str(fields.get("name") or "")
    if not name:
        raise draft.refuse("name", "missing", "没有党组织名称。请补上名称。")
    if says_dissolved(record):
        return _gone(desk, name)
    chambers = [desk.directory.ensure_chamber(str(one), "covers") for one in _listed(fields.get("covers"))]
    form = form_of(str(fields.get("form") or ""), name)
    since = moment(fields.get("approved_on") or fields.get("founded_on"), draft.day)
    pk = desk.directory.organization(name, "name")
    values = {
        "approved_on": str(fields.get("approved_on") or ""), "approval_number": str(fields.get("approval_number") or ""),
    }
    written, size = str(fields.get("type") or ""), fields.get("committee_members")
    kind = kind_in(written)
    if pk is None:
        pk = desk.directory.new_organization(
            name, since=since, form=form, kind=organization_kind(written, name), beside=chambers[0] if chambers else None,
            committee_members=size, **values
        )
    else:
        said = {"form": form.value if fields.get("form") else None, "kind": kind.value if kind else None, "committee_members": size}
        _be(draft, pk, since, {column: value for column, value in said.items() if value is not None})
    row = draft.shelf(PartyOrganization).rows[pk]
    draft.revise(row, **values)
    draft.now.subject, draft.now.title, draft.now.unit, draft.now.organization = row, name, pk, name
    for chamber in chambers:
        desk.directory.cover(chamber, pk, form, since)
    _term(desk, record, pk)


def _gone(desk: Desk, name: str) -> None:
    """Of one that the row says is dissolved nothing is registered any more; it ends at last (kinds/endings.py)."""
    draft, pk = desk.draft, desk.directory.organization(name, "name")
    draft.now.title, draft.now.organization = name, name
    if pk is None:
        draft.warn("name", "value_unknown", f"台账里没有“{name}”，表里写明已撤销，没有登记。", value=name)
        return
    draft.now.subject, draft.now.unit = draft.shelf(PartyOrganization).rows[pk], pk


def _be(draft: Draft, pk: int, since: Moment, said: dict[str, Any]) -> None:
    """It is as the row says: so already, or from a day on; a form from its approval, the rest from the day of the file."""
    old = draft.shelf(OrganizationPeriod).open.get(pk)
    if old is None:
        if "form" in said:
            blank = {"organization_id": pk, "kind": OrganizationKind.BRANCH.value, "committee_members": None}
            draft.become(OrganizationPeriod, pk, since, blank | said, same=())
        return
    draft.revise(old, **{name: value for name, value in said.items() if _fills_in(old, name, draft.day)})
    fresh = {name: value for name, value in said.items() if old.values[name] != value}
    start = since if set(fresh) <= {"form"} else moment(None, draft.day)
    if "form" in said or fresh:
        now = {name: old.values[name] for name in ("organization_id", "kind", "form", "committee_members")}
        draft.become(OrganizationPeriod, pk, start, now | fresh, same=tuple(now))


def _fills_in(old: Row, name: str, day: date) -> bool:
    """Whether a value completes what is known, and no day lies before it: the ledger begins on that of the file."""
    blank = old.values[name] in ("", None) or (name == "kind" and old.is_new)
    return blank and (old.is_new or old.values["valid_from"] >= day)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else ([value] if value else [])


def _term(desk: Desk, record: Record, pk: int) -> None:
    ends = str(record.fields.get("term_ends") or "")
    if ends:
        values = {"unit_id": pk, "due_on": ends, "due_by": last_day_of(ends)}
        since = moment(record.fields.get("term_starts"), desk.draft.day)
        desk.draft.become(Term, pk, since, values, same=("due_on",))


@phase("party_organization", 62)
def lead(desk: Desk, record: Record) -> None:
    """The secretary, known by name among the people of the organization and of its chambers."""
    fields, pk = record.fields, desk.draft.now.unit
    if pk is not None and not says_dissolved(record):
        hold_post(
            desk, pk, Post.SECRETARY, str(fields.get("secretary") or ""), "secretary",
            phone=str(fields.get("secretary_phone") or ""), prefer=chamber_post(str(fields.get("secretary_chamber_post") or "")),
        )
        if fields.get("deputy_secretary"):
            hold_post(desk, pk, Post.DEPUTY_SECRETARY, str(fields["deputy_secretary"]), "deputy_secretary")


@phase("term", 21)
def term(desk: Desk, record: Record) -> None:
    """A row of a list of terms: the organization's or the chamber's term."""
    name = str(record.fields.get("organization") or record.fields.get("name") or record.fields.get("branch") or "")
    if not name:
        raise desk.draft.refuse("organization", "missing", "没有单位名称。请补上党组织或商会名称。")
    pk = desk.directory.host(name)
    if pk is None:
        pk = desk.directory.ensure_organization(name, "organization")
    desk.draft.now.title, desk.draft.now.unit, desk.draft.now.organization = name, pk, name
    _term(desk, record, pk)
    desk.draft.now.subject = desk.draft.shelf(Term).open.get(pk)
