"""Reads an instance of the planning problem from JSON; what is wrong is said with its place, all of it at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from shanghui.planning.problem import BadProblem, Problem, Rule, Unit

FAMILIES = ("geo", "code")
SHOWN = 40
"""So many characters of a wrong value are shown."""
LIMITS = {"max_units": (1, 10), "min_full": (0, 10)}
Fault = dict[str, str]


def read(text: str) -> Problem:
    """The problem in this JSON document. Raises BadProblem with every place that is wrong."""
    try:
        document = json.loads(text)
    except ValueError as wrong:
        raise BadProblem([_fault("文件", f"不是 JSON：{wrong}")]) from wrong
    return parse(document)


def parse(document: Any) -> Problem:
    """The same from what `json.loads` gave."""
    if not isinstance(document, Mapping):
        raise BadProblem([_fault("文件", "最外层应当是一个对象，含 family、rule、units")])
    problems = [*_head(document), *_rule(document.get("rule")), *_units(document)]
    if problems:
        raise BadProblem(problems)
    family, rule = document["family"], Rule(**{one.name: document["rule"][one.name] for one in fields(Rule)})
    return Problem(str(document.get("name") or ""), family, rule, tuple(_unit(unit, family) for unit in document["units"]))


def _fault(place: str, message: str) -> Fault:
    return {"place": place, "message": message}


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def _now(value: Any) -> str:
    """What stands there, as the file has it."""
    if value is None or value == "":
        return "没有写"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"现在是“{text[:SHOWN]}”"


def _head(document: Mapping[str, Any]) -> Iterator[Fault]:
    if document.get("family") not in FAMILIES:
        yield _fault("family", f"应当是 geo（坐标）或 code（区划代码），{_now(document.get('family'))}")


def _rule(rule: Any) -> Iterator[Fault]:
    if not isinstance(rule, Mapping):
        yield _fault("rule", "缺少规则，应当是一个对象")
        return
    for one in fields(Rule):
        place, value = f"rule.{one.name}", rule.get(one.name)
        lowest, highest = LIMITS.get(one.name, (0, 10**8))
        if one.name not in rule:
            yield _fault(place, "缺少这一项")
        elif not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            yield _fault(place, f"应当是 {lowest} 至 {highest} 的整数，{_now(value)}")


def _units(document: Mapping[str, Any]) -> Iterator[Fault]:
    units = document.get("units")
    if not isinstance(units, list):
        yield _fault("units", "缺少商会列表")
        return
    first: dict[Any, int] = {}
    for number, unit in enumerate(units, start=1):
        if not isinstance(unit, Mapping):
            yield _fault(f"第 {number} 家商会", "应当是一个对象")
            continue
        yield from _fields_of(unit, number, document.get("family"))
        key = unit.get("id")
        if isinstance(key, str | int) and first.setdefault(key, number) != number:
            yield _fault(f"第 {number} 家商会", f"编号 {key} 与第 {first[key]} 家相同，每家商会要有自己的编号")


def _fields_of(unit: Mapping[str, Any], number: int, family: Any) -> Iterator[Fault]:
    key = unit.get("id")
    place = f"第 {number} 家商会" + (f"（编号 {key}）" if isinstance(key, str | int) else "")
    if not (_whole(key) or (isinstance(key, str) and key)):
        yield _fault(place, "缺少编号 id，应当是整数或文字")
    if not _whole(unit.get("full")) or not 0 <= unit["full"] <= 10**6:
        yield _fault(place, f"正式党员人数 full 应当是不小于 0 的整数，{_now(unit.get('full'))}")
    if not isinstance(unit.get("industry"), str | int):
        yield _fault(place, "缺少行业 industry")
    if family == "code":
        code = unit.get("code")
        if not isinstance(code, str) or not (code.isascii() and code.isdigit()):
            yield _fault(place, f"区划代码 code 应当是一串数字（写成文字），{_now(code)}")
        elif len(code) < 4:
            yield _fault(place, f"区划代码 code“{code}”太短，至少要四位才看得出在哪个市")
    if family == "geo":
        for axis in ("x", "y"):
            if not _finite(unit.get(axis)):
                yield _fault(place, f"坐标 {axis} 应当是以公里计的数，{_now(unit.get(axis))}")


def _unit(unit: Mapping[str, Any], family: str) -> Unit:
    located = family == "geo"
    return Unit(unit["id"], unit["full"], unit["industry"], str(unit.get("code") or ""),
                unit["x"] if located else None, unit["y"] if located else None)
