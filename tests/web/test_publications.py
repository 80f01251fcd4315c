"""党务公开: published by office and secretary for their own, filtered, shown as a notice, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Affairs, Audience, Publication
from shanghui.ledger.activities.operations import publish
from tests.worked_city import AT, BRANCH, TODAY, city, named

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, row: Publication) -> str:
    return reverse(name, kwargs={"publication": row.pk})


@pytest.fixture
def notice() -> Publication:
    return publish(
        unit=named(BRANCH), affairs=Affairs.PARTY, audience=Audience.EVERYONE, title="发展党员公示", body="拟接收王强为预备党员。",
        place="支部公开栏", since=TODAY, until=date(2022, 7, 14), by=None, at=AT,
    )


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "unit": BRANCH, "title": "半年收支", "affairs": "finance", "audience": "members", "since": "2022-07-01", "last": "2022-07-31",
        "body": "收 2 万元，支 1.6 万元。", "place": "", **changes,
    }


def test_the_office_publishes_with_inclusive_days(editor: Client) -> None:
    answer = editor.post("/publications/new/", typed())

    made = Publication.objects.get()
    assert answer["Location"] == at("publication", made)
    assert (made.unit, made.valid_from, made.valid_to) == (named(BRANCH), date(2022, 7, 1), date(2022, 8, 1))
    assert "2022-07-31" in text_of(editor.get(at("publication", made)))


def test_a_secretary_publishes_for_his_branch_alone(as_role: AsRole) -> None:
    secretary = as_role(Role.SECRETARY)

    assert secretary.post("/publications/new/", typed(unit=city().pk)).status_code == 422
    assert secretary.post("/publications/new/", typed(unit=named(BRANCH).pk)).status_code == 302


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"last": "2022-06-30"}, "结束日期早于开始日期"), ({"title": ""}, "请填标题"), ({"body": ""}, "至少写一项"),
    ({"unit": "临江市茶叶商会"}, "没有“临江市茶叶商会”"),
])
def test_what_cannot_be_is_refused_in_plain_words(editor: Client, changes: dict[str, Any], sentence: str) -> None:
    answer = editor.post("/publications/new/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_what_is_for_everyone_says_that_there_is_no_portal_yet(editor: Client, notice: Publication) -> None:
    page = text_of(editor.get(at("publication", notice)))

    assert "还没有对外的门户" in page
    assert "2022年7月8日至2022年7月13日" in page


def test_the_list_is_filtered_by_content_audience_and_time(editor: Client, notice: Publication) -> None:
    for query in ("", "?affairs=party", "?audience=everyone", "?phase=over", "?q=公示"):
        assert "发展党员公示" in text_of(editor.get(f"/publications/{query}")), query
    for query in ("?affairs=finance", "?audience=members", "?phase=coming"):
        assert "没有符合条件" in text_of(editor.get(f"/publications/{query}")), query


def test_it_is_changed_and_ended_with_a_reason(editor: Client, notice: Publication) -> None:
    editor.post(at("publication-change", notice), typed(title="发展党员公示（更正）"))
    assert editor.post(at("publication-end", notice), {"last_day": "2022-07-10", "reason": ""}).status_code == 422
    editor.post(at("publication-end", notice), {"last_day": "2022-07-10", "reason": "提前收起"})

    notice.refresh_from_db()
    assert (notice.title, notice.valid_to) == ("发展党员公示（更正）", date(2022, 7, 11))
    page = text_of(editor.get(at("publication", notice)))
    assert "撤销这一步" in page


def test_who_only_reads_is_offered_no_change(as_role: AsRole, notice: Publication) -> None:
    reader = as_role(Role.READER)

    assert "公开一条" not in text_of(reader.get("/publications/"))
    assert "修改" not in text_of(reader.get(at("publication", notice)))


def test_the_list_asks_a_fixed_number_of_questions(editor: Client, notice: Publication, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(9):
        editor.get("/publications/")
    with django_assert_max_num_queries(12):
        editor.get(at("publication", notice))
