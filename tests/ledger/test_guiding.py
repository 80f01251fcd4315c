"""Guides sent for a term, appointed again, handed over: work coverage has no hole, and one act goes back as one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shanghui.access.acts import Act
from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import scope_of, whole
from shanghui.access.undo import undo
from shanghui.exchange.operations import propose, upload
from shanghui.exchange.recognition import SourceFile
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, ChamberStatus
from shanghui.ledger.people.models import GuideAssignment, Person
from shanghui.ledger.people.operations import Sending, assign_guide, assign_guides, hand_over, renew
from tests.worked_city import AT, TODAY, WORKBOOK, city, seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GUIDE, OTHER = "郭丽静", "于辉鹏"
FROM = date(2022, 9, 1)



def person(name: str) -> Person:
    return Person.objects.filter(name=name, assignments__isnull=False).distinct().get()


def held_by(name: str) -> list[GuideAssignment]:
    return list(GuideAssignment.objects.filter(person=person(name), valid_to=None).select_related("chamber__unit", "person").order_by("pk"))


def work_coverage(day: date) -> tuple[int, int | None]:
    found = figures(whole(day).under(city()), day, {"coverage.work"})["coverage.work"]
    return found.numerator, found.denominator


def move(**changes: object) -> list[GuideAssignment]:
    asked = {
        "assignments": held_by(GUIDE), "to": person(OTHER), "since": FROM, "until": date(2024, 9, 1), "note": "会长愿意联合组建",
        "unit": city(), "by": None, "at": AT,
    }
    return hand_over(**(asked | changes))  # type: ignore[arg-type]


def test_work_coverage_has_no_hole_the_day_before_on_and_after_a_hand_over() -> None:
    before = [work_coverage(FROM + n * DAY) for n in (-1, 0, 1)]

    made = move()

    assert len(made) == 2
    assert [work_coverage(FROM + n * DAY) for n in (-1, 0, 1)] == before == [(40, 40)] * 3
    for new in made:
        names = [set(GuideAssignment.objects.on(FROM + n * DAY).filter(chamber=new.chamber).values_list("person__name", flat=True))
                 for n in (-1, 0, 1)]
        assert names == [{GUIDE}, {OTHER}, {OTHER}]
        assert (new.handed_over, new.valid_to) == ("会长愿意联合组建", date(2024, 9, 1))


def test_a_hand_over_of_several_chambers_is_taken_back_as_one() -> None:
    before = list(GuideAssignment.objects.order_by("pk").values())

    move()
    entry = AuditEntry.objects.latest("pk")
    undo([entry], by=None, at=AT)

    assert entry.subject_title == f"{GUIDE}移交给{OTHER}：2 家商会"
    assert list(GuideAssignment.objects.order_by("pk").values()) == before


def test_one_of_several_chambers_can_be_handed_over() -> None:
    kept, given = held_by(GUIDE)

    move(assignments=[given])

    assert held_by(GUIDE) == [kept]
    assert AuditEntry.objects.latest("pk").subject_id == given.chamber_id


def test_what_was_written_of_the_successors_own_work_is_taken_over() -> None:
    GuideAssignment.objects.filter(person=person(OTHER)).update(duty="会员部副部长")

    assert move()[0].duty == "会员部副部长"


def test_nobody_hands_over_to_himself() -> None:
    with pytest.raises(Refused, match="本人"):
        move(to=person(GUIDE))


def test_nothing_is_handed_over_on_the_day_it_began_or_before() -> None:
    begun = held_by(GUIDE)[0].valid_from

    with pytest.raises(Refused, match="移交的日期要在其后"):
        move(since=begun)
    assert move(since=max(one.valid_from for one in held_by(GUIDE)) + DAY)


def test_a_hand_over_after_the_term_would_leave_a_hole() -> None:
    GuideAssignment.objects.filter(person=person(GUIDE)).update(valid_to=FROM)
    rows = list(GuideAssignment.objects.filter(person=person(GUIDE)).select_related("chamber__unit", "person"))

    with pytest.raises(Refused, match="空一段"):
        move(assignments=rows, since=FROM + DAY)
    assert move(assignments=rows, since=FROM)
    assert work_coverage(FROM) == (40, 40)


def test_who_looks_after_the_chamber_already_does_not_take_it_over_and_nothing_is_written() -> None:
    taken = held_by(GUIDE)[1].chamber
    assign_guide(person=person(OTHER), chamber=taken, since=TODAY, by=None, at=AT)
    before = list(GuideAssignment.objects.order_by("pk").values())

    with pytest.raises(Refused, match=f"{OTHER}已经联系“{taken.unit.name}”"):
        move()
    assert list(GuideAssignment.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("until", [FROM, FROM - DAY])
def test_a_new_term_does_not_end_before_it_begins(until: date) -> None:
    with pytest.raises(Refused, match="最后一天不能早于"):
        move(until=until)


def test_a_closed_chamber_gets_no_guide() -> None:
    chamber = held_by(GUIDE)[0].chamber
    ChamberStatus.objects.filter(chamber=chamber).update(valid_to=FROM)
    ChamberStatus.objects.create(chamber=chamber, status="closed", valid_from=FROM)

    with pytest.raises(Refused, match="已经注销"):
        move()


# --- terms


def term(until: date | None) -> list[GuideAssignment]:
    GuideAssignment.objects.filter(person=person(GUIDE)).update(valid_to=until)
    return list(GuideAssignment.objects.filter(person=person(GUIDE)).select_related("chamber__unit", "person"))


def test_work_coverage_ends_with_the_term_and_goes_on_when_appointed_again() -> None:
    rows = term(FROM)
    assert [work_coverage(FROM + n * DAY)[0] for n in (-1, 0, 1)] == [40, 38, 38]

    renew(assignments=rows, until=date(2024, 9, 1), unit=city(), by=None, at=AT)

    assert [work_coverage(FROM + n * DAY)[0] for n in (-1, 0, 1)] == [40, 40, 40]
    assert work_coverage(date(2024, 9, 1))[0] == 38
    assert {row.valid_to for row in rows} == {FROM}


def test_somebody_is_not_appointed_again_twice_nor_to_an_earlier_end_nor_without_a_term() -> None:
    with pytest.raises(Refused, match="没有定期限"):
        renew(assignments=held_by(GUIDE), until=None, unit=city(), by=None, at=AT)
    rows = term(FROM)
    with pytest.raises(Refused, match="新的聘期要在其后"):
        renew(assignments=rows, until=FROM, unit=city(), by=None, at=AT)
    renew(assignments=rows, until=None, unit=city(), by=None, at=AT)
    with pytest.raises(Refused, match="已经联系"):
        renew(assignments=rows, until=None, unit=city(), by=None, at=AT)


def test_a_second_assignment_may_follow_a_first_and_not_lie_over_it() -> None:
    chamber = term(FROM)[0].chamber

    with pytest.raises(Refused, match=f"到 {FROM - DAY}"):
        assign_guide(person=person(GUIDE), chamber=chamber, since=FROM - DAY, by=None, at=AT)
    assign_guide(person=person(GUIDE), chamber=chamber, since=FROM, by=None, at=AT)


def test_the_ledger_imported_again_knows_a_guide_with_a_term() -> None:
    term(date(2032, 1, 1))
    run = upload(files=[SourceFile(WORKBOOK.name, WORKBOOK.read_bytes())], under=city(), by=None, at=AT)

    plan = propose(run=run, today=TODAY)

    assert [row for one in plan.planned for row in one.created if row.model is GuideAssignment] == []


# --- many at once


def test_many_are_sent_at_once_and_who_is_replaced_ends_that_day() -> None:
    old = held_by(GUIDE)[0]
    covered = Chamber.objects.get(unit__name="云泽市汽配机电商会")

    made = assign_guides(
        sendings=[Sending(person(OTHER), old.chamber, instead=old), Sending(person(OTHER), covered)], since=FROM, until=None,
        unit=city(), by=None, at=AT,
    )

    assert len(made) == 2
    assert GuideAssignment.objects.get(pk=old.pk).valid_to == FROM
    assert work_coverage(FROM) == (40, 40)
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert GuideAssignment.objects.get(pk=old.pk).valid_to is None
    assert not GuideAssignment.objects.filter(pk__in=[one.pk for one in made]).exists()


def test_sending_nobody_is_refused() -> None:
    with pytest.raises(Refused, match="至少选一家"):
        assign_guides(sendings=[], since=FROM, until=None, unit=city(), by=None, at=AT)



def test_who_hands_over_no_longer_reaches_the_chamber_by_a_seat_as_its_guide() -> None:
    old = held_by(GUIDE)[0]
    account = seat(Role.GUIDE, old.chamber.unit, "old-guide")
    old.person.user = account
    old.person.save(update_fields=["user"])

    hand_over(assignments=[old], to=person(OTHER), since=FROM, until=None, note="", unit=city(), by=None, at=AT)

    assert scope_of(account, Act.VISIT_RECORD, today=FROM - DAY).contains(old.chamber.unit_id)
    assert not scope_of(account, Act.VISIT_RECORD, today=FROM).contains(old.chamber.unit_id)
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)
    assert scope_of(account, Act.VISIT_RECORD, today=FROM).contains(old.chamber.unit_id)
