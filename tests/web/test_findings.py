"""The page of findings: narrowed, several at once, ten thousand within a bound, one with its history."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shanghui.access.models import AuditEntry, Role, Unit
from shanghui.access.scope import Scope
from shanghui.rules.findings import refresh_when_stale
from shanghui.rules.models import Finding, FindingState
from shanghui.rules.operations import explain
from tests.worked_city import AT, BRANCH, city, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_records")]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def some(count: int = 3) -> list[Finding]:
    return list(Finding.objects.filter(state=FindingState.OPEN).select_related("unit").order_by("pk")[:count])


def test_the_page_compares_first_and_lists_what_is_not_fixed(editor: Client) -> None:
    shown = editor.get("/findings/")

    keys = [int(key) for line in shown.context["lines"] for key in line["more"].keys.split(",")]
    assert len(keys) == len(set(keys))
    assert Finding.objects.exclude(state=FindingState.FIXED).count() > 50
    assert shown.context["page"].pages > 1 or len(keys) == Finding.objects.exclude(state=FindingState.FIXED).count()


def own(client: Client, query: str = "") -> list[Any]:
    """What the rows about the theme days of one branch say."""
    lines = client.get(f"/findings/?rule=life.theme_day&q={BRANCH}{query}").context["lines"]
    return [line["more"] for line in lines]


def test_the_periods_missed_of_one_duty_are_one_row_that_opens_into_them(editor: Client) -> None:
    editor.get("/findings/")
    rows = Finding.objects.filter(unit=named(BRANCH), rule="life.theme_day", state=FindingState.OPEN).order_by("first")

    (told,) = own(editor)

    assert f"缺 {rows.count()} 次主题党日的记录。" in told.said
    assert told.keys == ",".join(str(row.pk) for row in rows)
    assert [editor.get(part.url).status_code for part in told.parts[:2]] == [200, 200]
    assert f"逐期看（{rows.count()} 期）" in text(editor.get(f"/findings/?rule=life.theme_day&q={BRANCH}"))


def test_what_stands_differently_has_a_row_of_its_own_and_a_ticked_row_stands_for_all_its_periods(editor: Client) -> None:
    editor.get("/findings/")
    first = Finding.objects.filter(unit=named(BRANCH), rule="life.theme_day").order_by("first").first()
    assert first is not None
    explain(findings=[first], reason="停业", by=None, at=AT)

    alone, rest = sorted(own(editor), key=lambda told: len(told.parts))
    editor.post("/findings/change/", {"pick": [rest.keys], "do": "assign", "owner": "王敏"})

    assert (alone.keys, alone.parts) == (str(first.pk), ())
    assert Finding.objects.filter(owner="王敏").count() == len(rest.parts) > 1
    assert len(own(editor, "&owner=王敏")) == 1


def test_more_than_can_be_done_at_once_is_refused_with_the_number(editor: Client) -> None:
    answer = editor.post("/findings/change/", {"pick": [",".join(map(str, range(1, 502)))], "do": "assign", "owner": "王敏"}, follow=True)

    assert "一共有 501 期，一次最多办 500 期" in text(answer)
    assert not Finding.objects.filter(owner="王敏").exists()


def test_it_is_narrowed_by_state_rule_modality_owner_and_words(editor: Client) -> None:
    editor.get("/findings/")
    explain(findings=some(), reason="写过了", by=None, at=AT)

    shown = editor.get("/findings/?state=explained").context["lines"]
    assert sum(len(line["more"].keys.split(",")) for line in shown) == 3
    rules = {row.rule for row in editor.get("/findings/?rule=life.theme_day").context["page"].rows}
    assert rules == {"life.theme_day"}
    assert editor.get("/findings/?modality=must").context["page"].total < editor.get("/findings/").context["page"].total
    assert editor.get("/findings/?owner=-").context["page"].total == editor.get("/findings/").context["page"].total
    assert {row.unit.name for row in editor.get(f"/findings/?q={BRANCH}").context["page"].rows} == {BRANCH}
    assert editor.get("/findings/?state=fixed").context["page"].total == 0


def test_several_are_assigned_and_explained_at_once(editor: Client) -> None:
    editor.get("/findings/")
    picked = [row.pk for row in some()]

    editor.post("/findings/change/", {"pick": picked, "do": "assign", "owner": "王敏"})
    assert Finding.objects.filter(owner="王敏").count() == 3
    editor.post("/findings/change/", {"pick": picked, "do": "explain", "reason": " "})
    assert not Finding.objects.filter(state=FindingState.EXPLAINED).exists()
    answer = editor.post("/findings/change/", {"pick": picked, "do": "explain", "reason": "合并换届", "back": "?rule=life.theme_day"})

    assert answer["Location"] == "/findings/?rule=life.theme_day"
    assert Finding.objects.filter(state=FindingState.EXPLAINED, explanation="合并换届").count() == 3


def test_what_lies_next_door_is_not_touched(editor: Client) -> None:
    other = Finding.objects.create(unit=named("临江市茶叶商会党支部"), rule="life.theme_day", first=date(2022, 5, 1), message="…", since=date(2022, 6, 1))

    editor.post("/findings/change/", {"pick": [other.pk, "x", "9" * 30], "do": "assign", "owner": "王敏"})

    other.refresh_from_db()
    assert other.owner == ""


def test_the_secretary_sees_his_own_only(as_role: Any) -> None:
    as_role(Role.EDITOR).get("/findings/")
    rows = as_role(Role.SECRETARY).get("/findings/").context["page"].rows

    assert {row.unit.name for row in rows} == {BRANCH}


def test_one_finding_has_its_article_and_history_and_is_undone(editor: Client) -> None:
    editor.get("/findings/")
    row = Finding.objects.filter(unit=named(BRANCH), rule="life.theme_day").first()
    assert row is not None
    editor.post(f"/findings/{row.pk}/explain/", {"reason": "书记出差"})

    page = text(editor.get(f"/findings/{row.pk}/"))

    assert "《党员教育管理工作条例》第十六条" in page
    assert "说明原因" in page
    entry = AuditEntry.objects.latest("pk")
    editor.post(f"/audit/{entry.pk}/undo/")
    row.refresh_from_db()
    assert row.state == FindingState.OPEN


def test_the_list_goes_out_as_a_workbook(editor: Client) -> None:
    editor.get("/findings/")
    total = Finding.objects.exclude(state=FindingState.FIXED).count()

    sheet = openpyxl.load_workbook(BytesIO(editor.get("/findings/?format=xlsx").content)).worksheets[0]

    assert sheet.max_row == 3 + total


def test_ten_thousand_findings_stay_within_the_bound(editor: Client) -> None:
    today = timezone.localdate()
    units = list(Unit.objects.filter(pk__in=Scope(roots=(city().pk,), day=today).units().values("pk")).values_list("pk", flat=True))
    Finding.objects.bulk_create([
        Finding(unit_id=units[n % len(units)], rule=f"old.{n % 7}", first=date(2000, 1, 1) + timedelta(days=n), message="旧", since=today)
        for n in range(10_000)
    ])
    refresh_when_stale(Scope(roots=(city().pk,), day=today), today)
    Finding.objects.filter(message="旧").update(state=FindingState.OPEN)

    with CaptureQueriesContext(connection) as queries:
        shown = editor.get("/findings/")

    assert shown.context["page"].total >= 10_000
    assert len(queries) <= 41
