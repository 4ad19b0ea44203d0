"""What an act on a complaint leaves behind: a line of its own journal, mails that name nothing."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.journal import canonical
from grants.models.complaints import Complaint, ComplaintEvent
from grants.operations.trail import owed

MAIL, ENTRUSTED = "mail.sealed", "mail.entrusted"


def note(
    session: Session,
    complaint: Complaint,
    kind: str,
    *,
    actor: Actor | None,
    now: datetime,
    **facts: object,
) -> None:
    """Write one line of the journal of complaints: insert-only, its facts enciphered."""
    event = ComplaintEvent(
        complaint_id=complaint.id,
        at=now,
        kind=kind,
        actor_id=actor.person_id if actor else None,
        facts=canonical(facts),
    )
    session.add(event)


def owe_sealed(session: Session, kind: str, ref: int, *, now: datetime) -> None:
    """Owe a mail whose outbox row tells nothing: its key is drawn at random."""
    owed(session, kind, ref, key=f"sealed:{secrets.token_hex(16)}", now=now)
