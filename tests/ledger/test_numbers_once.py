"""An identity number stands once in the database: also when two people register it at the same moment, or did before."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_save

from shanghui.kernel.refusals import Refused
from shanghui.kernel.sealing import digest
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.operations import change_person, register_person
from tests.worked_city import AT, BRANCH, named

pytestmark = pytest.mark.django_db
NUMBER = "990101198001010019"


def _person(name: str, number: str = "") -> Person:
    return Person(kept_by=named(BRANCH), name=name, id_number=number, id_digest=digest(number))


@pytest.fixture
def rival() -> Iterator[None]:
    """Somebody registers the number after it was looked for and before it is written."""

    def first(**sent: Any) -> None:
        Person.objects.bulk_create([_person("王一", NUMBER)])

    pre_save.connect(first, sender=Person)
    yield
    pre_save.disconnect(first, sender=Person)


def test_the_database_keeps_a_number_once_and_no_number_often() -> None:
    Person.objects.bulk_create([_person("王一", NUMBER), _person("王二"), _person("王三")])

    with pytest.raises(IntegrityError), transaction.atomic():
        _person("王四", NUMBER).save()


def test_whoever_comes_second_is_refused_in_plain_words(rival: None) -> None:
    with pytest.raises(Refused, match="已经登记过"):
        register_person(kept_by=named(BRANCH), by=None, at=AT, name="王二", id_number=NUMBER)


def test_whoever_changes_second_is_refused_in_plain_words(rival: None) -> None:
    person = Person.objects.filter(kept_by=named(BRANCH)).order_by("pk")[0]

    with pytest.raises(Refused, match="另一个人名下"):
        change_person(person=person, by=None, at=AT, id_number=NUMBER)


def test_the_update_names_who_has_one_number_and_changes_nothing() -> None:
    migration = import_module("shanghui.ledger.people.migrations.0004_number_once")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX people_person_one_number")
    first, second = Person.objects.bulk_create([_person("王一", NUMBER), _person("王二", NUMBER)])

    with pytest.raises(CommandError) as told:
        migration.refuse_twice(apps, SimpleNamespace(connection=connection))

    assert f"王一（人员页面 /people/{first.pk}/）、王二（人员页面 /people/{second.pk}/）" in str(told.value)
    assert NUMBER not in str(told.value)
    assert Person.objects.filter(id_digest=digest(NUMBER)).count() == 2
