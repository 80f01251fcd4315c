"""A development ledger fills many roads at once: the register, the steps, what is refused and what is only told; undone as one (M15, M45)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanghui.access.scope import whole
from shanghui.cases.file import file_of
from shanghui.cases.models import Case, Contact, Introducer, Meeting, State, StepRecord
from shanghui.cases.operations import do_step, put_development, put_introducers, put_vote
from shanghui.cases.progress import next_places
from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import apply_plan, propose, undo_run, upload
from shanghui.exchange.planning import Plan
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.templates_out import template
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import Affiliation, AffiliationKind, Category, MembershipRecord, Person
from shanghui.ledger.people.operations import affiliate, register_person, set_category
from tests.cases.developing import ACTIVIST, APPLIED, TALKED, branch, full_members, opened, walked
from tests.cases.somewhere import named_committee
from tests.worked_city import AT, BRANCH, city, named

pytestmark = pytest.mark.django_db
TODAY = date(2027, 12, 31)
NAME, HEADINGS = "申小满", (
    "姓名", "所在党支部", "出生年月", "申请入党时间", "派人谈话时间", "确定积极分子时间", "列为发展对象时间", "党委预审时间", "接收预备党员时间",
    "上级党委审批时间", "宣誓时间", "转正时间", "转正审批时间",
)
WHOLE = ("1990-03-05", "2018-03-01", "2018-03-20", "2018-04-10", "2019-04-20", "2019-06-01", "2019-06-20", "2019-08-01", "2019-08-20",
         "2020-06-20", "2020-07-20")


def brought_in(*rows: tuple[str, ...], name: str = NAME) -> tuple[ImportRun, Plan]:
    """A ledger with these rows behind name and branch, as it is; applied but for its errors."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["发展党员台账"])
    sheet.append(HEADINGS)
    for place, row in enumerate(rows):
        sheet.append([f"{name}{place or ''}", BRANCH, *row])
    return sent(saved(book))


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_people(contacts: str, introducers: str) -> tuple[ImportRun, Plan]:
    """The whole road with the columns of who looks after and who introduces."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADINGS, "培养联系人", "入党介绍人"])
    sheet.append([NAME, BRANCH, *WHOLE, contacts, introducers])
    return sent(saved(book))


def sent(content: bytes) -> tuple[ImportRun, Plan]:
    """A file, proposed and applied but for its errors."""
    run = upload(files=[SourceFile("发展党员台账.xlsx", content)], under=city(), by=None, at=AT, as_at=TODAY)
    made = propose(run=run, today=TODAY)
    apply_plan(run=run, made=made, at=AT, skip_errors=True)
    return run, made


def said(made: Plan, severity: str) -> str:
    """The problems of one severity."""
    return "".join(one.message for one in made.problems if one.severity == severity)


def changed(values: dict[int, str]) -> tuple[str, ...]:
    """The whole road with other values at these places."""
    return tuple(values.get(place, value) for place, value in enumerate(WHOLE))


def test_one_row_fills_the_register_and_the_road() -> None:
    _, made = brought_in(WHOLE)

    person, case = Person.objects.get(name=NAME), Case.objects.get()
    assert said(made, "error") == ""
    assert (case.kind, case.state, case.person_id, case.opened_on, case.office_id) == ("development", State.OPEN, person.pk, date(2018, 3, 1), city().pk)
    rows = MembershipRecord.objects.filter(person=person).order_by("valid_from").values_list("category", "valid_from", "valid_to")
    assert list(rows) == [
        (Category.APPLICANT, date(2018, 3, 1), date(2018, 4, 10)), (Category.ACTIVIST, date(2018, 4, 10), date(2019, 4, 20)),
        (Category.CANDIDATE, date(2019, 4, 20), date(2019, 6, 20)), (Category.PROBATIONARY, date(2019, 6, 20), date(2020, 6, 20)),
        (Category.FULL, date(2020, 6, 20), None),
    ]
    assert Affiliation.objects.get(person=person).organization.unit.name == BRANCH
    file = file_of(case, TODAY)
    assert (file.on("prereview"), file.on("confirm")) == (date(2019, 6, 1), date(2020, 7, 20))
    assert [place.step.code for place in next_places(file)] == ["archive"]
    gap = StepRecord.objects.get(case=case, step="political_review")
    assert (gap.skipped, gap.note) == (True, "从发展党员台账导入，表里没有这一步的日期。")
    assert not StepRecord.objects.filter(step__in=("publicity", "candidate_consent")).exists()


def test_the_same_file_again_changes_nothing_and_undoing_takes_everything_back() -> None:
    run, _ = brought_in(WHOLE)

    _, again = brought_in(WHOLE)
    assert {one.outcome for one in again.planned} == {"same"}
    undo_run(run=run, by=None, at=AT)

    assert not Case.objects.exists()
    assert not StepRecord.objects.exists()
    assert not Person.objects.filter(name=NAME).exists()


def test_what_is_open_already_gets_the_days_that_follow() -> None:
    case = walked("activist")
    birth, applied, talked, activist = "1990-03-05", APPLIED.isoformat(), TALKED.isoformat(), ACTIVIST.isoformat()

    _, made = brought_in((birth, applied, talked, activist, "2026-06-01", "", "", "", "", "", ""))

    assert said(made, "error") == ""
    file = file_of(case, TODAY)
    assert (file.on("activist"), file.on("candidate")) == (ACTIVIST, date(2026, 6, 1))
    assert MembershipRecord.objects.get(person=case.person, valid_to=None).category == Category.CANDIDATE
    assert StepRecord.objects.get(case=case, step="publicity").skipped, "by the version of 2026 there was one"
    brought_in((birth, applied, talked, activist, "2026-06-01", "", "", "", "", "", ""))
    assert StepRecord.objects.filter(case=case, step="candidate").count() == 1


def test_another_day_than_the_ledger_has_is_told_and_left() -> None:
    case = walked("activist")

    _, made = brought_in(("1990-03-05", APPLIED.isoformat(), "2024-09-25", ACTIVIST.isoformat(), "", "", "", "", "", "", ""))

    assert "“派人谈话”是2024-09-20，表里是2024-09-25，没有改动" in said(made, "warning")
    assert file_of(case, TODAY).on("talk") == TALKED


def test_a_gap_is_filled_by_a_later_file() -> None:
    brought_in(changed({5: "", 8: ""}))
    assert StepRecord.objects.get(step="prereview").skipped

    brought_in(WHOLE)

    row = StepRecord.objects.get(step="prereview")
    assert (row.skipped, row.on, row.note) == (False, date(2019, 6, 1), "导入时补上日期")


@pytest.mark.parametrize(("values", "words"), [
    ({0: "2001-03-05"}, "不满18岁"),
    ({3: "2025-07-01", 4: "2026-06-30"}, "最早2026年7月1日"),
    ({6: "2019-04-01"}, "先后颠倒"),
    ({3: "2024-04-10", 4: "2025-04-20", 5: "2025-06-01", 6: "2025-06-20", 7: "2025-08-01", 8: "", 9: "2026-06-19", 10: ""}, "最早2026年6月20日"),
])
def test_what_cannot_be_is_an_error_and_the_row_is_left_out(values: dict[int, str], words: str) -> None:
    row = changed({5: "", 6: "", 7: "", 8: "", 9: "", 10: "", **values}) if 4 in values and 6 not in values else changed(values)

    _, made = brought_in(row)

    assert words in said(made, "error")
    assert not Case.objects.exists()


@pytest.mark.parametrize("values", [
    {0: "2000-03-01"},
    {1: "2025-01-01", 2: "2025-01-20", 3: "2025-07-01", 4: "2026-07-01", 5: "", 6: "", 7: "", 8: "", 9: "", 10: ""},
    {3: "2018-10-10"},
])
def test_the_day_itself_and_what_the_version_from_memory_says_are_let_through(values: dict[int, str]) -> None:
    _, made = brought_in(changed(values))

    assert said(made, "error") == ""
    assert Case.objects.count() == 1


def test_a_day_after_its_limit_is_a_warning_by_the_version_of_that_day() -> None:
    _, made = brought_in(changed({2: "2018-04-02", 5: "2019-05-01", 8: "2019-10-01"}))

    assert "超过一个月才谈话" in said(made, "warning")
    assert "才开支部大会" not in said(made, "warning"), "there was no such limit in 2019"
    assert Case.objects.count() == 1


def test_without_a_day_of_application_only_the_register_is_kept() -> None:
    _, made = brought_in(changed({1: "2018-03", 2: ""}))

    assert "没有建立发展党员的办理过程" in said(made, "warning")
    assert Person.objects.get(name=NAME).confirmed_on == "2020-06-20"
    assert not Case.objects.exists()


def test_the_template_names_everybody_on_the_road_and_sent_back_changes_nothing() -> None:
    walked("contacts")
    content = template("development", scope=whole(TODAY).under(city()), day=TODAY, sender=city())
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    headings = [cell.value for cell in sheet[3]]
    rows = {row[0]: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]}

    assert rows[NAME]["确定为入党积极分子时间"] == ACTIVIST.isoformat()
    assert len(rows) > 80
    before = StepRecord.objects.count()
    _, made = sent(content)
    assert [one.outcome for one in made.planned if one.outcome != "same"] == []
    assert StepRecord.objects.count() == before


def test_many_rows_ask_as_many_questions_as_few() -> None:
    opened()
    counts = []
    for many in (2, 8):
        with CaptureQueriesContext(connection) as asked:
            run, _ = brought_in(*[WHOLE] * many, name=f"甲{many}")
        undo_run(run=run, by=None, at=AT)
        counts.append(len(asked))

    assert counts[1] <= counts[0] + 2


def test_the_day_of_a_gap_is_given_on_its_form_too() -> None:
    brought_in(changed({5: "", 8: ""}))
    case = Case.objects.get()
    with pytest.raises(Refused, match="已经办过"):
        do_step(case=case, step="talk", on=date(2018, 3, 20), by=None, at=AT, today=TODAY)
    with pytest.raises(Refused, match="“党员大会接收”是 2019年6月20日 办的，“填写入党志愿书”不能在它之后"):
        do_step(case=case, step="form", on=date(2019, 6, 21), by=None, at=AT, today=TODAY)

    do_step(case=case, step="form", on=date(2019, 6, 20), by=None, at=AT, today=TODAY)

    assert file_of(case, TODAY).on("form") == date(2019, 6, 20)
    assert file_of(case, TODAY).on("confirm") == date(2020, 7, 20)


def test_what_the_file_does_not_tell_is_filled_in_afterwards_and_then_settled() -> None:
    brought_in(changed({9: "", 10: ""}))
    case = Case.objects.get()
    by: dict[str, Any] = {"by": None, "at": AT}
    assert "半年没有考察" not in "".join(file_of(case, TODAY).kind.warns(file_of(case, TODAY)))

    put_development(case=case, approver=named_committee(), training_days=3, **by)
    put_introducers(case=case, people=full_members(2), on=date(2019, 4, 25), **by)
    put_vote(case=case, meeting=Meeting.ADMISSION, expected=10, present=8, yes=8, **by)

    for change in (
        lambda: put_development(case=case, training_days=4, **by), lambda: put_development(case=case, leaving_on=TODAY, **by),
        lambda: put_introducers(case=case, people=full_members(3)[1:], on=date(2019, 4, 25), **by),
        lambda: put_vote(case=case, meeting=Meeting.ADMISSION, expected=10, present=9, yes=9, **by),
    ):
        with pytest.raises(Refused, match="不能再改"):
            change()


def test_contacts_and_introducers_are_found_among_the_full_members_of_the_branch() -> None:
    first, second = full_members(2)
    pair = f"{first.name}、{second.name}"

    run, made = with_people(pair, pair)

    case = Case.objects.get()
    assert said(made, "error") == ""
    held = Contact.objects.filter(case=case).order_by("person_id").values_list("person_id", "valid_from", "valid_to")
    assert list(held) == [(pk, date(2018, 4, 10), date(2019, 6, 20)) for pk in sorted((first.pk, second.pk))]
    assert set(Introducer.objects.filter(case=case).values_list("person_id", flat=True)) == {first.pk, second.pk}
    _, again = with_people(pair, pair)
    assert [one.outcome for one in again.planned] == ["same"]
    undo_run(run=run, by=None, at=AT)
    assert not Contact.objects.exists()
    assert not Introducer.objects.exists()


def test_a_name_that_nobody_or_two_people_bear_stays_text_with_a_warning() -> None:
    first, second = full_members(2)
    namesake = register_person(kept_by=named(BRANCH), by=None, at=AT, name=second.name)
    set_category(person=namesake, category=Category.FULL, since=date(2010, 1, 1), by=None, at=AT)
    affiliate(person=namesake, organization=branch(), kind=AffiliationKind.HOME, since=date(2010, 1, 1), by=None, at=AT)

    _, made = with_people(f"{first.name}、查无此人", f"{first.name}、{second.name}")

    told = said(made, "warning")
    assert "“查无此人”没有找到" in told
    assert f"“{second.name}”有2名同名的" in told
    assert "在这件发展党员里用“培养联系人”选人" in told
    assert {one.row for one in made.problems if "选人" in one.message} == {2}
    assert not Contact.objects.exists()
    assert not Introducer.objects.exists()


def test_too_few_introducers_and_others_than_the_ledger_has_are_told() -> None:
    first, second, third = full_members(3)
    pair = f"{first.name}、{second.name}"

    _, made = with_people(pair, first.name)
    assert "应当正好2名" in said(made, "warning")
    assert not Introducer.objects.exists()
    _, other = with_people(f"{first.name}、{third.name}", pair)

    assert "台账里已经选了别的人" in said(other, "warning")
    assert set(Contact.objects.values_list("person_id", flat=True)) == {first.pk, second.pk}
    assert Introducer.objects.count() == 2
