"""A prepared question answers as the queryset it is made from, whatever the values and however many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet

from shanghui.kernel.prepared import Prepared
from shanghui.ledger.people.models import MembershipRecord
from tests.worked_city import TODAY


def _records(day: date, people: Sequence[int]) -> QuerySet[MembershipRecord, Any]:
    return MembershipRecord.objects.on(day).filter(person_id__in=people).order_by("pk").values_list("person_id", "category")


@pytest.mark.django_db
def test_it_answers_as_the_queryset_does_for_other_days_and_more_people() -> None:
    everybody = list(MembershipRecord.objects.order_by("pk").values_list("person_id", flat=True).distinct()[:40])
    asked = Prepared(_records)

    for day in (TODAY, date(2015, 1, 1)):
        for people in (everybody[:1], everybody[1:2], everybody, everybody[::-1]):
            assert asked(day=day, people=people) == list(_records(day, people))
    assert asked(day=TODAY, people=everybody)


@pytest.mark.django_db
def test_nobody_asked_about_gives_nobody() -> None:
    assert Prepared(_records)(day=TODAY, people=[]) == []


@pytest.mark.django_db
def test_its_sql_is_written_once_for_each_length(django_assert_num_queries: Callable[[int], Any]) -> None:
    built: list[int] = []

    def build(day: date, people: Sequence[int]) -> QuerySet[MembershipRecord, Any]:
        built.append(len(people))
        return _records(day, people)

    asked = Prepared(build)
    with django_assert_num_queries(3):
        for people in ([1], [2], [1, 2]):
            asked(day=TODAY, people=people)
    assert built == [1, 2]
