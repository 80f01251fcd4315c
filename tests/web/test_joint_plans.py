"""The pages of joint-branch planning: from the form to a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanghui.access.audit import Journal
from shanghui.access.models import Role, UnitKind
from shanghui.access.operations import open_unit
from shanghui.cases.models import Case, JointPlan, PlanState
from tests.cases.somewhere import SIX, chamber, member
from tests.worked_city import AT, city

pytestmark = pytest.mark.django_db
ASKED = {"near": "10", "near_industry": "30", "seconds": "10"}


@pytest.fixture
def four() -> None:
    """Four uncovered chambers with 2, 1, 2 and 1 full members."""
    for place, (name, count) in enumerate(zip(SIX, (2, 1, 2, 1), strict=False)):
        for number in range(count):
            member(f"丁{place}{number}", chamber(name))


def planned(editor: Client) -> JointPlan:
    answer = editor.post(reverse("joint-plan-new"), ASKED | {"office": city().name})
    plan = JointPlan.objects.get()
    assert answer["Location"] == reverse("joint-plan", kwargs={"plan": plan.pk})
    return plan


def test_the_plan_shows_its_groups_what_is_proved_and_who_is_left(editor: Client, four: None) -> None:
    plan = planned(editor)

    shown = editor.get(reverse("joint-plan", kwargs={"plan": plan.pk})).content.decode()

    assert "第 1 组：4 家，正式党员 6 名" in shown
    assert "已证明最优" in shown
    assert "没有分组的 2 家" in shown
    assert "先派指导员" in shown


def test_nothing_to_plan_is_said_on_the_form(editor: Client) -> None:
    answer = editor.post(reverse("joint-plan-new"), ASKED | {"office": city().name})

    assert answer.status_code == 422
    assert "没有可以联合组建的商会" in answer.content.decode()
    assert not JointPlan.objects.exists()


def test_each_place_a_chamber_could_go_says_what_it_costs(editor: Client, four: None) -> None:
    plan = planned(editor)
    one = plan.units.filter(group=1, lead=False).first()
    assert one is not None
    address = reverse("joint-plan-move", kwargs={"plan": plan.pk, "plan_unit": one.pk})

    shown = editor.get(address).content.decode()
    assert "移出，不分组：未分组的商会多 1" in shown
    assert "自成一组，由它牵头：支部多 1" in shown
    assert "不足 3 名" in shown
    editor.post(address, {"to": "out"})

    one.refresh_from_db()
    assert one.group is None
    assert "手工调整过" in editor.get(reverse("joint-plan", kwargs={"plan": plan.pk})).content.decode()


def test_a_group_is_accepted_and_leads_to_its_case(editor: Client, four: None) -> None:
    plan = planned(editor)

    address, began = reverse("joint-plan-accept", kwargs={"plan": plan.pk, "group": 1}), timezone.localdate() - timedelta(days=20)

    answer = editor.post(address, {"on": began.isoformat()})

    case = Case.objects.get()
    assert case.opened_on == began
    assert answer["Location"] == reverse("case", kwargs={"case": case.pk})
    shown = editor.get(reverse("joint-plan", kwargs={"plan": plan.pk})).content.decode()
    assert "已立项，去办理" in shown
    assert "6 家没有党组织，4 家可以联合" in shown, "the figures of the plan stay what they were"
    for again in (editor.get(address), editor.post(address, {"on": began.isoformat()})):
        assert again["Location"] == reverse("case", kwargs={"case": case.pk})
    assert Case.objects.count() == 1


def test_a_group_is_not_accepted_from_a_day_to_come_nor_one_that_is_not_there(editor: Client, four: None) -> None:
    plan = planned(editor)
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = editor.post(reverse("joint-plan-accept", kwargs={"plan": plan.pk, "group": 1}), {"on": tomorrow.isoformat()})

    assert answer.status_code == 422
    assert "立项时间还没有到" in answer.content.decode()
    assert editor.get(reverse("joint-plan-accept", kwargs={"plan": plan.pk, "group": 9})).status_code == 404
    assert not Case.objects.exists()


def test_the_list_of_gaps_leads_to_a_plan_for_the_same_office(as_role: Callable[[Role], Client], editor: Client) -> None:
    link = f'href="{reverse("joint-plan-new")}?office={city().pk}"'

    assert link in editor.get(reverse("gaps")).content.decode()
    assert link not in editor.get(reverse("gaps"), {"on": "2022-06-30"}).content.decode()
    assert reverse("joint-plan-new") not in as_role(Role.READER).get(reverse("gaps")).content.decode()
    form = editor.get(reverse("joint-plan-new"), {"office": city().pk}).context["form"]
    assert form["office"].value() == city().name


def test_while_it_is_computed_the_page_tells_how_far_and_then_goes_on(editor: Client, four: None) -> None:
    plan = planned(editor)
    JointPlan.objects.filter(pk=plan.pk).update(state=PlanState.SOLVING, cost=10200, bound=10000, optimal=False, elapsed=3.2)

    assert "正在规划" in editor.get(reverse("joint-plan", kwargs={"plan": plan.pk})).content.decode()
    assert "最多差 2.0%" in editor.get(reverse("joint-plan-progress", kwargs={"plan": plan.pk})).content.decode()
    editor.post(reverse("joint-plan-stop", kwargs={"plan": plan.pk}))
    plan.refresh_from_db()
    assert plan.stop_asked
    JointPlan.objects.filter(pk=plan.pk).update(state=PlanState.READY)
    answer = editor.get(reverse("joint-plan-progress", kwargs={"plan": plan.pk}))
    assert answer["HX-Redirect"] == reverse("joint-plan", kwargs={"plan": plan.pk})


def test_the_page_asks_a_constant_number_of_questions(editor: Client, four: None, django_assert_max_num_queries: Callable[..., object]) -> None:
    plan = planned(editor)

    with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
        editor.get(reverse("joint-plan", kwargs={"plan": plan.pk}))


def test_a_secretary_sees_no_plan_of_the_office(as_role: Callable[[Role], Client], editor: Client, four: None) -> None:
    plan = planned(editor)

    assert as_role(Role.SECRETARY).get(reverse("joint-plan", kwargs={"plan": plan.pk})).status_code == 404
    assert as_role(Role.READER).get(reverse("joint-plan-new")).status_code == 403


def test_the_workbook_has_every_chamber(editor: Client, four: None) -> None:
    plan = planned(editor)

    answer = editor.get(reverse("joint-plan", kwargs={"plan": plan.pk}), {"format": "xlsx"})

    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_ones_own_office_is_offered_first_and_towns_of_one_name_say_where(editor: Client) -> None:
    journal = Journal(by=None, at=AT, verb="试")
    for county, code in (("甲县工商联", "990201"), ("乙县工商联", "990202")):
        above = open_unit(kind=UnitKind.FEDERATION, name=county, code=code, parent=city(), journal=journal)
        open_unit(kind=UnitKind.FEDERATION, name="丽祥镇商会联合会", parent=above, journal=journal)

    field = editor.get(reverse("joint-plan-new")).context["form"].fields["office"]

    words = [one.words for one in field.options]
    assert words[0] == city().name
    assert words[-2:] == ["丽祥镇商会联合会（甲县工商联）", "丽祥镇商会联合会（乙县工商联）"]
    with pytest.raises(ValidationError, match="可能是：丽祥镇商会联合会（甲县工商联）、"):
        field.meant("丽祥镇")
