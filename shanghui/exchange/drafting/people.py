"""Finding the person a file means, among those the draft knows; never guessing between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from shanghui.exchange.drafting.directory import Directory
from shanghui.exchange.drafting.draft import Draft
from shanghui.exchange.drafting.rows import Row, filled
from shanghui.kernel.pinyin import initials
from shanghui.kernel.sealing import digests
from shanghui.ledger.organizations.models import Enterprise
from shanghui.ledger.people.models import Affiliation, Appointment, GuideAssignment, MembershipRecord, Person

NO_MEMBER = ("群众", "无党派", "民建", "民革", "民盟", "民进", "农工", "致公", "九三", "台盟", "共青团")


class Register:
    """People by number, by telephone and name, and by name within a circle of units."""

    def __init__(self, draft: Draft, directory: Directory, elsewhere: set[bytes], digests: dict[str, list[bytes]]) -> None:
        """`elsewhere`: digests of identity numbers that stand in the register of somebody else's units.

        `digests`: what was digested before; each number of the files is digested once.
        """
        self.draft, self.directory, self.elsewhere, self.known_digests = draft, directory, elsewhere, digests
        self.by_number: dict[bytes, Row] = {}
        self.by_phone: dict[tuple[bytes, str], list[Row]] = defaultdict(list)
        self.near: dict[tuple[str, int], dict[int, Row]] = defaultdict(dict)
        self.posts: dict[tuple[int, str], set[int]] = defaultdict(set)
        for fact in draft.shelf(Appointment).open.values():
            self.posts[fact.values["unit_id"], fact.values["post"]].add(fact.values["person_id"])
        self.guides: dict[int, set[int]] = defaultdict(set)
        for fact in draft.shelf(GuideAssignment).open.values():
            self.guides[fact.values["chamber_id"]].add(fact.values["person_id"])
        self.enterprises: dict[str, Row] = {}
        for row in draft.shelf(Enterprise).rows.values():
            self.enterprises[row.values["name"]] = self.enterprises[row.values["credit_code"] or row.values["name"]] = row
        people = draft.shelf(Person).rows
        for row in people.values():
            self._index(row)
        for model, column in ((Affiliation, "organization_id"), (Appointment, "unit_id"), (GuideAssignment, "chamber_id")):
            for fact in draft.shelf(model).rows.values():
                person = people.get(fact.values["person_id"])
                if person is not None:
                    self.anchor(person, fact.values[column])

    def digest(self, number: str) -> bytes:
        """The keyed digest of an identity or telephone number."""
        return self.digests(number)[0]

    def digests(self, number: str) -> list[bytes]:
        """What the number may be found by: its digest, and while keys are changed also that of the key before."""
        found = self.known_digests.get(number)
        if found is None:
            found = self.known_digests[number] = digests(number)
        return found

    def _index(self, row: Row) -> None:
        values = row.values
        if values["id_digest"]:
            self.by_number[values["id_digest"]] = row
        if values["phone_digest"]:
            self.by_phone[values["phone_digest"], values["name"]].append(row)
        self.anchor(row, values["kept_by_id"])

    def anchor(self, row: Row, unit: int) -> None:
        """Remembers that the person is found at this unit."""
        self.near[row.values["name"], unit][row.pk] = row

    def find(self, name: str, *, number: str, phone: str, circle: Iterable[int], politics: str = "") -> Row | None:
        """The person meant, or None for somebody new. Raises Refusal when the ledger leaves it open."""
        if number:
            found = self.digests(number)
            if not self.elsewhere.isdisjoint(found):
                raise self.draft.refuse(
                    "id_number", "duplicate_person", "这个号码已登记在不归您管理的单位名下。请核对号码；人员转来的，请先办组织关系接转。"
                )
            known = next((self.by_number[one] for one in found if one in self.by_number), None)
            if known is not None:
                return self._same_name(known, name)
        wire = self.digests(phone) if phone else []
        if wire:
            alike = [row for one in wire for row in self.by_phone.get((one, name), ()) if self._may_be(row, number, politics)]
            if len(alike) == 1:
                return alike[0]
        return self._nearby(name, number, wire, circle, politics)

    def _same_name(self, known: Row, name: str) -> Row:
        if name and known.values["name"] != name:
            raise self.draft.refuse(
                "id_number", "value_conflict", f"这个号码在台账里是“{known.values['name']}”，表里写的是“{name}”。请核对姓名和号码。"
            )
        return known

    def _may_be(self, row: Row, number: str, politics: str) -> bool:
        if number and row.values["id_digest"]:
            return False  # another number: another person
        member = self.draft.shelf(MembershipRecord).open.get(row.pk)
        is_member = member is not None and member.values["category"] in ("full", "probationary")
        return not (is_member and any(word in politics for word in NO_MEMBER))

    def _nearby(self, name: str, number: str, wire: list[bytes], circle: Iterable[int], politics: str) -> Row | None:
        found: dict[int, Row] = {}
        for unit in circle:
            found.update(self.near.get((name, unit), {}))
        alike = [row for row in found.values() if self._may_be(row, number, politics)]
        meant = next((row for row in alike if self.draft.is_meant(row)), None)
        if meant is not None:
            return meant
        sure = [row for row in alike if not (wire and row.values["phone_digest"] and row.values["phone_digest"] not in wire)]
        if len(sure) == 1:
            return sure[0]
        doubtful = [row for row in (sure or alike) if not row.is_new]
        if doubtful:
            raise self.draft.refuse(
                "name", "same_name",
                f"台账里有同名的“{name}”（{'、'.join(f'人员{row.pk}' for row in doubtful[:5])}），无法确定是不是同一个人。"
                "请在表里补上身份证号码，或先在人员页面核对电话。", value=[row.pk for row in doubtful],
            )
        if alike:
            self.draft.warn("name", "same_name", f"同一商会里还有一位“{name}”，电话不同，按两个人登记。请核对。", value=name)
        return None

    def ensure(
        self, name: str, anchor: int, *, number: str = "", phone: str = "", circle: Iterable[int] = (), **values: Any
    ) -> Row:
        """The person, with what the file tells about him: found and revised, or new and kept by `anchor`."""
        row = self.find(
            name, number=number, phone=phone, circle=circle or self.directory.circle(anchor),
            politics=values.get("politics") or "",
        )
        if row is None:
            return self._new(name, anchor, number, phone, values)
        self.draft.revise(row, **values)
        self._revise_sealed(row, "id_number", "id_digest", number)
        self._revise_sealed(row, "phone", "phone_digest", phone)
        self.anchor(row, anchor)
        if number:
            self.by_number[row.values["id_digest"]] = row
        return row

    def _revise_sealed(self, row: Row, column: str, digest_column: str, value: str) -> None:
        if value and row.values[digest_column] not in self.digests(value):
            self.draft.revise(row, **{column: value, digest_column: self.digest(value)})

    def _new(self, name: str, anchor: int, number: str, phone: str, values: dict[str, Any]) -> Row:
        columns = {
            **values, "name": name, "initials": initials(name), "kept_by_id": anchor, "id_number": number, "phone": phone,
            "id_digest": self.digest(number), "phone_digest": self.digest(phone),
        }
        row = self.draft.add(Person, filled(Person, columns))
        self._index(row)
        return row
