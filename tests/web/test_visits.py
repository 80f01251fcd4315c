"""Visits: written in one screen, once for each sending, listed, filtered, exported, on the archive and the list of gaps."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils.timezone import localdate

from shanghui.access.models import AuditEntry, Role
from shanghui.ledger.activities.models import Visit
from tests.worked_city import CHAMBER, UNCOVERED, named

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
KEY = "0f8f5c9e-1111-4222-8333-944455556666"
SCRIPT = {"headers": {"accept": "application/json"}}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "key": KEY, "chamber": named(UNCOVERED).pk, "visited_on": localdate().isoformat(), "whom": ["members"], "lacks": ["place"],
        "agreed": "会长同意联合组建", "wants": ["partner"], "help_wanted": "派车", "next": "two-weeks", **changes,
    }


@pytest.fixture
def guide(as_role: AsRole) -> Client:
    return as_role(Role.GUIDE)


def test_the_guide_meets_the_form_of_the_only_chamber_with_what_is_known(guide: Client) -> None:
    page = text_of(guide.get("/visits/new/"))

    assert "第 1 次走访" in page
    assert "满 3 人可组建" in page


def test_what_was_tapped_and_written_becomes_words(guide: Client) -> None:
    answer = guide.post("/visits/new/", typed())

    row = Visit.objects.get(key=KEY)
    assert answer["Location"] == f"/visits/{row.pk}/"
    assert (row.met, row.missing, row.help_wanted) == ("党员", "没有活动场所", "牵线联合对象、派车")
    assert row.next_on == localdate() + timedelta(days=14)
    assert "会长同意联合组建" in text_of(guide.get(answer["Location"]))


def test_a_second_sending_is_answered_with_the_first(guide: Client) -> None:
    first = guide.post("/visits/new/", typed())

    assert guide.post("/visits/new/", typed(), **SCRIPT).json()["url"] == first["Location"]
    assert Visit.objects.filter(key=KEY).count() == 1


def test_what_is_wrong_is_said_at_its_field(guide: Client) -> None:
    future = (localdate() + timedelta(days=1)).isoformat()

    said = guide.post("/visits/new/", typed(visited_on=future), **SCRIPT)
    nothing = {"key": KEY, "chamber": named(UNCOVERED).pk, "visited_on": localdate().isoformat()}

    assert set(said.json()["errors"]) == {"visited_on"}
    assert set(guide.post("/visits/new/", nothing, **SCRIPT).json()["errors"]) == {"agreed"}
    assert guide.post("/visits/new/", typed()).status_code == 302


def test_a_guide_does_not_write_of_other_chambers(guide: Client) -> None:
    assert guide.get(f"/visits/new/?chamber={named(CHAMBER).pk}").status_code == 404
    assert guide.post("/visits/new/", typed(chamber=named(CHAMBER).pk)).status_code == 404


def test_the_office_chooses_the_chamber_and_sees_all_visits(as_role: AsRole, guide: Client) -> None:
    guide.post("/visits/new/", typed())
    editor = as_role(Role.EDITOR)
    chosen = text_of(editor.get("/visits/new/"))

    assert chosen.index("还没有党组织的") < chosen.index("其他商会")
    assert "共 1 次" in text_of(editor.get("/visits/"))
    assert "共 1 次" in text_of(editor.get("/visits/?help=wanted"))
    assert "没有符合条件" in text_of(editor.get("/visits/?half=2022-1"))
    assert "只看走访" in text_of(editor.get(f"/visits/?chamber={named(UNCOVERED).pk}"))
    book = openpyxl.load_workbook(io.BytesIO(editor.get("/visits/?format=xlsx").content))
    assert any(UNCOVERED in str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)


def test_it_stands_on_the_archive_and_the_list_of_gaps(as_role: AsRole, guide: Client) -> None:
    guide.post("/visits/new/", typed())
    editor, today = as_role(Role.EDITOR), localdate()

    assert "会长同意联合组建" in text_of(editor.get(f"/chambers/{named(UNCOVERED).pk}/?kind=visits"))
    assert f"{today.month}月{today.day}日走访</a>，下次" in text_of(editor.get(f"/gaps/?q={UNCOVERED}"))


def test_it_is_changed_and_removed_with_a_reason_and_taken_back(as_role: AsRole, guide: Client) -> None:
    guide.post("/visits/new/", typed())
    row = Visit.objects.get(key=KEY)

    guide.post(f"/visits/{row.pk}/change/", {"visited_on": row.visited_on.isoformat(), "agreed": "改写"})
    assert guide.post(f"/visits/{row.pk}/remove/", {"reason": ""}).status_code == 422
    guide.post(f"/visits/{row.pk}/remove/", {"reason": "记错"})
    assert not Visit.objects.filter(key=KEY).exists()
    entry = AuditEntry.objects.get(verb="删除走访")
    as_role(Role.EDITOR).post(f"/audit/{entry.pk}/undo/", {"reason": "删错"})

    assert Visit.objects.get(key=KEY).agreed == "改写"
