"""The end of the journal, written outside the database once a day."""

from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.domain.journal import Head, head_line
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.operations import journal_exports
from grants.queries import journal
from grants.storage import LocalFolder


def journal_head(_ref: int) -> Effect:
    """Write the head of the chain into the storage; the row that names the file comes last.

    Whoever rewrites the tables and their chain must also find and change this file. An empty
    journal has nothing to lose.
    """
    try:
        stands = journal.head(db.session())
        head = Head(stands.position, stands.digest)
    finally:
        db.session.remove()  # no transaction is open while the file is stored
    if not head.position:
        return NOTHING
    storage: LocalFolder = current_app.extensions["storage"]
    key = storage.put(head_line(head, clock.utc_now()).encode())
    return Effect(partial(_record, head, key), undo=partial(storage.delete, key))


def _record(head: Head, storage_key: str, session: Session) -> None:
    journal_exports.record_export(session, head, storage_key, actor=SYSTEM, now=clock.utc_now())
