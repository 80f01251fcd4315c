"""Part of a name is found by indexes, as reading every name would find it."""

from __future__ import annotations

import re
from itertools import islice, product

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanghui.ledger.people.models import Person
from shanghui.ledger.people.queries import matching_people
from tests.worked_city import city

pytestmark = pytest.mark.django_db
SIGNS = "王建国丽·㛃䶮𠮷\ud7ff\ue000\uffff\U0010ffff%_\\'AaZzÉé"
"""Of four bytes, beside the surrogates, the last of all, what LIKE means something by, letters large and small."""


def small(text: str) -> str:
    """Latin letters as a search takes them; é is not É on either database."""
    return re.sub("[A-Z]", lambda found: found[0].lower(), text)


@pytest.fixture
def named_people(db: None) -> list[str]:
    """People of every short name of some signs, and of long names in which they follow one another."""
    short = ["".join(signs) for size in (1, 2) for signs in product(SIGNS, repeat=size)]
    short += ["".join(signs) for signs in product("王建𠮷%_aA", repeat=3)]
    long = [(SIGNS * 3)[start : start + size] for start in range(len(SIGNS)) for size in (4, 5, 7, 40)]
    Person.objects.all().update(name="甲")
    Person.objects.bulk_create(Person(name=name, kept_by=city()) for name in short + long)
    return ["甲", *short, *long]


def found(text: str) -> set[str]:
    return set(Person.objects.filter(pk__in=Person.objects.named(text)).values_list("name", flat=True))


@given(text=st.text(SIGNS, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_part_of_a_name_is_found_as_reading_every_name_would(named_people: list[str], text: str) -> None:
    assert found(text) == {name for name in named_people if small(text) in small(name)}


@pytest.mark.parametrize("place", range(0, len(SIGNS) - 4, 3))
def test_a_part_of_a_long_name_is_found_wherever_it_stands(named_people: list[str], place: int) -> None:
    for text in (SIGNS[place : place + size] for size in (1, 2, 3, 4, 5)):
        assert found(text) == {name for name in named_people if small(text) in small(name)}
    assert found(SIGNS * 3) == set()


def test_somebody_found_twice_stands_in_the_list_once(editor: Client) -> None:
    Person.objects.bulk_create([Person(name="欧阳阳", initials="oyy", kept_by=city()), Person(name="阳阳·阳阳", initials="yyyy", kept_by=city())])

    page = editor.get("/people/", {"q": "阳"}).content.decode()

    assert page.count("欧阳阳</a>") == page.count("阳阳·阳阳</a>") == 1


@pytest.mark.parametrize("text", ["王", "王建", "建国", "王建国", "古丽·阿", "A王"])
def test_no_search_by_name_reads_the_whole_table(text: str) -> None:
    rows = Person.objects.filter(matching_people(text)).order_by("initials", "pk")[:50]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a few hundred rows it would rather read whole

    plan = rows.explain()

    reads = [line for line in plan.splitlines() if re.search(r"SCAN people_person|Seq Scan on people_person|Index (Only )?Scan using", line)]
    allowed = re.compile("people_person_(by_long_name|by_ending_[123]|pkey)|Index Scan using people_person_by_initials")
    assert [line for line in reads if not allowed.search(line)] == [], plan
    assert "people_person_by_long_name" in plan
    endings = islice("123", max(0, 4 - len(text)))
    assert all(f"people_person_by_ending_{start}" in plan for start in endings), plan
