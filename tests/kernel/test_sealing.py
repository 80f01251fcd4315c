"""Numbers at rest: sealed in the database, found by their digest, readable after the key was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from shanghui.kernel import sealing
from shanghui.kernel.codes import id_check_digit
from shanghui.kernel.resealing import left_over, reseal, sealed_columns
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import register_person
from shanghui.ledger.people.queries import matching_people
from tests.worked_city import AT, BRANCH, named

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
    return register_person(kept_by=named(BRANCH), by=None, at=AT, name="方云泽", **{"id_number": NUMBER, "phone": PHONE, **values})


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
    assert json.loads(capsys.readouterr().out)["total"] == waiting
    assert list(reseal()) == []


def test_masks_hide_the_day_of_birth_and_the_middle_of_a_telephone() -> None:
    assert sealing.mask_id_number(NUMBER) == f"990101********{NUMBER[-4:]}"
    assert sealing.mask_phone(PHONE) == "154****1234"
    assert sealing.mask_phone("12345") == "*****"
