"""Templates that an office makes in Word: nearest upward, by the day, frozen with the report, back to the platform's (M43)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from docx import Document as Word
from docx.oxml.ns import qn

from shanghui.access.models import AuditEntry, Role, Unit
from shanghui.access.scope import Scope
from shanghui.cases.file import file_of
from shanghui.cases.registry import Paper
from shanghui.indicators.queries import figures
from shanghui.kernel.attachments import Unfit
from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.checking import check
from shanghui.ledger.organizations.models import Coverage
from shanghui.ledger.organizations.operations import end_fact, open_federation
from shanghui.reports.documents.letter import letter_to_word
from shanghui.reports.documents.word import to_word
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze
from shanghui.reports.queries import read
from shanghui.reports.word_templates.documents import Document, document_of, documents
from shanghui.reports.word_templates.filling import (
    fill_paper,
    fill_report,
    fill_sample,
    paper_to_word,
    report_to_word,
    template_of,
    template_of_paper,
)
from shanghui.reports.word_templates.models import TemplateUse, WordTemplate
from shanghui.reports.word_templates.operations import Faulty, end_template, start_template, upload_template
from shanghui.reports.word_templates.queries import Damaged, in_force, visible
from tests.cases.somewhere import TODAY as CASE_DAY
from tests.cases.somewhere import joint_case
from tests.reports.test_letter import LETTER
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, city, named, neighbour, user

pytestmark = pytest.mark.django_db
REPORT, PAPER = "report.half-year", "paper.establishment.request"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def word(*lines: str) -> bytes:
    """A Word file with these paragraphs."""
    document = Word()
    for one in lines:
        document.add_paragraph(one)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def of(code: str = REPORT) -> Document:
    found = document_of(code)
    assert found is not None
    return found


def upload(*lines: str, unit: Unit | None = None, code: str = REPORT) -> WordTemplate:
    return upload_template(
        document=of(code), unit=unit or city(), name="模板.docx", content=word(*lines), by=user(Role.EDITOR), at=AT
    )


def start(template: WordTemplate, since: date = TODAY) -> TemplateUse:
    return start_template(template=template, since=since, by=user(Role.EDITOR), at=AT)


def draft() -> Report:
    return compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=user(Role.EDITOR), at=AT)


def texts(content: bytes) -> list[str]:
    return [one.text for one in Word(BytesIO(content)).paragraphs]


def looks(content: bytes) -> list[Any]:
    """Every paragraph with its faces, sizes, highlights, alignment and indents: what a reader would see."""
    found = []
    for one in Word(BytesIO(content)).paragraphs:
        indent = one._p.pPr.find(qn("w:ind"))
        runs: list[Any] = []
        for run in one.runs:
            face = (run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size, run.font.highlight_color)
            if not run.text:
                continue
            if runs and runs[-1][0] == face:
                runs[-1] = (face, runs[-1][1] + run.text)
            else:
                runs.append((face, run.text))
        found.append((one.text, runs, one.alignment, {k: v for k, v in (dict(indent.attrib) if indent is not None else {}).items() if v != "0"}))
    return found


def test_the_shipped_template_gives_the_report_of_the_platform() -> None:
    report = draft()
    content = read(report)

    made = fill_report(of().shipped(), content, report)

    assert looks(made) == looks(to_word(content))
    assert not check(of().shipped(), of().fields(city(), TODAY)).problems


@pytest.mark.parametrize("letter", [
    LETTER, replace(LETTER, number="", annexes=(), table=()), replace(LETTER, to="", issuer="", day=None), replace(LETTER, day=None, annexes=("名册",)),
], ids=["whole", "short", "sheet", "undated"])
def test_the_shipped_template_gives_the_letter_of_the_platform(letter: Any) -> None:
    file = file_of(joint_case(), CASE_DAY)

    made, present = (Word(BytesIO(one)) for one in (fill_paper(of(PAPER).shipped(), letter, file, {}), letter_to_word(letter)))

    def of_file(document: Any) -> list[Any]:
        file = BytesIO()
        document.save(file)
        return looks(file.getvalue())

    assert of_file(made) == of_file(present)
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    assert cells == [[[cell.text for cell in row.cells] for row in table.rows] for table in present.tables]
    assert [one.width for table in made.tables for one in table.columns] == [one.width for table in present.tables for one in table.columns]


def test_every_document_has_fields_and_a_shipped_template_that_passes_its_check() -> None:
    listed = documents()

    assert {one.code for one in listed} >= {REPORT, PAPER, "paper.development.approval", "paper.election.request"}
    assert len({one.code for one in listed}) == len(listed)
    for one in listed:
        fields = one.fields(city(), TODAY)
        assert len({field.code for field in fields}) == len(fields), one.code
    assert not check(of(PAPER).shipped(), of(PAPER).fields(city(), TODAY)).problems


def test_an_own_template_names_figures_sections_and_facts() -> None:
    report = draft()
    template = upload(
        "{{ unit }}：覆盖率{{ figures.coverage.organization.text }}（{{ figures.coverage.organization.numerator }}/"
        "{{ figures.coverage.organization.denominator }}）", "{% for one in sections.cover.paragraphs %}", "— {{ one.text }}", "{% endfor %}",
    )

    said = texts(report_to_word(read(report), report, template))

    counted = figures(Scope((), HALF_YEAR, everything=True).under(city()), HALF_YEAR)["coverage.organization"]
    assert said[0] == f"云泽市工商联：覆盖率85%（{counted.numerator}/{counted.denominator}）"
    assert said[1].startswith("— 所属商会40家")
    assert template.fields == [
        "figures.coverage.organization.denominator", "figures.coverage.organization.numerator", "figures.coverage.organization.text",
        "sections.cover.paragraphs", "unit",
    ]


def test_a_missing_fact_of_a_case_is_a_visible_blank() -> None:
    case = joint_case()
    file = file_of(case, CASE_DAY)
    letter = of(PAPER).paper.write(file)  # type: ignore[union-attr]
    template = upload("{{ facts.design.name }}，{{ facts.steps.request.on }}，{{ facts.design.form }}，{{ facts.chambers }}", code=PAPER)

    (said,) = texts(paper_to_word(letter, file, template, {}))

    assert said == "云泽市印刷包装等商会联合党支部，【待补充：请示时间】，联合组建，云泽市印刷包装商会、云泽市软件和信息服务业商会"


def test_a_sample_names_the_fields() -> None:
    made = fill_sample(word("{{ title }}", "{% for one in notes %}", "{{ one.text }}", "{% endfor %}"), of(), of().fields(city(), TODAY))

    assert texts(made) == ["〔标题〕", "〔文字〕", "〔文字〕"]


def test_a_new_version_is_not_in_force_before_its_day_and_ends_the_one_before() -> None:
    first, second = upload("{{ title }}"), upload("{{ title }}。")
    assert (first.version, second.version) == (1, 2)
    assert in_force(REPORT, city(), TODAY) is None

    start(first)
    start(second, TODAY + timedelta(days=10))

    assert in_force(REPORT, city(), TODAY - timedelta(days=1)) is None
    assert in_force(REPORT, city(), TODAY + timedelta(days=9)) == first
    assert in_force(REPORT, city(), TODAY + timedelta(days=10)) == second


def test_a_version_replaced_on_its_first_day_never_held() -> None:
    first, second = upload("{{ title }}"), upload("{{ title }}。")
    start(first)
    start(second)

    assert [one.template for one in TemplateUse.objects.all()] == [second]
    assert WordTemplate.objects.count() == 2


def test_what_cannot_begin_says_why() -> None:
    first, second = upload("{{ title }}"), upload("{{ title }}。")
    start(first, TODAY + timedelta(days=5))

    with pytest.raises(Refused, match="第1版定在2022-07-13起用"):
        start(second, TODAY)
    with pytest.raises(Refused, match="第1版从2022-07-13起已经在用"):
        start(first, TODAY + timedelta(days=6))
    with pytest.raises(Refused, match="第2版没有在用"):
        end_template(template=second, on=TODAY, by=None, at=AT)


def test_ended_the_one_above_holds_again_and_then_the_shipped_one() -> None:
    county = open_federation(name="云溪县工商联", code="990221", parent=city().federation, by=None, at=AT).unit
    above, own = upload("{{ title }}"), upload("{{ title }}", unit=county)
    start(above)
    assert in_force(REPORT, county, TODAY) == above
    assert [in_force(REPORT, named(one), TODAY) for one in (BRANCH, CHAMBER)] == [above, above]
    assert in_force(REPORT, neighbour(), TODAY) is None

    start(own)
    assert in_force(REPORT, county, TODAY) == own
    assert in_force(REPORT, city(), TODAY) == above

    end_template(template=own, on=TODAY + timedelta(days=3), by=user(Role.EDITOR), at=AT)
    assert in_force(REPORT, county, TODAY + timedelta(days=2)) == own
    assert in_force(REPORT, county, TODAY + timedelta(days=3)) == above
    end_template(template=above, on=TODAY, by=user(Role.EDITOR), at=AT)
    assert in_force(REPORT, county, TODAY + timedelta(days=3)) is None
    assert [one.verb for one in AuditEntry.objects.filter(subject_table="reports_wordtemplate").order_by("pk")] == [
        "上传 Word 模板", "上传 Word 模板", "启用 Word 模板", "启用 Word 模板", "停用 Word 模板", "停用 Word 模板",
    ]


def test_a_template_is_seen_below_its_unit_and_not_next_door() -> None:
    county = open_federation(name="云溪县工商联", code="990221", parent=city().federation, by=None, at=AT).unit
    template = upload("{{ title }}")

    assert list(visible(Scope((county.pk,), TODAY))) == [template]
    assert list(visible(Scope((neighbour().pk,), TODAY))) == []


def test_a_frozen_report_keeps_its_template_and_its_figures() -> None:
    report, template = draft(), upload("{{ figures.coverage.organization.numerator }}家")
    start(template, AT.date())
    frozen = freeze(report=report, by=user(Role.EDITOR), at=AT)
    end_template(template=template, on=AT.date(), by=None, at=AT)
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT)

    assert template_of(frozen, TODAY) == template
    assert texts(report_to_word(read(frozen), frozen, frozen.template)) == ["34家"]
    assert template_of(draft(), TODAY) is None


def test_a_report_frozen_without_a_template_stays_so() -> None:
    frozen = freeze(report=draft(), by=user(Role.EDITOR), at=AT)
    start(upload("{{ title }}"), date(2020, 1, 1))

    assert template_of(frozen, TODAY) is None
    assert report_to_word(read(frozen), frozen, None)


def test_a_paper_takes_the_template_of_its_own_day() -> None:
    file = file_of(joint_case(), CASE_DAY)

    def paper(code: str) -> Paper:
        found = file.kind.paper(code)
        assert found is not None
        return found

    letter = paper("request").write(file)
    template = upload("{{ title }}", code=PAPER)
    start(template, date(2022, 8, 1))

    assert template_of_paper(file, paper("request"), letter, CASE_DAY) == template
    assert template_of_paper(file, paper("request"), replace(letter, day=date(2022, 7, 31)), CASE_DAY) is None
    assert template_of_paper(file, paper("reply"), letter, CASE_DAY) is None


def test_nothing_is_written_where_a_template_is_refused(tmp_path: Any) -> None:
    with pytest.raises(Faulty, match=re.escape("没有“titel”这个字段。是不是“title”（标题）？（正文：“关于{{ titel }}的报告”）")):
        upload("关于{{ titel }}的报告")
    with pytest.raises(Unfit, match=r"旧的 \.doc"):
        upload_template(document=of(), unit=city(), name="模板.doc", content=b"x", by=None, at=AT)

    assert not WordTemplate.objects.exists()
    assert not AuditEntry.objects.filter(subject_table="reports_wordtemplate").exists()
    assert list(tmp_path.rglob("*.docx")) == []


def test_the_same_file_is_not_kept_twice() -> None:
    content = word("{{ title }}")
    upload_template(document=of(), unit=city(), name="甲.docx", content=content, by=None, at=AT)

    with pytest.raises(Refused, match="和第1版一样"):
        upload_template(document=of(), unit=city(), name="乙.docx", content=content, by=None, at=AT)


def test_the_database_keeps_versions_and_refuses_two_in_force() -> None:
    template = upload("{{ title }}")
    start(template)

    with pytest.raises(DatabaseError), transaction.atomic():
        WordTemplate.objects.update(version=7)
    with pytest.raises(DatabaseError), transaction.atomic():
        WordTemplate.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateUse.objects.create(template=template, document=REPORT, unit=city(), valid_from=date(2022, 1, 1), valid_to=date(2023, 1, 1))


def test_a_file_that_was_touched_is_not_used() -> None:
    report, template = draft(), upload("{{ title }}")
    with default_storage.open(template.stored, "wb") as file:
        file.write(word("别的"))

    with pytest.raises(Damaged, match="请停用它"):
        report_to_word(read(report), report, template)


def test_which_template_holds_is_asked_in_one_question_or_two(django_assert_num_queries: Any) -> None:
    unit = city()
    with django_assert_num_queries(1):
        in_force(REPORT, unit, TODAY)
    start(upload("{{ title }}"))
    with django_assert_num_queries(2):
        in_force(REPORT, unit, TODAY)
