"""Papers kept with a case: uploaded for a step, downloaded within the scope, removed and taken back (M05)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shanghui.access.models import Role
from shanghui.cases.models import Case, CasePaper
from shanghui.cases.operations.papers import MOST
from shanghui.kernel.attachments import LARGEST
from tests.cases.somewhere import approver, joint_case, step, submitter, to_approval
from tests.web.somebody import text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(name: str, case: Case, **more: int) -> str:
    return reverse(name, kwargs={"case": case.pk, **more})


def upload(client: Client, case: Case, *files: tuple[str, bytes], step: str = "request") -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(at("case-papers", case), {"step": step, "papers": sent}, follow=True)


def test_a_paper_is_kept_for_its_step_and_comes_back_as_a_download(editor: Client) -> None:
    case = joint_case()

    page = text_of(upload(editor, case, ("请示（盖章）.pdf", PDF)))

    kept = CasePaper.objects.get(case=case)
    assert (kept.step, kept.name) == ("request", "请示（盖章）.pdf")
    assert "文件已保存。" in page
    assert page.count("请示（盖章）.pdf") >= 2
    answer = editor.get(at("case-paper", case, case_file=kept.pk))
    assert answer.content == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("请示.pdf", b"", "空"), ("请示.exe", b"MZ", "这种文件不能上传"), ("请示.pdf", b"not a pdf", "的内容不是 pdf 文件"),
        ("请示.pdf", PDF + b"0" * LARGEST, "超过 20 MB"),
    ],
)
def test_what_may_not_be_kept_is_refused_on_the_page_of_the_case(editor: Client, name: str, content: bytes, sentence: str) -> None:
    case = joint_case()

    answer = upload(editor, case, (name, content))

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert case.title in text_of(answer)
    assert not CasePaper.objects.filter(case=case).exists()


def test_nothing_chosen_the_same_again_and_an_unknown_step_are_said(editor: Client) -> None:
    case = joint_case()
    upload(editor, case, ("请示.pdf", PDF))

    assert "请先选文件。" in text_of(editor.post(at("case-papers", case), {"step": "request"}))
    assert "“再来.pdf”已经在这件事里了，内容一样，不用再传。" in text_of(upload(editor, case, ("再来.pdf", PDF)))
    assert "没有这一步。请从列出的步骤里选。" in text_of(upload(editor, case, ("新.pdf", PDF + b" "), step="nothing"))
    assert CasePaper.objects.filter(case=case).count() == 1


def test_one_too_many_is_refused_and_the_others_stay(editor: Client) -> None:
    case = joint_case()
    for place in range(MOST):
        case.papers.create(name=f"{place}.pdf", media_type="application/pdf", size=1, sha256=f"{place:064}", stored=f"x{place}")

    answer = upload(editor, case, ("又一个.pdf", PDF))

    assert f"一件事最多放 {MOST} 个文件" in text_of(answer)
    assert case.papers.count() == MOST


def test_a_removed_paper_is_taken_back_from_the_history(editor: Client) -> None:
    case = joint_case()
    upload(editor, case, ("请示.pdf", PDF))
    kept = CasePaper.objects.get(case=case)

    page = text_of(editor.post(at("case-paper-remove", case, case_file=kept.pk), follow=True))
    undo = re.search(r'href="(/[^"]*undo[^"]*)"', page)
    assert undo is not None
    editor.post(undo.group(1))

    assert CasePaper.objects.get(case=case).name == "请示.pdf"
    assert editor.get(at("case-paper", case, case_file=kept.pk)).content == PDF


def test_steps_are_not_undone_from_the_history(editor: Client) -> None:
    case = joint_case()
    to_approval(case)

    assert "/undo/" not in text_of(editor.get(at("case", case)))


def test_a_paper_belongs_to_its_case(editor: Client) -> None:
    case = joint_case()
    upload(editor, case, ("请示.pdf", PDF))
    other = Case.objects.create(kind="establishment", title="另一件", office=case.office, opened_on=case.opened_on)
    kept = CasePaper.objects.get(case=case)

    assert editor.get(at("case-paper", other, case_file=kept.pk)).status_code == 404
    assert editor.post(at("case-paper-remove", other, case_file=kept.pk)).status_code == 404


def test_a_paper_whose_file_is_gone_does_not_exist(editor: Client) -> None:
    case = joint_case()
    kept = case.papers.create(name="请示.pdf", media_type="application/pdf", size=1, sha256="0" * 64, stored="nowhere/nothing.pdf")

    assert editor.get(at("case-paper", case, case_file=kept.pk)).status_code == 404


def test_a_reader_downloads_and_is_offered_no_upload(editor: Client, as_role: Any) -> None:
    case = joint_case()
    upload(editor, case, ("请示.pdf", PDF))

    page = text_of(as_role(Role.READER).get(at("case", case)))

    assert "请示.pdf" in page
    assert "multipart/form-data" not in page
    assert as_role(Role.READER).get(at("case-paper", case, case_file=CasePaper.objects.get(case=case).pk)).status_code == 200


def test_who_reported_the_request_is_not_offered_its_approval_and_another_is(editor: Client) -> None:
    case = joint_case()
    for code, day in (("survey", 2), ("prepare", 5), ("request", 8)):
        step(case, code, date(2022, 7, day), by=submitter())
    other = Client()
    other.force_login(approver(), backend="django.contrib.auth.backends.ModelBackend")
    approve = reverse("case-step", kwargs={"case": case.pk, "step": "approve"})

    assert f'href="{approve}"' not in text_of(editor.get(at("case", case)))
    assert "不能自己批自己报的" in text_of(editor.get(at("case", case)))
    assert f'href="{approve}"' in text_of(other.get(at("case", case)))
