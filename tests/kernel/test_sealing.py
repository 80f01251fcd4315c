"""Numbers at rest: sealed in the database, found by their digest, readable after the key was changed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from shanghui.access.resealing import reseal_journal, waiting_entries
from shanghui.access.undo import undo
from shanghui.exchange.operations import apply_plan, propose, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.kernel import sealing
from shanghui.kernel.codes import id_check_digit
from shanghui.kernel.refusals import Refused
from shanghui.kernel.resealing import left_over, reseal, sealed_columns
from shanghui.ledger import integrity
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import change_person, register_person
from shanghui.ledger.people.queries import matching_people
from tests.worked_city import AT, BRANCH, TODAY, city, named, user

NUMBER = "99010119700512003" + id_check_digit("99010119700512003")
PHONE = "15400001234"


@pytest.fixture
def own_keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A key file of this test alone, so that the worked city's stays as it is."""
    path = tmp_path / "keys.json"
    path.write_text(Path(settings.SEALING_KEYS).read_text() if Path(settings.SEALING_KEYS).exists() else _made(settings))
    settings.SEALING_KEYS = str(path)
    sealing._keyring.cache_clear()
    yield path
    sealing._keyring.cache_clear()


def _made(settings: Any) -> str:
    sealing.keyring()
    return Path(settings.SEALING_KEYS).read_text()


def a_person(**values: str) -> Person:
    return register_person(kept_by=named(BRANCH), by=None, at=AT, **{"name": "方云泽", "id_number": NUMBER, "phone": PHONE, **values})


def stored(person: Person, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


def test_the_same_text_is_sealed_differently_each_time_and_opens_again() -> None:
    first, second = sealing.seal(NUMBER, "table.column"), sealing.seal(NUMBER, "table.column")

    assert first != second
    assert NUMBER.encode() not in first
    assert sealing.unseal(first, "table.column") == sealing.unseal(second, "table.column") == NUMBER


def test_a_value_moved_to_another_column_does_not_open() -> None:
    sealed = sealing.seal(NUMBER, "people_person.id_number")

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(sealed, "people_person.phone")


def test_altered_bytes_do_not_open() -> None:
    sealed = bytearray(sealing.seal(NUMBER, "table.column"))
    sealed[-1] ^= 1

    with pytest.raises(sealing.SealBroken):
        sealing.unseal(bytes(sealed), "table.column")


@pytest.mark.django_db
def test_the_database_holds_neither_number_nor_an_unkeyed_trace_of_it() -> None:
    person = a_person()

    for column, plain in (("id_number", NUMBER), ("phone", PHONE), ("id_digest", NUMBER), ("phone_digest", PHONE)):
        assert plain.encode() not in stored(person, column)
        assert len(stored(person, column)) in (16, 29 + len(plain))
    assert Person.objects.get(pk=person.pk).id_number == NUMBER


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [NUMBER, NUMBER.lower(), f" {NUMBER[:6]} {NUMBER[6:]} ", PHONE])
def test_a_whole_number_finds_its_person_and_nobody_else(asked: str) -> None:
    person = a_person()

    assert list(Person.objects.filter(matching_people(asked))) == [person]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [NUMBER[:-1], NUMBER[:14], PHONE[:10], PHONE[-4:]])
def test_a_part_of_a_number_finds_nobody(asked: str) -> None:
    person = a_person()

    assert person not in Person.objects.filter(matching_people(asked))


@pytest.mark.django_db
def test_a_new_key_leaves_old_values_readable(own_keys: Path) -> None:
    before = a_person()
    number = sealing.add_key()
    after = a_person(id_number="", phone="15400005678")

    assert stored(before, "phone")[0] == number - 1
    assert stored(after, "phone")[0] == number
    assert [Person.objects.get(pk=one.pk).phone for one in (before, after)] == [PHONE, "15400005678"]
    assert (own_keys.stat().st_mode & 0o777) == 0o600


