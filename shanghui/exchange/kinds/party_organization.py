"""A row about a party organization: its being, form and term, the chambers it covers, its secretary."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from shanghui.exchange.drafting.names import form_of, organization_kind
from shanghui.exchange.drafting.rows import moment
from shanghui.exchange.kinds.posts import chamber_post, hold_post
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.organizations.models import OrganizationPeriod, PartyOrganization, Term
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
    chambers = [desk.directory.ensure_chamber(str(one), "covers") for one in _listed(fields.get("covers"))]
    form = form_of(str(fields.get("form") or ""), name)
    since = moment(fields.get("approved_on") or fields.get("founded_on"), draft.day)
    pk = desk.directory.organization(name, "name")
    values = {
        "approved_on": str(fields.get("approved_on") or ""), "committee_members": fields.get("committee_members"),
        "approval_number": str(fields.get("approval_number") or ""),
    }
    if pk is None:
        kind = organization_kind(str(fields.get("type") or ""), name)
        pk = desk.directory.new_organization(
            name, since=since, form=form, kind=kind, beside=chambers[0] if chambers else None, **values
        )
    elif fields.get("form"):
        period = {"organization_id": pk, "form": form.value}
        draft.become(OrganizationPeriod, pk, since, period, same=("form",))
    row = draft.shelf(PartyOrganization).rows[pk]
    draft.revise(row, **values)
    draft.now.subject, draft.now.title, draft.now.unit, draft.now.organization = row, name, pk, name
    for chamber in chambers:
        desk.directory.cover(chamber, pk, form, since)
    _term(desk, record, pk)


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
    if pk is not None:
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
