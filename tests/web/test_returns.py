"""Pages of returns: preview with what is missing, blanks supplied once, the file kept; layouts changed, given and taken as files (M49, M51)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange.layouts.models import OwnLayout, Return, Supplied
from shanghui.exchange.layouts.producing import shipped
from tests.worked_city import city, neighbour

pytestmark = pytest.mark.django_db
ON = "?on=2022-06-30"


def at(name: str, code: str = "chamber-ledger") -> str:
    return reverse(name, kwargs={"layout_code": code})


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_every_shipped_layout_is_offered_by_its_receiver(editor: Client) -> None:
    shown = text(editor, reverse("layouts"))

    assert all(at("layout", code) in shown for code in shipped())
    assert "民政部门" in shown


@pytest.mark.parametrize("code", sorted(shipped()))
def test_each_opens_with_its_preview(editor: Client, code: str) -> None:
    shown = text(editor, at("layout", code) + ON)

    assert all(f"<th scope=\"col\">{one.title}</th>" in shown for one in shipped()[code].columns)


def test_a_return_is_made_kept_and_downloaded(editor: Client) -> None:
    assert editor.post(at("layout-make") + ON, {}).status_code == 302

    made = Return.objects.get()
    assert (made.rows, made.as_at.isoformat()) == (40, "2022-06-30")
    assert "商会党建台账" in text(editor, reverse("returns"))
    file = editor.get(reverse("return-download", kwargs={"returned": made.pk}))
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert sheet.max_row == 43
    assert AuditEntry.objects.filter(verb="导出", subject_id=made.pk).exists()


def test_blanks_are_supplied_once_and_asked_no_more(editor: Client) -> None:
    address = at("layout-supply", "two-new-survey") + ON
    before = text(editor, at("layout", "two-new-survey") + ON)
    assert "空着 40 格" in before

    assert editor.post(address, {"c0-9": "3", "c0-10": "1"}).status_code == 302

    assert Supplied.objects.count() == 2
    assert "空着 39 格" in text(editor, at("layout", "two-new-survey") + ON)
    assert 'value="3"' in text(editor, address)


def test_a_blank_that_is_too_long_is_refused(editor: Client) -> None:
    answer = editor.post(at("layout-supply", "two-new-survey") + ON, {"c0-9": "长" * 301})

    assert answer.status_code == 422
    assert not Supplied.objects.exists()


def form_of(client: Client, code: str) -> dict[str, str]:
    """What the edit page would send unchanged."""
    answer = client.get(at("layout-edit", code))
    values: dict[str, str] = {}
    for form in (answer.context["head"], *answer.context["columns"]):
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                values[field.html_name] = str(value)
            elif field.name == "title":
                values[field.html_name] = ""
    return values


def test_saved_unchanged_a_layout_is_the_same_and_a_version_of_ones_own(editor: Client) -> None:
    for code, layout in shipped().items():
        assert editor.post(at("layout-edit", code), form_of(editor, code)).status_code == 302, code
        own = OwnLayout.objects.get(code=code)
        assert (own.version, own.document) == (1, layout.document()), code


def test_columns_are_moved_renamed_and_removed(editor: Client) -> None:
    values = form_of(editor, "branch-ledger")
    values |= {"k1-title": "支部名称", "k1-place": "999", "k2-title": "", "title": "支部台账（新）"}

    editor.post(at("layout-edit", "branch-ledger"), values)

    titles = [one["title"] for one in OwnLayout.objects.get().document["columns"]]
    assert titles[-1] == "支部名称"
    assert "类型" not in titles
    assert "支部台账（新）" in text(editor, reverse("layouts"))


@pytest.mark.parametrize(("change", "said"), [
    ({"k1-codes": "党支部"}, "写成 男=1；女=2"), ({"k1-source": "column:wage"}, "没有填对"), ({"title": ""}, "没有填对"),
])
def test_a_wrong_column_is_said_and_nothing_is_saved(editor: Client, change: dict[str, str], said: str) -> None:
    answer = editor.post(at("layout-edit", "branch-ledger"), form_of(editor, "branch-ledger") | change)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OwnLayout.objects.exists()


def test_a_layout_goes_out_as_a_file_and_comes_in_again(editor: Client) -> None:
    file = editor.get(at("layout-export", "villages")).content
    document = json.loads(file) | {"code": "villages-2", "title": "我县的表"}

    answer = editor.post(reverse("layout-import"), {"file": SimpleUploadedFile("v.json", json.dumps(document).encode())})

    assert answer["Location"] == at("layout", "villages-2")
    assert "我县的表" in text(editor, at("layout", "villages-2"))


@pytest.mark.parametrize(("content", "said"), [
    (b"PK", "不是版式文件"), (b"{}", "格式不认识"),
    (b'{"format":1,"code":"x1","title":"t","rows":"nodes","columns":[{"title":"a","source":"column:wage"}]}', "第1列"),
])
def test_a_wrong_file_is_said(editor: Client, content: bytes, said: str) -> None:
    answer = editor.post(reverse("layout-import"), {"file": SimpleUploadedFile("v.json", content)})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_new_layout_begins_and_a_withdrawn_one_is_gone(editor: Client) -> None:
    made = editor.post(reverse("layout-new"), {"code": "mine", "title": "我的表", "rows": "organizations.total"})
    assert made["Location"] == at("layout-edit", "mine")

    editor.post(at("layout-withdraw", "mine"), {})

    assert editor.get(at("layout", "mine")).status_code == 404


def test_a_withdrawn_layout_is_named_and_brought_back(editor: Client) -> None:
    editor.post(at("layout-withdraw"), {})
    assert "停用的版式" in text(editor, reverse("layouts"))
    assert "现在停用" in text(editor, at("layout-versions"))

    answer = editor.post(reverse("layout-restore", kwargs={"layout_code": "chamber-ledger", "number": 0}), {})

    assert answer["Location"] == at("layout")
    assert editor.get(at("layout")).status_code == 200
    assert "停用的版式" not in text(editor, reverse("layouts"))


def test_a_version_that_is_not_there_or_holds_already_is_not_restored(editor: Client) -> None:
    editor.post(at("layout-edit", "branch-ledger"), form_of(editor, "branch-ledger"))

    for number in (1, 7):
        assert editor.get(reverse("layout-restore", kwargs={"layout_code": "branch-ledger", "number": number})).status_code == 404
    assert editor.get(at("layout-versions", "nobody")).status_code == 404


def test_the_next_page_of_blanks_keeps_the_day(editor: Client) -> None:
    answer = editor.post(at("layout-supply", "two-new-survey") + ON, {"c0-9": "3"})

    assert "on=2022-06-30" in answer["Location"]
    assert "page=2" in answer["Location"]


def test_a_reader_looks_and_does_not_change(as_role: Callable[[Role], Client]) -> None:
    reader = as_role(Role.READER)

    assert reader.get(at("layout") + ON).status_code == 200
    assert reader.get(at("layout-edit")).status_code == 403


def test_a_unit_next_door_is_not_found(editor: Client) -> None:
    assert editor.get(f"{at('layout')}{ON}&under={neighbour().pk}").status_code == 404


def test_the_burden_account_counts_what_was_asked_and_what_was_given_back(editor: Client) -> None:
    editor.post(at("layout-make") + ON, {})
    Supplied.objects.create(unit=city(), row="x:1", heading="没人要的", value="1", at=Return.objects.get().made_at)

    shown = text(editor, reverse("burden"))

    assert "没人要的" in shown
    assert f'<div class="big">{Return.objects.get().filled}</div>' in shown


def test_the_page_of_a_layout_asks_a_bounded_number_of_questions(editor: Client, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(30):
        editor.get(at("layout", "party-statistics-social") + ON)
