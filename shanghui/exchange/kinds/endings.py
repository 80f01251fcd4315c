"""What a file says is closed or dissolved ends as it does on the pages: with all that is for it alone (M45; ledger.people.operations.endings)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from shanghui.exchange.drafting.loading import load_bound
from shanghui.exchange.drafting.rows import Row
from shanghui.exchange.planning import Desk, phase
from shanghui.exchange.recognition import Record
from shanghui.ledger.organizations.models import ChamberStatus, OrganizationPeriod, Status
from shanghui.ledger.organizations.operations.endings import BEING, EVEN_LATER, Ends, ended_on
from shanghui.ledger.people.models import Affiliation
from shanghui.ledger.people.operations.endings import WITH_CHAMBER, WITH_ORGANIZATION

DISSOLVED = ("撤销", "注销")


def says_dissolved(record: Record) -> bool:
    """Whether a row about a party organization says that it is there no more."""
    return record.fields.get("status") in DISSOLVED


@phase("chamber", 98)
def close_chamber(desk: Desk, record: Record) -> None:
    """A chamber closed by this row: its guides, pairings, places in alliances and seats end with it; coverage and posts stay."""
    pk = desk.draft.now.unit
    closed = next((row for row in desk.draft.now.created if row.model is ChamberStatus and row.values["status"] == Status.CLOSED.value), None)
    if pk is not None and closed is not None:
        load_bound(desk.draft)
        _end(desk, _of(desk, WITH_CHAMBER, pk, closed.values["valid_from"]), closed.values["valid_from"])


@phase("party_organization", 98)
def dissolve(desk: Desk, record: Record) -> None:
    """An organization that the row says is dissolved ends on the day of the file, unless it has ended already."""
    draft, pk = desk.draft, desk.draft.now.unit
    if not says_dissolved(record) or pk is None or pk not in draft.shelf(OrganizationPeriod).open:
        return
    load_bound(draft)
    on, being = draft.day, list(_of(desk, BEING, pk, draft.day))
    begun = [row.values["valid_from"] for model, column in BEING for row in draft.shelf(model).rows.values() if row.values[column] == pk]
    if max(begun) >= on:
        text = f"表里写明“{draft.now.title}”已撤销，台账里它自{max(begun)}起还有记录，不早于{on}，没有改动。请在党组织页面上办撤销。"
        draft.warn("status", "value_conflict", text)
        return
    for row in being:
        draft.revise(row, valid_to=on)
    _end(desk, _of(desk, WITH_ORGANIZATION, pk, on), on)
    del draft.shelf(OrganizationPeriod).open[pk]
    people = sum(1 for _ in _of(desk, ((Affiliation, "organization_id"),), pk, on))
    if people:
        draft.warn("status", "value_conflict", f"“{draft.now.title}”撤销以后，还有{people}人的隶属在这里，不会自动转走。请逐人登记新的组织关系。")


def _of(desk: Desk, ends: Ends, pk: int, on: date) -> Iterator[Row]:
    """The facts of a unit that would end with it on `on`, those of these files included."""
    for model, column in ends:
        for row in desk.draft.shelf(model).rows.values():
            held = row.values
            begun = model in EVEN_LATER or held["valid_from"] <= on
            if held[column] == pk and begun and (held["valid_to"] is None or held["valid_to"] > on):
                yield row


def _end(desk: Desk, rows: Iterable[Row], on: date) -> None:
    for row in list(rows):
        desk.draft.revise(row, valid_to=ended_on(row.values["valid_from"], on))
