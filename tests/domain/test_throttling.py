"""The pause after too many tries."""

from datetime import UTC, datetime, timedelta

import pytest

from grants.domain.throttling import LIMITS, Limit, Purpose, key, minutes_left, open_again_at

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
TEN = Limit(10, timedelta(hours=1))


@pytest.mark.parametrize("tries", [1, 9, 10])
def test_ten_tries_are_allowed(tries: int) -> None:
    assert open_again_at(TEN, window_start=NOON, tries=tries) is None


@pytest.mark.parametrize("tries", [11, 64])
def test_the_eleventh_waits_until_the_window_ends(tries: int) -> None:
    until = open_again_at(TEN, window_start=NOON, tries=tries)
    assert until == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(3600, 60), (61, 2), (60, 1), (1, 1), (0, 1), (-5, 1)]
)
def test_the_wait_is_told_in_whole_minutes(seconds: int, minutes: int) -> None:
    assert minutes_left(NOON + timedelta(seconds=seconds), now=NOON) == minutes


def test_no_account_can_be_guessed_more_than_ten_times_an_hour() -> None:
    for purpose in (Purpose.SIGN_IN, Purpose.CODE, Purpose.TOTP):
        assert LIMITS[purpose].tries <= 10
        assert LIMITS[purpose].window >= timedelta(hours=1)


def test_every_purpose_has_its_limit_and_its_own_counter() -> None:
    assert set(LIMITS) == set(Purpose)
    assert len({key(purpose, "a@exemple.quebec") for purpose in Purpose}) == len(Purpose)


def test_a_counter_does_not_name_whom_it_is_about() -> None:
    assert "exemple" not in key(Purpose.SIGN_IN, "marie@exemple.quebec")
