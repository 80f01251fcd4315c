"""What the command `records` tells of people: masked as on the pages, in full for a reason that is noted with each of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from shanghui.access.models import AuditEntry
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.queries import looks_at
from tests.web.somebody import NUMBER, PHONE, somebody
from tests.worked_city import HALF_YEAR

pytestmark = pytest.mark.django_db


def records(capsys: Any, code: str, *words: str) -> list[dict[str, Any]]:
    call_command("records", code, "--on", str(HALF_YEAR), "--json", *words)
    return list(json.loads(capsys.readouterr().out))


def test_numbers_are_masked_and_nothing_is_noted(capsys: Any) -> None:
    person, before = somebody(), AuditEntry.objects.count()

    found = {one["id"]: one for one in records(capsys, "members.total")}[person.pk]

    assert (found["id_number"][6:14], found["phone"]) == ("********", "154****1234")
    assert AuditEntry.objects.count() == before


def test_whole_numbers_are_shown_for_a_reason_and_noted_with_each_person(capsys: Any) -> None:
    person = somebody()

    listed = records(capsys, "members.total", "--full", "--reason", "核对身份证号")

    found = {one["id"]: one for one in listed}[person.pk]
    assert (found["id_number"], found["phone"]) == (NUMBER, PHONE)
    look = looks_at(person).get()
    assert (look.by, look.reason, look.unit) == (None, "核对身份证号", person.kept_by)
    assert all(looks_at(one).exists() for one in Person.objects.filter(pk__in=[one["id"] for one in listed])[:5])
    assert AuditEntry.objects.filter(reason="核对身份证号").count() == len(listed)


@pytest.mark.parametrize("words", [("members.total", "--full"), ("members.total", "--full", "--reason", " "),
                                   ("coverage.organization", "--full", "--reason", "x")])
def test_no_reason_and_nothing_to_show_are_wrong_usage(capsys: Any, words: tuple[str, ...]) -> None:
    before = AuditEntry.objects.count()

    with pytest.raises(CommandError) as refused:
        records(capsys, *words)

    assert refused.value.returncode == 2
    assert AuditEntry.objects.count() == before


def test_amounts_of_dues_are_in_no_list_of_a_command(capsys: Any) -> None:
    assert {"name", "month_word", "state_word", "id"} == set(records(capsys, "dues.owing")[0])
