"""What is said of a date: announced to a person, moved, ended for another reason."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from grants.domain.calendar import end_of_day, local_date
from grants.models.clocks import Clock
from grants.queries import calendars, commitments
from grants.web.computed_date import ComputedDate, explained
from tests.factories import NOW

DUE_ON = date(2026, 12, 22)
BEFORE, AFTER = NOW + timedelta(days=2), NOW + timedelta(days=40)


def told(
    session: Session, now: datetime, code: str = "SCT_ANSWER", **facts: object
) -> ComputedDate:
    """The explanation of a promise that began at NOW."""
    commitment = commitments.by_code(session, code, local_date(NOW))
    assert commitment is not None
    usual = {
        "received_at": NOW,
        "start_on": local_date(NOW),
        "due_on": DUE_ON,
        "due_at": end_of_day(DUE_ON),
        "provisional": False,
        "calendar_version": 1,
    }
    clock = Clock(commitment=commitment, **{**usual, **facts})
    office = commitments.secretariat(session, code.partition("_")[0])
    return explained(clock, office, calendars.calendar(session), now=now)


@pytest.mark.parametrize("code", ["SCT_ANSWER", "SACA_ANSWER"])
def test_an_announced_date_is_the_date_itself(session: Session, code: str) -> None:
    facts = told(session, BEFORE, code)
    assert facts.delay == "à la date annoncée"
    assert [term["label"] for term in facts.equation] == [
        "Date annoncée le",
        "Annoncée par",
        "Réponse au plus tard",
    ]
    assert facts.equation[2]["value"] == "mardi 22\u00a0décembre 2026"
    assert (facts.weeks, facts.days_off) == ([], [])
    assert "aucun jour n’est compté" in facts.rules[0]
    assert facts.outcome_title == "Promesse en cours"


def test_a_moved_date_shows_both_and_the_measure_keeps_the_first(session: Session) -> None:
    moved = {"extended_due_at": end_of_day(date(2027, 1, 8))}
    facts = told(session, BEFORE, **moved)
    assert facts.outcome_title == "Date reportée"
    assert (
        "22\u00a0décembre 2026; la nouvelle est le vendredi 8\u00a0janvier 2027"
        in facts.outcome_text
    )
    assert facts.equation[-1] == {"label": "Nouvelle date", "value": "vendredi 8\u00a0janvier 2027"}
    assert "la première compte" in facts.rules[-1]
    assert told(session, AFTER, **moved).outcome_title == "Date reportée"
    assert told(session, AFTER + timedelta(days=9), **moved).outcome_title == "Promesse en retard"
    kept_late = {**moved, "stopped_at": AFTER, "stop_event": "answer_sent"}
    facts = told(session, AFTER, **kept_late)
    assert facts.outcome_title == "Promesse non tenue"
    assert facts.outcome_text.endswith("après la date promise, avant la nouvelle date.")


def test_a_date_that_the_days_off_of_today_do_not_give_stays_and_says_so(session: Session) -> None:
    done = {"stopped_at": BEFORE, "stop_event": "acknowledgement_sent"}
    facts = told(session, AFTER, "SACA_ACK", due_on=date(2026, 12, 2), **done)
    assert facts.is_held and facts.weeks == []
    assert facts.equation[2]["value"] == "mercredi 2\u00a0décembre 2026"
    assert "est restée" in facts.rules[-1]


def test_what_ended_otherwise_is_neither_kept_nor_missed(session: Session) -> None:
    ended = {"stopped_at": BEFORE, "stop_event": "withdrawn"}
    facts = told(session, AFTER, "SACA_ACK", due_on=date(2026, 12, 1), **ended)
    assert facts.outcome_title == "Promesse sans suite"
    assert facts.outcome_text.startswith("La demande a été retirée le jeudi 26\u00a0novembre")
    squares = [day for week in facts.weeks for day in week["days"] if day]
    assert squares and all(day["kind"] != "kept" for day in squares)
