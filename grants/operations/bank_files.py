"""A bank file taken out: who did it is journaled each time."""

from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError
from grants.models.payments import Batch
from grants.operations import batch_rows


def take_out(session: Session, batch_id: int, *, actor: Actor, now: datetime) -> Batch:
    """Note that somebody takes out the file of a released batch, the same bytes each time.

    Raises `not_allowed`, `no_bank_file` before the release.
    """
    demand(actor, Action.READ_PAYMENTS)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.storage_key is None:
        raise DomainError("no_bank_file")
    batch_rows.note(session, batch, "bank_file_downloaded", actor, now)
    return batch
