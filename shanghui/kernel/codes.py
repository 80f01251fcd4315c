"""Check digits: identity numbers (GB 11643-1999) and unified social credit codes (GB 32100-2015). Pure functions."""

from __future__ import annotations

from datetime import date
from operator import mul

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUE = {character: value for value, character in enumerate(CREDIT_ALPHABET)}
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def id_check_digit(number: str) -> str:
    """The eighteenth character of an identity number, from its first seventeen digits."""
    return _ID_CHECK[sum(map(mul, map(int, number[:17]), _ID_WEIGHTS)) % 11]


def id_fault(number: str) -> str:
    """What is wrong with an identity number: "id_length", "id_check_digit", or "" when it is sound.

    Takes 18 characters, the last a digit or X. The region is not judged: codes change, and old ones stay.
    """
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        return "id_length"
    if id_check_digit(number) != number[17] or id_birth(number) is None:
        return "id_check_digit"
    return ""


def id_birth(number: str) -> date | None:
    """The day of birth in an 18-character identity number, None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_gender(number: str) -> str:
    """男 for an odd seventeenth digit, 女 for an even one."""
    return "男" if int(number[16]) % 2 else "女"


def credit_code_fault(code: str) -> str:
    """What is wrong with a 统一社会信用代码: code_charset (length, or an impossible character), code_check, or ""."""
    if len(code) != 18 or any(character not in _CREDIT_VALUE for character in code):
        return "code_charset"
    total = sum(_CREDIT_VALUE[character] * weight for character, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    return "" if CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17] else "code_check"
