"""What can be compared: for each kind of record, which columns of its ledger, how each is read, and when two values are the same.

Sources: M50; the cleaners are those of the import (M45), so that a comparison reads a cell as the import would.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shanghui.exchange.drafting.names import chamber_kind, form_of, kind_in, plain_name
from shanghui.exchange.layouts.layout import NODES, Layout
from shanghui.exchange.recognition import KINDS
from shanghui.exchange.recognition.cleaning import CLEANERS, Setting
from shanghui.exchange.recognition.outcome import Outcome
from shanghui.exchange.reconciling.naming import spellings, unit_name
from shanghui.indicators.registry import registry
from shanghui.kernel.refusals import Refused

Same = Callable[[str, str, str], bool]
"""(theirs, ours, the city before names)"""
_PARTS = re.compile(r"[、，,；;\n/]+")
PEOPLE, CHAMBERS, ORGANIZATIONS = "people", "chambers", "organizations"
SUBJECTS = {"people": PEOPLE, "leaders": PEOPLE, "dual": PEOPLE, "chambers": CHAMBERS, "organizations": ORGANIZATIONS, "joint": ORGANIZATIONS}
"""By population of the layout's rows."""
WORDS = {PEOPLE: ("人员", "人"), CHAMBERS: ("商会", "家"), ORGANIZATIONS: ("党组织", "个")}
KIND = {PEOPLE: "member", CHAMBERS: "chamber", ORGANIZATIONS: "party_organization"}
"""The kind of record whose headings, as offices write them, are understood too."""
_COUNTED = "由名册算出，不能直接改：请到名册里核对相应的记录"
_POST = "任职要登记产生方式和起止，请在任职里登记"
_ON_PAGE = "要登记起止或经过，请在它自己的页面上办"


@dataclass(frozen=True)
class Comparable:
    """A column of a ledger. `cleaned_as`: a cleaner of the import; `field`: what the import calls it; `elsewhere`: why it is not taken from here."""

    key: str
    cleaned_as: str = "text"
    field: str = ""
    same: str = "text"
    elsewhere: str = ""


def _of(*listed: Comparable) -> dict[str, Comparable]:
    return {one.key: one for one in listed}


COMPARABLE: dict[str, dict[str, Comparable]] = {
    PEOPLE: _of(
        Comparable("name", "person", "name", "name"), Comparable("id_number", "id", "id_number"), Comparable("phone", "phone", "phone"),
        Comparable("gender", "gender", "gender"), Comparable("ethnicity", "ethnicity", "ethnicity"), Comparable("birth", "date", "birth", "day"),
        Comparable("education", "text", "education"), Comparable("category", "category", "category"), Comparable("branch_name", "unit", "branch", "unit"),
        Comparable("joined_on", "date", "joined_on", "day"), Comparable("confirmed_on", "date", "confirmed_on", "day"),
        Comparable("applied_on", "date", "applied_on", "day"), Comparable("workplace", "text", "enterprise"), Comparable("remark", "text", "remark"),
        Comparable("posts", "text", "", "set", _POST),
        Comparable("floating", "yes_no", "floating", elsewhere="流动党员由人登记：请在人员页的“党员状态”里登记"),
    ),
    CHAMBERS: _of(
        Comparable("name", "unit", "name", "unit", "更名要写明自哪天起：请在商会页面上改"), Comparable("kind", "chamber_kind", "kind", "chamber_kind"),
        Comparable("credit_code", "credit", "credit_code"), Comparable("founded_on", "date", "founded_on", "day"), Comparable("region_name", "text", "county"),
        Comparable("industry", "text", elsewhere=_ON_PAGE), Comparable("status", "text", "status", elsewhere=_ON_PAGE),
        Comparable("federation_name", "text", "supervisor", "unit", _ON_PAGE), Comparable("president", "person", "president", "set", _POST),
        Comparable("secretary_general", "person", "secretary_general", "set", _POST), Comparable("guide", "person", "guide", "set", _POST),
        Comparable("enterprises", "count", "member_enterprises", "number"), Comparable("form", "form", "form", "form", _ON_PAGE),
        Comparable("organization_name", "unit_or_none", "party_organization", "unit", _ON_PAGE), Comparable("remark", "text", "remark"),
    ),
    ORGANIZATIONS: _of(
        Comparable("name", "unit", "name", "unit", "更名要写明自哪天起：请在党组织页面上改"), Comparable("kind", "text", "type", "organization_kind"),
        Comparable("form", "form", "form", "form"), Comparable("covered_names", "text", "covers", "units", _ON_PAGE),
        Comparable("approved_on", "date", "approved_on", "day"), Comparable("approval_number", "text", "approval_number"),
        Comparable("due_on", "date", "term_ends", "day"), Comparable("secretary", "person", "secretary", "set", _POST),
        Comparable("committee_members", "count", "committee_members", "number"), Comparable("members", "count", "members_total", "number", _COUNTED),
        Comparable("full", "count", "members_full", "number", _COUNTED), Comparable("probationary", "count", "members_probationary", "number", _COUNTED),
        Comparable("activists", "count", "activists", "number", _COUNTED), Comparable("remark", "text", "remark"),
    ),
}
NUMBERS = ("id_number", "phone")
"""Columns that hold a number of a person: compared by digest, kept sealed, shown masked."""


