"""Initials by which people search."""

from __future__ import annotations

import pytest

from shanghui.kernel.pinyin import initials


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("云泽市餐饮业商会", "yzscyysh"),
        ("重庆商会", "cqsh"),
        ("重点企业", "zdqy"),
        ("长沙银行", "csyh"),
        ("行长", "hz"),
        ("ABC（上海）第2支部", "abcshd2zb"),
        ("Plain Text 3", "plaintext3"),
        ("", ""),
    ],
)
def test_each_character_gives_the_letter_it_has_in_its_word(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_they_are_cut_to_what_the_column_holds() -> None:
    assert len(initials("商" * 80)) == 60
