"""The bank file of a batch: made once, read back before it counts, outside any transaction."""

import json
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.documents.cpa005 import BankProfile, Credit, write
from grants.documents.cpa005_reading import read_totals
from grants.domain.access import SYSTEM
from grants.domain.bank_accounts import from_text, routing
from grants.domain.bank_file import FileTotals, demand_same
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.models.payments import Batch
from grants.operations import batch_rows, batches
from grants.operations.documents import Stored
from grants.queries import batches as batch_queries
from grants.queries.batches import FileRow
from grants.storage import LocalFolder


def bank_file(ref: int) -> Effect:
    """Make the file of a batch whose number is reserved, and store its bytes for good.

    What the bytes say is read back and compared with the batch; a file that differs is never
    stored. The release names the file: a worker that lost its lease takes its bytes back.
    """
    try:
        found = made(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the file is stored
    if found is None:
        return NOTHING
    content, totals = found
    storage: LocalFolder = current_app.extensions["storage"]
    stored = Stored(storage.put(content), totals.sha256, len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_release, ref, stored, totals, storage), undo=forget)


def _release(
    ref: int, stored: Stored, totals: FileTotals, storage: LocalFolder, session: Session
) -> None:
    now = clock.utc_now()
    if not batches.release(session, ref, stored, totals, actor=SYSTEM, now=now):
        storage.delete(stored.storage_key)


def made(session: Session, ref: int) -> tuple[bytes, FileTotals] | None:
    """The bytes and what they add up to; None when the batch needs no file, or has it.

    Errors: bank_file_empty, bank_file_field, bank_file_broken, bank_file_differs.
    """
    batch = session.get_one(Batch, ref)
    asked_at, number = batch.release_asked_at, batch.file_number
    if batch.status != batch_rows.APPROVED or asked_at is None or number is None:
        return None
    profile = BankProfile.from_data(json.loads(batch.profile.layout))
    content = write(
        profile,
        (_credit(batch, row) for row in batch_queries.file_rows(session, ref)),
        file_creation_number=number,
        created_on=local_date(asked_at),
    )
    totals, held = read_totals(content), batch_queries.sums(session, ref)
    demand_same(
        totals,
        count=held.payments,
        total_cents=held.total_cents,
        file_creation_number=number,
    )
    return content, totals


def _credit(batch: Batch, row: FileRow) -> Credit:
    account = from_text(row.account)
    return Credit(
        amount_cents=row.amount_cents,
        funds_on=batch.funds_on,
        routing=routing(account),
        account=account.account,
        payee_name=row.payee_name,
        cross_reference=row.reference,
    )
