"""The drafted papers of a case on screen, as Word and as PDF: gaps lead to their forms (M05)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from shanghui.access.models import AuditEntry, Role
from shanghui.cases.models import Case
from shanghui.cases.operations import open_case, put_organizations
from tests.cases.somewhere import NAME, OPENED, SIX, chamber, joint_case, submitter, to_approval
from tests.cases.test_dissolution import branch
from tests.web.somebody import OTHER, text_of
from tests.worked_city import AT, BRANCH, city

pytestmark = pytest.mark.django_db


def draft(case: Case, code: str = "request") -> str:
    return reverse("case-draft", kwargs={"case": case.pk, "draft": code})


def begun() -> Case:
    return open_case(kind="establishment", office=city(), on=OPENED, by=submitter(), at=AT, chambers=[chamber(one) for one in SIX[:2]])


def test_every_gap_leads_to_the_form_where_it_is_filled_in(editor: Client) -> None:
    case = begun()

    page = text_of(editor.get(draft(case)))

    for name, word in (("case-design", "党组织名称"), ("case-design", "上级党组织"), ("case-people", "编入党员"), ("case-election", "人选")):
        url = reverse(name, kwargs={"case": case.pk})
        assert f'<a href="{url}"><mark>【待补充：{word}】</mark></a>' in page
    assert "办“请示”那一步时登记" in page


def test_the_day_of_the_paper_leads_to_its_step_once_it_can_be_done(editor: Client) -> None:
    case = joint_case()
    for code in ("survey", "prepare"):
        editor.post(reverse("case-step", kwargs={"case": case.pk, "step": code}), {"on": "2022-07-02"})

    page = text_of(editor.get(draft(case)))

    step = reverse("case-step", kwargs={"case": case.pk, "step": "request"})
    assert f'<a href="{step}"><mark>【待补充：成文日期】</mark></a>' in page


def test_a_reader_sees_the_gaps_without_links(as_role: Any) -> None:
    page = text_of(as_role(Role.READER).get(draft(begun())))

    assert "<mark>【待补充：党组织名称】</mark>" in page
    assert "/design/" not in page


def test_word_has_the_facts_and_is_noted(editor: Client) -> None:
    case = joint_case()
    to_approval(case)

    answer = editor.get(draft(case, "reply") + "?format=docx")

    texts = [one.text for one in Document(BytesIO(answer.content)).paragraphs]
    assert "云工商党〔2022〕8号" in texts
    assert "".join(texts[2:4]) == f"关于同意成立{NAME}的批复"
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="导出", reason="关于成立党组织的批复 DOCX").exists()


def test_a_draft_with_gaps_says_so_in_its_name(editor: Client) -> None:
    answer = editor.get(draft(begun()) + "?format=docx")

    assert "%E8%8D%89%E7%A8%BF" in answer["Content-Disposition"]


def test_without_libreoffice_word_is_offered_instead_of_pdf(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanghui.reports.documents.pdf.converter", lambda: None)
    case = joint_case()

    answer = editor.get(draft(case) + "?format=pdf", follow=True)

    assert "这台服务器没有安装 LibreOffice" in text_of(answer)
    assert "下载 Word" in text_of(answer)


def test_a_paper_that_the_kind_does_not_draft_does_not_exist(editor: Client) -> None:
    assert editor.get(draft(joint_case(), "nothing")).status_code == 404


def test_steps_offer_their_papers_before_and_after(editor: Client) -> None:
    case = joint_case()
    assert draft(case, "charter") not in text_of(editor.get(reverse("case", kwargs={"case": case.pk})))
    to_approval(case)

    page = text_of(editor.get(reverse("case", kwargs={"case": case.pk})))

    assert draft(case, "charter") in page
    assert draft(case, "request") in page


def test_of_a_merger_each_organization_has_its_own_drafts_on_the_page(editor: Client) -> None:
    case = open_case(kind="merger", office=city(), on=OPENED, by=submitter(), at=AT, organization=branch())
    put_organizations(case=case, organizations=[branch(OTHER)], by=submitter(), at=AT)
    editor.post(reverse("case-step", kwargs={"case": case.pk, "step": "survey"}), {"on": "2022-07-02"})
    codes = [f"{of}-{branch(name).pk}" for of in ("resolution", "request") for name in (BRANCH, OTHER)]

    page = text_of(editor.get(reverse("case", args=[case.pk])))

    assert all(draft(case, code) in page for code in codes)
    assert f"起草{OTHER}的请示" in page
    shown = text_of(editor.get(draft(case, codes[1])))
    assert f"<h1>{OTHER}的决议</h1>" in shown
    assert "党支部登记这次党员大会以后写入" in shown
    assert editor.get(draft(case, codes[3]) + "?format=docx").status_code == 200
    assert editor.get(draft(case, "request")).status_code == 404
    assert editor.get(draft(case, f"request-{branch(BRANCH).pk + 1000}")).status_code == 404
