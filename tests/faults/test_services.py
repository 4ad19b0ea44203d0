"""Redis, the web and the mail server cut off: nothing acknowledged is lost, nothing is doubled."""

import pytest

from tests.faults.services import (
    NO_ANSWER,
    REDIS_AWAY,
    REDIS_FLUSHED,
    RESUMED_WITHIN,
    WEB_KILLED,
    WHILE_KILLED,
    WITHOUT_REDIS,
    Seen,
)

pytestmark = pytest.mark.serial

ALL = REDIS_AWAY + REDIS_FLUSHED + WEB_KILLED


def test_without_redis_everybody_is_answered_at_once(offices: Seen) -> None:
    first = list(offices.diary.values())[:REDIS_AWAY]
    assert all(page != NO_ANSWER for pages in first for page in pages)
    assert offices.redis_seconds < 5


def test_some_people_got_no_answer_when_the_web_was_killed(offices: Seen) -> None:
    assert offices.unanswered > 0, "the web was killed too late: this run proves nothing"


def test_what_was_acknowledged_on_screen_is_in_the_database(offices: Seen) -> None:
    for draft, pages in offices.diary.items():
        (case_file,) = offices.cases[draft]
        expected = f"/mon-espace/demandes/{case_file}/confirmation"
        assert set(pages) - {NO_ANSWER} == {expected}


def test_each_sending_made_one_file_with_its_own_number(offices: Seen) -> None:
    assert len(offices.diary) == ALL
    assert len(offices.cases) == ALL
    assert len(set(offices.numbers)) == len(offices.numbers) == ALL
    assert offices.owed == {"mail.message": ALL, "pdf.deposit_proof": ALL}


def test_a_question_asked_meanwhile_is_there_once(offices: Seen) -> None:
    pages = [page for pages in offices.asked.values() for page in pages]
    assert set(pages) == {"/renseignements/recue"}
    assert offices.questions == {WITHOUT_REDIS: 1, WHILE_KILLED: 1}


def test_while_the_mail_server_is_stopped_the_clocks_run_and_the_rows_say_why(
    offices: Seen,
) -> None:
    assert offices.running_before == ALL
    assert offices.waiting_errors == {"ServerAway: ConnectionRefusedError"}


def test_started_again_everything_leaves_by_itself_within_two_minutes(offices: Seen) -> None:
    assert offices.states == {"done"}
    assert offices.running_after == 0
    assert offices.documents == ALL
    assert offices.resumed_after < RESUMED_WITHIN


def test_each_acknowledgement_left_once(offices: Seen) -> None:
    assert len(offices.mails) == ALL
    assert sorted(subject.split()[2] for subject in offices.mails) == sorted(offices.numbers)


def test_the_worker_lived_through_all_of_it(offices: Seen) -> None:
    assert offices.worker_survived
