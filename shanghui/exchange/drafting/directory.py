"""Finding what a file names: chambers, organizations and people that the draft knows, by name, code or number."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from shanghui.access.models import Axis, Link, Unit, UnitKind
from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.names import (
    chamber_kind,
    form_of,
    nearest,
    organization_kind,
    plain_name,
    with_and_without_place,
)
from shanghui.exchange.drafting.rows import ALWAYS, Moment, Row, filled, moment
from shanghui.kernel.pinyin import initials
from shanghui.ledger.organizations.models import (
    Chamber,
    ChamberStatus,
    Coverage,
    Federation,
    Form,
    OrganizationKind,
    OrganizationPeriod,
    PartyOrganization,
    Status,
)
from shanghui.ledger.organizations.operations import place_of

_LEADING = ("总商会党委", "商会行业党委", "商会党委", "工商联党组", "工商联党委", "商会综合党委", "两新工委")


class Directory:
    """Units by name and code. Names are compared without spaces and widths, then with or without the city before them;
    one name may stand for several units."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.by_name: dict[str, dict[str, list[int]]] = {kind.value: defaultdict(list) for kind in UnitKind}
        self.by_code: dict[str, int] = {}
        self.covers: dict[int, set[int]] = defaultdict(set)
        for pk, unit in draft.shelf(Unit).rows.items():
            self._list(unit.values["kind"], unit.values["name"], pk)
            if unit.values["short_name"]:
                self._list(unit.values["kind"], unit.values["short_name"], pk)
        for pk, chamber in draft.shelf(Chamber).rows.items():
            if chamber.values["credit_code"]:
                self.by_code[chamber.values["credit_code"]] = pk
        for row in draft.shelf(Coverage).open.values():
            self._cover(row.values["chamber_id"], row.values["organization_id"])
        self.place = place_of(draft.under.name)
        self.from_ledger = {kind: set(names) for kind, names in self.by_name.items()}

    def _list(self, kind: str, name: str, pk: int) -> None:
        self.by_name[kind][plain_name(name)].append(pk)

    def _cover(self, chamber: int, organization: int) -> None:
        self.covers[chamber].add(organization)
        self.covers[organization].add(chamber)

    def circle(self, *units: int | None) -> set[int]:
        """These units, and the chambers or organizations bound to them by coverage."""
        found = {unit for unit in units if unit is not None}
        return found.union(*(self.covers.get(unit, set()) for unit in found)) if found else found

    def name_of(self, pk: int) -> str:
        """What a unit is called."""
        name: str = self.draft.shelf(Unit).rows[pk].values["name"]
        return name

    def _find(self, kind: UnitKind, name: str, field: str) -> int | None:
        known = self.by_name[kind]
        called = next((one for one in with_and_without_place(name, self.place) if one in known), "")
        found = list(dict.fromkeys(known.get(called, ())))
        if len(found) > 1:
            raise self.draft.refuse(
                field, "value_conflict", f"台账里有{len(found)}个“{name}”，无法确定是哪一个。请在页面上先改成不同的名称。",
                value=name,
            )
        return found[0] if found else None

    def _must_not_be_a_slip(self, kind: UnitKind, name: str, field: str) -> None:
        close = nearest(name, self.from_ledger[kind])
        if close is not None:
            known = self.name_of(self.by_name[kind][close][0])
            raise self.draft.refuse(
                field, "value_unknown",
                f"台账里没有“{name}”，但有很相近的“{known}”。如果就是它，请把名称改成一致；如果确是另一家，请先在页面上登记。",
                value=name,
            )

    # chambers

    def chamber(self, name: str, code: str = "", field: str = "chamber") -> int | None:
        """The chamber with this credit code or name, or None."""
        by_code = self.by_code.get(code) if code else None
        return by_code if by_code is not None else self._find(UnitKind.CHAMBER, name, field)

    def new_chamber(self, name: str, *, county: str = "", since: Moment, status: Status, **values: Any) -> int:
        """A chamber below the county's federation where there is one, else below the draft's unit."""
        unit = self._unit(UnitKind.CHAMBER, name, self.federation_of(county))
        values = {"kind": chamber_kind("", name).value, "region_name": county, **values}
        self.draft.add(Chamber, filled(Chamber, values), pk=unit.pk)
        if values.get("credit_code"):
            self.by_code[values["credit_code"]] = unit.pk
        self.draft.hold(ChamberStatus, unit.pk, since, {"chamber_id": unit.pk, "status": status.value})
        return unit.pk

    def ensure_chamber(self, name: str, field: str = "chamber") -> int:
        """The chamber of this name; an unknown one is registered with what is known, and said so."""
        pk = self.chamber(name, field=field)
        if pk is None:
            self._must_not_be_a_slip(UnitKind.CHAMBER, name, field)
            self.draft.warn(field, "value_unknown", f"台账里还没有“{name}”，导入时会先登记这家商会，其余内容待补充。", value=name)
            pk = self.new_chamber(name, since=moment(None, self.draft.day), status=Status.NORMAL)
        return pk

    def federation_of(self, county: str) -> int:
        """The federation a chamber of this county hangs on: one whose name begins with it, else the draft's own unit."""
        if county:
            for pk in self.draft.shelf(Federation).rows:
                if pk != self.draft.under.pk and plain_name(self.name_of(pk)).startswith(plain_name(county)):
                    return pk
        return self.draft.under.pk

    # party organizations

    def organization(self, name: str, field: str = "party_organization") -> int | None:
        """The organization of this name, or None; the city's leading committee answers to its usual names."""
        pk = self._find(UnitKind.ORGANIZATION, name, field)
        return pk if pk is not None else self._leading(name)

    def _leading(self, name: str) -> int | None:
        if any(plain_name(name).endswith(ending) for ending in _LEADING):
            city = plain_name(place_of(self.draft.under.name))
            if plain_name(name).startswith(city) or plain_name(name) in _LEADING:
                return self.leading_committee()
        return None

    def leading_committee(self) -> int | None:
        """The leading party committee of the draft's federation."""
        row = self.draft.shelf(Federation).rows.get(self.draft.under.pk)
        committee: int | None = row.values["committee_id"] if row else None
        return committee

    def new_organization(
        self, name: str, *, since: Moment, form: Form, kind: OrganizationKind, beside: int | None = None,
        committee_members: int | None = None, **values: Any
    ) -> int:
        """An organization kept where the chamber `beside` is kept, below the leading committee on the party line."""
        parent = self.parent_of(beside) if beside is not None else self.draft.under.pk
        unit = self._unit(UnitKind.ORGANIZATION, name, parent)
        committee = self.leading_committee()
        if committee is not None:
            self._link(unit.pk, committee, Axis.PARTY)
        self.draft.add(PartyOrganization, filled(PartyOrganization, values), pk=unit.pk)
        being = {"organization_id": unit.pk, "kind": kind.value, "form": form.value, "committee_members": committee_members}
        self.draft.hold(OrganizationPeriod, unit.pk, since, being)
        return unit.pk

    def ensure_organization(self, name: str, field: str = "branch", beside: int | None = None, quiet: bool = False) -> int:
        """The organization of this name; an unknown one is registered with what its name tells, and said so."""
        pk = self.organization(name, field)
        if pk is None:
            self._must_not_be_a_slip(UnitKind.ORGANIZATION, name, field)
            if not quiet:
                self.draft.warn(field, "value_unknown", f"台账里还没有“{name}”，导入时会先登记这个党组织，其余内容待补充。", value=name)
            chamber = self._find(UnitKind.CHAMBER, _without_party(name), field)
            pk = self.new_organization(
                name, since=moment(None, self.draft.day), form=form_of("", name), kind=organization_kind("", name),
                beside=beside if beside is not None else chamber,
            )
            if chamber is not None:
                self.cover(chamber, pk, form_of("", name), moment(None, self.draft.day))
        return pk

    def cover(self, chamber: int, organization: int, form: Form, since: Moment) -> Row:
        """The organization covers the chamber by this form: already so, or from `since`."""
        self._cover(chamber, organization)
        for other in Form:
            held = self.draft.shelf(Coverage).open.get((chamber, other.value))
            if held is not None and held.values["organization_id"] == organization:
                form = other
        values = {"chamber_id": chamber, "organization_id": organization, "form": form.value}
        return self.draft.become(Coverage, (chamber, form.value), since, values, same=("organization_id",))

    # units

    def parent_of(self, pk: int) -> int:
        """The federation a unit stands under."""
        held = self.draft.shelf(Link).open.get((pk, Axis.SUPERVISION.value))
        return held.values["parent_id"] if held else self.draft.under.pk

    def _unit(self, kind: UnitKind, name: str, parent: int) -> Row:
        values = {"kind": kind.value, "code": "", "name": name, "short_name": "", "initials": initials(name)}
        unit = self.draft.add(Unit, values)
        self._link(unit.pk, parent, Axis.SUPERVISION)
        self._list(kind, name, unit.pk)
        return unit

    def _link(self, child: int, parent: int, axis: Axis) -> None:
        self.draft.hold(
            Link, (child, axis.value), ALWAYS, {"axis": axis.value, "child_id": child, "parent_id": parent}
        )

    def host(self, name: str) -> int | None:
        """The unit that held an activity: an organization, a chamber or a federation of this name."""
        for kind in (UnitKind.CHAMBER, UnitKind.FEDERATION):
            pk = self._find(kind, name, "host")
            if pk is not None:
                return pk
        return self.organization(name, "host")


def _without_party(name: str) -> str:
    for ending in ("联合党支部", "党支部", "党总支", "党委", "支部"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name
