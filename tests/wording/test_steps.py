"""The steps of a file from its receipt to its money: one is now, none says a decision unread."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from grants.wording.steps import FileFacts, Made, Money, RunningPromise, of_file

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ACKNOWLEDGED = RunningPromise(NOW - 9 * DAY, NOW - 10 * DAY, "/delais/1")
RECEIVED = FileFacts(NOW - 14 * DAY, ACKNOWLEDGED, "", date(2027, 2, 26), "10 jours ouvrables")
REVIEWED = replace(RECEIVED, advisor="Odile Morin, conseillère", is_reviewed=True)
UNREAD = Made(None, "Refusée", grants=False, url="/decision")
REFUSED = replace(UNREAD, read_at=NOW)
GRANTED = Made(NOW, "Acceptée en partie", grants=True, url="/decision")
DRAFTED = Money(None, None, None, (), is_all=False)
ISSUED = replace(DRAFTED, issued_at=NOW)
SIGNED = replace(ISSUED, received_at=NOW, promise=RunningPromise(NOW + 10 * DAY, None, "/delais/2"))
HALF = replace(
    SIGNED,
    promise=RunningPromise(NOW + 10 * DAY, NOW + 3 * DAY, "/delais/2"),
    paid=[(24_250_00, date(2026, 11, 27))],
)


def granted(money: Money) -> FileFacts:
    return replace(REVIEWED, decision=GRANTED, money=money)


@pytest.mark.parametrize(
    ("facts", "states", "said"),
    [
        (RECEIVED, "done done now todo todo", "sera nommé"),
        (replace(RECEIVED, advisor="Odile"), "done done now todo todo", "Par Odile."),
        (REVIEWED, "done done done now todo", "une autre personne décide"),
        (replace(REVIEWED, decision=UNREAD), "done done done now todo", "Elle est prête"),
        (replace(REVIEWED, decision=REFUSED), "done done done done", "Refusée. Lue le"),
        (granted(DRAFTED), "done done done done now todo", "Nous le préparons"),
        (granted(ISSUED), "done done done done now todo", "à lire et à signer"),
        (granted(SIGNED), "done done done done done now", "Promis au plus tard"),
        (granted(HALF), "done done done done done now", "24\u00a0250,00\u00a0$, disponibles"),
        (granted(replace(HALF, is_all=True)), "done done done done done done", "Tenu le 27"),
    ],
)
def test_a_file_stands_at_one_step(facts: FileFacts, states: str, said: str) -> None:
    steps = of_file(facts, NOW)
    assert " ".join(step["state"] for step in steps) == states
    assert said in str(steps).replace("\\xa0", "\u00a0")


@pytest.mark.parametrize(("days", "kept"), [(10, None), (8, False)])
def test_a_promise_that_a_withdrawal_ended_was_not_kept(days: int, kept: bool | None) -> None:
    ended = RunningPromise(NOW - 9 * DAY, NOW - days * DAY, "/delais/1", "withdrawn")
    told = of_file(replace(RECEIVED, acknowledgement=ended), NOW)[1]["promise"]
    assert told["kept"] is kept
    assert told["outcome"].startswith("La demande a été retirée le 1")


def test_an_unread_decision_is_told_nowhere() -> None:
    for made in (UNREAD, replace(GRANTED, read_at=None)):
        told = str(of_file(replace(REVIEWED, decision=made, money=ISSUED), NOW))
        assert made.word not in told and "à signer" not in told


def test_a_revision_is_looked_at_by_other_people() -> None:
    titles = [step["title"] for step in of_file(replace(RECEIVED, is_revision=True), NOW)]
    assert titles[0] == "Demande de révision reçue"
    assert titles[2] == "Révision par d’autres personnes"
