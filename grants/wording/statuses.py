"""Where a file stands, in the words its organization reads."""

from datetime import datetime

from grants.domain.calendar import local_date
from grants.domain.flow import Status
from grants.wording import formats

FAR_AWAY = 9999

TAGS = {
    Status.RECEIVED: ("Reçue", "wait"),
    Status.UNDER_REVIEW: ("En analyse", "doing"),
    Status.RECOMMENDED: ("Décision à venir", "doing"),
    Status.GRANTED: ("Acceptée", "ok"),
    Status.REFUSED: ("Refusée", ""),
    Status.STANDBY: ("Au registre permanent", "wait"),
    Status.UPHELD: ("Décision maintenue", ""),
    Status.SIGNED: ("Protocole signé", "ok"),
    Status.PAID: ("Versée", "ok"),
    Status.WITHDRAWN: ("Retirée", ""),
}

DECISION_READY = ("Décision prête à lire", "todo")
"""What a file is to its organization until somebody there opens the decision."""


def tag(status: str) -> tuple[str, str]:
    """The word of a status and the kind of its tag."""
    return TAGS[Status(status)]


def next_date(due_at: datetime) -> str:
    """The next promised date of a file, empty when no promise runs."""
    if due_at.year == FAR_AWAY:
        return ""
    return formats.date_short(local_date(due_at))
