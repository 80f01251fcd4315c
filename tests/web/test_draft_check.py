"""The page that checks a draft: pasted or uploaded, with its own arithmetic and with the ledger; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Role
from tests.reports.test_checking import a_word_file
from tests.worked_city import city, neighbour

pytestmark = pytest.mark.django_db
WRONG = "截至2022年6月30日，全市40家商会中，28家单独组建，6家联合组建，组建率83%。"


def send(client: Client, **more: object) -> str:
    answer = client.post(reverse("draft-check"), more)
    return str(answer.content.decode())


def test_a_pasted_draft_shows_its_marks_beside_what_it_should_say_and_leads_to_the_records(editor: Client) -> None:
    before = AuditEntry.objects.count()

    shown = send(editor, text=WRONG, under=str(city().pk))

    assert "2 处不一致" in shown
    assert '<mark id="m-1"><a href="#f-1">83%</a></mark>' in shown
    assert '<ins class="ins">85%</ins>' in shown
    assert "与台账不符" in shown
    assert f"/figures/coverage.organization/?on=2022-06-30&amp;under={city().pk}" in shown
    assert AuditEntry.objects.count() == before


def test_a_word_file_is_checked_without_the_ledger(editor: Client) -> None:
    file = SimpleUploadedFile("稿.docx", a_word_file("党员362人，其中正式党员331人、预备党员32人。"))

    shown = send(editor, draft=file, under="")

    assert "1 处不一致" in shown
    assert "与台账" not in shown


def test_a_right_draft_says_so(editor: Client) -> None:
    assert "没有发现不一致" in send(editor, text="党员362人，其中正式党员331人、预备党员31人。", under=str(city().pk))


@pytest.mark.parametrize(("more", "sentence"), [
    ({}, "请选一个稿件文件"), ({"text": "  "}, "请选一个稿件文件"),
    ({"draft": SimpleUploadedFile("稿.doc", b"\xd0\xcf\x11\xe0")}, "另存为 .docx"),
    ({"draft": SimpleUploadedFile("稿.docx", b"<html>")}, "不是 docx 文件"),
])
def test_what_cannot_be_checked_is_said_on_the_form(editor: Client, more: dict[str, object], sentence: str) -> None:
    answer = editor.post(reverse("draft-check"), more)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_marks_are_text_and_never_markup(editor: Client) -> None:
    shown = send(editor, text="<script>alert(1)</script>党员362人，其中正式党员331人、预备党员32人。", under="")

    assert "<script>alert" not in shown


def test_the_ledger_next_door_cannot_be_asked(editor: Client) -> None:
    answer = editor.post(reverse("draft-check"), {"text": WRONG, "under": str(neighbour().pk)})

    assert answer.status_code == 422


def test_a_secretary_has_no_such_page(as_role: Callable[[Role], Client]) -> None:
    assert as_role(Role.SECRETARY).get(reverse("draft-check")).status_code == 403
