"""Notices: published for a period, put right, ended; what cannot be is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shanghui.access.models import AuditEntry
from shanghui.access.undo import undo
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Affairs, Audience, Publication
from shanghui.ledger.activities.operations import change_publication, end_publication, publish
from tests.worked_city import AT, BRANCH, TODAY, named

pytestmark = pytest.mark.django_db


def post(**changes: Any) -> Publication:
    values: dict[str, Any] = {
        "affairs": Affairs.PARTY, "audience": Audience.MEMBERS, "title": "上半年党费收缴情况", "body": "共 16 人，全部按月交纳。",
        "since": TODAY, "until": None,
    } | changes
    return publish(unit=named(BRANCH), by=None, at=AT, **values)


def test_a_notice_is_there_and_can_be_taken_back() -> None:
    made = post()

    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.unit, made.valid_to) == ("公开", named(BRANCH), None)
    undo([entry], by=None, at=AT)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"until": TODAY}, "结束日期早于开始日期"), ({"body": " "}, "至少写一项"),
])
def test_what_cannot_be_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        post(**changes)


def test_the_same_notice_is_not_published_twice() -> None:
    post()

    with pytest.raises(Refused, match="已经公开过"):
        post()


def test_a_notice_is_put_right_and_ended_with_both_taken_back() -> None:
    made = post()

    assert change_publication(publication=made, by=None, at=AT, title="上半年党费", audience=Audience.EVERYONE)
    assert not change_publication(publication=made, by=None, at=AT, title="上半年党费")
    end_publication(publication=made, on=date(2022, 7, 20), reason="期满", by=None, at=AT)
    with pytest.raises(Refused, match="已于2022-07-19结束"):
        end_publication(publication=made, on=date(2022, 7, 21), reason="期满", by=None, at=AT)

    for entry in AuditEntry.objects.filter(subject_table="activities_publication").order_by("-pk")[:2]:
        undo([entry], by=None, at=AT)
    made.refresh_from_db()
    assert (made.title, made.audience, made.valid_to) == ("上半年党费收缴情况", Audience.MEMBERS, None)
