"""Every count of a report opens the records it counted: as many as it says, of those one may see (M43)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role, Unit
from shanghui.ledger.activities.models import Activity, Attendance, Presence
from shanghui.ledger.organizations.models import ChamberMembership, Coverage, Enterprise
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.reports.content import Content, Counted, Table, Words, from_json, to_json
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze
from shanghui.reports.queries import read
from shanghui.reports.registry import registry
from shanghui.rules.models import Finding
from tests.web.somebody import text_of
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, city, named, neighbour, user

pytestmark = pytest.mark.django_db


def _draft(kind: str, unit: Unit, day: date = HALF_YEAR) -> Report:
    return compile_report(kind=kind, unit=unit, day=day, by=user(Role.EDITOR), at=AT)


def _unit(kind: str) -> Unit:
    return {"federation": city(), "organization": named(BRANCH), "chamber": named(CHAMBER)}[registry.get(kind).units[0]]  # type: ignore[union-attr]


def _at(report: Report, code: str) -> str:
    return reverse("report-records", kwargs={"report": report.pk, "counted": code})


def _pieces(content: Content) -> Iterator[Any]:
    return (piece for section in content.sections() for block in section.paragraphs for piece in block.pieces)


def _counted(report: Report) -> dict[str, Counted]:
    return {one.code: one for one in _pieces(read(report)) if isinstance(one, Counted)}


@pytest.fixture(autouse=True)
def _something_to_count(db: None) -> None:
    """A meeting with a roster, one with only a number, a member enterprise, a guide, an open finding."""
    branch, chamber = named(BRANCH), named(CHAMBER)
    people = list(Person.objects.order_by("pk")[:3])
    meeting = Activity.objects.create(type="theme_day", held_on=date(2022, 3, 4), title="清明祭扫", expected=3, present=2)
    training = Activity.objects.create(type="training", held_on=date(2022, 4, 1), title="书记培训", present=31)
    for one in (meeting, training):
        one.hosts.create(unit=branch)
        one.hosts.create(unit=chamber)
    for place, person in enumerate(people):
        Attendance.objects.create(activity=meeting, person=person, unit=branch, state=Presence.ABSENT if place == 2 else Presence.PRESENT)
    enterprise = Enterprise.objects.create(name="云泽锻件厂", kept_by=chamber)
    ChamberMembership.objects.create(enterprise=enterprise, chamber_id=chamber.pk, valid_from=date(2022, 2, 1))
    GuideAssignment.objects.get_or_create(person=people[0], chamber_id=chamber.pk, valid_from=date(2022, 1, 1))
    Finding.objects.create(unit=branch, rule="life.theme_day", first=date(2022, 1, 1), message="缺一次", since=date(2022, 2, 1))


@pytest.mark.parametrize("kind", [one.code for one in registry])
def test_no_cell_of_a_table_is_a_number_that_does_not_open(kind: str) -> None:
    content = read(_draft(kind, _unit(kind)))

    cells = [cell for section in content.sections() for block in section.paragraphs if isinstance(block, Table) for row in block.rows for cell in row]
    assert not [cell for cell in cells if any(isinstance(piece, Words) and piece.text.strip().isdecimal() for piece in cell)]


@pytest.mark.parametrize("kind", [one.code for one in registry])
def test_behind_each_count_are_as_many_records(editor: Client, kind: str) -> None:
    report = _draft(kind, _unit(kind))

    for one in _counted(report).values():
        answer = editor.get(_at(report, one.code))
        assert answer.status_code == 200, one
        assert len(one.keys) in (int(one.text), 1)
        if one.keys:
            assert answer.context["page"].total == len(one.keys), one
        assert "没有列出" not in text_of(answer)


def test_the_account_counts_rosters_guides_and_findings(editor: Client) -> None:
    found = _counted(_draft("branch-account", named(BRANCH)))

    assert {"covered", "guides", "attended.meetings", "attended.expected", "attended.came", "findings.1"} <= set(found)
    assert len(found["covered"].keys) == Coverage.objects.on(HALF_YEAR).filter(organization=named(BRANCH).pk).values("chamber").distinct().count()
    states = list(Attendance.objects.filter(unit=named(BRANCH), activity__held_on__range=(date(2022, 1, 1), HALF_YEAR)).values_list("state", flat=True))
    assert int(found["attended.came"].text) == states.count(Presence.PRESENT)


def test_the_archive_opens_its_numbers_on_the_page(editor: Client) -> None:
    report = _draft("chamber-archive", named(CHAMBER))
    roster = Activity.objects.get(title="清明祭扫")
    entered = Activity.objects.get(title="书记培训")

    page = text_of(editor.get(reverse("report", kwargs={"report": report.pk})))

    assert _at(report, f"present.{roster.pk}") in page
    assert "截至2022-06-30：2人次。" in text_of(editor.get(_at(report, f"present.{roster.pk}")))
    alone = text_of(editor.get(_at(report, f"present.{entered.pk}")))
    assert "数填在下面这条记录里" in alone
    assert "书记培训" in alone


def test_a_frozen_report_keeps_its_records(editor: Client) -> None:
    frozen = freeze(report=_draft("branch-account", named(BRANCH)), by=user(Role.EDITOR), at=AT)
    before = _counted(frozen)["attended.came"]
    Attendance.objects.filter(pk=before.keys[0]).delete()

    answer = editor.get(_at(frozen, "attended.came"))

    assert _counted(frozen)["attended.came"] == before
    assert "其中1条不在您能看的范围里，或者后来从台账里去掉了" in text_of(answer)


def test_the_content_comes_back_from_json_as_it_was() -> None:
    content = read(_draft("branch-account", named(BRANCH)))

    assert from_json(to_json(content)) == content


def test_people_need_the_act_and_other_scopes_find_nothing(as_role: Callable[[Role], Client], editor: Client) -> None:
    report = _draft("branch-account", named(BRANCH))

    assert editor.get(_at(report, "nothing")).status_code == 404
    next_door = _draft("coverage-map", neighbour())
    assert editor.get(_at(next_door, "direct.chambers.total")).status_code == 404
    for role in Role:
        client = as_role(role)
        if client.get(reverse("report", kwargs={"report": report.pk})).status_code == 200:
            allowed = client.get(reverse("people")).status_code == 200
            assert client.get(_at(report, "attended.came")).status_code == (200 if allowed else 403), role


def test_overdue_periods_of_one_organization_open_from_the_table(editor: Client) -> None:
    for report in (draft := _draft("matter-life", city()), freeze(report=_draft("matter-life", city(), date(2022, 6, 29)), by=user(Role.EDITOR), at=AT)):
        numbers = [one for one in _pieces(read(report)) if getattr(one, "under", 0)]
        assert numbers
        one = numbers[0]
        address = reverse("report-figure", kwargs={"report": report.pk, "code": one.code})
        answer = editor.get(address, {"under": one.under, "part": "numerator"}, follow=True)
        assert answer.status_code == 200
        assert answer.context["page"].total == one.numerator, report.pk == draft.pk