@pytest.mark.django_db
def test_a_process_that_knows_the_old_keys_reads_what_another_sealed_with_a_new_one(own_keys: Path) -> None:
    known = sealing.keyring()
    sealing.add_key()
    sealed = sealing.seal(PHONE, "table.column")
    sealing._keyring.cache_clear()
    older = {"active": known.active, "keys": {str(n): key.hex() for n, key in known.keys.items()}, "digest": known.digest.hex()}
    newer = own_keys.read_text()
    own_keys.write_text(json.dumps(older))
    sealing.keyring()
    own_keys.write_text(newer)

    assert sealing.unseal(sealed, "table.column") == PHONE


@pytest.mark.django_db
def test_rotation_seals_every_value_again_and_changes_none(own_keys: Path, capsys: Any) -> None:
    person = a_person()
    before = dict(Person.objects.values_list("pk", "id_number"))

    call_command("rotate_sealing_key", "--json")

    said = json.loads(capsys.readouterr().out)
    assert said["key"] == sealing.keyring().active
    assert said["resealed"]["people_person.id_number"] == len([value for value in before.values() if value])
    assert [left_over(model, field).count() for model, field in sealed_columns()] == [0] * len(sealed_columns())
    assert dict(Person.objects.values_list("pk", "id_number")) == before
    assert list(Person.objects.filter(matching_people(NUMBER))) == [person]
    assert stored(person, "id_number")[0] == said["key"]


@pytest.mark.django_db
def test_an_interrupted_rotation_goes_on_where_it_stopped(own_keys: Path, capsys: Any) -> None:
    a_person()
    sealing.add_key()
    _, done = next(reseal(batch=3))
    waiting = sum(left_over(model, field).count() for model, field in sealed_columns())

    call_command("rotate_sealing_key", "--continue", "--json")

    assert done == 3
    resealed = json.loads(capsys.readouterr().out)["resealed"]
    assert sum(count for name, count in resealed.items() if name.startswith("people_")) == waiting
    assert list(reseal()) == []


def _interrupted(own_keys: Path) -> None:
    """Keys changed, three people of the city renewed, then the server stopped."""
    sealing.add_key()
    next(reseal(batch=3))


def _found(numbers: dict[int, str]) -> dict[int, list[int]]:
    return {pk: list(Person.objects.filter(matching_people(number)).values_list("pk", flat=True)) for pk, number in numbers.items()}


@pytest.mark.django_db
def test_everybody_is_found_before_in_the_middle_of_and_after_a_rotation_and_the_old_keys_can_go(own_keys: Path, capsys: Any) -> None:
    for index in range(5):
        digits = f"9901011970051{index}203"
        a_person(name=f"方云{index}", id_number=digits + id_check_digit(digits), phone=f"1540000{index:04d}")
    numbers = {pk: one for pk, one in Person.objects.values_list("pk", "id_number") if one}
    everybody = {pk: [pk] for pk in numbers}
    assert _found(numbers) == everybody

    _interrupted(own_keys)
    digested = dict(Person.objects.filter(pk__in=numbers).values_list("pk", "id_digest"))
    assert {bytes(found) == sealing.digest(numbers[pk]) for pk, found in digested.items()} == {True, False}
    assert _found(numbers) == everybody
    with pytest.raises(Refused, match="已经登记过"):
        a_person(id_number=max(numbers.items())[1])

    call_command("rotate_sealing_key", "--drop-old", "--json")
    said = json.loads(capsys.readouterr().out)

    assert said["dropped"]
    assert list(json.loads(own_keys.read_text())["keys"]) == [str(said["key"])]
    assert sealing.keyring().before == ()
    assert _found(numbers) == everybody
    assert dict(Person.objects.filter(pk__in=numbers).values_list("pk", "id_number")) == numbers
    assert list(integrity._sealed(AT.date())) == []


@pytest.mark.django_db
def test_pages_show_the_numbers_and_undo_works_with_the_new_key_alone(own_keys: Path, editor: Client, capsys: Any) -> None:
    person = a_person()
    change_person(person=person, phone="15400005678", by=user(Role.EDITOR), at=AT)
    change_person(person=person, id_number="", by=user(Role.EDITOR), at=AT)
    *_, entry = AuditEntry.objects.filter(subject_id=person.pk, verb="修改").order_by("pk")

    call_command("rotate_sealing_key", "--json")
    call_command("rotate_sealing_key", "--drop-old", "--json")

    assert sealing.mask_phone("15400005678") in editor.get(reverse("person", kwargs={"person": person.pk})).content.decode()
    undo([AuditEntry.objects.get(pk=entry.pk)], by=None, at=AT)
    assert Person.objects.get(pk=person.pk).id_number == NUMBER
    assert list(Person.objects.filter(matching_people(NUMBER))) == [person]
    assert all(value[0] == sealing.keyring().active for value in _sealed_in_journal())


