"""Accepted field by field from a stated day, kept with a reason, taken back; never a blind overwrite, never over history (M50)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange.layouts.producing import shipped
from shanghui.exchange.models import ImportRun
from shanghui.exchange.operations import propose
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.accepting import accept, ask_again, keep_ours, note_lines, take_back
from shanghui.exchange.reconciling.models import CellState, Comparison, ComparisonCell, ComparisonState, Verdict
from shanghui.exchange.reconciling.operations import close, read, reopen, start, to_import
from shanghui.exchange.reconciling.subjects import COMPARABLE
from shanghui.exchange.reconciling.writers import WRITERS
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Chamber, DeclaredSize, OrganizationPeriod, PartyOrganization, Term
from shanghui.ledger.people.models import Affiliation, Category, MembershipRecord, Person, StandingKind
from shanghui.ledger.people.operations import change_person, register_person, set_standing
from tests.exchange.reconciling.spoiled import compared, exported, put, says
from tests.web.somebody import NUMBER, OTHER, number, somebody
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, city, named, user

pytestmark = pytest.mark.django_db
PEOPLE, CHAMBERS, ORGANIZATIONS = "members-national", "chamber-ledger", "organizations-national"
DAY = date(2022, 7, 1)


def of_somebody(titles: str, *values: str) -> Comparison:
    """A file about 方云泽 alone, by number."""
    somebody()
    return compared(SourceFile("国库.csv", f"姓名,公民身份号码,{titles}\n方云泽,{NUMBER},{','.join(values)}\n".encode()), PEOPLE)


def take(comparison: Comparison, since: date = DAY, **which: Any) -> None:
    accept(comparison=comparison, cells=comparison.cells.filter(**which), since=since, by=user(Role.EDITOR), at=AT)


def fang() -> Person:
    return Person.objects.get(name="方云泽")


def test_every_column_that_can_be_taken_has_its_way_into_the_ledger() -> None:
    for subject, columns in COMPARABLE.items():
        assert set(WRITERS[subject]) == {key for key, one in columns.items() if not one.elsewhere}


def test_what_is_written_about_a_person_is_taken_and_journaled() -> None:
    comparison = of_somebody("学历,出生日期,民族,工作单位", "大学", "1970-05-12", "汉", "云泽商行")

    take(comparison)

    person = fang()
    assert (person.education, person.birth, person.ethnicity, person.workplace) == ("大学", "1970-05-12", "汉族", "云泽商行")
    entry = AuditEntry.objects.get(verb="采用比对结果")
    assert (entry.subject_id, entry.by_id, entry.run) == (person.pk, user(Role.EDITOR).pk, f"comparison:{comparison.pk}:{comparison.acceptances.get().pk}")
    assert "国库.csv" in entry.reason
    assert set(comparison.cells.values_list("state", flat=True)) == {CellState.ACCEPTED}
    assert not comparison.lines.get(verdict=Verdict.DIFFERENT).waiting


def test_another_category_ends_the_one_before_from_the_stated_day() -> None:
    comparison = of_somebody("人员类别", "正式党员")
    assert not comparison.cells.exists()
    MembershipRecord.objects.filter(person=fang()).update(category=Category.PROBATIONARY)
    again = compared(SourceFile("国库.csv", f"姓名,公民身份号码,人员类别\n方云泽,{NUMBER},正式党员\n".encode()), PEOPLE)

    take(again)

    kept = list(MembershipRecord.objects.filter(person=fang()).order_by("valid_from").values_list("category", "valid_from", "valid_to"))
    assert kept == [("probationary", date(2011, 7, 1), DAY), ("full", DAY, None)]


def test_nobody_steps_back_by_a_file() -> None:
    comparison = of_somebody("人员类别", "预备党员")

    with pytest.raises(Refused, match="不会因为一张表退回"):
        take(comparison)

    assert "不会因为一张表退回" in comparison.cells.get().fault
    assert comparison.cells.get().state == CellState.OPEN


def test_another_branch_moves_the_home_on_the_stated_day() -> None:
    comparison = of_somebody("所在党支部", f"中共{OTHER.removesuffix('党支部')}支部委员会")

    take(comparison)

    homes = Affiliation.objects.filter(person=fang()).order_by("valid_from").values_list("organization__unit__name", "valid_from", "valid_to")
    assert list(homes) == [(BRANCH, date(2011, 7, 1), DAY), (OTHER, DAY, None)]
    assert fang().kept_by.name == OTHER


@pytest.mark.parametrize(("branch", "said"), [("某处党支部", "没有可以接收组织关系的"), ("临江市茶叶商会党支部", "没有可以接收组织关系的")])
def test_a_branch_that_is_not_in_the_unit_takes_nobody(branch: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        take(of_somebody("所在党支部", branch))


def test_who_died_is_not_brought_back() -> None:
    comparison = of_somebody("所在党支部", OTHER)
    set_standing(person=fang(), kind=StandingKind.DIED, since=HALF_YEAR, by=None, at=AT)

    with pytest.raises(Refused, match="去世"):
        take(comparison)


@pytest.mark.parametrize("since", [TODAY + timedelta(days=1), date(2099, 1, 1)])
def test_a_day_to_come_is_refused(since: date) -> None:
    with pytest.raises(Refused, match="还没有到"):
        take(of_somebody("学历", "大学"), since)


@pytest.mark.parametrize(("since", "refused"), [(date(2011, 6, 30), True), (date(2011, 7, 1), True), (date(2011, 7, 2), False)])
def test_a_fact_is_not_overwritten_from_before_it_began(since: date, refused: bool) -> None:
    comparison = of_somebody("所在党支部", OTHER)

    if refused:
        with pytest.raises(Refused, match=r"须在其后|不在本单位|没有可以接收"):
            take(comparison, since)
    else:
        Affiliation.objects.filter(person=fang()).update(valid_from=date(2011, 7, 1))
        OrganizationPeriod.objects.filter(organization__unit__name=OTHER).update(valid_from=date(2000, 1, 1))
        take(comparison, since)
    assert Affiliation.objects.filter(person=fang()).count() == (1 if refused else 2)


def test_what_changed_since_the_comparison_is_not_overwritten() -> None:
    comparison = of_somebody("学历", "大学")
    change_person(person=fang(), education="研究生", by=None, at=AT)

    with pytest.raises(Refused, match="台账里现在是“研究生”"):
        take(comparison)

    assert fang().education == "研究生"


def test_days_that_contradict_each_other_are_not_taken() -> None:
    comparison = of_somebody("出生日期,加入党组织日期", "1970-05-12", "1980-01-01")
    change_person(person=fang(), birth="1970-05-12", by=None, at=AT)

    with pytest.raises(Refused, match="不满18岁"):
        take(comparison, key="joined_on")


def test_a_number_is_taken_sealed_and_never_twice() -> None:
    person = somebody()
    file = SourceFile("国库.csv", f"姓名,公民身份号码,所在党支部\n方云泽,{number('005')},{BRANCH}\n".encode())
    Person.objects.filter(pk=person.pk).update(id_number="", id_digest=b"")
    comparison = compared(file, PEOPLE)
    cell = comparison.cells.get()
    assert number("005") not in cell.theirs

    register_person(kept_by=named(BRANCH), name="另一人", id_number=number("005"), by=None, at=AT)
    with pytest.raises(Refused, match="登记在另一个人名下"):
        take(comparison)
    Person.objects.filter(name="另一人").delete()
    take(comparison)

    assert Person.objects.get(pk=person.pk).id_number == number("005")
    assert number("005") not in str(AuditEntry.objects.filter(verb="采用比对结果").values_list("changes", "reason"))


def test_what_can_be_taken_is_taken_and_the_rest_says_why() -> None:
    comparison = of_somebody("学历,人员类别", "大学", "预备党员")

    done = accept(comparison=comparison, cells=comparison.cells.all(), since=DAY, by=user(Role.EDITOR), at=AT)

    assert (done.done, done.waiting) == (1, 1)
    assert comparison.cells.get(key="category").fault
    assert comparison.lines.get(verdict=Verdict.DIFFERENT).waiting


def test_what_only_counts_is_not_taken_from_here() -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "正式党员", "99")

    comparison = compared(exported(ORGANIZATIONS, change), ORGANIZATIONS)

    assert not comparison.cells.get().can_accept
    with pytest.raises(Refused, match="没有可以采用的"):
        take(comparison)


def test_an_organization_is_of_another_kind_and_form_from_the_stated_day() -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, 0, "党组织类别", "党总支")
        put(sheet, 0, "委员数", 5)
        put(sheet, 0, "届满时间", "20251231")
        put(sheet, 0, "批复文号", "云商党〔2019〕9号")

    comparison = compared(exported(ORGANIZATIONS, change), ORGANIZATIONS)
    organization = PartyOrganization.objects.get(pk=comparison.lines.get().record)
    before = OrganizationPeriod.objects.get(organization=organization, valid_to=None)

    take(comparison)

    now = OrganizationPeriod.objects.get(organization=organization, valid_to=None)
    assert (now.kind, now.committee_members, now.form, now.valid_from) == ("general_branch", 5, before.form, DAY)
    assert OrganizationPeriod.objects.get(pk=before.pk).valid_to == DAY
    assert Term.objects.get(unit=organization.unit, valid_to=None).due_by == date(2025, 12, 31)
    organization.refresh_from_db()
    assert organization.approval_number == "云商党〔2019〕9号"


def test_a_chamber_is_put_right_and_its_size_holds_from_the_stated_day() -> None:
    def change(sheet: Worksheet) -> None:
        row = next(row for row in range(40) if says(sheet, row, "商会名称") == CHAMBER)
        put(sheet, row, "会员企业数", 4321)
        put(sheet, row, "商会类别", "市场商会")
        put(sheet, row, "所属县（市、区）", "西湖区")

    comparison = compared(exported(CHAMBERS, change), CHAMBERS)

    take(comparison)

    chamber = Chamber.objects.get(unit__name=CHAMBER)
    assert (chamber.kind, chamber.region_name) == ("market", "西湖区")
    assert DeclaredSize.objects.get(chamber=chamber, valid_to=None).enterprises == 4321
    assert DeclaredSize.objects.get(chamber=chamber, valid_to=None).valid_from == DAY


def test_an_act_of_accepting_is_taken_back_as_a_unit() -> None:
    comparison = of_somebody("学历,所在党支部", "大学", OTHER)
    before = fang().education
    take(comparison)

    take_back(acceptance=comparison.acceptances.get(), by=user(Role.EDITOR), at=AT)

    assert fang().education == before
    assert Affiliation.objects.get(person=fang()).valid_to is None
    assert set(comparison.cells.values_list("state", flat=True)) == {CellState.OPEN}
    assert comparison.lines.get(verdict=Verdict.DIFFERENT).waiting
    with pytest.raises(Refused, match="已经撤销过了"):
        take_back(acceptance=comparison.acceptances.get(), by=None, at=AT)


def test_it_is_not_taken_back_over_a_later_change() -> None:
    comparison = of_somebody("学历", "大学")
    take(comparison)
    change_person(person=fang(), education="研究生", by=None, at=AT)

    with pytest.raises(Refused, match="不能撤销"):
        take_back(acceptance=comparison.acceptances.get(), by=None, at=AT)

    assert comparison.cells.get().state == CellState.ACCEPTED


def test_ours_is_kept_with_a_reason_and_not_asked_again() -> None:
    comparison = of_somebody("学历", "大学")
    keep_ours(comparison=comparison, cells=comparison.cells.all(), reason="以毕业证书为准", by=user(Role.EDITOR), at=AT)

    same = compared(SourceFile("又一次.csv", f"姓名,公民身份号码,学历\n方云泽,{NUMBER},大学\n".encode()), PEOPLE)
    other = compared(SourceFile("另一次.csv", f"姓名,公民身份号码,学历\n方云泽,{NUMBER},大专\n".encode()), PEOPLE)

    assert (same.cells.get().state, same.cells.get().reason) == (CellState.KEPT, "以毕业证书为准")
    assert not same.lines.get(verdict=Verdict.DIFFERENT).waiting
    assert other.cells.get().state == CellState.OPEN


def test_what_was_kept_is_asked_again_when_that_is_taken_back() -> None:
    comparison = of_somebody("学历", "大学")
    keep_ours(comparison=comparison, cells=comparison.cells.all(), reason="以毕业证书为准", by=None, at=AT)
    ask_again(comparison=comparison, cells=comparison.cells.all(), by=None, at=AT + timedelta(minutes=1))

    same = compared(SourceFile("又一次.csv", f"姓名,公民身份号码,学历\n方云泽,{NUMBER},大学\n".encode()), PEOPLE)

    assert same.cells.get().state == CellState.OPEN


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_kept_without_a_reason(reason: str) -> None:
    comparison = of_somebody("学历", "大学")

    with pytest.raises(Refused, match="请写明为什么"):
        keep_ours(comparison=comparison, cells=comparison.cells.all(), reason=reason, by=None, at=AT)


def test_a_word_beside_a_line_is_remembered_and_can_be_taken_back() -> None:
    comparison = of_somebody("学历", "大学")
    line = comparison.lines.filter(verdict=Verdict.OURS).order_by("pk").first()
    assert line is not None
    note_lines(comparison=comparison, lines=[line.pk], word="关系在外地", by=None, at=AT)

    same = compared(SourceFile("又一次.csv", f"姓名,公民身份号码,学历\n方云泽,{NUMBER},大学\n".encode()), PEOPLE)

    assert same.lines.get(record=line.record, verdict=Verdict.OURS).note == "关系在外地"
    note_lines(comparison=comparison, lines=[line.pk], word="", by=None, at=AT)
    line.refresh_from_db()
    assert (line.note, line.waiting) == ("", True)


def test_a_line_that_differs_has_no_word_but_its_fields() -> None:
    comparison = of_somebody("学历", "大学")

    with pytest.raises(Refused, match="只在一边的行"):
        note_lines(comparison=comparison, lines=comparison.lines.filter(verdict=Verdict.DIFFERENT).values_list("pk", flat=True), word="x", by=None, at=AT)


def test_lines_only_there_become_an_import_with_its_dry_run() -> None:
    somebody()
    text = f"姓名,公民身份号码,性别,所在党支部,人员类别\n方云泽,{NUMBER},1,{BRANCH},1\n司徒新来,{number('006')},2,{BRANCH},2\n"
    comparison = compared(SourceFile("国库.csv", text.encode()), PEOPLE)
    line = comparison.lines.get(verdict=Verdict.THEIRS)

    run = to_import(comparison=comparison, lines=[line.pk], by=user(Role.EDITOR), at=AT)

    made = propose(run=run, today=TODAY)
    assert [one.message for one in made.problems] == []
    assert [(one.record.kind, one.title, one.outcome) for one in made.planned] == [("member", "司徒新来", "new")]
    assert made.planned[0].record.fields["category"] == "预备党员"
    line.refresh_from_db()
    assert (line.note, line.waiting) == (f"已转到导入 {run.pk}", False)
    with pytest.raises(Refused, match="请先选"):
        to_import(comparison=comparison, lines=[], by=None, at=AT)
    assert ImportRun.objects.filter(pk=run.pk).exists()


def test_a_closed_comparison_changes_nothing_until_it_is_open_again() -> None:
    comparison = of_somebody("学历", "大学")

    assert close(comparison=comparison, by=None, at=AT) > 0
    for act in (
        lambda: take(comparison),
        lambda: keep_ours(comparison=comparison, cells=comparison.cells.all(), reason="x", by=None, at=AT),
        lambda: note_lines(comparison=comparison, lines=[1], word="x", by=None, at=AT),
        lambda: close(comparison=comparison, by=None, at=AT),
    ):
        with pytest.raises(Refused):
            act()
    reopen(comparison=comparison, by=None, at=AT)
    take(comparison)

    comparison.refresh_from_db()
    assert comparison.state == ComparisonState.OPEN


def test_a_file_of_which_nobody_is_here_is_said_to_be_strange() -> None:
    made = start(
        file=SourceFile("别处.csv", "姓名,所在党支部\n方临江,临江市茶叶商会党支部\n".encode()), layout=shipped()[PEOPLE], version=0, unit=city(), day=HALF_YEAR,
        by=None, at=AT,
    )

    with pytest.raises(Refused, match="没有一行在本单位"):
        read(comparison=made, at=AT)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1)])
def test_nothing_is_compared_with_a_day_to_come(day: date) -> None:
    with pytest.raises(Refused, match="还没有到"):
        start(file=SourceFile("x.csv", b"x"), layout=shipped()[PEOPLE], version=0, unit=city(), day=day, by=None, at=AT)


def test_a_whole_column_is_taken_with_a_fixed_number_of_queries(django_assert_max_num_queries: Callable[..., Any]) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(362):
            put(sheet, row, "学历", "博士研究生")
            put(sheet, row, "人员类别", "1")

    comparison = compared(exported(PEOPLE, change), PEOPLE)
    cells, by = ComparisonCell.objects.filter(comparison=comparison), user(Role.EDITOR)
    count = cells.filter(can_accept=True).count()
    assert count > 360

    with django_assert_max_num_queries(32):
        done = accept(comparison=comparison, cells=cells, since=DAY, by=by, at=AT)

    assert done.done == count
    assert Person.objects.filter(education="博士研究生").count() == 362


def test_it_is_read_and_kept_with_a_fixed_number_of_queries(django_assert_max_num_queries: Callable[..., Any]) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(362):
            put(sheet, row, "学历", "博士研究生")

    made = start(file=exported(PEOPLE, change), layout=shipped()[PEOPLE], version=0, unit=city(), day=HALF_YEAR, by=None, at=AT)

    with django_assert_max_num_queries(20):
        read(comparison=made, at=AT)

    assert made.cells.count() >= 362
