"""Numbers that identify: identity cards, telephones, credit codes. Digits are never guessed."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from shanghui.exchange.recognition.cleaning.plain import NOTHING, narrow, visible
from shanghui.exchange.recognition.cleaning.setting import Setting
from shanghui.exchange.recognition.outcome import Outcome, note, refuse
from shanghui.kernel.codes import credit_code_fault, id_fault

_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[Ee]\+?\d{2}$")
_PHONE_PARTS = re.compile(r"[/／、,，;；|\n]+|\s{2,}|(?<=\d{7})\s+(?=\d{7})")
_LANDLINE = re.compile(r"^(?:0\d{2,3}-?\d|[2-8])\d{6,7}(?:(?:-|转|分机)\d{1,5})?$")
_LABEL = re.compile(r"^[\u4e00-\u9fff:]+|\([\u4e00-\u9fff]*\)$")
_LOST = "Excel 把号码存成了数字，末三位已丢失。请把该列设为“文本”后重新填写这一个号码，其余行不受影响"


def id_number(value: Any, _: Setting) -> Any:
    """An identity number: eighteen characters, sound by its check digit."""
    if value.__class__ is not str and isinstance(value, int | float):
        return _id_from_number(value)
    plain: str = value
    if not (plain.__class__ is str and len(plain) == 18 and plain.isascii() and plain[:17].isdigit()):
        plain = narrow(value).upper().replace("-", "").replace("×", "X").strip(";,.、。:'\"")
        plain = _LABEL.sub("", plain) if len(plain) > 18 else plain
    else:
        plain = plain.upper()
    if not id_fault(plain):
        return plain
    return _faulty_id(plain)


def _id_from_number(value: float) -> Any:
    if value >= 1e16:
        return refuse("id_precision_lost", "error", _LOST)
    return _faulty_id(str(int(value)))


def _faulty_id(plain: str) -> Any:
    if plain in NOTHING:
        return None
    if _SCIENTIFIC.match(plain):
        return refuse(
            "id_precision_lost",
            "error",
            "号码被存成了科学计数法（如9.9E+17），后面的数字已丢失。请把该列设为“文本”后重新填写这一个号码",
        )
    if not any(character.isdigit() for character in plain):
        return refuse("value_unknown", "warning", f"“{plain}”不是身份证号码。请补填号码，没有就留空")
    fault = id_fault(plain)
    if fault == "id_length" and len(plain) == 18:
        return refuse("id_check_digit", "error", "身份证号码里有不该有的字符（常把0写成O、1写成l）。请对照证件核对")
    if fault == "id_length":
        if len(plain) == 15 and plain.isdigit():
            return refuse("id_length", "error", "这是15位的旧身份证号码，已停用。请换成18位的新号码")
        return refuse("id_length", "error", f"身份证号码应为18位，这里是{len(plain)}位。请核对后重填")
    if plain.endswith("000"):
        return refuse("id_precision_lost", "error", _LOST)
    return refuse("id_check_digit", "error", "身份证号码校验不通过，有一位或几位填错了。请对照证件核对")


def phone(value: Any, _: Setting) -> Any:
    """A telephone number, mobile without marks; the first when the cell holds several."""
    plain = value if value.__class__ is str else visible(value)
    if len(plain) == 11 and plain.isascii() and plain.isdigit() and plain[0] == "1" and plain[1] > "2":
        return plain
    plain = unicodedata.normalize("NFKC", visible(plain))
    whole = _one_phone(plain)
    if whole is not None:
        return whole
    if "".join(plain.split()) in NOTHING:
        return None
    parts = [part for part in _PHONE_PARTS.split(plain) if part.strip()]
    numbers = [number for number in map(_one_phone, parts) if number]
    if len(parts) > 1 and numbers:
        return note(numbers[0], "several_values", "info", f"一格里有{len(parts)}个电话，取第一个能用的")
    if _SCIENTIFIC.match("".join(plain.split())):
        return refuse("phone_invalid", "warning", "电话被存成了科学计数法。请把该列设为“文本”后重填")
    digits = sum(character.isdigit() for character in plain)
    return refuse("phone_invalid", "warning", f"电话号码应为11位手机号或带区号的固定电话，这里有{digits}位数字。请核对")


def _one_phone(text: str) -> str | None:
    bare = "".join(text.split()).removeprefix("+")
    bare = re.sub(r"^(?:电话|手机|tel)[:：]?", "", bare, flags=re.IGNORECASE)
    digits = re.sub(r"[-—()]", "", bare)
    if len(digits) in (13, 15) and digits.startswith(("86", "0086")):
        digits = digits.removeprefix("00").removeprefix("86")
    if len(digits) == 11 and digits.isdigit() and digits[0] == "1" and digits[1] > "2":
        return digits
    kept = bare.replace("(", "").replace(")", "-").replace("—", "-")
    return kept if _LANDLINE.match(kept) else None


def credit_code(value: Any, _: Setting) -> Any:
    """A 统一社会信用代码."""
    if value.__class__ is not str and isinstance(value, int | float):
        return refuse("id_precision_lost", "error", "Excel 把代码存成了数字，末几位已丢失。请把该列设为“文本”后重填")
    plain = narrow(value).upper().replace("-", "")
    fault = credit_code_fault(plain)
    if not fault:
        return plain
    if plain in NOTHING or plain in {"待办", "未办", "办理中", "未登记"}:
        return None
    return _faulty_code(plain, fault)


def _faulty_code(plain: str, fault: str) -> Outcome:
    if _SCIENTIFIC.match(plain):
        return refuse(
            "id_precision_lost", "error", "代码被存成了科学计数法，后面的数字已丢失。请把该列设为“文本”后重填"
        )
    if len(plain) != 18:
        return refuse("code_check", "error", f"统一社会信用代码应为18位，这里是{len(plain)}位。请对照登记证书核对")
    if fault == "code_charset":
        odd = "、".join(sorted({c for c in plain if not c.isdigit() and c not in "ABCDEFGHJKLMNPQRTUWXY"}))
        return refuse(
            "code_charset", "error", f"统一社会信用代码里不会有“{odd}”（常把0写成O、1写成I）。请对照登记证书核对"
        )
    return refuse("code_check", "error", "统一社会信用代码校验不通过，有一位或几位填错了。请对照登记证书核对")
