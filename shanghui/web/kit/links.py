"""Where a record has its page."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from shanghui.access.models import AuditEntry
from shanghui.kernel.records import Belonging

_PAGES = {
    "organizations_chamber": ("chamber", "chamber"),
    "organizations_partyorganization": ("organization", "organization"),
    "organizations_enterprise": ("enterprise", "enterprise"),
    "organizations_federation": ("unit", "unit"),
    "people_person": ("person", "person"),
    "people_transfer": ("transfer", "transfer"),
    "activities_activity": ("activity", "activity"),
    "activities_campaign": ("campaign", "campaign"),
    "activities_publication": ("publication", "publication"),
    "activities_invitation": ("invitation", "invitation"),
    "organizations_alliance": ("alliance", "alliance"),
    "organizations_pairing": ("pairing", "pairing"),
    "programs_secretaryproject": ("project", "project"),
    "activities_visit": ("visit", "visit"),
    "reports_report": ("report", "report"),
    "reports_wordtemplate": ("template", "template"),
    "exchange_importrun": ("import", "run"),
    "rules_finding": ("finding", "finding"),
    "cases_case": ("case", "case"),
    "access_user": ("account", "user"),
    "access_unit": ("unit", "unit"),
}
"""{table: (name of the address, name of its argument)}."""


def _address(table: str, pk: Any) -> str:
    if table not in _PAGES:
        return ""
    name, argument = _PAGES[table]
    try:
        return reverse(name, kwargs={argument: pk})
    except NoReverseMatch:
        return ""


def address_of(row: Model | Belonging) -> str:
    """A record's page; for a post the person's, for what is computed the record's it belongs to; "" where there is none."""
    if isinstance(row, Belonging):
        return _address(*row.belongs_to)
    person = getattr(row, "person_id", None)
    if row._meta.db_table == "people_appointment" and person is not None:
        return _address("people_person", person)
    return _address(row._meta.db_table, row.pk)


def address(name: str, query: str = "", **arguments: Any) -> str:
    """An address by its name with a query («?branch=3»), "" where this installation has no such page."""
    try:
        return reverse(name, kwargs=arguments) + query
    except NoReverseMatch:
        return ""


def address_of_subject(entry: AuditEntry) -> str:
    """The page of what an entry is about."""
    return _address(entry.subject_table, entry.subject_id)
