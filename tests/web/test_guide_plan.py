"""A balanced assignment: chosen, proposed, changed by hand, confirmed as one act; what changed meanwhile is told first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.ledger.organizations.models import Chamber, Form, PartyOrganization
from shanghui.ledger.organizations.operations import cover
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.ledger.people.operations import assign_guide
from shanghui.web.guides import bare as bare_module
from tests.worked_city import AT, BRANCH, UNCOVERED, city, named

pytestmark = pytest.mark.django_db
HERE = "/guides/plan/"
GUIDE, OTHER, THIRD = "郭丽静", "于辉鹏", "龙斌贵"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def person(name: str) -> Person:
    return Person.objects.filter(name=name, assignments__isnull=False).distinct().get()


def bare() -> list[Chamber]:
    return list(Chamber.objects.filter(assignments__isnull=False).distinct().order_by("unit__name"))


def uncover(*names: str) -> None:
    GuideAssignment.objects.filter(chamber__unit__name__in=names or [one.unit.name for one in bare()]).delete()


def choice(**changes: Any) -> dict[str, Any]:
    asked = {"do": "propose", "chambers": [one.pk for one in bare()], "people": [person(GUIDE).pk, person(OTHER).pk], "most": 10}
    return asked | changes


def propose(editor: Client, **changes: Any) -> Any:
    return editor.post(HERE, choice(**changes))


def confirmed(answer: Any, picked: dict[int, int | None] | None = None, **changes: Any) -> dict[str, Any]:
    """What the page of a proposal would send."""
    context = answer.context
    sent = {
        "do": "confirm", "stamp": context["stamp"], "most": context["most"], "people": [one.person.pk for one in context["people"]],
        "chambers": [line.chamber.pk for line in context["lines"]], "since": timezone.localdate().isoformat(),
        **{f"guide-{line.chamber.pk}": line.picked or "" for line in context["lines"]},
    }
    return sent | {f"guide-{chamber}": key or "" for chamber, key in (picked or {}).items()} | changes


def of(chamber: str, day: date | None = None) -> set[str]:
    rows = GuideAssignment.objects.on(day or timezone.localdate()).filter(chamber__unit__name=chamber)
    return set(rows.values_list("person__name", flat=True))


def work_coverage(day: date) -> int:
    return figures(whole(day).under(city()), day, {"coverage.work"})["coverage.work"].numerator


def test_chambers_without_a_guide_and_the_guides_there_are_stand_ticked(editor: Client, django_assert_max_num_queries: Any) -> None:
    GuideAssignment.objects.filter(chamber__unit=named(UNCOVERED)).delete()
    editor.get(HERE)

    with django_assert_max_num_queries(18):
        page = editor.get(HERE)

    form = page.context["form"]
    assert form.initial["chambers"] == [str(named(UNCOVERED).pk)]
    assert len(form.fields["chambers"].choices) == 6
    assert len(form.initial["people"]) == 3
    assert f"{UNCOVERED}（没有指导员）" in text_of(page)
    assert f"{OTHER}（现在联系 2 家）" in text_of(page)


def test_existing_relations_stay_and_nothing_would_change(editor: Client) -> None:
    answer = propose(editor, people=[person(name).pk for name in (GUIDE, OTHER, THIRD)])

    assert answer.context["changes"] == 0
    assert all(line.picked == line.chamber.guide for line in answer.context["lines"])
    assert "原有指导员" in text_of(answer)
    assert "方案和现在一样，没有要改的" in text_of(editor.post(HERE, confirmed(answer)))


def test_who_is_not_ticked_gives_his_chambers_to_the_others_evenly(editor: Client) -> None:
    answer = propose(editor)

    assert {one.name: (one.before, one.after) for one in answer.context["loads"]} == {GUIDE: (2, 3), OTHER: (2, 3), THIRD: (2, 0)}
    assert answer.context["changes"] == 2
    assert f"原指导员{THIRD}不再安排" in text_of(answer)


def test_a_confirmed_proposal_is_one_act_without_a_hole_in_work_coverage(editor: Client) -> None:
    today = timezone.localdate()
    answer = propose(editor)
    before = list(GuideAssignment.objects.order_by("pk").values())

    done = editor.post(HERE, confirmed(answer, until="2099-12-31"), follow=True)

    assert "2 家商会有了新的指导员" in text_of(done)
    assert not GuideAssignment.objects.on(today).filter(person=person(THIRD)).exists()
    assert [work_coverage(today + timedelta(days=n)) for n in (-1, 0, 1)] == [40, 40, 40]
    made = GuideAssignment.objects.filter(valid_from=today)
    assert {one.due_by for one in made} == {date(2099, 12, 31)}
    assert all(one.duty for one in made)
    editor.post(reverse("undo", kwargs={"entry": AuditEntry.objects.latest("pk").pk}))
    assert list(GuideAssignment.objects.order_by("pk").values()) == before


def test_a_change_by_hand_shows_the_loads_anew_and_is_what_is_written(editor: Client) -> None:
    uncover(UNCOVERED)
    answer = propose(editor, chambers=[named(UNCOVERED).pk])
    wanted = person(OTHER if answer.context["lines"][0].picked == person(GUIDE).pk else GUIDE)

    shown = editor.post(HERE, confirmed(answer, {named(UNCOVERED).pk: wanted.pk}, do="show"))
    assert shown.context["lines"][0].picked == wanted.pk
    assert {one.name: one.after for one in shown.context["loads"]}[wanted.name] == len(wanted.assignments.all()) + 1
    assert not of(UNCOVERED)

    editor.post(HERE, confirmed(shown))
    assert of(UNCOVERED) == {wanted.name}


def test_a_chamber_left_open_stays_as_it_is(editor: Client) -> None:
    answer = propose(editor)
    keys = {line.chamber.pk: None for line in answer.context["lines"]}
    before = GuideAssignment.objects.count()

    refused = editor.post(HERE, confirmed(answer, keys))

    assert refused.status_code == 422
    assert GuideAssignment.objects.count() == before


def test_nobody_has_more_than_the_most_and_who_goes_without_is_told_why(editor: Client) -> None:
    uncover()
    chambers = [named(name).pk for name in ("云泽市印刷包装商会", "云泽市女企业家商会", "云泽市广东商会")]
    for name in (GUIDE, OTHER):
        somebody = Person.objects.filter(name=name, kept_by=city()).get()
        assign_guide(person=somebody, chamber=Chamber.objects.get(unit__name=BRANCH.removesuffix("党支部")), since=date(2022, 1, 1), by=None, at=AT)
    sent = {"do": "propose", "chambers": chambers, "people": [person(GUIDE).pk, person(OTHER).pk], "most": 2}

    answer = editor.post(HERE, sent)

    assert [line.picked is None for line in answer.context["lines"]].count(True) == 1
    assert "都已到上限" in text_of(answer)


@pytest.mark.parametrize(("changes", "said"), [
    ({"chambers": []}, "请至少选一家商会"), ({"people": []}, "请至少选一个人"), ({"most": 0}, "至少 1 家"), ({"most": "x"}, "请填整数"),
    ({"most": ""}, "请填每人最多联系几家"), ({"chambers": ["neighbour"]}, "已经建了党组织"), ({"people": ["neighbour"]}, "不在列表里"),
])
def test_what_cannot_be_chosen_is_said(editor: Client, changes: dict[str, Any], said: str) -> None:
    if changes.get("chambers") == ["neighbour"]:
        changes = {"chambers": [named("临江市茶叶商会").pk]}
    if changes.get("people") == ["neighbour"]:
        changes = {"people": [Person.objects.get(name="方临江").pk]}

    answer = propose(editor, **changes)

    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize(("changes", "said"), [({"since": ""}, "请填日期"), ({"until": "2020-01-01"}, "最后一天不能早于")])
def test_a_term_that_cannot_be_is_said_and_the_picks_stay(editor: Client, changes: dict[str, Any], said: str) -> None:
    answer = propose(editor)
    before = GuideAssignment.objects.count()

    refused = editor.post(HERE, confirmed(answer, **changes))

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert [line.picked for line in refused.context["lines"]] == [line.picked for line in answer.context["lines"]]
    assert GuideAssignment.objects.count() == before


def test_somebody_not_among_the_people_chosen_is_not_slipped_in(editor: Client) -> None:
    answer = propose(editor)
    chamber = answer.context["lines"][0].chamber
    outside = Person.objects.get(name="方临江")

    editor.post(HERE, confirmed(answer, {chamber.pk: outside.pk}))

    assert not GuideAssignment.objects.filter(person=outside).exists()


def test_what_changed_meanwhile_is_told_and_proposed_anew(editor: Client) -> None:
    answer = propose(editor)
    row = GuideAssignment.objects.get(chamber__unit=named(UNCOVERED))
    GuideAssignment.objects.filter(pk=row.pk).update(person=person(OTHER))
    before = GuideAssignment.objects.count()

    told = editor.post(HERE, confirmed(answer))

    assert told.status_code == 422
    assert "换了指导员" in text_of(told)
    assert GuideAssignment.objects.count() == before
    assert editor.post(HERE, confirmed(told)).status_code == 302


def test_a_chamber_covered_meanwhile_falls_out(editor: Client) -> None:
    answer = propose(editor)
    chamber = Chamber.objects.get(unit=named(UNCOVERED))
    cover(chamber=chamber, organization=PartyOrganization.objects.get(unit=named(BRANCH)), form=Form.JOINT, since=date(2022, 7, 1), by=None, at=AT)

    told = editor.post(HERE, confirmed(answer))

    assert told.status_code == 422
    assert "已经建了党组织" in text_of(told)


def test_with_nobody_to_send_or_nothing_to_do_the_page_says_so(editor: Client) -> None:
    uncover()
    Person.objects.filter(kept_by=city()).update(kept_by=named(BRANCH))

    assert "还没有可以安排的人" in text_of(editor.get(HERE))


def test_only_the_office_proposes(as_role: Callable[[Role], Client]) -> None:
    for role in (Role.READER, Role.GUIDE, Role.SECRETARY):
        assert as_role(role).get(HERE).status_code == 403
        assert HERE not in text_of(as_role(role).get("/guides/"))


def test_a_large_area_is_laid_out_in_parts_and_says_so(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "只列出前一部分" not in text_of(editor.get(HERE))
    monkeypatch.setattr(bare_module, "CHAMBERS", 5)
    monkeypatch.setattr(bare_module, "PEOPLE", 2)

    page = editor.get(HERE)

    assert "只列出前一部分" in text_of(page)
    assert len(page.context["form"].fields["chambers"].choices) == 5
    assert len(page.context["form"].fields["people"].choices) == 2
