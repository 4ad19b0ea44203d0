"""Days and hours typed on the forms of requests, as instants."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from grants.domain.calendar import at_local_time, local_date, local_time
from grants.domain.dates import parse_date, write_parts
from grants.domain.times import parse_time
from grants.wording import formats

MINUTE = timedelta(minutes=1)


def typed_now(now: datetime) -> tuple[list[str], str]:
    """Today and this minute, as the form shows them."""
    return write_parts(local_date(now)), formats.time(local_time(now))


def moment(on: Sequence[str], hour: str, received_at: datetime | None = None) -> datetime:
    """The instant typed. Nobody types seconds: the minute of the receipt is the receipt itself.

    Errors: those of `parse_date` and `parse_time`.
    """
    at = at_local_time(parse_date(on), parse_time(hour))
    if received_at is not None and at <= received_at < at + MINUTE:
        return received_at
    return at
