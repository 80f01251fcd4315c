"""Every kind of report of the worked city: its figures are those of the indicators, the checker finds nothing, nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from shanghui.access.models import Unit, UnitKind
from shanghui.access.scope import whole
from shanghui.indicators.queries import figures
from shanghui.indicators.registry import registry as indicators
from shanghui.kernel.rates import Rate
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Presence
from shanghui.ledger.activities.operations import record_activity
from shanghui.ledger.organizations.models import Chamber, ChamberKind
from shanghui.ledger.organizations.operations import open_federation, register_chamber
from shanghui.ledger.people.models import Person, Post
from shanghui.ledger.people.operations import appoint, register_person
from shanghui.reports.content import Bars, Content, Number, Table, from_json, to_json
from shanghui.reports.documents.one_page import size_for
from shanghui.reports.documents.word import to_word
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze, write_own_text
from shanghui.reports.queries import read
from shanghui.reports.registry import NotReported, ReportKind, kind_with_code, registry
from shanghui.reports.soundness import unsound
from tests.worked_city import AT, BRANCH, CHAMBER, CITY, HALF_YEAR, SINCE, TODAY, UNCOVERED, city, named, neighbour

pytestmark = pytest.mark.django_db
CODES = [one.code for one in registry]
YEAR_END = date(2022, 12, 31)


def unit_of(kind: ReportKind) -> Unit:
    return {UnitKind.FEDERATION: city, UnitKind.CHAMBER: lambda: named(CHAMBER), UnitKind.ORGANIZATION: lambda: named(BRANCH)}[kind.units[0]]()


def compiled(code: str, day: date = HALF_YEAR, unit: Unit | None = None, **own: str) -> Content:
    kind = kind_with_code(code)
    own_text = {section.replace("_", "-"): text for section, text in own.items()}
    return kind.compile(unit=unit or unit_of(kind), day=day, made_on=TODAY, own_text=own_text)


def text_of(content: Content) -> str:
    blocks = [*content.opening, *(block for section in content.sections() for block in section.paragraphs)]
    return "\n".join([*content.title, *(block.text for block in blocks), *content.notes])


def test_the_family_is_whole() -> None:
    assert {
        "half-year", "annual", "brief", "branch-account", "meeting-president", "meeting-supervisors", "meeting-party", "chamber-archive", "coverage-map",
        "matter-coverage", "matter-uncovered", "matter-guides", "matter-elections", "matter-life", "matter-development", "matter-activities",
        "matter-two-posts",
    } == set(CODES)
    assert all(one.title and one.about and one.group for one in registry)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", [HALF_YEAR, YEAR_END])
def test_every_figure_is_the_indicators_of_its_day_and_unit(code: str, day: date) -> None:
    unit = unit_of(kind_with_code(code))

    for _, one in compiled(code, day).numbers():
        on = date.fromisoformat(one.on) if one.on else day
        figure = figures(whole(on).under(one.under or unit.pk), on, {one.code})[one.code]
        assert (one.numerator, one.denominator) == (figure.numerator, figure.denominator), one
        shown = {"numerator": str(figure.numerator), "denominator": str(figure.denominator)}
        if figure.denominator is not None:
            shown["rate"] = Rate(figure.numerator, figure.denominator).short_percent()
        assert one.text == shown[one.part]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("day", [HALF_YEAR, YEAR_END])
def test_the_checker_finds_nothing_in_ours(code: str, day: date) -> None:
    content = compiled(code, day)

    assert list(unsound(content, whole(day).under(unit_of(kind_with_code(code))))) == []


@pytest.mark.parametrize(("code", "wrong"), [
    ("annual", "所属商会40家，其中35家有党组织覆盖，党组织覆盖率85%。"), ("annual", "会长之家1期。"), ("brief", "现有党员363名。"),
    ("branch-account", "应到20人次，到会15人次，到会率80%。"), ("matter-coverage", "商会40家，其中未建党组织的7家。"),
])
def test_a_figure_that_is_changed_is_found(code: str, wrong: str) -> None:
    first = next(compiled(code).sections()).code

    content = compiled(code, **{first.replace("-", "_"): wrong})

    assert list(unsound(content, whole(HALF_YEAR).under(unit_of(kind_with_code(code)))))


def test_a_changed_total_of_a_table_is_found() -> None:
    content = compiled("coverage-map")
    part = content.parts[0]
    table = next(block for block in part.sections[0].paragraphs if isinstance(block, Table))
    last = tuple((replace(cell[0], text="41"),) if place == 1 and isinstance(cell[0], Number) else cell for place, cell in enumerate(table.rows[-1]))
    spoilt = replace(part.sections[0], paragraphs=(replace(table, rows=(*table.rows[:-1], last)),))

    wrong = replace(content, parts=(replace(part, sections=(spoilt,)),))

    assert [one.message for one in unsound(wrong, whole(HALF_YEAR).under(city()))] == ["写的是41，“商会”一栏各行相加是40"]


@pytest.mark.parametrize("code", CODES)
def test_no_ordinary_member_is_named(code: str) -> None:
    said = text_of(compiled(code))
    ordinary = Person.objects.filter(memberships__isnull=False, appointments__isnull=True, assignments__isnull=True)
    officers = Person.objects.exclude(pk__in=ordinary.values("pk"))
    names = set(ordinary.values_list("name", flat=True)) - set(officers.values_list("name", flat=True))

    assert len(names) > 50
    assert [name for name in names if len(name) > 2 and name in said] == []


@pytest.mark.parametrize("code", CODES)
def test_it_is_written_in_word_and_survives_being_kept(code: str) -> None:
    content = compiled(code)

    document = Document(BytesIO(to_word(content)))

    assert from_json(to_json(content)) == content
    assert document.paragraphs[0].text == content.title[0]
    tables = [block for section in content.sections() for block in section.paragraphs if isinstance(block, Table)]
    written = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert all(row in written for table in tables for row in table.texts)


@pytest.mark.parametrize("code", CODES)
def test_it_is_compiled_frozen_and_reads_the_same(code: str) -> None:
    draft = compile_report(kind=code, unit=unit_of(kind_with_code(code)), day=HALF_YEAR, by=None, at=AT)
    first = next(read(draft).sections()).code
    write_own_text(report=draft, texts={first: "另有一段。"}, by=None, at=AT)

    frozen = freeze(report=compile_report(kind=code, unit=draft.unit, day=HALF_YEAR, by=None, at=AT, report=draft), by=None, at=AT)

    kept = read(Report.objects.get(pk=frozen.pk))
    assert "另有一段。" in text_of(kept)
    assert {date.fromisoformat(one.on) for _, one in kept.numbers() if one.on} == ({frozen.earlier.as_at} if frozen.earlier else set())


@pytest.mark.parametrize("code", CODES)
def test_a_unit_of_another_kind_has_none(code: str) -> None:
    kind = kind_with_code(code)
    other = named(UNCOVERED) if kind.units[0] != UnitKind.CHAMBER else city()

    with pytest.raises(NotReported, match=f"没有{kind.title}"):
        kind.compile(unit=other, day=HALF_YEAR, made_on=TODAY, own_text={})


@pytest.mark.parametrize("code", [one.code for one in registry if one.units[0] == UnitKind.FEDERATION])
def test_an_empty_ledger_gives_blanks(code: str) -> None:
    empty = open_federation(name="空白县工商联", code="990299", by=None, at=AT)

    content = compiled(code, unit=empty.unit)

    assert list(content.gaps())
    assert to_word(content)


def test_the_year_counts_both_halves() -> None:
    for day in (date(2022, 3, 1), date(2022, 9, 1)):
        later = AT.replace(year=2023)
        record_activity(type=ActivityType.THEME_DAY, held_on=day, title="主题党日", hosts=[named(BRANCH)], by=None, at=later, present=20)

    assert "主题党日2次" in text_of(compiled("annual", YEAR_END))
    assert "主题党日1次" in text_of(compiled("half-year", YEAR_END))
    assert "2022年商会党建工作总结" in text_of(compiled("annual", YEAR_END))


def test_the_year_before_stands_beside_and_what_was_not_recorded_is_blank_not_0() -> None:
    content = compiled("annual", YEAR_END)
    section = next(one for one in content.sections() if one.code == "year-before")
    table = next(block for block in section.paragraphs if isinstance(block, Table))

    rows = {row[0]: row[1:] for row in table.texts[1:]}

    assert rows["商会数（家）"] == ["40", "40", "持平"]
    assert "党员数（人）" not in rows
    assert any("2021年12月31日的" in gap.missing and "党员数" in gap.missing for _, gap in content.gaps())
    assert {one.on for _, one in content.numbers()} == {"", "2021-12-31"}
    assert "%" not in str(table.texts)


def test_the_brief_fits_one_page_also_with_words_of_ones_own() -> None:
    assert size_for(compiled("brief")) is not None
    assert size_for(compiled("brief", cover="另有情况。" * 30)) is not None
    assert size_for(compiled("brief", cover="另有情况。" * 400)) is None


def test_an_account_counts_attendance_and_names_nobody() -> None:
    held = record_activity(type=ActivityType.GENERAL_MEETING, held_on=date(2022, 4, 1), title="大会", hosts=[named(BRANCH)], by=None, at=AT)
    people = list(Person.objects.filter(affiliations__organization__unit=named(BRANCH)).order_by("pk")[:4])
    for place, person in enumerate(people):
        Attendance.objects.create(activity=Activity.objects.get(pk=held.pk), person=person, unit=named(BRANCH),
                                  state=Presence.ABSENT if place == 3 else Presence.PRESENT)

    said = text_of(compiled("branch-account", YEAR_END))

    assert "有签到名册的活动1次，应到4人次，到会3人次，到会率75%。" in said
    assert people[3].name not in said


def test_an_account_speaks_of_its_own_organization_alone() -> None:
    said = text_of(compiled("branch-account"))

    assert f"覆盖商会1家：{CHAMBER}。" in said
    assert "临江" not in said


def test_an_archive_names_officers_and_what_is_missing() -> None:
    content = compiled("chamber-archive")
    said = text_of(content)
    president = Person.objects.filter(appointments__unit=named(CHAMBER), appointments__post=Post.PRESIDENT).get()

    assert president.name in said
    assert BRANCH in said
    assert any("业务主管单位" in gap.missing for _, gap in content.gaps())


def test_an_archive_does_not_tell_what_came_after_its_day() -> None:
    person = register_person(kept_by=named(CHAMBER), by=None, at=AT, name="后来人甲乙")
    appoint(person=person, unit=named(CHAMBER), post=Post.VICE_PRESIDENT, since=date(2022, 7, 1), by=None, at=AT)

    assert "后来人甲乙" not in text_of(compiled("chamber-archive"))
    assert "后来人甲乙" in text_of(compiled("chamber-archive", date(2022, 7, 2)))


def test_a_map_has_a_bar_for_each_unit_below_and_each_adds_up() -> None:
    below = open_federation(name="城东区工商联", code="990201", parent=city().federation, by=None, at=AT)
    register_chamber(name="城东区茶业商会", under=below.unit, since=SINCE, by=None, at=AT, kind=ChamberKind.INDUSTRY)

    content = compiled("coverage-map")
    section = next(content.sections())
    bars = next(block for block in section.paragraphs if isinstance(block, Bars))
    table = next(block for block in section.paragraphs if isinstance(block, Table))

    assert dict(bars.rows) == {"城东区工商联": (0, 0, 0, 1), "直属": (28, 6, 6, 0), "合计": (28, 6, 6, 1)}
    assert table.texts[1] == ["城东区工商联", "1", "0", "0", "0", "1", "0%"]
    assert {one.under for _, one in content.numbers()} == {0, below.unit.pk}
    assert Chamber.objects.in_operation(HALF_YEAR).filter(unit__parent_links__parent=below.unit).count() == 1


def test_a_briefing_lists_by_name_what_its_figure_counts() -> None:
    content = compiled("matter-uncovered")

    table = next(block for section in content.sections() if section.code == "list-1" for block in section.paragraphs if isinstance(block, Table))

    assert UNCOVERED in {row[0] for row in table.texts}
    assert len(table.rows) == 6
    assert set(table.heads) == {"商会", "未组建原因", "打算怎么建", "下一步日期", "指导员"}


def test_every_code_a_kind_names_is_an_indicator() -> None:
    for code in CODES:
        for _, one in compiled(code).numbers():
            assert indicators.get(one.code) is not None


@pytest.mark.parametrize(("kind", "under", "said"), [
    ("branch-account", CITY, "没有叫“990200”的党组织"), ("chamber-archive", "没有的商会", "没有叫“没有的商会”的商会"),
    ("annual", "云泽市工商联", "没有代码为"),
])
def test_the_command_says_how_units_are_named(tmp_path: Path, kind: str, under: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("report", kind, "--under", under, "--out", str(tmp_path / "r.docx"), stdout=StringIO())


def test_the_command_writes_any_kind(tmp_path: Path) -> None:
    call_command("report", "chamber-archive", "--under", CHAMBER, "--on", "2022-06-30", "--out", str(tmp_path / "r.docx"), stdout=StringIO())

    assert Document(str(tmp_path / "r.docx")).paragraphs[0].text == f"{CHAMBER}档案"


def test_a_federation_next_door_is_another() -> None:
    assert "商会1家" in text_of(compiled("annual", unit=neighbour()))
