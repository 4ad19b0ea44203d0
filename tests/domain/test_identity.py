"""Numbers and addresses of an organization: any usual spacing in, one form kept."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain import identity
from grants.domain.errors import DomainError

PARSERS = (
    identity.parse_neq,
    identity.parse_charity_number,
    identity.parse_postal_code,
    identity.parse_phone,
    identity.parse_email,
    identity.parse_url,
)


@pytest.mark.parametrize(
    ("parse", "typed", "kept"),
    [
        (identity.parse_neq, "1144556677", "1144556677"),
        (identity.parse_neq, " 11 4455-6677 ", "1144556677"),
        (identity.parse_neq, "8812345678", "8812345678"),
        (identity.parse_charity_number, "123026635RR0001", "123026635RR0001"),
        (identity.parse_charity_number, "12302 6635 rr 0001", "123026635RR0001"),
        (identity.parse_postal_code, "g1s 2j5", "G1S2J5"),
        (identity.parse_postal_code, "K1A-0B1", "K1A0B1"),
        (identity.parse_phone, "418 646-9270", "+14186469270"),
        (identity.parse_phone, "(418) 646.9270", "+14186469270"),
        (identity.parse_phone, "+1 418 646 9270", "+14186469270"),
        (identity.parse_phone, "1 800 577-2844", "+18005772844"),
        (identity.parse_phone, "418 646-9270, poste 123", "+14186469270;ext=123"),
        (identity.parse_phone, "418 646-9270 x123", "+14186469270;ext=123"),
        (identity.parse_phone, "+14186469270;ext=123", "+14186469270;ext=123"),
        (identity.parse_email, " Aline.S@Exemple.QUEBEC ", "Aline.S@exemple.quebec"),
        (identity.parse_url, "www.exemple.quebec", "https://www.exemple.quebec"),
        (identity.parse_url, "HTTP://Exemple.org:8080/A?b#c", "http://exemple.org:8080/A?b#c"),
    ],
)
def test_usual_forms_are_read(parse: Callable[[str], str], typed: str, kept: str) -> None:
    assert parse(typed) == kept
    assert parse(kept) == kept


@pytest.mark.parametrize(
    ("parse", "typed", "code"),
    [
        (identity.parse_neq, "114455667", "neq_length"),
        (identity.parse_neq, "4444556677", "neq_prefix"),
        (identity.parse_neq, "11445566AA", "neq_digits"),
        (identity.parse_neq, "", "neq_digits"),
        (identity.parse_charity_number, "123026635RC0001", "charity_format"),
        (identity.parse_charity_number, "123026634RR0001", "charity_check"),
        (identity.parse_postal_code, "D1S 2J5", "postal_format"),
        (identity.parse_postal_code, "12345", "postal_format"),
        (identity.parse_phone, "646-9270", "phone_format"),
        (identity.parse_phone, "118 646-9270", "phone_format"),
        (identity.parse_phone, "418 646-9270 ou 9271", "phone_format"),
        (identity.parse_phone, "418 646-9270 poste 12 bureau", "phone_format"),
        (identity.parse_phone, "1" * 100, "phone_format"),
        (identity.parse_email, "aline", "email_format"),
        (identity.parse_email, "aline@exemple", "email_format"),
        (identity.parse_email, "aline@exemple.org\nBcc: x@y.org", "email_format"),
        (identity.parse_email, "a@b@exemple.org", "email_format"),
        (identity.parse_email, "hélène@exemple.org", "email_accents"),
        (identity.parse_email, "a" * 260 + "@exemple.org", "email_format"),
        (identity.parse_url, "javascript:alert(1)", "url_format"),
        (identity.parse_url, "exemple", "url_format"),
        (identity.parse_url, "https://exemple.org/" + "a" * 2000, "url_format"),
    ],
)
def test_anything_else_is_refused_with_its_reason(
    parse: Callable[[str], str], typed: str, code: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        parse(typed)
    assert refusal.value.code == code


def test_numbers_are_shown_as_people_read_them() -> None:
    assert identity.show_phone("+14186469270") == "418\u00a0646-9270"
    assert identity.show_phone("+18005772844") == "1\u00a0800\u00a0577-2844"
    assert identity.show_phone("+14186469270;ext=123") == "418\u00a0646-9270, poste\u00a0123"
    assert identity.show_phone("inconnu") == "inconnu"
    assert identity.show_postal_code("G1S2J5") == "G1S\u00a02J5"


@given(st.text(max_size=3000), st.sampled_from(PARSERS))
def test_what_is_kept_is_read_again_as_itself(typed: str, parse: Callable[[str], str]) -> None:
    try:
        kept = parse(typed)
    except DomainError:
        return
    assert parse(kept) == kept


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_charity_number_is_seen(root: str, place: int, shift: int) -> None:
    number = next(f"{root}{last}" for last in range(10) if _accepted(f"{root}{last}RR0001"))
    wrong = str((int(number[place]) + shift) % 10)
    assert not _accepted(f"{number[:place]}{wrong}{number[place + 1 :]}RR0001")


def _accepted(number: str) -> bool:
    try:
        identity.parse_charity_number(number)
    except DomainError:
        return False
    return True
