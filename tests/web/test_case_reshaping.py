"""The pages of covering, dissolution, merger and change of form, from the opening to the ledger; what their forms refuse (M03)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.models import Case, CasePerson, State
from shanghui.cases.operations import design
from shanghui.ledger.activities.models import ActivityType
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber, Coverage, Form, OrganizationPeriod
from shanghui.ledger.people.models import Affiliation, Person
from tests.cases.somewhere import SIX, approver, chamber, named_committee, submitter
from tests.cases.test_dissolution import at_home, branch, opened, placed
from tests.web.somebody import OTHER, text_of
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR

pytestmark = pytest.mark.django_db
COMMITTEE = "云泽市商会行业党委"
LONG_AGO = date(2022, 7, 1)


@pytest.fixture(autouse=True)
def second_editor() -> Client:
    """Who registers approvals."""
    client = Client()
    client.force_login(approver(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, case: Case) -> str:
    return reverse(name, args=[case.pk])


def opening(client: Client, kind: str, **values: Any) -> Case:
    """Opens a case on the page."""
    answer = client.post(reverse("case-new", kwargs={"case_kind": kind}), {"on": LONG_AGO.isoformat(), **values})
    assert answer.status_code == 302, text_of(answer)
    return Case.objects.get(kind=kind)


def send(client: Client, address: str, values: dict[str, Any]) -> None:
    """Sends a form that is right."""
    answer = client.post(address, values)
    assert answer.status_code == 302, text_of(answer)


def did(client: Client, case: Case, code: str, day: str, number: str = "") -> None:
    """Does a step on the page."""
    send(client, reverse("case-step", kwargs={"case": case.pk, "step": code}), {"on": day, "number": number, "note": ""})


def test_a_chamber_is_covered_from_the_opening_to_the_ledger(editor: Client, second_editor: Client) -> None:
    case = opening(editor, "covering", chambers=[SIX[0]])
    send(editor, at("case-design", case), {"target": COMMITTEE, "form": "attached", "upper": COMMITTEE, "change_on": "2022-08-01"})
    page = text_of(editor.get(at("case", case)))
    for code, day in (("survey", "2022-07-02"), ("agree", "2022-07-05"), ("request", "2022-07-08")):
        did(editor, case, code, day)
    did(second_editor, case, "approve", "2022-07-20", "8号")
    did(editor, case, "record", "2022-07-22")

    assert f"自2022年8月1日起，{SIX[0]}由“{COMMITTEE}”以“挂靠”覆盖" in page
    assert "成立党支部要" not in page
    assert Coverage.objects.get(chamber=chamber(SIX[0]), organization=named_committee()).valid_from == date(2022, 8, 1)


def test_a_branch_is_dissolved_from_the_opening_to_the_ledger(editor: Client, second_editor: Client) -> None:
    people = at_home(branch(), date(2022, 7, 31))
    case = opening(editor, "dissolution", organization=BRANCH)
    send(editor, at("case-design", case), {"grounds": "商会合并", "upper": COMMITTEE, "change_on": "2022-08-01"})
    did(editor, case, "survey", "2022-07-02")
    did(editor, case, "request", "2022-07-08")
    did(second_editor, case, "approve", "2022-07-20", "8号")
    page = text_of(editor.get(at("case", case)))
    where = Chamber.objects.get(unit__name=CHAMBER).pk
    send(editor, at("case-homes", case), {"all_to": OTHER, f"cover-{where}": OTHER, f"form-{where}": "area"})
    after = text_of(editor.get(at("case", case)))
    did(editor, case, "homes", "2022-07-25")
    did(editor, case, "record", "2022-08-01")

    case.refresh_from_db()
    assert case.state == State.DONE
    assert "还没有去向" in page
    assert "还有 0 人没有去向" in after
    assert people <= at_home(branch(OTHER), date(2022, 8, 1))
    assert Coverage.objects.get(chamber_id=where, organization=branch(OTHER)).form == Form.AREA


def test_one_goes_elsewhere_and_one_outside_the_ledger(editor: Client) -> None:
    case = opened()
    first, second = Person.objects.filter(pk__in=at_home(branch(), HALF_YEAR)).order_by("pk")[:2]

    send(editor, at("case-homes", case), {f"to-{first.pk}": COMMITTEE, f"outside-{second.pk}": "某街道党支部"})

    rows = {row.person_id: row for row in CasePerson.objects.filter(case=case)}
    assert set(rows) == {first.pk, second.pk}
    assert rows[first.pk].target == named_committee()
    assert (rows[second.pk].target, rows[second.pk].outside) == (None, "某街道党支部")
    page = text_of(editor.get(at("case-homes", case)))
    assert "某街道党支部" in page


def test_what_the_form_of_the_homes_refuses(editor: Client) -> None:
    case = opened()
    person = Person.objects.filter(pk__in=at_home(branch(), HALF_YEAR)).order_by("pk")[0]
    where = Chamber.objects.get(unit__name=CHAMBER).pk

    for values, words in (
        ({f"to-{person.pk}": OTHER, f"outside-{person.pk}": "别处"}, "只能填一个"),
        ({f"to-{person.pk}": "没有这样的党支部"}, "没有“没有这样的党支部”。请从列表里选"),
        ({f"cover-{where}": OTHER}, "请选覆盖方式"),
        ({f"form-{where}": "area"}, "请选由哪个党组织覆盖"),
        ({f"form-{where}": "own"}, "没有这种覆盖方式"),
    ):
        answer = editor.post(at("case-homes", case), values)
        assert answer.status_code == 422
        assert words in text_of(answer)
    assert not CasePerson.objects.filter(case=case).exists()


def test_two_branches_are_merged_from_the_opening_to_the_ledger(editor: Client, second_editor: Client) -> None:
    case = opening(editor, "merger", organization=BRANCH)
    send(editor, at("case-organizations", case), {"organizations": [OTHER]})
    send(editor, at("case-design", case), {
        "target": OTHER, "name": "", "kind": "branch", "form": "joint", "upper": COMMITTEE, "change_on": "2022-08-01", "grounds": "同街",
    })
    page = text_of(editor.get(at("case", case)))
    did(editor, case, "survey", "2022-07-02")
    did(editor, case, "request", "2022-07-08")
    did(second_editor, case, "approve", "2022-07-20", "8号")
    did(editor, case, "record", "2022-08-01")

    assert f"“{BRANCH}”不再存在" in page
    assert not OrganizationPeriod.objects.on(date(2022, 8, 1)).filter(organization=branch()).exists()


def test_a_branch_becomes_joint_from_the_opening_to_the_ledger(editor: Client, second_editor: Client) -> None:
    case = opening(editor, "change-form", organization=BRANCH)
    begins = text_of(editor.get(at("case-chambers", case)))
    send(editor, at("case-chambers", case), {"chambers": [CHAMBER, SIX[0]]})
    send(editor, at("case-design", case), {"form": "joint", "kind": "branch", "name": "", "upper": COMMITTEE, "grounds": "骨干交叉任职"})
    did(editor, case, "survey", "2022-07-02")
    did(editor, case, "request", "2022-07-08")
    did(second_editor, case, "approve", "2022-07-20", "8号")
    did(editor, case, "record", "2022-07-20")

    assert CHAMBER in begins
    assert "牵头商会" not in begins
    assert set(Coverage.objects.on(date(2022, 7, 20)).filter(organization=branch()).values_list("form", flat=True)) == {Form.JOINT}


def test_a_merger_names_no_stranger(editor: Client) -> None:
    case = opening(editor, "merger", organization=BRANCH)

    answer = editor.post(at("case-organizations", case), {"organizations": ["临江市茶叶商会党支部"]})

    assert answer.status_code == 422
    assert "没有“临江市茶叶商会党支部”" in text_of(answer)


def test_a_part_that_its_kind_does_not_ask_is_not_there(editor: Client) -> None:
    case = opened()

    assert editor.get(at("case-organizations", case)).status_code == 404
    assert editor.get(at("case-chambers", case)).status_code == 404
    assert editor.get(at("case-people", case)).status_code == 404


def test_a_dissolution_in_the_hands_of_its_secretary_shows_no_more_people_than_he_sees(as_role: Any) -> None:
    case = opened()
    placed(case)
    design(case=case, by=submitter(), at=AT, grounds="商会合并")

    page = text_of(as_role(Role.SECRETARY).get(at("case-homes", case)))

    shown = Person.objects.filter(pk__in=at_home(branch(), HALF_YEAR)).first()
    assert shown is not None
    assert shown.name in page
    assert Affiliation.objects.on(HALF_YEAR).filter(person=shown).count() == 1


def test_what_was_held_after_the_end_is_worth_a_look(editor: Client) -> None:
    case = opened(change_on=date(2022, 7, 5))
    record_activity(
        type=ActivityType.THEME_DAY, held_on=date(2022, 7, 6), title="主题党日", hosts=[branch().unit], by=None, at=AT, minutes="学习。", present=9,
    )

    page = text_of(editor.get(at("case", case)))

    assert f"2022年7月5日以后“{BRANCH}”还登记了 1 次活动，请核对日期。" in page