def subject_of(layout: Layout) -> str:
    """What the rows of a layout are. Raises Refused for a layout that cannot be compared."""
    indicator = None if layout.rows == NODES else registry.get(layout.rows)
    found = SUBJECTS.get(indicator.population.code) if indicator is not None and indicator.population.computed is None else None
    if found is None:
        raise Refused(f"“{layout.title}”的一行不是商会、党组织或人员，不能比对。请选一行一家商会、一个党组织或一个人的版式。")
    return found


def compared_columns(layout: Layout, subject: str) -> dict[str, str]:
    """{column of the ledger: the layout's heading}; what is asked for, fixed or only numbers the rows is not compared."""
    found: dict[str, str] = {}
    for one in layout.columns:
        if one.kind == "column" and one.about in COMPARABLE[subject]:
            found.setdefault(one.about, one.title)
    return found


def headings_of(subject: str, key: str) -> tuple[str, ...]:
    """The headings offices use for a column."""
    known = KINDS[KIND[subject]][1]
    field = COMPARABLE[subject][key].field
    return tuple(known[field][1]) if field in known else ()


def read_cell(one: Comparable, value: Any, setting: Setting) -> tuple[str, str]:
    """What a cell says, as the ledger would write it, and what is wrong with it ("" for nothing)."""
    if one.key in NUMBERS and "*" in str(value):
        return str(value).strip(), ""
    cleaned = CLEANERS[one.cleaned_as](value, setting)
    fault = ""
    if isinstance(cleaned, Outcome):
        fault = cleaned.fault.text if cleaned.fault and cleaned.refused else ""
        cleaned = cleaned.value if cleaned.value is not None else str(value).strip() if fault else None
    if isinstance(cleaned, bool):
        cleaned = "是" if cleaned else "否"
    text = "" if cleaned is None else str(cleaned)
    return (_worded(one, text), fault) if not fault else (text, fault)


def _worded(one: Comparable, text: str) -> str:
    """A word of choice as the ledger writes it."""
    if not text:
        return ""
    if one.same == "form":
        return str(form_of(text).label)
    if one.same == "chamber_kind":
        return str(chamber_kind(text).label)
    if one.same == "organization_kind":
        found = kind_in(text)
        return str(found.label) if found else text
    return text


def same(one: Comparable, theirs: str, ours: str, place: str) -> bool:
    """Whether both say the same: a date as far as theirs is written, names without spaces (units also without `place`, the city, before them),
    lists in any order."""
    return theirs == ours or _SAME[one.same](theirs, ours, place)


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _same_text(theirs: str, ours: str, place: str) -> bool:
    return _plain(theirs) == _plain(ours)


def _same_name(theirs: str, ours: str, place: str) -> bool:
    return plain_name(theirs) == plain_name(ours)


def _same_unit(theirs: str, ours: str, place: str) -> bool:
    return unit_name(ours) in spellings(theirs, place)


def _same_day(theirs: str, ours: str, place: str) -> bool:
    return ours.startswith(f"{theirs}-")


def _same_set(theirs: str, ours: str, place: str) -> bool:
    return {plain_name(part) for part in _parts(theirs)} == {plain_name(part) for part in _parts(ours)}


def _same_units(theirs: str, ours: str, place: str) -> bool:
    known = {unit_name(part) for part in _parts(ours)}
    found = {next((form for form in spellings(part, place) if form in known), "") for part in _parts(theirs)}
    return found == known


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()]


def _same_number(theirs: str, ours: str, place: str) -> bool:
    return (theirs or "0") == (ours or "0")


_SAME: dict[str, Same] = {
    "text": _same_text, "name": _same_name, "unit": _same_unit, "units": _same_units, "day": _same_day, "set": _same_set, "number": _same_number,
    "form": _same_text, "chamber_kind": _same_text, "organization_kind": _same_text,
}