def _sealed_in_journal() -> list[bytes]:
    sides = [side for entry in AuditEntry.objects.all() for change in entry.changes for side in change[2:] if side]
    sealed = [value["sealed"] for side in sides for value in side.values() if isinstance(value, dict) and value.get("sealed")]
    assert sealed
    return [base64.b64decode(one) for one in sealed]


@pytest.mark.django_db
def test_the_journal_is_taken_up_after_the_last_batch_that_held(own_keys: Path) -> None:
    for number in range(3):
        change_person(person=a_person(name=f"方{number}", id_number=""), phone=f"1540000567{number}", by=None, at=AT)
    sealing.add_key()
    waiting = waiting_entries()
    _, first = next(reseal_journal(batch=2))

    assert waiting_entries() == waiting - first
    assert first + sum(done for _, done in reseal_journal(batch=2)) == waiting
    assert waiting_entries() == 0
    assert list(reseal_journal()) == []
    assert sum(done for _, done in reseal_journal(again=True)) == 0


@pytest.mark.django_db
def test_a_dry_run_counts_and_changes_nothing(own_keys: Path, capsys: Any) -> None:
    person = a_person()
    sealing.add_key()
    before = own_keys.read_text(), stored(person, "id_number")

    call_command("rotate_sealing_key", "--dry-run", "--json")

    said = json.loads(capsys.readouterr().out)
    assert said["old_keys"] >= 1
    assert said["waiting"]["people_person.id_number"] > 0
    assert said["waiting"]["access_auditentry.changes"] > 0
    assert (own_keys.read_text(), stored(person, "id_number")) == before


@pytest.mark.django_db
def test_a_second_rotation_waits_for_the_first(own_keys: Path, capsys: Any) -> None:
    a_person()
    sealing.add_key()

    with pytest.raises(SystemExit):
        call_command("rotate_sealing_key")

    assert "--continue" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_digest_written_with_the_old_key_while_keys_changed_is_mended_before_the_old_key_goes(own_keys: Path, capsys: Any) -> None:
    person = a_person()
    late = sealing.digest(NUMBER)
    call_command("rotate_sealing_key", "--json")
    Person.objects.filter(pk=person.pk).update(id_digest=late)
    capsys.readouterr()

    call_command("rotate_sealing_key", "--drop-old", "--json")

    assert json.loads(capsys.readouterr().out)["resealed"]["strays"] == 1
    assert list(Person.objects.filter(matching_people(NUMBER))) == [person]


@pytest.mark.django_db
def test_an_import_recognizes_people_in_the_middle_of_a_rotation(own_keys: Path) -> None:
    person = a_person()
    sealing.add_key()
    text = f"姓名,公民身份号码,联系电话,人员类别,所在党支部\n方云泽,{NUMBER},{PHONE},入党申请人,{BRANCH}\n"
    run = upload(files=[SourceFile("名册.csv", text.encode())], under=city(), by=user(Role.EDITOR), at=AT)

    apply_plan(run=run, made=propose(run=run, today=TODAY), at=AT, skip_errors=False)

    assert list(Person.objects.filter(name="方云泽")) == [person]
    assert stored(person, "id_number")[0] != sealing.keyring().active


def test_keys_are_numbered_on_past_the_end_of_a_byte(own_keys: Path) -> None:
    kept = json.loads(own_keys.read_text())
    own_keys.write_text(json.dumps({**kept, "active": 255, "keys": {"255": "00" * 16, "1": "11" * 16}}))

    assert sealing.add_key() == 2


def test_masks_hide_the_day_of_birth_and_the_middle_of_a_telephone() -> None:
    assert sealing.mask_id_number(NUMBER) == f"990101********{NUMBER[-4:]}"
    assert sealing.mask_phone(PHONE) == "154****1234"
    assert sealing.mask_phone("12345") == "*****"
