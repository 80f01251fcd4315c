"""The rule browser: every rule and norm is there, what was not read says so, local rules go on and off."""

from __future__ import annotations

import pytest
from django.test import Client

from shanghui.rules.models import PackSwitch
from shanghui.rules.queries import catalogue
from shanghui.rules.registry import norms
from shanghui.web.rules.words import WORDS
from tests.worked_city import city

pytestmark = pytest.mark.django_db


def test_every_rule_stands_with_its_sentence_and_every_norm_has_a_page(editor: Client) -> None:
    page = editor.get("/rules/").content.decode()
    assert all(rule.sentence in page for rule in catalogue())

    for code in {norm.code for norm in norms()}:
        assert editor.get(f"/rules/{code}/").status_code == 200
    assert editor.get("/rules/nothing/").status_code == 404


def test_every_number_of_a_norm_has_a_word() -> None:
    assert {name for norm in norms() for name in norm.limits} <= WORDS.keys()


def test_all_norms_are_listed_searched_and_narrowed(editor: Client) -> None:
    def listed(query: str) -> list[str]:
        return [norm.code for _, group in editor.get(f"/rules/?show=norms{query}").context["norms"] for norm in group]

    assert len(listed("")) == len(list(norms()))
    assert "LIFE-05" in listed("&q=主题党日")
    assert set(listed("&regulation=《支部工作条例》")) < set(listed(""))
    assert set(listed("&modality=local")) < set(listed(""))
    assert listed("&q=查无此条") == []


def test_what_was_not_read_says_so(editor: Client) -> None:
    assert "待核实" in editor.get("/rules/LIFE-17/").content.decode()
    assert "待核实" not in editor.get("/rules/LIFE-06/").content.decode()


def test_local_rules_are_switched_on_and_off(editor: Client) -> None:
    form = editor.get("/rules/packs/quarterly_class/on/").context["form"]
    month = form.fields["since"].initial
    assert editor.post("/rules/packs/quarterly_class/on/", {"unit": city().pk, "since": "2022-04-02"}).status_code == 422

    editor.post("/rules/packs/quarterly_class/on/", {"unit": city().pk, "since": month})
    made = PackSwitch.objects.get()
    assert "已启用" in editor.get("/rules/").content.decode()

    later = form.fields["since"].choices[-1][0]
    editor.post(f"/rules/switches/{made.pk}/off/", {"since": later})
    made.refresh_from_db()
    assert made.valid_to.isoformat() == later
    assert editor.get("/rules/packs/nothing/on/").status_code == 404
