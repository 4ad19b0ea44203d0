"""Passwords: long, uncommon, and nothing else."""

import pytest

from grants.domain.errors import DomainError
from grants.domain.passwords import check, minimum_for, normalized

COMMON = frozenset({"motdepasse", "123456789012", "a", "quebec"})
ABOUT = ("Odile Marcoux", "odile.marcoux@maison-des-jeunes.example")


def refused(typed: str, *, minimum: int = 12) -> str:
    with pytest.raises(DomainError) as refusal:
        check(typed, minimum=minimum, common=COMMON, about=ABOUT)
    return refusal.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "trois lacs gelés",  # spaces and accents, no capital, no figure
        "xkqvzhwpmtrb",
        "987612340567",  # figures only, but nobody's first guess
        "éléphant bleu 42",
        "x" * 5 + "yz" * 90,
    ],
)
def test_a_long_uncommon_password_passes_whatever_it_is_made_of(typed: str) -> None:
    check(typed, minimum=12, common=COMMON, about=ABOUT)


def test_staff_needs_fifteen_characters_and_organizations_twelve() -> None:
    assert (minimum_for("staff"), minimum_for("organization")) == (15, 12)
    assert refused("xkqvzhwpmtr", minimum=12) == "password_short"
    assert refused("xkqvzhwpmtrbcd", minimum=15) == "password_short"


def test_a_whole_book_is_refused() -> None:
    assert refused("livre " * 40) == "password_long"


@pytest.mark.parametrize(
    "typed",
    ["123456789012", "MotDePasse2026!", "motdepasse-12", "motdepassemotdepasse", "aaaaaaaaaaaaaa"],
)
def test_a_common_password_is_refused_even_dressed_up(typed: str) -> None:
    assert refused(typed) == "password_common"


@pytest.mark.parametrize(
    "typed", ["OdileMarcoux1", "odile.marcoux@maison-des-jeunes.example", "Marcoux!2026!!"]
)
def test_the_name_of_the_person_is_refused(typed: str) -> None:
    assert refused(typed) == "password_personal"


def test_accents_count_the_same_however_the_keyboard_makes_them() -> None:
    assert normalized("e\u0301te\u0301") == "été"
