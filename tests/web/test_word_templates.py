"""The pages of Word templates: what holds, the fields, upload with its check, trying, starting, ending (M43)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Axis, Role
from shanghui.access.operations import move
from shanghui.ledger.activities.models import Activity
from shanghui.ledger.organizations.operations import open_federation
from shanghui.reports.models import Report
from shanghui.reports.operations import compile_report, freeze
from shanghui.reports.word_templates.models import TemplateUse, WordTemplate
from tests.cases.developing import applicant, opened
from tests.cases.somewhere import joint_case
from tests.reports.test_word_templates import PAPER, REPORT, start, texts, upload, word
from tests.web.somebody import text_of
from tests.worked_city import AT, HALF_YEAR, city, neighbour, seat, user

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def of(name: str, code: str = REPORT) -> str:
    return reverse(name, kwargs={"document": code})


def at(name: str, template: WordTemplate) -> str:
    return reverse(name, kwargs={"template": template.pk})


def send(client: Client, content: bytes, name: str = "模板.docx", code: str = REPORT, **more: Any) -> Any:
    return client.post(of("template-upload", code), {"file": SimpleUploadedFile(name, content), "unit": city().pk} | more)


def test_the_list_says_for_every_document_which_template_holds(editor: Client) -> None:
    start(upload("{{ title }}"), LONG_AGO)

    page = text_of(editor.get(reverse("templates")))

    assert "本单位第 1 版" in page
    assert of("template-document", PAPER) in page
    assert "系统自带" in page


def test_the_list_asks_a_bounded_number_of_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    start(upload("{{ title }}"), LONG_AGO)

    with django_assert_max_num_queries(14):
        editor.get(reverse("templates"))


def test_a_document_without_templates_says_how_to_make_one(editor: Client) -> None:
    page = text_of(editor.get(of("template-document")))

    assert "还没有自己的模板" in page
    assert of("template-shipped") in page
    assert of("template-upload") in page


def test_fields_can_be_copied_and_show_what_stands_there(editor: Client) -> None:
    page = text_of(editor.get(of("template-fields")))

    assert "{{ figures.coverage.organization.text }}" in page
    assert "{%p for one in sections.cover.paragraphs %}\n{{ one.text }}\n{%p endfor %}" in page
    assert "商会党建工作总结" in page
    assert '<td data-l="现在是">85%</td>' in page
    assert "figures.members.total.text" in page
    assert "figures.members.total.numerator" not in page


def test_an_administrator_brings_templates_and_reads_no_ledger(as_role: Callable[[Role], Client]) -> None:
    compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    template = upload("{{ title }}")
    administrator = as_role(Role.ADMINISTRATOR)

    fields, page = text_of(administrator.get(of("template-fields"))), text_of(administrator.get(at("template", template)))

    assert "商会党建工作总结" not in fields + page
    assert "样例文字" in page
    assert at("template-start", template) in page
    for of_what in (Report.objects.get().pk, "now"):
        assert administrator.get(at("template-try", template), {"of": of_what}).status_code == 404


def test_the_shipped_template_is_a_word_file(editor: Client) -> None:
    answer = editor.get(of("template-shipped", PAPER))

    assert "{{ issuer }}" in texts(answer.content)


def test_uploaded_tried_started_used_and_ended(editor: Client) -> None:
    report = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    download = reverse("report-download", kwargs={"report": report.pk})
    shown = reverse("report", kwargs={"report": report.pk})

    sent = send(editor, word("试点：{{ figures.coverage.organization.text }}"), note="换成新版头")
    template = WordTemplate.objects.get()
    assert sent["Location"] == at("template", template)
    page = text_of(editor.get(sent["Location"]))
    assert "没有启用" in page
    assert "换成新版头" in page
    assert texts(editor.get(at("template-try", template)).content) == ["试点：〔党组织覆盖率〕"]
    assert texts(editor.get(at("template-try", template), {"of": report.pk}).content) == ["试点：85%"]
    assert texts(editor.get(at("template-try", template), {"of": "now"}).content)[0].startswith("试点：")
    assert AuditEntry.objects.filter(verb="试填 Word 模板").count() == 2
    assert "系统自带的公文版式" in text_of(editor.get(shown))
    assert len(texts(editor.get(download).content)) > 20

    editor.post(at("template-start", template), {"since": "2022-07-01"})
    assert texts(editor.get(download).content) == ["试点：85%"]
    assert "云泽市工商联的模板第 1 版" in text_of(editor.get(shown))
    assert AuditEntry.objects.filter(verb="导出").latest("pk").reason.endswith("云泽市工商联的模板第1版")

    frozen = freeze(report=report, by=user(Role.EDITOR), at=AT)
    editor.post(at("template-end", template), {"on": "2022-07-20"})
    assert texts(editor.get(download).content) == ["试点：85%"]
    assert frozen.template == template
    draft = compile_report(kind="half-year", unit=city(), day=date(2022, 6, 29), by=None, at=AT)
    assert len(texts(editor.get(reverse("report-download", kwargs={"report": draft.pk})).content)) > 20
    history = text_of(editor.get(at("template", template)))
    assert all(verb in history for verb in ("上传 Word 模板", "启用 Word 模板", "停用 Word 模板"))


def test_a_paper_of_a_case_is_written_with_its_template(editor: Client) -> None:
    case = joint_case()
    start(upload("{{ facts.design.name }}／{{ day }}", code=PAPER), LONG_AGO)
    address = reverse("case-draft", kwargs={"case": case.pk, "draft": "request"})

    assert "云泽市工商联的模板第 1 版" in text_of(editor.get(address))
    assert texts(editor.get(address, {"format": "docx"}).content) == ["云泽市印刷包装等商会联合党支部／【待补充：成文日期】"]
    reply = reverse("case-draft", kwargs={"case": case.pk, "draft": "reply"})
    assert "系统自带的公文版式" in text_of(editor.get(reply))


def test_a_template_is_tried_with_a_case(editor: Client) -> None:
    case = joint_case()
    template = upload("{{ title }}", code=PAPER)

    assert case.title in text_of(editor.get(at("template", template)))
    assert texts(editor.get(at("template-try", template), {"of": case.pk}).content) == ["关于成立云泽市印刷包装等商会联合党支部的请示"]
    assert editor.get(at("template-try", template), {"of": "abc"}).status_code == 404


def _zip(**parts: bytes) -> bytes:
    """A sound Word file with these parts besides or instead."""
    source, file = zipfile.ZipFile(BytesIO(word("{{ title }}"))), BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        added = {name.replace("__", "/"): content for name, content in parts.items()}
        for one in source.namelist():
            if one not in added:
                archive.writestr(one, source.read(one))
        for name, content in added.items():
            archive.writestr(name, content)
    return file.getvalue()


RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://example.org/a.dotm"/></Relationships>'
)


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("模板.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc 文件。请在 Word 或 WPS 里另存为 .docx"),
    ("模板.docm", b"PK", "带宏的 .docm 文件"), ("模板.pdf", b"%PDF-1.4", "不是 Word 文件"), ("模板.docx", b"", "空文件"),
    ("模板.docx", b"not a zip", "的内容不是 docx 文件"), ("模板.docx", _zip(**{"word/vbaProject.bin": b"x"}), "里有宏（程序）"),
    ("模板.docx", _zip(**{"word/media/big.bin": b"\0" * 45_000_000}), "展开后太大"),
    ("模板.docx", _zip(**{"word/embeddings/a.bin": b"x"}), "嵌了别的文件"),
    ("模板.docx", _zip(**{"word/_rels/settings.xml.rels": RELATION}), "连着别处的图片、模板或文件"),
    ("模板.docx", _zip(**{"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "不该有的定义"),
    ("模板.docx", _zip(**{"word/document.xml": b"<broken"}), "打不开"),
    ("模板.docx", word("全省{{ titel }}"), "没有“titel”这个字段。是不是“title”（标题）？（正文：“全省{{ titel }}”）"),
    ("模板.docx", word("{% for one in notes %}", "{{ one.text }}"), "“for”没有结束，后面缺一个 {% endfor %}"),
    ("模板.docx", word("{{ title.__class__.__mro__ }}"), "没有“title.__class__.__mro__”这个字段"),
])
def test_what_cannot_be_a_template_is_refused_and_nothing_is_kept(editor: Client, name: str, content: bytes, sentence: str) -> None:
    answer = send(editor, content, name)

    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("&amp;", "&").replace("&quot;", '"')
    assert not WordTemplate.objects.exists()


def test_every_fault_is_named_at_once(editor: Client) -> None:
    page = text_of(send(editor, word("{{ titel }}", "{{ isuer }}")))

    assert "有 2 处要改" in page
    assert "是不是“issuer”（署名）？" in page


def test_a_template_without_a_field_is_kept_with_a_warning(editor: Client) -> None:
    answer = send(editor, word("没有字段的文字"))

    assert "模板里没有一个字段" in text_of(editor.get(answer["Location"]))


def test_nothing_chosen_a_unit_next_door_and_no_day_are_said(editor: Client) -> None:
    assert "请选模板文件。" in text_of(editor.post(of("template-upload"), {"unit": city().pk}))
    assert "请从列出的单位里选。" in text_of(send(editor, word("{{ title }}"), unit=neighbour().pk))
    template = upload("{{ title }}")
    assert "请填日期。" in text_of(editor.post(at("template-start", template), {"since": ""}))
    assert "第1版没有在用，不用停。" in text_of(editor.post(at("template-end", template), {"on": "2022-07-08"}))
    assert not TemplateUse.objects.exists()
    assert editor.get(of("template-document", "report.nothing")).status_code == 404
    assert editor.get(reverse("templates"), {"under": neighbour().pk}).status_code == 404


def test_a_reader_sees_and_is_offered_no_change(as_role: Callable[[Role], Client]) -> None:
    template = upload("{{ title }}")
    reader = as_role(Role.READER)

    page = text_of(reader.get(at("template", template))) + text_of(reader.get(of("template-document")))

    assert "第 1 版" in page
    assert at("template-start", template) not in page
    assert of("template-upload") not in page


def test_one_from_above_is_seen_and_not_changed_below(editor: Client) -> None:
    province = open_federation(name="某省工商联", code="990000", by=None, at=AT).unit
    move(child=city(), parent=province, axis=Axis.SUPERVISION, since=LONG_AGO, by=None, at=AT)
    template = upload("{{ title }}", unit=province)
    start(template, LONG_AGO)

    page = text_of(editor.get(at("template", template)))

    assert "某省工商联" in page
    assert at("template-end", template) not in page
    assert editor.get(at("template-end", template)).status_code == 404
    assert "某省工商联第 1 版" in text_of(editor.get(reverse("templates")))


def test_the_file_comes_back_as_it_was_uploaded(editor: Client) -> None:
    content = word("{{ title }}")
    send(editor, content)

    answer = editor.get(at("template-file", WordTemplate.objects.get()))

    assert answer.content == content
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_damaged_file_is_said_on_its_page_and_at_the_download(editor: Client, tmp_path: Any) -> None:
    report = compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=None, at=AT)
    template = upload("{{ title }}")
    start(template, LONG_AGO)
    (tmp_path / template.stored).write_bytes(b"other")

    assert "填不出来" in text_of(editor.get(at("template", template)))
    answer = editor.get(reverse("report-download", kwargs={"report": report.pk}), follow=True)
    assert "请停用它，改用系统自带的" in text_of(answer)


def test_the_journal_of_a_trial_names_nobody_and_a_reader_gets_no_birthday(editor: Client, as_role: Callable[[Role], Client]) -> None:
    person = applicant()
    case = opened(person)
    template = upload("{{ facts.name }}／{{ facts.birth }}", code="paper.development.approval")

    assert person.name in text_of(editor.get(at("template", template)))
    assert texts(editor.get(at("template-try", template), {"of": case.pk}).content) == ["申小满／1990-03-05"]
    assert texts(as_role(Role.READER).get(at("template-try", template), {"of": case.pk}).content) == ["申小满／1990-03"]
    assert all(person.name not in one.reason for one in AuditEntry.objects.filter(verb="试填 Word 模板"))
    assert person.name not in text_of(as_role(Role.ADMINISTRATOR).get(at("template", template)))


def test_who_sits_on_an_organization_brings_templates_for_it() -> None:
    committee = city().federation.committee.unit
    client = Client()
    client.force_login(seat(Role.EDITOR, committee, "committee"), backend="django.contrib.auth.backends.ModelBackend")

    assert committee.name in text_of(client.get(reverse("templates")))
    answer = send(client, word("{{ title }}"), code=PAPER, unit=committee.pk)
    assert answer["Location"] == at("template", WordTemplate.objects.get())
    assert client.get(answer["Location"]).status_code == 200


def test_everyday_papers_are_tried_with_what_one_may_see(editor: Client, as_role: Callable[[Role], Client]) -> None:
    sheet = upload("{{ kind }}／{{ host }}", code="form.sign-in")
    month = upload("{{ title }}", code="form.visit-month")

    assert "上个月" in text_of(editor.get(at("template", month)))
    assert "form.introduction" in text_of(editor.get(reverse("templates")))
    activity = Activity.objects.exclude(type="talk").order_by("-held_on", "-pk").first()
    assert activity is not None
    tried = editor.get(at("template-try", sheet), {"of": activity.pk})
    assert texts(tried.content)[0].startswith(activity.get_type_display())
    administrator = as_role(Role.ADMINISTRATOR)
    assert administrator.get(at("template-try", sheet), {"of": activity.pk}).status_code == 404
    assert activity.title not in text_of(administrator.get(of("template-fields", "form.sign-in")))


def test_a_sheet_and_a_record_are_printed_with_their_templates(editor: Client) -> None:
    activity = Activity.objects.exclude(type="talk").filter(planned=False).order_by("-held_on", "-pk").first()
    assert activity is not None
    start(upload("试点签到：{{ title }}", code="form.sign-in"), LONG_AGO)
    start(upload("试点记录：{{ title }}", code="form.record"), LONG_AGO)

    for name, word_of in (("activity-sign-in", "试点签到"), ("activity-record", "试点记录")):
        answer = editor.get(reverse(name, kwargs={"activity": activity.pk}))
        assert texts(answer.content) == [f"{word_of}：{activity.title}"]
        assert AuditEntry.objects.filter(verb="导出").latest("pk").reason.endswith("云泽市工商联的模板第1版")


def test_a_damaged_template_is_said_on_the_page_of_the_meeting(editor: Client, tmp_path: Any) -> None:
    activity = Activity.objects.exclude(type="talk").first()
    assert activity is not None
    template = upload("{{ title }}", code="form.sign-in")
    start(template, LONG_AGO)
    (tmp_path / template.stored).write_bytes(b"other")

    answer = editor.get(reverse("activity-sign-in", kwargs={"activity": activity.pk}), follow=True)
    assert "请停用它，改用系统自带的" in text_of(answer)
