"""How to reach a secretariat at this very moment: its telephones, and whether it is open."""

from datetime import datetime, time
from typing import Any

from grants.clock import utc_now
from grants.domain.calendar import Calendar
from grants.domain.errors import DomainError
from grants.domain.office_hours import opening
from grants.extensions import db
from grants.queries import calendars, commitments
from grants.web.public.checks import OFFICES, known
from grants.wording import contacts, office_hours


def talk_now(*codes: str) -> list[dict[str, Any]]:
    """The secretariats of these codes, or both, as the block that invites to call shows them."""
    session, now = db.session(), utc_now()
    calendar = calendars.calendar(session)
    offices = [commitments.secretariat(session, code) for code in codes or sorted(known(OFFICES))]
    return [
        {
            "code": office.code,
            **contacts.block(office.name, office.contact),
            "open_now": _open_now(office.contact["hours"], calendar, now),
        }
        for office in offices
    ]


def _open_now(hours: list[dict[str, str]], calendar: Calendar, now: datetime) -> str:
    """Whether somebody answers; nothing is said over days off that are not known yet."""
    spans = [
        (time.fromisoformat(span["opens"]), time.fromisoformat(span["closes"])) for span in hours
    ]
    try:
        return office_hours.sentence(opening(now, spans, calendar), now)
    except DomainError:
        return ""
