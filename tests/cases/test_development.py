"""发展党员 from the application to the full member: what the ledger holds at each step, and what is refused on which day (M15)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shanghui.cases.models import ARCHIVED, Case, Contact, Meeting, State
from shanghui.cases.operations import (
    drop_extension,
    end_otherwise,
    examine,
    explain,
    put_contacts,
    put_development,
    put_introducers,
    put_vote,
    reopen,
    return_step,
)
from shanghui.cases.progress import next_places, place_of, places
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import (
    Affiliation,
    AffiliationKind,
    Category,
    MembershipRecord,
    MemberStanding,
    Person,
    StandingKind,
)
from shanghui.ledger.people.operations import change_person, set_standing
from tests.cases.developing import (
    ACTIVIST,
    APPLIED,
    APPROVED,
    CANDIDATE,
    DAYS,
    ENDS,
    MEETING,
    POSTED,
    PREREVIEWED,
    PUBLIC,
    REPORTED,
    TODAY,
    applicant,
    branch,
    extended,
    full_members,
    opened,
    seen,
    step,
    voted,
    walked,
)
from tests.cases.somewhere import submitter
from tests.worked_city import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = datetime(2029, 12, 31, 2, 0, tzinfo=UTC)


def road_of(person: Person) -> list[tuple[str, date, date | None]]:
    """The membership records of a person."""
    return list(MembershipRecord.objects.filter(person=person).order_by("valid_from").values_list("category", "valid_from", "valid_to"))


def test_the_whole_road_writes_the_ledger_step_by_step() -> None:
    case = walked("archive")
    assert case.person is not None
    case.person.refresh_from_db()

    assert case.state == State.DONE
    assert road_of(case.person) == [
        (Category.APPLICANT, APPLIED, ACTIVIST), (Category.ACTIVIST, ACTIVIST, CANDIDATE), (Category.CANDIDATE, CANDIDATE, MEETING),
        (Category.PROBATIONARY, MEETING, ENDS), (Category.FULL, ENDS, None),
    ]
    assert (case.person.applied_on, case.person.joined_on, case.person.confirmed_on) == ("2024-09-02", "2026-07-20", "2027-07-20")
    assert [
        (one.kind, one.organization_id, one.valid_from, one.valid_to) for one in Affiliation.objects.filter(person=case.person).order_by("valid_from")
    ] == [(AffiliationKind.CULTIVATED, branch().pk, APPLIED, MEETING), (AffiliationKind.HOME, branch().pk, MEETING, None)]


def test_the_chart_has_twenty_five_numbers_in_five_stages() -> None:
    kind = seen(opened(), TODAY).kind

    assert sorted({one.ordinal for one in kind.steps}) == list(range(1, 26))
    assert len({one.stage for one in kind.steps}) == 5
    assert all(one.norm and one.who for one in kind.steps)


def test_a_return_takes_the_ledger_back_and_a_second_time_writes_it_anew() -> None:
    case = walked("approve")
    return_step(case=case, step="meeting", reason="票数登记错了", on=APPROVED, by=submitter(), at=AT)
    assert case.person is not None
    case.person.refresh_from_db()

    assert road_of(case.person)[-1] == (Category.CANDIDATE, CANDIDATE, None)
    assert case.person.joined_on == ""
    assert Affiliation.objects.get(person=case.person, valid_to=None).kind == AffiliationKind.CULTIVATED

    for code in ("meeting", "report", "committee_talk", "approve"):
        step(case, code)
    assert road_of(case.person)[-1] == (Category.PROBATIONARY, MEETING, None)
    return_step(case=case, step="approve", reason="文号错", on=APPROVED, by=submitter(), at=AT)
    assert road_of(case.person)[-1] == (Category.CANDIDATE, CANDIDATE, None)


def test_a_return_leaves_alone_what_others_wrote_and_is_refused_where_they_changed_the_same() -> None:
    case = walked("approve")
    assert case.person is not None
    person = Person.objects.get(pk=case.person.pk)
    change_person(person=person, by=None, at=AT, workplace="某公司")

    return_step(case=case, step="approve", reason="文号错", on=APPROVED, by=submitter(), at=AT)
    person.refresh_from_db()
    assert (person.workplace, person.joined_on) == ("某公司", "")

    step(case, "approve")
    person.refresh_from_db()
    change_person(person=person, by=None, at=AT, joined_on="2026-07")
    with pytest.raises(Refused, match="后来又改过"):
        return_step(case=case, step="approve", reason="文号错", on=APPROVED, by=submitter(), at=AT)


def test_an_extension_moves_the_end_of_probation_once() -> None:
    case = walked("confirmation_request")
    extended(case, 6)

    assert seen(case, TODAY).development.extended_months == 6
    with pytest.raises(Refused, match="只能延长一次"):
        extended(case, 6, date(2028, 1, 21))
    with pytest.raises(Refused, match="要先办“党委批准延长预备期”"):
        step(case, "confirmation_meeting", date(2028, 1, 20))
    with pytest.raises(Refused, match="不能早于这一天"):
        step(case, "extension_report", ENDS - DAY)
    step(case, "extension_report", ENDS)
    with pytest.raises(Refused, match="由另一位经办人"):
        step(case, "extension_approval", ENDS + DAY, submitter())
    step(case, "extension_approval", ENDS + DAY)
    with pytest.raises(Refused, match="不能再改"):
        drop_extension(case=case, reason="试", by=submitter(), at=AT)
    with pytest.raises(Refused, match="最早 2028年1月20日"):
        step(case, "confirmation_meeting", date(2028, 1, 19))
    step(case, "confirmation_meeting", date(2028, 1, 20))
    step(case, "confirmation_report", date(2028, 1, 21))
    step(case, "confirm", date(2028, 2, 1))
    assert case.person is not None
    assert road_of(case.person)[-1] == (Category.FULL, date(2028, 1, 20), None)


@pytest.mark.parametrize(("months", "on", "words"), [
    (5, ENDS, "不少于6个月"), (13, ENDS, "不超过12个月"), (6, ENDS - DAY, "期满"), (6, TODAY + DAY, "不能晚于今天"),
])
def test_an_extension_is_six_to_twelve_months_and_not_before_the_end(months: int, on: date, words: str) -> None:
    case = walked("confirmation_request")

    with pytest.raises(Refused, match=words):
        extended(case, months, on)


@pytest.mark.parametrize("months", [6, 12])
def test_six_and_twelve_months_are_enough_and_not_too_many(months: int) -> None:
    case = walked("confirmation_request")

    extended(case, months)

    assert place_of(seen(case, TODAY), "confirmation_meeting").earliest == date(2028, 1 if months == 6 else 7, 20)  # type: ignore[union-attr]


@pytest.mark.parametrize(("birth", "ok"), [("2006-09-03", False), ("2006-09-02", True), ("2006-09-01", True)])
def test_eighteen_on_the_day_of_application(birth: str, ok: bool) -> None:
    if ok:
        opened(applicant(birth))
        return
    with pytest.raises(Refused, match="不满18岁"):
        opened(applicant(birth))
    assert not Case.objects.exists()


@pytest.mark.parametrize(("birth", "words"), [("", "没有申小满的出生年月"), ("2006-09", "补到日"), ("2024-09-03", "不满18岁")])
def test_a_birthday_not_known_or_after_the_application_is_not_passed_over(birth: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        opened(applicant(birth))


@pytest.mark.parametrize(("on", "late"), [(date(2024, 10, 1), False), (date(2024, 10, 2), False), (date(2024, 10, 3), True)])
def test_the_talk_is_due_within_a_month(on: date, late: bool) -> None:
    case = walked("talk", talk=on)

    place = place_of(seen(case, TODAY), "talk")
    assert place is not None
    assert (place.due, place.late) == (date(2024, 10, 2), late)


@pytest.mark.parametrize(("on", "ok"), [(date(2025, 10, 7), False), (date(2025, 10, 8), True), (date(2025, 10, 9), True)])
def test_cultivation_takes_a_year(on: date, ok: bool) -> None:
    case = walked("contacts")

    if ok:
        step(case, "cultivation", on)
        return
    with pytest.raises(Refused, match="最早 2025年10月8日"):
        step(case, "cultivation", on)


def test_a_probation_shorter_than_a_year_is_refused() -> None:
    case = walked("confirmation_request")

    with pytest.raises(Refused, match="最早 2027年7月20日"):
        step(case, "confirmation_meeting", ENDS - DAY)
    step(case, "confirmation_meeting", ENDS)


def test_the_reminder_of_the_meeting_on_the_end_of_probation_is_a_convention() -> None:
    place = place_of(seen(walked("confirmation_request"), ENDS), "confirmation_meeting")

    assert place is not None
    assert (place.due, place.norm.source if place.norm else "") == (date(2027, 8, 20), "系统提示口径")


@pytest.mark.parametrize(("on", "ok"), [(PUBLIC - DAY, False), (PUBLIC, True)])
def test_publicity_lasts_five_working_days_after_the_day_of_posting(on: date, ok: bool) -> None:
    case = walked("candidate_consent")

    if ok:
        step(case, "publicity", on)
        return
    with pytest.raises(Refused, match="满5个工作日是2026年5月28日"):
        step(case, "publicity", on)


def test_the_decision_comes_the_working_day_after() -> None:
    case = walked("publicity")

    with pytest.raises(Refused, match="2026年5月29日才能决定"):
        step(case, "candidate", PUBLIC)
    step(case, "candidate", CANDIDATE)


def test_publicity_in_a_year_without_holiday_notice_is_provisional() -> None:
    case = walked("candidate_consent")
    put_development(case=case, by=submitter(), at=AT, posted_on=date(2029, 5, 7))

    with pytest.raises(Refused, match="暂算"):
        step(case, "publicity", date(2029, 5, 11))
    step(case, "publicity", date(2029, 5, 14))


def test_posting_before_the_consent_and_only_in_one_place_for_mobile_people_is_refused() -> None:
    case = walked("candidate_consent")
    put_development(case=case, by=submitter(), at=AT, posted_on=date(2026, 5, 19), mobile=True)

    with pytest.raises(Refused, match=r"要在上级党委同意.*流入地的公示地点"):
        step(case, "publicity", PUBLIC)


def test_before_the_revision_the_decision_is_filed_and_nothing_is_made_public() -> None:
    case = opened(on=date(2023, 1, 10))
    days = {"talk": date(2023, 2, 1), "activist": date(2023, 3, 1), "activist_filing": date(2023, 3, 10), "contacts": date(2023, 3, 12)}
    for code in ("talk", "activist", "activist_filing"):
        step(case, code, days[code])
    put_contacts(case=case, people=full_members(2), since=days["contacts"], by=submitter(), at=AT)
    step(case, "contacts", days["contacts"])
    for on in (date(2023, 9, 1), date(2024, 3, 1)):
        examine(case=case, on=on, by=submitter(), at=AT, today=TODAY)
    step(case, "cultivation", date(2024, 3, 1))
    step(case, "candidate_review", date(2024, 3, 2))
    step(case, "candidate", date(2024, 3, 5))

    codes = [one.step.code for one in places(seen(case, TODAY))]
    assert "publicity" not in codes
    assert "candidate_filing" in codes
    assert "待核实" in place_of(seen(case, date(2024, 3, 5)), "candidate").norm.source  # type: ignore[union-attr]
    assert {"candidate_filing", "introducers"} <= {one.step.code for one in next_places(seen(case, TODAY))}


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 5, 10), False), (date(2026, 5, 11), True), (date(2026, 5, 12), True)])
def test_the_revision_asks_for_publicity_from_its_first_day(on: date, asked: bool) -> None:
    case = walked("contacts")

    assert ("publicity" in [one.step.code for one in places(seen(case, on))]) is asked


@pytest.mark.parametrize(("on", "ok"), [(date(2026, 7, 21), True), (date(2026, 7, 22), True), (date(2026, 7, 23), False)])
def test_the_meeting_comes_within_a_month_of_the_committees_review(on: date, ok: bool) -> None:
    case = walked("form")
    assert date(2026, 6, 22) == PREREVIEWED

    if ok:
        step(case, "meeting", on)
        return
    with pytest.raises(Refused, match="重新预审"):
        step(case, "meeting", on)


@pytest.mark.parametrize(("present", "yes", "written_yes", "words"), [
    (5, 5, 0, "到会要超过一半"), (6, 5, 0, "没有通过"), (6, 6, 0, ""), (6, 5, 1, ""), (10, 5, 0, "没有通过"),
])
def test_the_vote_has_its_own_denominators(present: int, yes: int, written_yes: int, words: str) -> None:
    case = walked("form")
    voted(case, Meeting.ADMISSION, 10, present, yes, no=present - yes, written=written_yes, written_yes=written_yes)

    if not words:
        step(case, "meeting")
        return
    with pytest.raises(Refused, match=words):
        step(case, "meeting")


@pytest.mark.parametrize(("counts", "words"), [
    ({"expected": 10, "present": 8, "yes": 8, "no": 1}, "选票共9张，多于"), ({"expected": 10, "present": 11, "yes": 6}, "多于应到会10人"),
    ({"expected": 10, "present": 8, "yes": 8, "written": 1, "written_yes": 2}, "不能有2份"),
    ({"expected": 10, "present": 8, "yes": 8, "written": 3}, "合起来多于应到会"),
])
def test_more_ballots_than_voters_are_refused(counts: dict[str, int], words: str) -> None:
    case = walked("form")

    with pytest.raises(Refused, match=words):
        put_vote(case=case, meeting=Meeting.ADMISSION, by=submitter(), at=AT, **counts)


@pytest.mark.parametrize(("on", "words"), [
    (date(2026, 10, 24), ""), (date(2026, 10, 25), "情况说明"), (date(2027, 1, 24), "情况说明"), (date(2027, 1, 25), "不得超过6个月"),
])
def test_the_committee_has_three_months_six_with_a_reason(on: date, words: str) -> None:
    case = walked("committee_talk")
    assert date(2026, 7, 24) == REPORTED

    if words:
        with pytest.raises(Refused, match=words):
            step(case, "approve", on)
    if words == "情况说明":
        explain(case=case, norm="DEV-21", reason="党委换届", on=on, by=submitter(), at=AT, liftable=True)
    if words != "不得超过6个月":
        step(case, "approve", on)


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 9, 10), False), (date(2026, 9, 11), True)])
def test_a_late_oath_needs_a_reason(on: date, asked: bool) -> None:
    case = walked("placed")

    if asked:
        with pytest.raises(Refused, match=r"一般在批准后1个月内.*写明理由"):
            step(case, "oath", on)
        explain(case=case, norm="DEV-22", reason="出差", on=on, by=submitter(), at=AT)
    step(case, "oath", on)


@pytest.mark.parametrize(("on", "asked"), [(date(2026, 9, 15), True), (date(2026, 9, 16), False)])
def test_who_leaves_within_three_months_needs_a_reason(on: date, asked: bool) -> None:
    case = walked("training")
    put_development(case=case, by=submitter(), at=AT, leaving_on=on)

    if asked:
        with pytest.raises(Refused, match="将离开的，一般不办理接收"):
            step(case, "branch_review")
        explain(case=case, norm="DEV-15", reason="同城换单位", on=DAYS["branch_review"], by=submitter(), at=AT)
    step(case, "branch_review")


def test_a_must_is_not_explained_away() -> None:
    with pytest.raises(Refused, match="是“应当”"):
        explain(case=walked("form"), norm="DEV-11", reason="试", on=MEETING, by=submitter(), at=AT)


@pytest.mark.parametrize(("days", "hours", "ok"), [(2, 23, False), (3, None, True), (None, 24, True), (2, 24, True), (None, 23, False)])
def test_training_takes_three_days_or_twenty_four_hours(days: int | None, hours: int | None, ok: bool) -> None:
    case = walked("political_review")
    put_development(case=case, by=submitter(), at=AT, training_days=days, training_hours=hours)

    if ok:
        step(case, "training")
        return
    with pytest.raises(Refused, match="不少于3天或者24学时"):
        step(case, "training")


def test_introducers_are_two_full_members_and_not_himself() -> None:
    case = walked("candidate")
    first, second = full_members(2)
    probationary = applicant(name="另一人")

    for people, words in (
        ([first], "正好2名"), ([first, first], "正好2名"), ([first, probationary], "不是正式党员"), ([first, case.person], "不能是本人"),
    ):
        with pytest.raises(Refused, match=words):
            put_introducers(case=case, people=people, on=CANDIDATE, by=submitter(), at=AT)  # type: ignore[arg-type]
    put_introducers(case=case, people=[first, second], on=CANDIDATE, by=submitter(), at=AT)


def test_contacts_are_one_or_two_and_are_replaced_with_a_reason() -> None:
    case = walked("contacts")
    first, second, third = full_members(3)

    with pytest.raises(Refused, match="1至2名"):
        put_contacts(case=case, people=[first, second, third], since=date(2025, 1, 1), by=submitter(), at=AT)
    with pytest.raises(Refused, match="写明原因"):
        put_contacts(case=case, people=[first, third], since=date(2025, 1, 1), by=submitter(), at=AT)
    put_contacts(case=case, people=[first, third], since=date(2025, 1, 1), reason="工作调动", by=submitter(), at=AT)

    rows = {one.person_id: (one.valid_from, one.valid_to) for one in Contact.objects.filter(case=case)}
    assert rows[second.pk] == (DAYS["contacts"], date(2025, 1, 1))
    assert rows[third.pk] == (date(2025, 1, 1), None)


@pytest.mark.parametrize(("on", "due", "late"), [
    (date(2025, 4, 7), date(2025, 4, 8), False), (date(2025, 4, 8), date(2025, 4, 8), False), (date(2025, 4, 9), date(2025, 4, 8), True),
])
def test_the_next_examination_is_due_after_half_a_year(on: date, due: date, late: bool) -> None:
    case = opened()
    for code in ("talk", "activist", "activist_filing"):
        step(case, code)
    put_contacts(case=case, people=full_members(1), since=DAYS["contacts"], by=submitter(), at=AT)
    step(case, "contacts")

    place = place_of(seen(case, on), "cultivation")
    assert place is not None
    assert (place.due, place.late) == (due, late)
    examine(case=case, on=date(2025, 4, 9), by=submitter(), at=AT, today=TODAY)
    assert place_of(seen(case, on), "cultivation").due == date(2026, 4, 8)  # type: ignore[union-attr]


def test_examinations_are_dated_after_the_beginning_once_a_day_and_not_to_come() -> None:
    case = walked("contacts")

    for on, words in ((ACTIVIST, "以后"), (TODAY + DAY, "不能晚于今天"), (date(2025, 4, 8), "已经登记过")):
        with pytest.raises(Refused, match=words):
            examine(case=case, on=on, by=submitter(), at=AT, today=TODAY)


def test_who_reported_does_not_approve() -> None:
    case = walked("committee_talk")

    with pytest.raises(Refused, match="不能自己批自己报的"):
        step(case, "approve", by=submitter())


def test_archiving_asks_for_the_six_papers() -> None:
    case = walked("confirm")
    put_development(case=case, by=submitter(), at=AT, **{ARCHIVED[0]: False})

    with pytest.raises(Refused, match="还差：入党志愿书"):
        step(case, "archive")


def test_what_a_step_settled_is_not_changed_any_more() -> None:
    case = walked("meeting")

    for change in (
        lambda: put_development(case=case, by=submitter(), at=AT, training_days=9),
        lambda: put_development(case=case, by=submitter(), at=AT, posted_on=POSTED + DAY),
        lambda: voted(case, Meeting.ADMISSION, 10, 9, 9),
        lambda: put_introducers(case=case, people=full_members(2), on=CANDIDATE, by=submitter(), at=AT),
    ):
        with pytest.raises(Refused, match="不能再改"):
            change()


def test_a_refused_admission_leaves_the_candidate_and_a_cancelled_probation_ends_it() -> None:
    refused = walked("form")
    end_otherwise(case=refused, ending="meeting", on=MEETING, reason="赞成未超过半数", by=submitter(), at=AT, today=TODAY)
    refused.refresh_from_db()
    assert refused.person is not None
    assert refused.state == State.REFUSED
    assert road_of(refused.person)[-1] == (Category.CANDIDATE, CANDIDATE, None)
    reopen(case=refused, reason="重新办理", on=MEETING, by=submitter(), at=AT)

    for code in ("meeting", "report", "committee_talk", "approve"):
        step(refused, code)
    end_otherwise(case=refused, ending="cancelled", on=ENDS + DAY, reason="不履行义务", by=submitter(), at=AT, today=TODAY)
    refused.refresh_from_db()
    assert road_of(refused.person)[-1] == (Category.PROBATIONARY, MEETING, ENDS + DAY)
    assert not Affiliation.objects.filter(person=refused.person, valid_to=None).exists()
    assert Person.objects.get(pk=refused.person.pk).joined_on == ""
    reopen(case=refused, reason="复议", on=ENDS + DAY, by=submitter(), at=AT)
    assert road_of(refused.person)[-1] == (Category.PROBATIONARY, MEETING, None)


def test_an_ending_fits_where_the_case_stands_has_a_reason_and_a_day() -> None:
    case = walked("form")

    for ending, on, reason, words in (
        ("cancelled", MEETING, "试", "不能这样结束"), ("meeting", DAYS["form"] - DAY, "试", "核对日期"),
        ("meeting", TODAY + DAY, "试", "核对日期"), ("meeting", MEETING, " ", "写明原因"),
    ):
        with pytest.raises(Refused, match=words):
            end_otherwise(case=case, ending=ending, on=on, reason=reason, by=submitter(), at=AT, today=TODAY)


def test_nobody_suspended_is_developed_and_who_left_begins_with_an_application() -> None:
    decided: dict[str, Any] = {"decided_by": "支部党员大会", "decided_on": APPLIED, "approved_by": "云泽市商会行业党委", "by": None, "at": LATER}
    suspended, left = full_members(2)
    set_standing(person=suspended, kind=StandingKind.SUSPENDED, since=APPLIED, **decided)
    set_standing(person=left, kind=StandingKind.REMOVED, since=date(2024, 1, 1), **(decided | {"decided_on": date(2024, 1, 1)}))

    with pytest.raises(Refused, match="停止党籍"):
        opened(suspended)
    opened(left)

    standing = MemberStanding.objects.get(person=left)
    assert (standing.valid_to, standing.ended_how) == (APPLIED, "重新申请入党")
