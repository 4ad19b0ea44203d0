"""Yearly counts of complaints: what still runs is neither kept nor missed."""

from datetime import UTC, date, datetime

import pytest

from grants.domain.complaint_counts import Counted, Share, count, fiscal_year
from grants.domain.complaints import ComplaintAct, ComplaintStatus, after, available
from grants.domain.errors import DomainError

FIRST, LAST = date(2026, 11, 10), date(2026, 12, 1)


def at(day: int, hour: int = 15) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_the_counts_of_a_year() -> None:
    every = [
        Counted(FIRST, at(10), LAST, at(20), "founded", anonymous=False),
        Counted(FIRST, at(11, 4), LAST, at(30), "unfounded", anonymous=False),  # 23 h on the 10th
        Counted(FIRST, at(11), LAST, None, "", anonymous=False),
        Counted(FIRST, None, LAST, None, "", anonymous=False),
        Counted(FIRST, None, FIRST, at(12), "partly", anonymous=True),
    ]
    found = count(every, date(2026, 11, 30))
    assert found.received == 5 and found.acknowledged == Share(2, 4)
    assert found.concluded == Share(2, 3) and (found.ended, found.founded) == (3, 2)
    assert count(every, date(2026, 12, 2)).concluded == Share(2, 5)


def test_a_fiscal_year_begins_in_april() -> None:
    assert [fiscal_year(date(2027, month, 1)) for month in (3, 4)] == [2026, 2027]


@pytest.mark.parametrize("act", ComplaintAct)
def test_nothing_more_is_done_of_a_closed_complaint(act: ComplaintAct) -> None:
    assert not available(ComplaintStatus.CLOSED)
    with pytest.raises(DomainError) as error:
        after("closed", act)
    assert error.value.code == "complaint_act_unavailable"
