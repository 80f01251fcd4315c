"""Check digits of identity numbers and unified social credit codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanghui.kernel.codes import CREDIT_ALPHABET, credit_code_fault, id_birth, id_check_digit, id_fault, id_gender


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_sound(number: str) -> None:
    assert id_fault(number) == ""


def test_birth_and_gender_of_an_identity_number() -> None:
    assert id_birth("11010519491231002X") == date(1949, 12, 31)
    assert id_gender("11010519491231002X") == "女"
    assert id_gender("440524188001010014") == "男"


@pytest.mark.parametrize(
    ("number", "fault"),
    [("110105194912310021", "id_check_digit"), ("11010519491231002", "id_length"), ("110105491231002", "id_length"),
     ("", "id_length"), ("11010519491231002x", "id_length")],
)  # fmt: skip
def test_faults_of_identity_numbers(number: str, fault: str) -> None:
    assert id_fault(number) == fault


def test_a_sound_check_digit_on_a_day_that_is_none_is_refused() -> None:
    number = "99010019900230001"

    assert id_fault(number + id_check_digit(number)) == "id_check_digit"


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(birth: date, serial: int, place: int, shift: int) -> None:
    number = f"990100{birth:%Y%m%d}{serial:03}"
    number += id_check_digit(number)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    assert id_fault(number) == ""
    assert id_fault(wrong) != ""


@pytest.mark.parametrize("code", ["914403001922038216", "12100000400000624D", "51100000500009247D"])
def test_public_credit_codes_are_sound(code: str) -> None:
    assert credit_code_fault(code) == ""


@pytest.mark.parametrize(
    ("code", "fault"),
    [("914403001922038217", "code_check"), ("91440300192203821O", "code_charset"), ("9144030019220382", "code_charset"),
     ("914403001922038z16", "code_charset")],
)  # fmt: skip
def test_faults_of_credit_codes(code: str, fault: str) -> None:
    assert credit_code_fault(code) == fault


def test_letters_that_look_like_digits_are_not_in_the_alphabet() -> None:
    assert not set("IOSVZ") & set(CREDIT_ALPHABET)
    assert len(CREDIT_ALPHABET) == 31
