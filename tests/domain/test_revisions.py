"""When a revision may be asked: of what decision, once, until when."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from grants.domain.calendar import end_of_day
from grants.domain.errors import Refusal
from grants.domain.revisions import Revisable, demand_revisable, obstacle

LAST_DAY = date(2026, 12, 24)
LAST_INSTANT = end_of_day(LAST_DAY)
REFUSED = Revisable("refused", is_first=True, recourse_until=LAST_DAY, is_asked=False)

NOT_REVISABLE = {
    "revision_all_granted": replace(REFUSED, outcome="accepted"),
    "revision_not_granted": replace(REFUSED, recourse_until=None),
    "revision_asked_already": replace(REFUSED, is_asked=True),
    "revision_of_revision": replace(REFUSED, outcome="upheld", is_first=False),
}


@pytest.mark.parametrize("outcome", ["refused", "accepted_in_part", "standby"])
def test_until_the_last_second_of_the_last_day_in_quebec(outcome: str) -> None:
    decision = replace(REFUSED, outcome=outcome)
    assert obstacle(decision, LAST_INSTANT) is None
    late = LAST_INSTANT + timedelta(seconds=1)
    with pytest.raises(Refusal, match="revision_too_late") as refused:
        demand_revisable(decision, late, actor_id=7, case_file_id=8)
    assert refused.value.facts == {"recourse_until": LAST_DAY}
    assert (refused.value.actor_id, refused.value.case_file_id) == (7, 8)


@pytest.mark.parametrize("code", sorted(NOT_REVISABLE))
def test_what_cannot_be_revised(code: str) -> None:
    at: datetime = LAST_INSTANT - timedelta(days=3)
    found = obstacle(NOT_REVISABLE[code], at)
    assert found is not None and found.code == code
