"""Workers killed between the file and the status of a release: wholly released, or wholly not."""

import pytest

from tests.faults.releases import NOTHING, SMALL, WHOLE, Releases

pytestmark = pytest.mark.serial


def test_after_the_kill_a_batch_is_wholly_released_or_wholly_not(releases: Releases) -> None:
    assert len(releases.told) == SMALL
    assert {told.after_kill for told in releases.told} <= {NOTHING, WHOLE}


def test_some_were_killed_at_work(releases: Releases) -> None:
    assert any(told.state_at_kill == "taken" for told in releases.told)


def test_a_second_try_releases_each_once(releases: Releases) -> None:
    assert {told.after_all for told in releases.told} == {WHOLE}
    assert releases.states == {"done"}


def test_file_numbers_have_no_gap(releases: Releases) -> None:
    assert releases.numbers == list(range(1, SMALL + 1))
