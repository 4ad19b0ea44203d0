"""The time of day as people type it: "9 h 30", "9h", "14:05".

Source of the rule: our decision. Times are those of a clock in Québec City.
"""

import re
from datetime import time

from grants.domain.errors import DomainError

_TIME = re.compile(r"([0-9]{1,2})\s*(?:h|:)\s*(?:([0-9]{1,2})\s*(?:min)?)?", re.I)


def parse_time(text: str) -> time:
    """The time typed. Errors: time_format, time_impossible (25 h, 9 h 75)."""
    parts = _TIME.fullmatch(text.strip())
    if parts is None:
        raise DomainError("time_format")
    try:
        return time(int(parts[1]), int(parts[2] or 0))
    except ValueError:
        raise DomainError("time_impossible") from None
