"""The formats of `grants.wording` under the names templates use."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from grants.domain.calendar import local_date, local_time
from grants.wording import formats


def whole(number: object) -> Markup:
    """The number of a file, which never breaks at its hyphens."""
    return Markup('<span class="nowrap">{}</span>').format(number)


FILTERS: dict[str, Callable[..., Any]] = {
    "count": formats.count,
    "date_long": formats.date_long,
    "date_short": formats.date_short,
    "day_month": formats.day_month,
    "instant": formats.instant,
    "instant_to_the_second": formats.instant_to_the_second,
    "local_date": local_date,
    "local_time": local_time,
    "money": formats.money,
    "number": formats.number,
    "plural": formats.plural,
    "size": formats.size,
    "time": formats.time,
    "whole": whole,
}
