"""Due dates recomputed by `numpy.busday_offset` over days off typed by hand, 2024-2032.

Nothing of ours is read: neither the data file nor the rules that propose a year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import numpy as np
import numpy.typing as npt

from grants.domain.calendar import TORONTO, Calendar, end_of_day, local_time
from grants.domain.deadlines import Delay, ReceiptPolicy, Unit, compute

SPAN = (time(8, 30), time(16, 30))
LONGEST = 40  # business days
FIRST, LAST = datetime(2024, 1, 1, 5, tzinfo=UTC), datetime(2032, 10, 10, tzinfo=UTC)

# Which days: the thirteen of the conditions of work of the public service, clause 8-35.01; the same
# list in LégisQuébec, chapter J-3, r. 3, section 3. In the order of the columns, and why that date:
#  1-2   1 and 2 January, on the first weekdays from the 1st (union calendar of 2011-2012; that of
#        2023-2024 as a foreign trade office in Montréal published it: 1 and 2 January 2024)
#  3-4   Good Friday and Easter Monday: Easter of the Gregorian tables, 31 March 2024,
#        20 April 2025, 5 April 2026, 28 March 2027, 16 April 2028, 1 April 2029, 21 April 2030,
#        13 April 2031 and 28 March 2032
#  5     Monday before 25 May (Interpretation Act, c. I-16, s. 61)
#  6-7   24 June and 1 July; Saturday taken on Friday, Sunday on Monday: our reading, first needed
#        in 2028, until the official list of that year is published
#  8-9   first Monday of September, second Monday of October (c. I-16, s. 61)
#  10-13 24, 25, 26 and 31 December: an eve on a weekend goes to the Friday before, the 25th and
#        26th to the next weekdays (same two calendars: 23, 26, 27, 30 December 2011; 22, 25, 26,
#        29 December 2023)
TYPED = {
    2024: "01-01 01-02 03-29 04-01 05-20 06-24 07-01 09-02 10-14 12-24 12-25 12-26 12-31",
    2025: "01-01 01-02 04-18 04-21 05-19 06-24 07-01 09-01 10-13 12-24 12-25 12-26 12-31",
    2026: "01-01 01-02 04-03 04-06 05-18 06-24 07-01 09-07 10-12 12-24 12-25 12-28 12-31",
    2027: "01-01 01-04 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-24 12-27 12-28 12-31",
    2028: "01-03 01-04 04-14 04-17 05-22 06-23 06-30 09-04 10-09 12-22 12-25 12-26 12-29",
    2029: "01-01 01-02 03-30 04-02 05-21 06-25 07-02 09-03 10-08 12-24 12-25 12-26 12-31",
    2030: "01-01 01-02 04-19 04-22 05-20 06-24 07-01 09-02 10-14 12-24 12-25 12-26 12-31",
    2031: "01-01 01-02 04-11 04-14 05-19 06-24 07-01 09-01 10-13 12-24 12-25 12-26 12-31",
    2032: "01-01 01-02 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-24 12-27 12-28 12-31",
}
# Nights when the clock changes at 2 h: second Sunday of March, first Sunday of November.
CHANGES = [
    "2024-03-10",
    "2024-11-03",
    "2025-03-09",
    "2025-11-02",
    "2026-03-08",
    "2026-11-01",
    "2027-03-14",
    "2027-11-07",
    "2028-03-12",
    "2028-11-05",
    "2029-03-11",
    "2029-11-04",
    "2030-03-10",
    "2030-11-03",
    "2031-03-09",
    "2031-11-02",
    "2032-03-14",
]
CLOSED = sorted(date.fromisoformat(f"{y}-{day}") for y, row in TYPED.items() for day in row.split())
CALENDAR = Calendar(dict.fromkeys(CLOSED, "Congé"), dict.fromkeys(TYPED, True), version=1)
NUMPY_CLOSED = np.array(CLOSED, dtype="datetime64[D]")

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Receipt:
    """Something received at an instant, and the delay that it starts."""

    at: datetime
    quantity: int
    policy: ReceiptPolicy


def receipts(count: int, seed: int) -> list[Receipt]:
    """Receipts of both policies at any second, weekends and nights with the rest.

    One in ten comes within a second of closing time, one at 17 h, one in the night of a change of
    clock or the days around it.
    """
    random = Random(seed)
    policies = list(ReceiptPolicy)
    return [
        Receipt(
            _instant(random, place % 10), random.randint(1, LONGEST), policies[place % 20 // 10]
        )
        for place in range(count)
    ]


def _instant(random: Random, turn: int) -> datetime:
    seconds = int((LAST - FIRST).total_seconds())
    at = FIRST + timedelta(seconds=random.randrange(seconds))
    if turn == 0:
        closing = local_time(at).replace(hour=16, minute=30, second=0)
        return closing + timedelta(seconds=random.randint(-1, 1))
    if turn == 1:
        return local_time(at).replace(hour=17, minute=0, second=0)
    if turn == 2:
        night = datetime.fromisoformat(f"{random.choice(CHANGES)}T02:00").replace(tzinfo=TORONTO)
        return night.astimezone(UTC) + timedelta(minutes=random.randint(-2 * 24 * 60, 2 * 24 * 60))
    return at


def expected(known: Sequence[Receipt]) -> Iterator[tuple[date, date]]:
    """The day of receipt and the due date of each, by numpy alone."""
    local = [local_time(one.at) for one in known]
    days = np.array([moment.date() for moment in local], dtype="datetime64[D]")
    late = np.array([moment.time() > SPAN[1] for moment in local])
    moved = np.array([one.policy is ReceiptPolicy.NEXT_BUSINESS_DAY for one in known])
    opened = np.is_busday(days, holidays=NUMPY_CLOSED)
    starts = np.where(moved & (late | ~opened), _offset(days, 1), days)
    dues = _offset(starts, np.array([one.quantity for one in known]))
    return zip(starts.tolist(), dues.tolist(), strict=True)


def _offset(days: Days, quantity: int | npt.NDArray[np.int64]) -> Days:
    """So many business days later; a closed day counts from the business day before it."""
    return np.busday_offset(days, quantity, roll="backward", holidays=NUMPY_CLOSED)


def disagreements(known: Sequence[Receipt], calendar: Calendar = CALENDAR) -> list[Receipt]:
    """The receipts whose day of receipt, due date, due instant or count is not that of numpy."""
    return [
        one
        for one, (start_on, due_on) in zip(known, expected(known), strict=True)
        if not _agrees(one, calendar, start_on, due_on)
    ]


def _agrees(one: Receipt, calendar: Calendar, start_on: date, due_on: date) -> bool:
    due = compute(one.at, Delay(one.quantity, Unit.BUSINESS, one.policy), calendar, SPAN)
    found = (due.start_on, due.due_on, due.due_at, len(due.counted))
    return found == (start_on, due_on, end_of_day(due_on), one.quantity)


def forgetful() -> Calendar:
    """The same days without Easter Monday: what the comparison must notice."""
    forgotten = {date.fromisoformat(f"{year}-{row.split()[3]}") for year, row in TYPED.items()}
    kept = {on: label for on, label in CALENDAR.days_off.items() if on not in forgotten}
    return Calendar(kept, CALENDAR.years, version=1)
