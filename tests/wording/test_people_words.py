"""Roles and absences in words: every role is told, and an absence says its last day."""

from datetime import date

from grants.domain.access import Role
from grants.domain.assignment import Candidate, Ranked, Why
from grants.wording import formats
from grants.wording.assignments import reasons
from grants.wording.people import ROLES, roles


def test_every_role_says_what_it_lets_a_person_do() -> None:
    assert set(ROLES) == set(Role)
    held = frozenset({Role.TEAM_LEAD, Role.ADVISOR})
    assert roles(held) == "Analyse, Direction d’équipe"


def test_who_is_away_is_out_until_a_day_that_is_said() -> None:
    away = Candidate(1, "Anne", 0, away_until=date(2026, 11, 27))
    told = reasons(Ranked(away, (Why.AWAY,)))
    assert told == f"En absence jusqu’au {formats.date_long(date(2026, 11, 27))}"
