"""The uncovered chambers are worked: reason, route, owner, next date, note; what stood before is kept and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from shanghui.access.models import AuditEntry, Link, Role
from shanghui.cases.operations import open_case
from shanghui.indicators.gaps import suggestion
from shanghui.kernel.periods import EPOCH
from shanghui.ledger.organizations.models import Chamber, GapPlan, GapRoute
from shanghui.ledger.organizations.operations import plan_gap
from shanghui.web.kit.history import in_words
from tests.worked_city import AT, CHAMBER, HALF_YEAR, SINCE, UNCOVERED, city, named, neighbour

PLAN = {"reason": "too_few", "route": "joint", "owner": "王敏", "next_on": "2022-07-20", "note": "与相邻商会商量联合组建"}


def _address(name: str = UNCOVERED) -> str:
    return f"/gaps/{named(name).pk}/"


@pytest.mark.django_db
def test_the_list_has_the_six_of_the_city_and_goes_out_as_a_workbook(editor: Client) -> None:
    shown = editor.get(f"/gaps/?on={HALF_YEAR}")
    answer = editor.get(f"/gaps/?on={HALF_YEAR}&format=xlsx")

    assert shown.context["page"].total == 6
    assert "《支部工作条例》" in shown.content.decode()
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == 3 + 6


@pytest.mark.django_db
def test_a_plan_is_written_changed_and_taken_back(editor: Client) -> None:
    editor.post(_address(), PLAN)
    yesterday = timezone.localdate() - timedelta(days=1)
    GapPlan.objects.update(valid_from=yesterday)
    editor.post(_address(), {**PLAN, "route": "own"})

    plans = GapPlan.objects.filter(chamber__unit=named(UNCOVERED)).order_by("valid_from")
    assert [(plan.route, plan.valid_to) for plan in plans] == [("joint", timezone.localdate()), ("own", None)]
    shown = editor.get(_address()).content.decode()
    assert "与相邻商会商量联合组建" in shown
    entry = AuditEntry.objects.filter(verb="办理未覆盖商会").latest("pk")
    assert f"/audit/{entry.pk}/undo/" in shown
    editor.post(f"/audit/{entry.pk}/undo/")
    assert list(plans.values_list("route", "valid_to")) == [("joint", None)]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "count"), [
    ("plan=none", 5), ("plan=some", 1), ("plan=overdue", 1), ("reason=too_few", 1), ("route=joint", 1), ("route=own", 0),
    ("q=王敏", 1), ("members=guide", 6), ("members=own", 0),
])
def test_the_list_is_narrowed(query: str, count: int, editor: Client) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    plan_gap(chamber=chamber, since=SINCE, by=None, at=AT, **{**PLAN, "next_on": date(2022, 7, 1)})

    assert editor.get(f"/gaps/?on=2022-07-08&{query}").context["page"].total == count


@pytest.mark.django_db
def test_a_date_that_passed_is_marked(editor: Client) -> None:
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    plan_gap(chamber=chamber, since=SINCE, by=None, at=AT, **{**PLAN, "next_on": date(2022, 7, 1)})

    assert "逾期 7 天" in editor.get("/gaps/?on=2022-07-08").content.decode()
    assert "逾期" not in editor.get("/gaps/?on=2022-07-01").content.decode()


@pytest.mark.django_db
def test_what_is_missing_is_said_at_the_field(editor: Client) -> None:
    answer = editor.post(_address(), {"owner": "王敏", "next_on": "2022-02-30"})

    assert answer.status_code == 422
    assert {"reason", "route", "next_on"} <= set(answer.context["form"].errors)
    assert not GapPlan.objects.exists()


@pytest.mark.django_db
def test_a_chamber_that_is_covered_is_not_worked(editor: Client) -> None:
    shown = editor.get(_address(CHAMBER))
    answer = editor.post(_address(CHAMBER), PLAN)

    assert "已有党组织覆盖" in shown.content.decode()
    assert answer.status_code == 422
    assert not GapPlan.objects.exists()


@pytest.mark.django_db
def test_the_neighbours_chamber_does_not_exist_and_a_reader_changes_nothing(
    editor: Client, as_role: Callable[[Role], Client]
) -> None:
    reader = as_role(Role.READER)

    assert editor.get(_address("临江市茶叶商会")).status_code == 404
    assert editor.get(f"/gaps/?under={neighbour().pk}").status_code == 404
    assert reader.get(_address()).status_code == 403
    assert "定打算" not in reader.get("/gaps/").content.decode()


@pytest.mark.django_db
def test_a_guide_sees_the_chambers_looked_after(as_role: Callable[[Role], Client]) -> None:
    shown = as_role(Role.GUIDE).get("/gaps/")

    assert [line["row"].unit.name for line in shown.context["lines"]] == [UNCOVERED]


def test_what_the_number_of_full_members_suggests() -> None:
    assert [suggestion(number, False).route for number in (0, 1, 2, 3)] == [
        GapRoute.GUIDE, GapRoute.JOINT, GapRoute.JOINT, GapRoute.OWN,
    ]
    assert suggestion(3, True).article == "《支部工作条例》第四条"
    assert suggestion(2, True).article == "《支部工作条例》第五条"


@pytest.mark.django_db
def test_the_list_asks_a_fixed_number_of_questions(
    editor: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    editor.get("/gaps/")

    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        editor.get("/gaps/")


@pytest.mark.django_db
def test_a_chamber_with_a_case_is_no_longer_without_a_plan(editor: Client) -> None:
    today, row = timezone.localdate(), Chamber.objects.get(unit=named(UNCOVERED))
    before = editor.get("/gaps/").content.decode()

    open_case(kind="establishment", office=city(), on=today, by=None, at=timezone.now(), chambers=[row])

    after = editor.get("/gaps/").content.decode()
    assert (before.count("已立项"), after.count("已立项")) == (0, 1)
    assert before.count("还没有打算") - after.count("还没有打算") == 1


@pytest.mark.django_db
def test_the_history_tells_no_beginning_that_only_the_tree_needs() -> None:
    entry = AuditEntry(changes=[[Link._meta.db_table, 1, None, {"axis": "party", "valid_from": EPOCH.isoformat(), "parent_id": 1}]])

    assert in_words(entry) == [f"{Link._meta.get_field('axis').verbose_name}：党组织隶属"]
