"""Workers killed and frozen: every intent ends once, or visibly failed, within two minutes."""

import pytest

from tests.faults.leases import DEADLY, FROZEN, KILLED, LEASE_LOST, RESUMED_WITHIN, Seen

pytestmark = pytest.mark.serial


@pytest.mark.parametrize("name", [KILLED, FROZEN])
def test_the_mail_leaves_again_with_the_same_message_id_twice_at_most(
    workers: Seen, name: str
) -> None:
    seen = workers.files[name]
    assert seen.mail_state == "done"
    assert 1 <= seen.sent <= 2
    assert len(seen.message_ids) == 1


@pytest.mark.parametrize("name", [KILLED, FROZEN])
def test_the_clock_is_stopped_once(workers: Seen, name: str) -> None:
    seen = workers.files[name]
    assert (seen.stopped_clocks, seen.acknowledged) == (1, 1)


@pytest.mark.parametrize("name", [KILLED, FROZEN, DEADLY])
def test_there_is_exactly_one_proof(workers: Seen, name: str) -> None:
    seen = workers.files[name]
    assert seen.proof_state == "done"
    assert (seen.documents, seen.proofs_made) == (1, 1)


def test_no_file_is_left_behind(workers: Seen) -> None:
    assert workers.exports and workers.stored_files == len(workers.files) + workers.exports


def test_a_worker_frozen_past_its_lease_records_nothing(workers: Seen) -> None:
    assert workers.frozen_words.count(LEASE_LOST) == 2


def test_a_row_that_costs_five_workers_is_given_up_in_sight(workers: Seen) -> None:
    seen = workers.files[DEADLY]
    assert (seen.mail_state, seen.mail_error) == ("failed", "worker lost five times")
    assert (seen.stopped_clocks, seen.acknowledged) == (0, 0)


def test_pending_work_resumes_within_two_minutes(workers: Seen) -> None:
    seconds = workers.resumed_after()
    assert len(seconds) == 5
    assert max(seconds.values()) < RESUMED_WITHIN
