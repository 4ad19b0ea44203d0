"""A commitment changed by management: a new version of the whole, and what keeps its delay."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.cli.setup import DATA, read_reference_files
from grants.domain.access import Actor
from grants.domain.commitment_changes import Wording
from grants.domain.errors import DomainError, Refusal
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment, ServiceDeclaration
from grants.operations import declarations, reference
from grants.operations.declarations import AmendDetails, wording_of
from grants.queries import commitments
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff

pytestmark = pytest.mark.engine

TODAY, APRIL = date(2026, 11, 24), date(2027, 4, 1)
TEN = "Nous accusons réception de votre demande dans les 10 jours ouvrables."


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_staff(session, "Solange Vachon", "manager", title="Gestionnaire")


def standing(session: Session, code: str, on: date = TODAY) -> ServiceCommitment:
    found = commitments.by_code(session, code, on)
    assert found is not None
    return found


def wanted(session: Session, actor: Actor, code: str = "SACA_ACK", **changes: Any) -> AmendDetails:
    last = commitments.newest(session, actor.secretariat_id or 0)
    (kept,) = [one for one in last.commitments if one.code == code]
    changes = changes or {"sentence": TEN, "quantity": 10}
    wording = Wording(**{**asdict(wording_of(kept)), **changes})
    return AmendDetails(code, wording, APRIL, last.id)


def amend(details: AmendDetails, actor: Actor) -> ServiceDeclaration:
    with saving() as session:
        return declarations.amend(session, details, actor=actor, now=NOW)


def test_a_change_is_a_new_version_of_the_whole(session: Session, manager: Actor) -> None:
    first = standing(session, "SACA_ACK").declaration
    case = make_case(session)
    written = amend(wanted(session, manager), manager)
    assert (written.slug, written.title) == ("saca-2003-2027-04-01", first.title)
    assert (written.in_force_from, written.written_by_id) == (APRIL, manager.person_id)
    old, new = ({one.code: one for one in of.commitments} for of in (first, written))
    assert list(old) == list(new) and len(new) == 12
    for code in old:
        same = wording_of(old[code]) == wording_of(new[code])
        assert same == (code != "SACA_ACK")
        for kept in declarations.KEPT:
            assert getattr(old[code], kept) == getattr(new[code], kept)
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    assert clock.commitment.quantity == 5 and clock.due_on == date(2026, 12, 1)


def test_what_is_in_force_follows_the_day(session: Session, manager: Actor) -> None:
    amend(wanted(session, manager), manager)
    office = manager.secretariat_id or 0
    for day, quantity in ((APRIL - timedelta(days=1), 5), (APRIL, 10), (date(2030, 1, 1), 10)):
        assert standing(session, "SACA_ACK", day).quantity == quantity
        (listed,) = [
            one for one in commitments.in_force(session, office, day) if one.code == "SACA_ACK"
        ]
        assert listed.quantity == quantity
    assert standing(session, "SCT_ACK").quantity == 10, "the other secretariat keeps its own"


def test_two_changes_of_one_day_are_both_kept(session: Session, manager: Actor) -> None:
    amend(wanted(session, manager), manager)
    said = {"sentence": "Nous vous accueillons avec respect."}
    second = amend(wanted(session, manager, "SACA_COURTESY", **said), manager)
    assert second.slug == "saca-2003-2027-04-01-2"
    assert standing(session, "SACA_ACK", APRIL).quantity == 10
    assert standing(session, "SACA_COURTESY", APRIL).sentence == said["sentence"]
    assert standing(session, "SACA_COURTESY").sentence != said["sentence"]
    sooner = replace(wanted(session, manager, target_percent=90), in_force_from=TODAY)
    with pytest.raises(DomainError, match="in_force_too_soon"):
        amend(sooner, manager)
    between = replace(sooner, in_force_from=APRIL - timedelta(days=1))
    with pytest.raises(DomainError, match="later_version_exists"):
        amend(between, manager)


def test_two_editors_never_write_from_one_version(session: Session, manager: Actor) -> None:
    seen = wanted(session, manager)
    amend(wanted(session, manager, "SACA_PAY", target_percent=95), manager)
    with pytest.raises(DomainError, match="stale_page"):
        amend(seen, manager)


def test_loading_reference_data_again_brings_nothing_back(session: Session, manager: Actor) -> None:
    amend(wanted(session, manager), manager)
    with saving() as saved:
        reference.load(saved, read_reference_files(DATA))
    assert standing(session, "SACA_ACK", APRIL).quantity == 10
    assert commitments.newest(session, manager.secretariat_id or 0).in_force_from == APRIL


def test_a_version_without_a_date_comes_after_it(session: Session) -> None:
    manager = make_staff(session, "Rémi Côté", "manager", secretariat="SCT")
    sentence = "Nous accusons réception dans les 5 jours ouvrables."
    amend(wanted(session, manager, "SCT_ACK", sentence=sentence, quantity=5), manager)
    assert standing(session, "SCT_ACK").quantity == 10
    assert standing(session, "SCT_ACK", APRIL).quantity == 5


@pytest.mark.parametrize(
    ("code", "changes", "problem"),
    [
        ("SACA_COURTESY", {"quantity": 5, "unit": "business"}, "choice_unknown"),
        ("SACA_ACK", {"quantity": None, "unit": None}, "delay_required"),
        ("SACA_ACK", {"unit": "announced"}, "choice_unknown"),
    ],
)
def test_a_commitment_keeps_its_kind(
    session: Session, manager: Actor, code: str, changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(DomainError, match=problem):
        amend(wanted(session, manager, code, **changes), manager)


def test_who_may_change_what(session: Session, manager: Actor) -> None:
    with pytest.raises(DomainError, match="commitment_unknown"):
        amend(replace(wanted(session, manager), code="SCT_ACK"), manager)
    advisor = make_staff(session, "Odile Morin", "advisor")
    with pytest.raises(Refusal, match="not_allowed"):
        amend(wanted(session, manager), advisor)
