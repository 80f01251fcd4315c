"""The catalogue of rules: complete, each with a norm in force, in words a person can read."""

from __future__ import annotations

from datetime import date

import pytest

from shanghui.rules import duties, standing
from shanghui.rules.packs import PACKS
from shanghui.rules.queries import Rule, catalogue, rule_with_code

READ_ON = date(2026, 11, 22)
RULES = pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)


def test_every_rule_is_listed_once() -> None:
    codes = [rule.code for rule in catalogue()]

    assert len(codes) == len(set(codes)) == len(duties.registry) + len(standing.registry)
    assert rule_with_code("life.theme_day") in catalogue()
    assert rule_with_code("life.nothing") is None


@RULES
def test_every_rule_stands_on_a_norm_in_force(rule: Rule) -> None:
    norm = rule.norm_on(READ_ON)

    assert norm is not None
    assert norm.code == rule.norm
    assert norm.source


@RULES
def test_every_rule_can_be_read(rule: Rule) -> None:
    assert rule.title
    assert len(rule.title) <= 20
    assert rule.sentence.endswith("。")
    assert rule.concerns
    assert rule.satisfied_by
    assert rule.period in ("每月", "每季", "每半年", "每年", "随时")


@RULES
def test_a_rule_of_a_pack_names_one_that_exists(rule: Rule) -> None:
    found = duties.registry.get(rule.code) or standing.registry.get(rule.code)

    assert found is not None
    assert (rule.pack.code if rule.pack else "") == found.pack
    assert bool(rule.pack) == (found.pack in PACKS)


def test_a_duty_says_which_records_satisfy_it() -> None:
    found = {rule.code: rule.satisfied_by for rule in catalogue()}

    assert found["life.theme_day"].startswith("主题党日")
    assert "书记" in found["training.secretary"]


def test_the_versions_of_a_norm_follow_each_other() -> None:
    for rule in catalogue():
        for earlier, later in zip(rule.versions, rule.versions[1:], strict=False):
            assert earlier.until is not None
            assert earlier.until <= later.since
