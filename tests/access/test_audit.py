"""The journal: written with the change, never altered, and taken back as a unit (M48)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, Role
from shanghui.access.restoring import CannotUndo
from shanghui.access.undo import undo
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.organizations.operations import change_chamber, register_chamber
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import change_person
from tests.worked_city import AT, CHAMBER, HALF_YEAR, city, named, user


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE access_auditentry SET verb = 'x'", "DELETE FROM access_auditentry"])
def test_the_database_refuses_to_alter_the_journal(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_a_change_and_its_entry_stand_or_fall_together(monkeypatch: pytest.MonkeyPatch) -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))

    def fail(*args: object, **options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Journal, "close", fail)
    with pytest.raises(RuntimeError):
        change_chamber(chamber=chamber, by=user(Role.EDITOR), at=AT, remark="新")

    assert Chamber.objects.get(pk=chamber.pk).remark == ""


@pytest.mark.django_db
def test_an_act_is_taken_back_and_the_way_back_is_recorded() -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))
    change_chamber(chamber=chamber, by=user(Role.EDITOR), at=AT, remark="写错了")
    entry = AuditEntry.objects.latest("pk")

    undo([entry], by=user(Role.EDITOR), at=AT)

    assert Chamber.objects.get(pk=chamber.pk).remark == ""
    assert AuditEntry.objects.latest("pk").undoes == entry.pk
    with pytest.raises(CannotUndo, match="已经撤销过"):
        undo([entry], by=None, at=AT)


@pytest.mark.django_db
def test_an_act_is_not_taken_back_under_a_later_one() -> None:
    chamber = Chamber.objects.get(unit=named(CHAMBER))
    change_chamber(chamber=chamber, by=None, at=AT, remark="一")
    first = AuditEntry.objects.latest("pk")
    change_chamber(chamber=chamber, by=None, at=AT, remark="二")

    with pytest.raises(CannotUndo, match="又做了"):
        undo([first], by=None, at=AT)

    assert Chamber.objects.get(pk=chamber.pk).remark == "二"


@pytest.mark.django_db
def test_a_registration_is_taken_back_whole() -> None:
    made = register_chamber(name="云泽市试验商会", under=city(), since=HALF_YEAR, by=None, at=AT)
    entry = AuditEntry.objects.latest("pk")

    undo([entry], by=None, at=AT)

    assert not Chamber.objects.filter(pk=made.pk).exists()


@pytest.mark.django_db
def test_numbers_never_stand_in_the_journal() -> None:
    person = Person.objects.order_by("pk").first()
    assert person is not None
    number = "990100197301130033"[:-1] + "3"

    change_person(person=person, by=None, at=AT, id_number=number, phone="15400009999")

    text = str(AuditEntry.objects.latest("pk").changes)
    assert number not in text
    assert "15400009999" not in text
