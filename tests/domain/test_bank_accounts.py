"""Accounts as people type them, and codes of payments sent back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain import bank_accounts, bank_returns
from grants.domain.bank_accounts import BankAccount
from grants.domain.errors import DomainError
from grants.wording import bank_returns as words

ACCOUNT = BankAccount("815", "30214", "0034567")

accounts = st.builds(
    BankAccount,
    st.from_regex(r"[0-9]{3}", fullmatch=True),
    st.from_regex(r"[0-9]{5}", fullmatch=True),
    st.from_regex(r"[0-9]{4,12}", fullmatch=True),
)


@pytest.mark.parametrize(
    "typed",
    [
        ("815", "30214", "0034567"),
        (" 8 15", "302-14", "003\u00a0456-7"),
        ("815", "30214", "00 34567 "),
    ],
)
def test_spaces_and_hyphens_are_left_out_and_zeros_kept(typed: tuple[str, str, str]) -> None:
    assert bank_accounts.parse_account(*typed) == ACCOUNT


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("81", "30214", "1234567"), "institution_invalid"),
        (("30214-815", "30214", "1234567"), "institution_invalid"),
        (("٨١٥", "30214", "1234567"), "institution_invalid"),
        (("815", "30214-815", "1234567"), "transit_invalid"),
        (("815", "", "1234567"), "transit_invalid"),
        (("815", "30214", "123"), "account_invalid"),
        (("815", "30214", "1234567890123"), "account_invalid"),
        (("815", "30214", "12345A"), "account_invalid"),
    ],
)
def test_anything_else_is_refused_by_its_field(typed: tuple[str, str, str], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        bank_accounts.parse_account(*typed)
    assert refusal.value.code == code


def test_all_that_is_wrong_is_said_at_once() -> None:
    faults = bank_accounts.faults("81", "30214", "12")
    assert [fault.code for fault in faults] == ["institution_invalid", "account_invalid"]
    assert bank_accounts.faults("815", "30214", "1234567") == []


def test_a_screen_shows_three_digits_and_a_log_none() -> None:
    assert bank_accounts.masked(ACCOUNT) == "••••\u00a0567" == bank_accounts.masked_end("567")
    assert "34567" not in repr(ACCOUNT)
    assert bank_accounts.routing(ACCOUNT) == "081530214"
    assert bank_accounts.institution_name("815") == "Desjardins"
    assert bank_accounts.institution_name("999") is None


@given(accounts)
def test_what_is_kept_is_read_again(account: BankAccount) -> None:
    assert bank_accounts.from_text(bank_accounts.to_text(account)) == account


def test_each_return_code_has_its_words_and_says_whether_details_change() -> None:
    assert tuple(words.WORDS) == bank_returns.CODES
    same = [code for code in bank_returns.CODES if not bank_returns.needs_new_details(code)]
    assert same == ["903", "908", "922"]
    assert words.label("905") == "905, compte fermé (FER)"
    with pytest.raises(DomainError, match="return_code_unknown"):
        bank_returns.needs_new_details("901")
