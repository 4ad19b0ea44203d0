"""When the installation needs somebody: how long each thing may wait.

Source: our decision. A mail that waits a quarter of an hour means that its server, the queue or
the workers are away; figures are counted every hour and the journal's head is written every day.
"""

from datetime import datetime, timedelta

WORK_PATIENCE = timedelta(minutes=15)
TALLY_PATIENCE = timedelta(hours=3)
EXPORT_PATIENCE = timedelta(hours=36)


def waits_too_long(since: datetime | None, *, now: datetime) -> bool:
    """Whether work that waits since then is late; None means that nothing waits."""
    return since is not None and now - since > WORK_PATIENCE


def is_stale(last: datetime | None, patience: timedelta, *, now: datetime) -> bool:
    """Whether what should happen regularly did not happen lately, or never did."""
    return last is None or now - last > patience
