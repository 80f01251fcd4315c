"""Counts and sums of money as people write them: 42家, 约50, 5人(含预备1), 1.2万元."""

from __future__ import annotations

import re
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, narrow
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import note, refuse

_UNITS = "家户人名个次场期项件条位所支天年月元%"
_EXACT = re.compile(rf"^(-?\d+)(?:\.0+)?(?:[{_UNITS}]|人次|余?名党员)?$")
_APPROXIMATE = re.compile(
    r"约|近|左右|上下|余|多|几|超|大概|[≥≤<>＞＜]|至少|不少于|[~～]|以上|以下|不足|\+$|\d+[-—至]\d+"
)
_LEADING = re.compile(rf"^(?:共|合计|总计)?(\d+)(?:[{_UNITS}])?[(;:\u4e00-\u9fff]")
_CHINESE = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_IN_WORDS = re.compile(
    r"^(?:[一二两三四五六七八九]百零?)?(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?(?<=.)$|^[〇零一二三四五六七八九]{1,3}$"
)
_MONEY = re.compile(r"^[¥￥]?(-?\d+(?:\.\d+)?)(万)?元?(?:/月)?$")


def count(value: Any, _: Setting) -> Any:
    """A whole number of people or things."""
    if value.__class__ is not str and isinstance(value, int | float):
        return _whole(float(value))
    plain = narrow(value).replace(",", "")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    exact = _EXACT.match(plain)
    if exact:
        return _whole(float(exact.group(1)))
    if plain in NOTHING:
        return None
    if _APPROXIMATE.search(plain):
        return refuse("number_approximate", "warning", f"“{plain}”是约数，没有采用。请填确切的数字")
    leading = _LEADING.match(plain)
    if leading:
        number = int(leading.group(1))
        return note(number, "number_with_text", "info", f"“{plain}”里带有文字，按{number}计。请把文字移到备注")
    if _IN_WORDS.match(plain.rstrip(_UNITS)):
        return _chinese(plain.rstrip(_UNITS))
    return refuse("value_unknown", "warning", f"“{plain}”不是数字。请填数字")


def _whole(number: float) -> Any:
    if number < 0:
        return refuse("value_unknown", "error", f"数量不会是负数（{number:g}）。请核对")
    if not number.is_integer():
        return refuse("value_unknown", "warning", f"数量应是整数，这里是{number:g}。请核对")
    return int(number)


def _chinese(plain: str) -> int:
    hundreds, hundred, rest = plain.partition("百") if "百" in plain else ("", "", plain)
    tens, ten, ones = rest.lstrip("零" if hundred else "").partition("十")
    below = (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0) if ten else 0
    if not ten and tens:
        below = int("".join(str(_CHINESE[character]) for character in tens))
    return (_CHINESE[hundreds] * 100 if hundred else 0) + below


def money(value: Any, _: Setting) -> Any:
    """A sum of money in yuan."""
    if value.__class__ is not str and isinstance(value, int | float):
        return round(float(value), 2)
    plain = narrow(value).replace(",", "")
    if plain in NOTHING:
        return None
    found = _MONEY.match(plain)
    if found:
        return round(float(found.group(1)) * (10000 if found.group(2) else 1), 2)
    if _APPROXIMATE.search(plain):
        return refuse("number_approximate", "warning", f"“{plain}”是约数，没有采用。请填确切的金额")
    return refuse("value_unknown", "warning", f"“{plain}”不是金额。请填数字")
