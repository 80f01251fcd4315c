"""The same fact in two sheets of a file: who leads a unit, how its organization was formed, how many enterprises it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from shanghui.exchange.recognition.bodies import Body

Fields = dict[str, Any]
Index = dict[str, tuple[str, set[str]]]
_CHAMBER_POSTS = (("president", "会长"), ("secretary_general", "秘书长"))


def check_references(bodies: Sequence[Body]) -> None:
    """Each fact is told where the unit itself is listed, with the sheet that says otherwise."""
    for field, post in _CHAMBER_POSTS:
        holders = _index(bodies, "appointment", "chamber", "name", ("post", post))
        _compare(bodies, "chamber", "name", field, holders, post)
    leaders = _index(bodies, "member", "branch", "name", ("party_post", "书记"))
    _compare(bodies, "party_organization", "name", "secretary", leaders, "书记")
    of_organization = _index(bodies, "party_organization", "name", "secretary")
    _compare(bodies, "chamber", "party_organization", "secretary", of_organization, "书记")
    forms = _index(bodies, "party_organization", "name", "form")
    _compare(bodies, "chamber", "party_organization", "form", forms, "组建方式")
    _check_covers(bodies)
    _check_enterprises(bodies)


def _of(bodies: Sequence[Body], kind: str) -> Iterator[tuple[Body, int, Fields]]:
    for body in bodies:
        if body.table.kind == kind:
            for i, record in enumerate(body.records):
                yield body, i, record.fields


def _index(bodies: Sequence[Body], kind: str, unit: str, value: str, only: tuple[str, str] | None = None) -> Index:
    """{unit: (sheet, the values given for it)}; `only`: a field and what it must say."""
    found: Index = {}
    for body, _, fields in _of(bodies, kind):
        if fields.get(unit) and fields.get(value) and (only is None or fields.get(only[0]) == only[1]):
            found.setdefault(str(fields[unit]), (body.table.sheet, set()))[1].add(str(fields[value]))
    return found


def _compare(bodies: Sequence[Body], kind: str, unit: str, field: str, others: Index, words: str) -> None:
    if not others:
        return
    for body, i, fields in _of(bodies, kind):
        sheet, values = others.get(str(fields.get(unit) or ""), ("", set()))
        stated = fields.get(field)
        if stated and values and str(stated) not in values and field in body.column_of:
            text = f"写的是“{stated}”，「{sheet}」里“{fields[unit]}”的{words}是{'、'.join(sorted(values))}。请核对"
            body.tell(i, field, "value_conflict", "warning", text)


def _check_covers(bodies: Sequence[Body]) -> None:
    """A chamber names one organization, the organizations' sheet puts it under another."""
    covering: dict[str, list[str]] = {}
    for _, _, fields in _of(bodies, "party_organization"):
        for chamber in fields.get("covers") or ():
            covering.setdefault(chamber, []).append(str(fields.get("name")))
    for body, i, fields in _of(bodies, "chamber"):
        named, others = fields.get("party_organization"), covering.get(str(fields.get("name")), [])
        if named and others and named not in others:
            text = f"写的是“{named}”，党组织的表里覆盖这家商会的是{'、'.join(others)}。请核对"
            body.tell(i, "party_organization", "value_conflict", "warning", text)


def _check_enterprises(bodies: Sequence[Body]) -> None:
    """The number of member enterprises against those listed, where any is listed for the chamber."""
    listed: dict[str, int] = {}
    for _, _, fields in _of(bodies, "enterprise"):
        if fields.get("chamber"):
            listed[str(fields["chamber"])] = listed.get(str(fields["chamber"]), 0) + 1
    for body, i, fields in _of(bodies, "chamber"):
        stated, counted = fields.get("member_enterprises"), listed.get(str(fields.get("name")))
        if stated is not None and counted is not None and stated != counted:
            text = f"写的是{stated}家，会员企业名录里列了{counted}家。请核对"
            body.tell(i, "member_enterprises", "figure_mismatch", "warning", text)
