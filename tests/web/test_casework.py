"""The next steps of cases in the to-do, the calendar, the letter and the duties (M05, M42)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shanghui.access.models import Role
from shanghui.cases.models import Case
from shanghui.cases.operations import open_case, withdraw
from tests.cases.somewhere import OPENED, SIX, TODAY, chamber, joint_case, step, submitter
from tests.cases.test_dissolution import opened as dissolving
from tests.web.test_feed import address
from tests.worked_city import AT, BRANCH, CITY, NEIGHBOUR, city

pytestmark = pytest.mark.django_db


def opened(name: str) -> Case:
    return open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(name)])


def requested() -> Case:
    """Waits for its approval, due on 8 August."""
    case = joint_case()
    step(case, "survey", date(2022, 7, 2))
    step(case, "prepare", date(2022, 7, 5))
    step(case, "request", date(2022, 7, 8))
    return case


def duties(on: date, under: str = CITY) -> list[dict[str, object]]:
    out = StringIO()
    call_command("duties", "--on", on.isoformat(), "--under", under, "--json", stdout=out)
    return [one for one in json.loads(out.getvalue()) if str(one["rule"]).startswith("case.")]


def shown(client: Client) -> str:
    return unescape(client.get("/?todo=case").content.decode())


def test_the_office_is_told_the_next_step_with_its_last_day_and_article(editor: Client) -> None:
    case = requested()

    page = shown(editor)

    assert f"{case.title}：批复" in page
    assert "8月8日" in page or "2022-08-08" in page
    assert "《支部工作条例》（待核实）" in page
    assert reverse("case", kwargs={"case": case.pk}) in page


def test_many_cases_at_one_step_are_told_as_one(editor: Client) -> None:
    for name in SIX:
        opened(name)

    page = shown(editor)

    assert "组建党组织：6 件等“摸底”" in page
    assert "/cases/?state=open&kind=establishment" in page


def test_a_secretary_is_told_what_he_may_do_and_not_what_the_office_does(as_role: Callable[[Role], Client]) -> None:
    case = dissolving()
    client = as_role(Role.SECRETARY)

    before = shown(client)
    step(case, "survey", date(2022, 7, 2))
    after = shown(client)

    assert f"{case.title}：摸底" not in before
    assert f"{case.title}：请示" in after


def test_a_secretary_opens_a_case_of_the_own_branch_without_naming_it_and_an_office_names_one(as_role: Callable[[Role], Client], editor: Client) -> None:
    address = reverse("case-new", kwargs={"case_kind": "election"})

    assert as_role(Role.SECRETARY).get(address).context["form"]["organization"].value() == BRANCH
    assert editor.get(address).context["form"]["organization"].value() is None


def test_a_reader_and_a_guide_are_told_nothing(as_role: Callable[[Role], Client]) -> None:
    case = requested()

    for role in (Role.READER, Role.GUIDE):
        assert case.title not in shown(as_role(role))


def test_what_is_withdrawn_is_no_task(editor: Client) -> None:
    case = requested()
    withdraw(case=case, reason="重新协商", on=TODAY, by=submitter(), at=AT)

    assert case.title not in shown(editor)


@pytest.mark.parametrize("where", ["/", "/digest/"])
def test_the_number_of_questions_does_not_grow_with_the_cases(editor: Client, where: str) -> None:
    requested()
    dissolving()
    editor.get(where)
    with CaptureQueriesContext(connection) as few:
        editor.get(where)
    for name in SIX[2:]:
        opened(name)

    with CaptureQueriesContext(connection) as many:
        editor.get(where)

    assert len(many) <= len(few)


def test_the_calendar_has_the_last_day_and_no_title_that_was_written(client: Client) -> None:
    case = requested()
    Case.objects.filter(pk=case.pk).update(title="某某的私事")

    text = client.get(address(Role.EDITOR)).content.decode().replace("\r\n ", "")

    assert f"组建党组织：批复最迟 · {SIX[0]}" in text
    assert "DTSTART;VALUE=DATE:20220808" in text
    assert "某某的私事" not in text


def test_the_letter_tells_an_overdue_step(editor: Client) -> None:
    case = requested()

    assert f"{case.title}：批复" in unescape(editor.get("/digest/").content.decode())


def test_duties_add_the_open_steps_due_on_their_last_day_and_overdue_after_it() -> None:
    case = requested()
    last = date(2022, 8, 8)

    for day, state in ((last - timedelta(days=1), "due"), (last, "due"), (last + timedelta(days=1), "overdue")):
        assert duties(day) == [{
            "rule": "case.establishment.approve", "title": "组建党组织：批复", "article": "《支部工作条例》（待核实）", "subject": SIX[0],
            "unit": chamber(SIX[0]).pk, "period": "2022-07-01", "state": state, "due": "2022-08-08",
            "message": f"{case.title}：下一步“批复”，由上级党组织办，最迟2022年8月8日", "modality": "should",
        }]
    assert not duties(last, NEIGHBOUR)


def test_duties_are_those_of_the_day_asked_for() -> None:
    case = requested()
    withdraw(case=case, reason="重新协商", on=date(2022, 9, 1), by=submitter(), at=AT)

    found = {day: [one["rule"] for one in duties(day)] for day in (
        date(2022, 6, 30), date(2022, 7, 1), date(2022, 7, 4), date(2022, 7, 7), date(2022, 8, 31), date(2022, 9, 1),
    )}

    assert list(found.values()) == [
        [], ["case.establishment.survey"], ["case.establishment.prepare"], ["case.establishment.request"],
        ["case.establishment.approve"], [],
    ]


def test_without_cases_the_duties_are_as_before() -> None:
    assert duties(timezone.localdate()) == []


def test_an_address_that_only_takes_orders_says_so_when_it_is_opened(editor: Client) -> None:
    answer = editor.get(reverse("case-papers", kwargs={"case": joint_case().pk}))

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "没有改动任何内容" in answer.content.decode()
