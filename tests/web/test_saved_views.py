"""A question is kept under a name for one's own unit, opens as it was asked, and stays in the audit when it is gone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from shanghui.access.models import AuditEntry, Role, Seat, Unit
from shanghui.indicators.models import SavedView
from shanghui.indicators.operations import save_view
from shanghui.ledger.organizations.models import Federation
from shanghui.ledger.organizations.operations import open_federation
from tests.worked_city import AT, HALF_YEAR, city, neighbour, user

NEW = "/figures/explore/views/new/?code=coverage.organization&code=no.such&level=children&when=months&then=2022-01-31&on=2022-06-30&tree=today&page=3"


def kept(unit: Unit, name: str = "各县区覆盖") -> SavedView:
    """A view of a unit."""
    return save_view(unit=unit, name=name, query={"code": ["coverage.work"], "level": "all"}, by=None, at=AT)


@pytest.mark.django_db
def test_a_view_is_kept_and_opens_with_the_same_question(editor: Client) -> None:
    answer = editor.post(NEW, {"name": "县区覆盖率逐月"})

    view = SavedView.objects.get()
    assert view.unit == city()
    assert view.made_by == user(Role.EDITOR)
    opened = editor.get(answer["Location"])
    assert parse_qs(urlsplit(opened["Location"]).query) == {
        "code": ["coverage.organization"], "level": ["children"], "when": ["months"], "then": ["2022-01-31"], "on": ["2022-06-30"],
        "tree": ["today"], "view": [str(view.pk)],
    }
    shown = editor.get(opened["Location"])
    assert "县区覆盖率逐月</h1>" in shown.content.decode()
    assert len(shown.context["asked"].days) == 6
    assert AuditEntry.objects.filter(verb="存下视图", unit=city(), subject_id=view.pk).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "name", "words"), [
    ("?code=coverage.work", "", "请填名称"),
    ("?code=coverage.work", "长" * 61, "60"),
    ("?code=no.such", "没有指标", "还没有选指标"),
    ("?code=coverage.work", "各县区覆盖", "已经有一个叫“各县区覆盖”的视图"),
])
def test_what_cannot_be_kept_is_refused_in_words(query: str, name: str, words: str, editor: Client) -> None:
    kept(city())

    answer = editor.post(f"/figures/explore/views/new/{query}", {"name": name})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert SavedView.objects.count() == 1


@pytest.mark.django_db
def test_a_node_outside_is_not_kept(editor: Client) -> None:
    assert editor.post(f"/figures/explore/views/new/?code=coverage.work&under={neighbour().pk}", {"name": "邻居"}).status_code == 404
    assert not SavedView.objects.exists()


@pytest.mark.django_db
def test_it_is_renamed_but_not_to_a_name_that_is_taken(editor: Client) -> None:
    view = kept(city())
    kept(city(), "另一个")

    taken = editor.post(f"/figures/explore/views/{view.pk}/rename/", {"name": "另一个"})
    done = editor.post(f"/figures/explore/views/{view.pk}/rename/", {"name": "新名字"})

    view.refresh_from_db()
    assert (taken.status_code, done.status_code, view.name) == (422, 302, "新名字")
    assert AuditEntry.objects.filter(verb="视图改名", unit=city(), subject_id=view.pk).count() == 1


@pytest.mark.django_db
def test_it_is_deleted_after_a_question_and_stays_in_the_audit(editor: Client) -> None:
    view = kept(city())
    url = f"/figures/explore/views/{view.pk}/delete/"

    asked = editor.get(url)
    assert SavedView.objects.exists()
    done: Any = editor.post(url)

    assert "删除视图“各县区覆盖”？" in asked.content.decode()
    assert done["Location"] == "/figures/explore/views/"
    assert not SavedView.objects.exists()
    entry = AuditEntry.objects.get(verb="删除视图")
    assert (entry.subject_id, entry.changes[0][2]["query"]["code"]) == (view.pk, ["coverage.work"])


@pytest.mark.django_db
def test_views_below_are_opened_but_not_changed_and_those_next_door_do_not_exist(editor: Client) -> None:
    east = open_federation(name="云泽市城东区工商联", code="990202", parent=Federation.objects.get(unit=city()), by=None, at=AT)
    below, beside = kept(east.unit), kept(neighbour())

    listed = editor.get("/figures/explore/views/").content.decode()

    assert editor.get(f"/figures/explore/views/{below.pk}/").status_code == 302
    assert editor.post(f"/figures/explore/views/{below.pk}/delete/").status_code == 404
    assert editor.get(f"/figures/explore/views/{below.pk}/rename/").status_code == 404
    assert editor.get(f"/figures/explore/views/{beside.pk}/").status_code == 404
    assert listed.count("各县区覆盖") == 1
    assert "改名" not in editor.get(f"/figures/explore/?view={below.pk}").content.decode()
    assert editor.get(f"/figures/explore/?view={beside.pk}").context["view"] is None


@pytest.mark.django_db
def test_with_two_seats_one_says_for_whom(editor: Client) -> None:
    Seat.objects.create(user=user(Role.EDITOR), unit=neighbour(), role=Role.READER, valid_from=HALF_YEAR)

    unsaid = editor.post("/figures/explore/views/new/?code=coverage.work", {"name": "两地"})
    said = editor.post("/figures/explore/views/new/?code=coverage.work", {"name": "两地", "unit": neighbour().pk})

    assert (unsaid.status_code, said.status_code) == (422, 302)
    assert SavedView.objects.get().unit == neighbour()


@pytest.mark.django_db
def test_no_views_yet_is_said(editor: Client) -> None:
    assert "还没有存下的视图" in editor.get("/figures/explore/views/").content.decode()
