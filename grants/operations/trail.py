"""What every act leaves behind: a journal event, and outbox rows for what is owed."""

from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.journal import canonical
from grants.unit_of_work import note, owe


def record(
    session: Session,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    case_file_id: int | None = None,
    **facts: object,
) -> None:
    """Write one line of the journal: `kind` in the past tense, `facts` without personal data."""
    event = {
        "at": now,
        "kind": kind,
        "actor_id": actor.person_id,
        "case_file_id": case_file_id,
        "facts": canonical(facts),
    }
    note(session, event)


def owed(session: Session, kind: str, ref: int, *, key: str, now: datetime) -> None:
    """Owe a piece of work (a mail, a PDF) in the transaction of the act that causes it.

    `ref` is the id of the row the work is about; `key` makes the same debt impossible twice.
    """
    row = {"key": key, "kind": kind, "ref": ref, "created_at": now, "not_before": now}
    owe(session, row)
