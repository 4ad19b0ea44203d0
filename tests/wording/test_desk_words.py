"""The desk's words: every act, every event of a file, every reason has its sentence."""

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grants.domain.assignment import Candidate, Why, rank
from grants.domain.flow import CLOSED
from grants.domain.next_step import Mail, Step
from grants.domain.time_left import TimeLeft, Urgency
from grants.mail.file_messages import SUBJECTS
from grants.wording import assignments, case_files, journal, next_steps, time_left
from grants.wording.next_steps import Circumstances

ROOT = Path(__file__).parents[2] / "grants"
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def test_every_mail_of_a_file_has_a_title_on_its_page() -> None:
    assert set(case_files.MESSAGES) == {kind for kind in SUBJECTS if "revision_" not in kind}


def recorded_kinds() -> set[str]:
    """The kinds of event that the operations write about a file, where they are plain texts."""
    kinds = set()
    for path in [*ROOT.glob("operations/*.py"), *ROOT.glob("jobs/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                given = {keyword.arg for keyword in node.keywords}
                kind = node.args[1]
                if given & {"case_file_id", None} and isinstance(kind, ast.Constant):
                    kinds.add(str(kind.value))
    return kinds


def test_every_event_of_a_file_is_told() -> None:
    made = {f"{kind}_{end}" for kind in case_files.MESSAGES for end in ("sent", "resent")}
    documents = {f"{kind}_made" for kind in case_files.DOCUMENTS}
    kinds = recorded_kinds()
    assert "advisor_assigned" in kinds
    assert kinds | made | documents | {"refused"} <= set(journal.EVENTS)


def test_a_line_of_history_names_its_people() -> None:
    facts = {"person_id": 2, "proposed_id": 3, "act": "assign"}
    names = {2: "Odile Marchand", 3: "Marc Élie"}
    assert journal.persons_of(facts) == {2, 3}
    assert journal.sentence("advisor_assigned", facts, "Hélène Caron", names) == (
        "Hélène Caron a affecté le dossier à Odile Marchand; proposition\u00a0: Marc Élie."
    )


def test_a_line_without_anybody_is_the_system() -> None:
    assert journal.sentence("acknowledgement_resent", {}, None, {}).startswith("Le système a")
    assert "(moved)" in journal.sentence("moved", {}, None, {})


def test_a_posted_letter_is_told_with_its_day() -> None:
    told = journal.sentence("acknowledgement_posted", {"posted_on": "2026-12-01"}, "Rose", {})
    assert told == "Accusé de réception posté le 1er\u00a0décembre 2026, inscrit par Rose."


@pytest.mark.parametrize("step", list(Step))
def test_every_step_has_its_act_and_its_reason(step: Step) -> None:
    reason = next_steps.why(step, Circumstances("post", NOON, NOON, attempts=3))
    assert next_steps.ACTS[step]
    assert reason[0].isupper()
    assert not reason.endswith(".")


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_every_end_is_told(status: str) -> None:
    assert next_steps.why(Step.NOTHING, Circumstances("web", NOON, status=status))


@pytest.mark.parametrize("state", list(Mail))
def test_every_fate_of_a_mail_is_said(state: Mail) -> None:
    assert case_files.mail_state(state, 2)


def test_every_reason_of_a_ranking_is_said() -> None:
    people = [
        Candidate(1, "Anne", 3, proposed_files=1),
        Candidate(2, "Bruno", 1, conflict=True),
        Candidate(3, "Carla", 9),
    ]
    told = [assignments.reasons(place) for place in rank(people)]
    assert told == [
        "Le moins de dossiers ouverts (3\u00a0dossiers ouverts, plus 1 proposé ci-dessus)",
        "Plus de dossiers ouverts (9\u00a0dossiers ouverts)",
        "Conflit d’intérêts déclaré avec cet organisme",
    ]
    assert set(assignments.WORDS) == set(Why)


@pytest.mark.parametrize(
    ("left", "days", "words", "below"),
    [
        (
            TimeLeft(Urgency.LATE, 5, 5, -2),
            -4,
            "2\u00a0jours de retard",
            "promis le ven. 20\u00a0nov.",
        ),
        (TimeLeft(Urgency.LATE, 5, 5, 0), 0, "En retard", "promis le mar. 24\u00a0nov."),
        (TimeLeft(Urgency.SOON, 5, 5, 0), 0, "Aujourd’hui", "avant 12\u00a0h"),
        (TimeLeft(Urgency.RUNNING, 5, 3, 2), 7, "2\u00a0jours", "mar. 1er\u00a0déc."),
    ],
)
def test_the_chip_says_days_and_date(left: TimeLeft, days: int, words: str, below: str) -> None:
    chip = time_left.chip(left, NOON + timedelta(days=days), NOON.date())
    assert (chip.words, chip.below) == (words, below)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (1, "aujourd’hui 11\u00a0h"),
        (24, "hier 12\u00a0h"),
        (24 * 8, "le 16\u00a0novembre, 12\u00a0h"),
        (24 * 365, "le 24\u00a0novembre 2025, 12\u00a0h"),
    ],
)
def test_near_moments_are_said_as_people_say_them(hours: int, words: str) -> None:
    assert time_left.near(NOON - timedelta(hours=hours), NOON) == words
