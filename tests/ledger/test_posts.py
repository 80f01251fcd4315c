"""Posts and how one came to them: hired by contract, put right, hired again; what was written before stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from shanghui.access.models import AuditEntry
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import Appointment, Person, Post
from shanghui.ledger.people.operations import appoint, change_appointment, hire_again
from tests.worked_city import AT, BRANCH, named

pytestmark = pytest.mark.django_db
SINCE, LAST = date(2022, 7, 1), date(2024, 6, 30)
DAY = timedelta(days=1)


def hired(**changes: Any) -> Appointment:
    Appointment.objects.filter(unit=named(BRANCH), post="secretary").delete()
    values = {"method": "hired", "due_by": LAST, "approved_by": "云泽市商会行业党委", "approval_number": "云商党〔2022〕9号"} | changes
    person = Person.objects.filter(kept_by=named(BRANCH)).order_by("pk")[0]
    return appoint(person=person, unit=named(BRANCH), post=Post.SECRETARY, since=SINCE, by=None, at=AT, **values)


def test_a_secretary_is_hired_with_a_contract_and_who_approved_it() -> None:
    row = hired()

    assert (row.due_by, row.approved_by, row.valid_to) == (LAST, "云泽市商会行业党委", None)


@pytest.mark.parametrize(("changes", "said"), [
    ({"due_by": SINCE - DAY}, "不能早于任职开始那一天"),
    ({"method": "elected"}, "聘期只有聘任的才有"),
    ({"method": ""}, "聘期只有聘任的才有"),
])
def test_a_contract_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        hired(**changes)


def test_a_contract_of_one_day_can_be_and_one_not_known_too() -> None:
    assert hired(due_by=SINCE).due_by == SINCE
    assert hired(due_by=None).due_by is None


def test_a_contract_made_anew_follows_the_first_which_stays() -> None:
    first = hired()

    second = hire_again(appointment=first, due_by=date(2026, 6, 30), approved_by="云泽市商会行业党委", approval_number="〔2024〕3号", by=None, at=AT)

    assert (first.valid_to, first.due_by, first.approval_number) == (LAST + DAY, LAST, "云商党〔2022〕9号")
    assert (second.valid_from, second.due_by, second.post, second.person) == (LAST + DAY, date(2026, 6, 30), "secretary", first.person)
    holders = [list(Appointment.objects.on(LAST + n * DAY).filter(unit=named(BRANCH), post="secretary")) for n in (0, 1)]
    assert holders == [[first], [second]]
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert Appointment.objects.get(unit=named(BRANCH), post="secretary").valid_to is None


@pytest.mark.parametrize("due", [LAST, LAST - DAY])
def test_a_new_contract_does_not_end_with_the_old_one_or_before(due: date) -> None:
    with pytest.raises(Refused, match="不能早于"):
        hire_again(appointment=hired(), due_by=due, approved_by="", approval_number="", by=None, at=AT)


def test_only_who_was_hired_and_is_still_there_is_hired_again() -> None:
    asked: dict[str, Any] = {"due_by": date(2026, 6, 30), "approved_by": "", "approval_number": "", "by": None, "at": AT}
    with pytest.raises(Refused, match="只有聘任的"):
        hire_again(appointment=hired(method="elected", due_by=None), **asked)
    with pytest.raises(Refused, match="写上产生方式和聘期"):
        hire_again(appointment=hired(due_by=None), **asked)
    left = hired()
    left.valid_to = date(2023, 1, 1)
    with pytest.raises(Refused, match="已经不再任"):
        hire_again(appointment=left, **asked)


def test_how_one_came_to_a_post_is_put_right() -> None:
    row = Appointment.objects.get(unit=named(BRANCH), post="secretary")

    assert change_appointment(appointment=row, by=None, at=AT, method="elected", approved_by="云泽市商会行业党委")
    assert not change_appointment(appointment=row, by=None, at=AT, method="elected")
    with pytest.raises(Refused, match="聘期只有聘任的才有"):
        change_appointment(appointment=row, by=None, at=AT, due_by=LAST)
    assert AuditEntry.objects.latest("pk").verb == "更正任职"
