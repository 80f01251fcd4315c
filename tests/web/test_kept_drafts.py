"""Drafts kept while they are checked: each finding closed, explanations remembered, the mended Word file (M44)."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import Scope, whole
from shanghui.reports.checking.drafts import read_draft
from shanghui.reports.draft_queries import Told, check_kept
from shanghui.reports.models import Closing, KeptDraft
from tests.reports.test_checking import a_word_file
from tests.worked_city import TODAY, city, neighbour

pytestmark = pytest.mark.django_db
WRONG = "截至2022年6月30日，党员362人，其中正式党员331人、预备党员32人。另有群众若干。"


def keep(client: Client, text: str = WRONG, under: str = "") -> KeptDraft:
    file = SimpleUploadedFile("稿.docx", a_word_file(text))
    answer = client.post(reverse("draft-check"), {"draft": file, "under": under, "keep": "1"})
    assert answer.status_code == 302
    return KeptDraft.objects.latest("pk")


def everything() -> Scope:
    return whole(TODAY)


def first(kept: KeptDraft) -> Told:
    return check_kept(kept, everything(), TODAY).told[0]


def close(client: Client, kept: KeptDraft, **values: str) -> int:
    address = reverse("checked-finding", kwargs={"checked": kept.pk, "finding_key": first(kept).key})
    return client.post(address, values).status_code


def page_of(client: Client, kept: KeptDraft) -> str:
    return str(client.get(reverse("checked-draft", kwargs={"checked": kept.pk})).content.decode())


def word_of(client: Client, kept: KeptDraft) -> bytes:
    return bytes(client.get(reverse("checked-draft-download", kwargs={"checked": kept.pk})).content)


def test_a_mended_figure_is_struck_out_on_the_page_and_a_tracked_change_in_word(editor: Client) -> None:
    kept = keep(editor)

    assert close(editor, kept, how="mended", text="363人") == 302

    assert '<del class="del">362人</del><ins class="ins">363人</ins>' in page_of(editor, kept)
    assert "都已处理" in page_of(editor, kept)
    assert "363人，其中" in read_draft("稿.docx", word_of(editor, kept)).text
    assert AuditEntry.objects.filter(verb="核校：改稿", subject_id=kept.pk).exists()


def test_a_mended_figure_is_done_with_whatever_was_said_about_it(editor: Client) -> None:
    kept = keep(editor, "截至2022年6月30日，全市40家商会中，28家单独组建，6家联合组建，组建率83%。", str(city().pk))
    assert check_kept(kept, everything(), TODAY).open == 2

    close(editor, kept, how="mended", text="85%")

    assert check_kept(kept, everything(), TODAY).open == 0


def test_an_open_finding_is_a_comment_in_word(editor: Client) -> None:
    document = Document(io.BytesIO(word_of(editor, keep(editor))))

    assert ["写的是362人" in one.text for one in document.comments] == [True]


def test_an_explanation_is_remembered_for_the_same_sentence_in_a_later_draft_of_the_unit(editor: Client) -> None:
    close(editor, keep(editor), how="explained", note="含一名关系在途的")

    later = keep(editor, f"又一份。{WRONG}")

    assert check_kept(later, everything(), TODAY).open == 0
    assert "在另一份稿件里说明" in page_of(editor, later)


def test_what_is_ignored_here_is_told_again_elsewhere(editor: Client) -> None:
    kept = keep(editor)
    close(editor, kept, how="ignored")

    assert check_kept(kept, everything(), TODAY).open == 0
    assert len(Document(io.BytesIO(word_of(editor, kept))).comments) == 0
    assert check_kept(keep(editor, f"又一份。{WRONG}"), everything(), TODAY).open == 1


def test_a_closed_finding_can_be_opened_again(editor: Client) -> None:
    kept = keep(editor)
    close(editor, kept, how="ignored")

    editor.post(reverse("checked-finding-open", kwargs={"checked": kept.pk, "finding_key": first(kept).key}))

    assert check_kept(kept, everything(), TODAY).open == 1


@pytest.mark.parametrize(("values", "sentence"), [
    ({"how": "mended", "text": " "}, "请写明改成什么"), ({"how": "explained", "note": ""}, "请写一句口径说明"), ({"how": ""}, "怎么处理"),
])
def test_a_closing_without_its_words_is_refused(editor: Client, values: dict[str, str], sentence: str) -> None:
    kept = keep(editor)
    address = reverse("checked-finding", kwargs={"checked": kept.pk, "finding_key": first(kept).key})

    answer = editor.post(address, values)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Closing.objects.exists()


def test_a_finding_that_is_not_there_is_not_found(editor: Client) -> None:
    kept = keep(editor)

    assert editor.get(reverse("checked-finding", kwargs={"checked": kept.pk, "finding_key": "0" * 64})).status_code == 404


def test_the_ledger_of_the_day_in_the_draft_is_asked(editor: Client) -> None:
    kept = keep(editor, "截至2022年6月30日，共有预备党员33名。", str(city().pk))

    assert [one.finding.expected for one in check_kept(kept, everything(), TODAY).told] == ["31名"]
    assert f"/figures/members.probationary/?on=2022-06-30&amp;under={city().pk}" in page_of(editor, kept)


def test_a_pasted_text_is_kept_as_a_text_and_comes_back_as_word(editor: Client) -> None:
    editor.post(reverse("draft-check"), {"text": WRONG, "under": "", "keep": "1"})
    kept = KeptDraft.objects.get()

    close(editor, kept, how="mended", text="363人")

    assert "363人" in read_draft("稿.docx", word_of(editor, kept)).text


def test_removed_the_file_is_gone_for_good(editor: Client, django_capture_on_commit_callbacks: Callable[..., object]) -> None:
    kept = keep(editor)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        editor.post(reverse("checked-draft-remove", kwargs={"checked": kept.pk}))

    assert not default_storage.exists(kept.stored)
    assert not KeptDraft.objects.exists()
    assert AuditEntry.objects.filter(verb="删除核校稿件").exists()


def test_a_file_that_cannot_be_read_is_not_kept(editor: Client) -> None:
    answer = editor.post(reverse("draft-check"), {"draft": SimpleUploadedFile("稿.docx", b"<html>"), "under": "", "keep": "1"})

    assert answer.status_code == 422
    assert not KeptDraft.objects.exists()


def test_a_reader_checks_without_keeping(as_role: Callable[[Role], Client]) -> None:
    answer = as_role(Role.READER).post(reverse("draft-check"), {"text": WRONG, "under": "", "keep": "1"})

    assert answer.status_code == 200
    assert not KeptDraft.objects.exists()


def test_the_office_next_door_finds_nothing(editor: Client) -> None:
    kept = keep(editor)
    KeptDraft.objects.filter(pk=kept.pk).update(unit=neighbour())

    for name in ("checked-draft", "checked-draft-download", "checked-draft-remove"):
        assert editor.get(reverse(name, kwargs={"checked": kept.pk})).status_code == 404


def test_the_list_shows_what_was_kept(editor: Client) -> None:
    assert "还没有存下来的稿件" in editor.get(reverse("checked-drafts")).content.decode()

    kept = keep(editor)

    assert reverse("checked-draft", kwargs={"checked": kept.pk}) in editor.get(reverse("checked-drafts")).content.decode()
