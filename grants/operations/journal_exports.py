"""What was written of the journal outside the database, remembered so that it can be compared."""

from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.journal import Head
from grants.models.trail import JournalExport
from grants.operations.trail import record


def record_export(
    session: Session, head: Head, storage_key: str, *, actor: Actor, now: datetime
) -> None:
    """Remember under which key this end of the chain was stored (our decision: once a day)."""
    session.add(
        JournalExport(
            exported_at=now,
            position=head.position,
            digest=head.digest,
            storage_key=storage_key,
        )
    )
    session.flush()
    record(session, "journal_head_exported", actor=actor, now=now, position=head.position)
