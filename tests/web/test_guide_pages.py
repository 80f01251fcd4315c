"""One guide's page, handing over and appointing again in the browser's words, and the month sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.activities.models import Visit
from shanghui.ledger.organizations.models import Chamber, Form, PartyOrganization
from shanghui.ledger.organizations.operations import cover, plan_gap
from shanghui.ledger.people.models import GuideAssignment, Person
from tests.worked_city import AT, BRANCH, UNCOVERED, named

pytestmark = pytest.mark.django_db
GUIDE, OTHER = "郭丽静", "于辉鹏"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def person(name: str = GUIDE) -> Person:
    return Person.objects.filter(name=name, assignments__isnull=False).distinct().get()


def at(name: str, who: str = GUIDE, **more: str) -> str:
    return reverse(name, kwargs={"guide": person(who).pk, **more})


def held(who: str = GUIDE) -> list[GuideAssignment]:
    return list(GuideAssignment.objects.filter(person=person(who)).order_by("pk"))


def a_hand_over(**changes: Any) -> dict[str, Any]:
    return {
        "assignments": [one.pk for one in held()], "person": person(OTHER).pk, "since": "2022-07-08", "until": "2024-07-07",
        "note": "会长愿意联合组建", **changes,
    }


def visit(on: str, chamber: str = UNCOVERED, **values: Any) -> Visit:
    row: Visit = Visit.objects.create(chamber_id=named(chamber).pk, visited_on=on, guide=person(), **values)
    return row


# --- the page


def test_the_page_of_a_guide_has_chambers_terms_and_last_visits(editor: Client, django_assert_max_num_queries: Any) -> None:
    visit("2022-06-20", agreed="七月再谈")
    editor.get(at("guide"))

    with django_assert_max_num_queries(12):
        page = text_of(editor.get(at("guide")))

    assert UNCOVERED in page
    assert "2022-06-20" in page
    assert "还没有" in page
    assert at("guide-hand-over") in page
    assert at("guide-renew") not in page


def test_the_list_leads_to_the_page_and_tells_how_many(editor: Client) -> None:
    page = text_of(editor.get("/guides/?sort=-load"))

    assert at("guide") in page
    assert "2 家" in page


def test_terms_that_end_soon_are_found_in_the_list(editor: Client) -> None:
    today = timezone.localdate()
    GuideAssignment.objects.filter(person=person()).update(valid_to=today + timezone.timedelta(days=9))

    assert [name for name in (GUIDE, OTHER) if name in text_of(editor.get("/guides/?term=soon"))] == [GUIDE]
    assert [name for name in (GUIDE, OTHER) if name in text_of(editor.get("/guides/?term=none"))] == [OTHER]


def test_somebody_who_never_was_a_guide_has_no_such_page(editor: Client) -> None:
    nobody = Person.objects.filter(assignments=None).order_by("pk")[0]

    for name in ("guide", "guide-hand-over", "guide-renew"):
        assert editor.get(reverse(name, kwargs={"guide": nobody.pk})).status_code == 404


def test_a_guide_sees_of_another_nothing(as_role: Callable[[Role], Client]) -> None:
    client = as_role(Role.GUIDE)

    assert client.get(at("guide")).status_code == 200
    assert "云泽市女企业家商会" not in text_of(client.get(at("guide")))
    assert client.get(at("guide", OTHER)).status_code == 404
    assert client.get(at("guide-hand-over")).status_code == 403


# --- handing over


def test_the_form_offers_the_other_guides_and_begins_the_note_with_the_last_visits(editor: Client) -> None:
    visit("2022-06-20", agreed="七月再谈", missing="党员名单")

    page = text_of(editor.get(at("guide-hand-over")))

    assert f"{OTHER} · 现在联系 2 家" in page
    assert f"{UNCOVERED}：6月20日走访，七月再谈，还差党员名单。" in page


def test_chambers_are_handed_over_in_one_act_that_the_message_takes_back(editor: Client) -> None:
    answer = editor.post(at("guide-hand-over"), a_hand_over(), follow=True)

    assert "已把 2 家商会" in text_of(answer)
    assert {one.valid_to for one in held()} == {date(2022, 7, 8)}
    assert {(one.valid_from, one.due_by) for one in held(OTHER)[2:]} == {(date(2022, 7, 8), date(2024, 7, 7))}
    entry = AuditEntry.objects.latest("pk")
    assert reverse("undo", kwargs={"entry": entry.pk}) in text_of(answer)
    editor.post(reverse("undo", kwargs={"entry": entry.pk}))
    assert {one.valid_to for one in held()} == {None}
    assert len(held(OTHER)) == 2


def test_somebody_new_takes_over(editor: Client) -> None:
    editor.post(f"{at('guide-hand-over')}?find=欧阳云泽", a_hand_over(person="new"))

    assert len(held("欧阳云泽")) == 2


@pytest.mark.parametrize(("changes", "said"), [
    ({"person": "self"}, "本人"),
    ({"person": ""}, "请选移交给谁"),
    ({"person": "outside"}, "请从列表里选一个人"),
    ({"assignments": []}, "请至少选一家商会"),
    ({"since": "2022-03-01"}, "移交的日期要在其后"),
    ({"since": ""}, "请填日期"),
    ({"until": "2022-07-01"}, "最后一天不能早于开始那一天"),
])
def test_what_cannot_be_handed_over_is_said_and_nothing_is_written(editor: Client, changes: dict[str, Any], said: str) -> None:
    before, people = list(GuideAssignment.objects.values()), Person.objects.count()
    query = ""
    if changes.get("person") == "self":
        changes, query = {"person": person().pk}, f"?person={person().pk}"
    if changes.get("person") == "outside":
        changes = {"person": Person.objects.get(name="方临江").pk}

    answer = editor.post(at("guide-hand-over") + query, a_hand_over(**changes))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert list(GuideAssignment.objects.values()) == before
    assert Person.objects.count() == people


def test_an_assignment_of_somebody_else_is_not_slipped_in(editor: Client) -> None:
    other = held(OTHER)[0]

    answer = editor.post(at("guide-hand-over"), a_hand_over(assignments=[other.pk]))

    assert answer.status_code == 422


# --- another term


def test_another_term_follows_the_first(editor: Client) -> None:
    end = timezone.localdate() + timezone.timedelta(days=20)
    GuideAssignment.objects.filter(person=person()).update(valid_to=end, due_by=end - timezone.timedelta(days=1))
    assert at("guide-renew") in text_of(editor.get(at("guide")))

    sent = {"assignments": [one.pk for one in held()], "until": end + timezone.timedelta(days=365)}
    editor.post(at("guide-renew"), sent)

    assert [one.valid_from for one in held()[2:]] == [end, end]
    assert "接下来" in text_of(editor.get(at("guide")))
    assert "聘期" in text_of(editor.post(at("guide-renew"), sent | {"until": end - timezone.timedelta(days=5)}))


# --- the month


def months(period: str, query: str = "") -> str:
    return at("guide-month", period=period) + query


def test_the_month_tells_of_visits_and_of_what_changed_in_the_ledger(editor: Client, django_assert_max_num_queries: Any) -> None:
    visit("2022-06-20", met="会长", missing="党员名单", agreed="七月再谈", next_on="2022-07-15")
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    plan_gap(chamber=chamber, since=date(2022, 6, 3), by=None, at=AT, route="joint", reason="too_few", owner="", next_on=None, note="")
    plan_gap(chamber=chamber, since=date(2022, 6, 21), by=None, at=AT, route="own", reason="too_few", owner="", next_on=None, note="")
    cover(chamber=chamber, organization=PartyOrganization.objects.get(unit=named(BRANCH)), form=Form.JOINT, since=date(2022, 6, 28), by=None, at=AT)
    editor.get(months("2022-06"))

    with django_assert_max_num_queries(18):
        page = text_of(editor.get(months("2022-06")))

    for said in (
        "走访 1 家、1 次", "6月20日走访", "还差：党员名单", "下次：7月15日", "6月3日记：原因不足3名，打算联合组建",
        "6月21日记：打算由联合组建改为单独组建", f"6月28日起由“{BRANCH}”覆盖（联合组建）", "云泽市女企业家商会：没有党组织",
    ):
        assert said in page


def test_the_beginning_and_the_end_of_looking_after_a_chamber_belong_to_their_months(editor: Client) -> None:
    editor.post(at("guide-hand-over"), a_hand_over(since="2022-06-10"))

    assert "联系到6月9日为止" in text_of(editor.get(months("2022-06")))
    other = text_of(editor.get(at("guide-month", OTHER, period="2022-06")))
    assert "6月10日起联系，移交事项：会长愿意联合组建" in other
    assert UNCOVERED not in text_of(editor.get(months("2022-07")))
    assert "6月10日起" not in text_of(editor.get(at("guide-month", OTHER, period="2022-07")))


def test_full_members_that_came_are_told_with_both_numbers(editor: Client) -> None:
    member = Person.objects.filter(memberships__category="full").order_by("pk")[0]
    member.appointments.create(unit=named(UNCOVERED), post="director", valid_from=date(2022, 7, 5))

    assert "正式党员 0 人 → 1 人" in text_of(editor.get(months("2022-07")))
    assert "→" not in text_of(editor.get(months("2022-08")))


def test_an_empty_month_says_so_plainly(editor: Client) -> None:
    page = text_of(editor.get(months("2022-05")))

    assert "本月没有走访记录，联系的商会在台账里也没有变化。" in page
    assert "本月没有走访的商会" in page
    assert "本月没有联系的商会，也没有走访记录。" in text_of(editor.get(months("2021-05")))


@pytest.mark.parametrize("period", ["2022-13", "2022-00", "2022", "1999-06", "2099-01", "2022-6"])
def test_what_is_no_month_or_has_not_come_is_not_there(editor: Client, period: str) -> None:
    assert editor.get(months(period)).status_code == 404


def test_visits_to_chambers_outside_ones_part_of_the_tree_are_not_told(as_role: Callable[[Role], Client]) -> None:
    visit("2022-06-20", agreed="七月再谈")
    visit("2022-06-21", "云泽市女企业家商会", agreed="不该看到")

    page = text_of(as_role(Role.GUIDE).get(months("2022-06")))

    assert "七月再谈" in page
    assert "不该看到" not in page


def test_the_sheet_is_a_word_file_and_a_workbook(editor: Client) -> None:
    visit("2022-06-20", met="会长", agreed="=七月再谈")

    document = docx.Document(io.BytesIO(editor.get(months("2022-06", "?format=docx")).content))
    rows = list(openpyxl.load_workbook(io.BytesIO(editor.get(months("2022-06", "?format=xlsx")).content)).active.iter_rows(values_only=True))

    said = "\n".join(one.text for one in document.paragraphs)
    assert f"{GUIDE}2022年6月走访月报" in said
    assert "一、走访情况" in said
    assert "说定：=七月再谈" in said
    assert rows[0][0] == f"{GUIDE}2022年6月走访月报"
    assert {row[0] for row in rows[3:]} == {UNCOVERED, "云泽市女企业家商会"}
    assert AuditEntry.objects.filter(verb="导出").count() == 2
