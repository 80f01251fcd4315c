"""Reading an instance: every mistake is named with its place, all at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shanghui.planning.instances import parse, read
from shanghui.planning.problem import BadProblem, Unit, from_chambers

RULE = {"max_units": 5, "min_full": 3, "w_uncovered": 10000, "w_branch": 100, "r_area": 10, "r_industry": 30}
GOOD = {"id": 1, "full": 1, "industry": 1, "code": "320505101", "x": 1.5, "y": 2}


def instance(**changes: Any) -> dict[str, Any]:
    return {"name": "例", "family": "code", "rule": dict(RULE), "units": [dict(GOOD)], **changes}


def unit(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **changes}


def test_a_good_instance_is_read() -> None:
    problem = read(json.dumps(instance()))

    assert problem.units == (Unit(1, 1, 1, "320505101"),)
    assert problem.rule.max_units == 5


@pytest.mark.parametrize(("document", "place", "words"), [
    (instance(family="road"), "family", "现在是“road”"),
    (instance(family=None), "family", "没有写"),
    (instance(rule=None), "rule", "缺少规则"),
    (instance(rule={**RULE, "max_units": 0}), "rule.max_units", "1 至 10"),
    (instance(rule={key: value for key, value in RULE.items() if key != "w_branch"}), "rule.w_branch", "缺少"),
    (instance(rule={**RULE, "r_area": 2.5}), "rule.r_area", "整数"),
    (instance(units=None), "units", "缺少商会列表"),
    (instance(units=[3]), "第 1 家商会", "对象"),
    (instance(units=[unit(), unit()]), "第 2 家商会", "与第 1 家相同"),
    (instance(units=[unit(id=None)]), "第 1 家商会", "缺少编号"),
    (instance(units=[unit(full=-1)]), "第 1 家商会（编号 1）", "不小于 0"),
    (instance(units=[unit(full=None)]), "第 1 家商会（编号 1）", "没有写"),
    (instance(units=[unit(code=None)]), "第 1 家商会（编号 1）", "没有写"),
    (instance(rule={**RULE, "r_area": None}), "rule.r_area", "没有写"),
    (instance(units=[unit(full="2")]), "第 1 家商会（编号 1）", "不小于 0"),
    (instance(units=[unit(industry=None)]), "第 1 家商会（编号 1）", "缺少行业"),
    (instance(units=[unit(code="32")]), "第 1 家商会（编号 1）", "太短"),
    (instance(units=[unit(code=320505101)]), "第 1 家商会（编号 1）", "写成文字"),
    (instance(family="geo", units=[unit(x=None)]), "第 1 家商会（编号 1）", "坐标 x 应当是以公里计的数，没有写"),
    (instance(family="geo", units=[unit(x=0, y=float("inf"))]), "第 1 家商会（编号 1）", "坐标 y 应当是以公里计的数，现在是“Infinity”"),
    (instance(family="geo", units=[unit(x=float("nan"), y=0)]), "第 1 家商会（编号 1）", "坐标 x 应当是以公里计的数，现在是“NaN”"),
    (instance(family="geo", units=[unit(x=10**400, y=0)]), "第 1 家商会（编号 1）", "坐标 x"),
    ([1], "文件", "对象"),
])
def test_a_mistake_is_named_with_its_place(document: Any, place: str, words: str) -> None:
    with pytest.raises(BadProblem) as caught:
        parse(document)

    assert [(one["place"], words in one["message"]) for one in caught.value.problems] == [(place, True)]


def test_all_mistakes_are_said_at_once() -> None:
    with pytest.raises(BadProblem) as caught:
        parse(instance(family="x", rule={}, units=[unit(full=None)]))

    assert len(caught.value.problems) == 8


def test_what_is_not_json_is_said_to_be_none() -> None:
    with pytest.raises(BadProblem, match="不是 JSON"):
        read("{")


def test_real_chambers_with_coordinates_are_measured_by_them() -> None:
    problem = from_chambers([Unit(1, 1, 1, "320505101", 0, 0), Unit(2, 2, 1, "", 1, 1)])

    assert (problem.family, problem.note) == ("geo", "")


def test_where_one_coordinate_is_missing_all_are_measured_by_codes() -> None:
    problem = from_chambers([Unit(1, 1, 1, "320505101", 0, 0), Unit(2, 2, 1, "320505")])

    assert problem.family == "code"
    assert "1 家有坐标、1 家没有" in problem.note


def test_real_chambers_twice_or_nowhere_are_refused() -> None:
    with pytest.raises(BadProblem) as caught:
        from_chambers([Unit(1, 1, 1, "320505101"), Unit(1, 1, 1, ""), Unit(2, -1, 1, "3205")])

    assert [one["place"] for one in caught.value.problems] == ["商会 1", "商会 1", "商会 2"]
