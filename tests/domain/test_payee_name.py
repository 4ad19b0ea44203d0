"""Names of payees in the 30 characters of a bank file."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain import payee_name
from grants.domain.errors import DomainError


@pytest.mark.parametrize(
    ("legal_name", "proposed"),
    [
        ("Comité logement Rive-Claire", "COMITE LOGEMENT RIVE-CLAIRE"),
        ("L’Éveil du cœur", "L'EVEIL DU COEUR"),
        ("Ænigma & Cie", "AENIGMA & CIE"),
        ("Maison «\u00a0Le\u00a0Nid\u00a0» – Lévis", "MAISON LE NID - LEVIS"),
        ("Où va l’eau? (Montréal)", "OU VA L'EAU (MONTREAL)"),
        ("Comité logement du Bas-Fleuve inférieur", "COMITE LOGEMENT DU BAS-FLEUVE"),
        ("Regroupement des organismes & des aidants", "REGROUPEMENT DES ORGANISMES"),
        ("A" * 40, "A" * 30),
        ("A" * 30, "A" * 30),
        (f"{'A' * 30} B", "A" * 30),
        ("日本", ""),
    ],
)
def test_a_legal_name_is_brought_to_the_set(legal_name: str, proposed: str) -> None:
    assert payee_name.propose(legal_name) == proposed


@given(st.text(max_size=200))
def test_what_is_proposed_can_be_written_and_stays_as_it_is(legal_name: str) -> None:
    name = payee_name.propose(legal_name)
    assert re.fullmatch(r"([A-Z0-9&'().,/-]+( [A-Z0-9&'().,/-]+)*)?", name)
    assert payee_name.propose(name) == name
    assert not name or payee_name.check(name) == name


@pytest.mark.parametrize(
    "typed", ["", "  ", "A" * 31, "Comite", "COMITÉ", "A\nB", "L’EVEIL", "A;B"]
)
def test_a_name_the_file_cannot_hold_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as refusal:
        payee_name.check(typed)
    assert refusal.value.code == "payee_name_invalid"


def test_the_name_confirmed_is_the_name_written() -> None:
    assert payee_name.check(" COMITE LOGEMENT B.-F. (2027) ") == "COMITE LOGEMENT B.-F. (2027)"
