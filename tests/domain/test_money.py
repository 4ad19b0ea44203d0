"""Amounts: what people type is read exactly or refused, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.errors import DomainError
from grants.domain.money import MAX_CENTS, parse_cents, write_cents

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12500", 1_250_000),
        ("12 500,00 $", 1_250_000),
        ("12\u00a0500,00\u00a0$", 1_250_000),
        ("12\u202f500,00", 1_250_000),
        ("12 500.00", 1_250_000),
        ("$12500", 1_250_000),
        ("  9 999,99 ", 999_999),
        ("0", 0),
        ("007", 700),
        ("999 999 999,99", MAX_CENTS),
    ],
)
def test_usual_forms_are_read(typed: str, cents: int) -> None:
    assert parse_cents(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9.999", "money_decimals"),
        ("12,5", "money_decimals"),
        ("12,", "money_decimals"),
        ("12,500", "money_decimals"),
        ("12,500.00", "money_format"),
        ("12 50", "money_format"),
        ("1 2 3", "money_format"),
        ("NaN", "money_format"),
        ("Infinity", "money_format"),
        ("1e3", "money_format"),
        ("0x10", "money_format"),
        ("1_000", "money_format"),
        ("\u0661\u0662", "money_format"),
        ("mille", "money_format"),
        ("", "money_format"),
        ("$", "money_format"),
        ("-5", "money_negative"),
        ("−5,00 $", "money_negative"),
        ("1 000 000 000", "money_too_large"),
        ("9" * 5000, "money_too_large"),
    ],
)
def test_anything_else_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_cents(typed)
    assert refusal.value.code == code


def test_amounts_are_written_with_no_break_spaces() -> None:
    assert write_cents(123_450) == "1\u00a0234,50\u00a0$"
    assert write_cents(0) == "0,00\u00a0$"
    assert write_cents(-360) == "−3,60\u00a0$"
    assert write_cents(MAX_CENTS) == "999\u00a0999\u00a0999,99\u00a0$"


@given(st.integers(0, MAX_CENTS))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert parse_cents(write_cents(cents)) == cents


@given(st.integers(0, MAX_CENTS), st.sampled_from(SPACES), st.sampled_from(",."))
def test_any_space_groups_and_either_mark_cuts_the_cents(cents: int, space: str, mark: str) -> None:
    typed = f"{cents // 100:,}".replace(",", space) + f"{mark}{cents % 100:02d}"
    assert parse_cents(typed) == cents


@given(st.text() | st.text("0123456789 .,$-eE\u00a0"))
def test_no_text_does_anything_but_be_read_or_refused(typed: str) -> None:
    try:
        cents = parse_cents(typed)
    except DomainError:
        return
    assert type(cents) is int
    assert 0 <= cents <= MAX_CENTS
