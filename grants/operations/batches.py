"""Batches of payments: prepared by one person, approved as they are by another, then released.

Source: separation of duties and the bank's rules (Standard 005), the rest our decision. Every
edit counts up `content_version` and takes back an approval; once the file is asked for, nothing
changes any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.bank_file import FileTotals, demand_same
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.payments import check_funds_date
from grants.models.payments import Batch, Payment
from grants.operations import batch_lines, batch_rows, identity, outbox, settlement
from grants.operations.batch_rows import APPROVED, CANCELLED, PREPARED, RELEASED
from grants.operations.documents import Stored
from grants.operations.trail import owed
from grants.queries import batches, calendars


@dataclass(frozen=True)
class BatchDetails:
    """A batch to prepare: the id its page carried, the funds date, the instalments to pay."""

    public_id: str
    funds_on: date
    instalment_ids: Sequence[int]


@dataclass(frozen=True)
class AddDetails:
    """Instalments to add to a batch; `version` is its content as the page showed it, or None."""

    instalment_ids: Sequence[int]
    version: int | None = None


@dataclass(frozen=True)
class RemoveDetails:
    """A payment to take out of a batch."""

    payment_id: int
    version: int | None = None


@dataclass(frozen=True)
class RedateDetails:
    """Another date for the funds of a batch."""

    funds_on: date
    version: int | None = None


@dataclass(frozen=True)
class Seen:
    """The content version of the batch that the person read: approved, sent back or cancelled."""

    version: int


@dataclass(frozen=True)
class ReleaseDetails:
    """The version read, and what the database knows of the browser that was just confirmed."""

    version: int
    token_hash: str | None


def prepare(session: Session, details: BatchDetails, *, actor: Actor, now: datetime) -> Batch:
    """Prepare a batch; the same page posted twice gives the same batch.

    Raises `not_allowed`, `batch_empty`, `no_bank_profile`, the errors of the funds date
    (`grants.domain.payments`) and those of a line (`grants.operations.batch_lines`).
    """
    demand(actor, Action.PREPARE_BATCH)
    batch_lines.lock_instalments(session, details.instalment_ids)
    known = session.scalar(select(Batch).where(Batch.public_id == details.public_id))
    if known is not None:
        return known
    if not details.instalment_ids:
        raise DomainError("batch_empty")
    check_funds_date(details.funds_on, local_date(now), calendars.calendar(session))
    lines = batch_lines.judged(session, details.instalment_ids, actor)
    batch = batch_rows.opened(session, details.public_id, actor, now, funds_on=details.funds_on)
    batch_lines.write(session, batch, lines, actor)
    batch_rows.note(session, batch, "batch_prepared", actor, now, payments=len(lines))
    return batch


def add(
    session: Session, batch_id: int, details: AddDetails, *, actor: Actor, now: datetime
) -> Batch:
    """Add lines to a batch; lines that it holds already change nothing.

    Raises `not_allowed`, `stale_batch`, `batch_closed` and the errors of a line.
    """
    demand(actor, Action.PREPARE_BATCH)
    batch_lines.lock_instalments(session, details.instalment_ids)
    batch = batch_rows.locked(session, batch_id, actor)
    held = set(session.scalars(_held(batch)))
    wanted = [one for one in details.instalment_ids if one not in held]
    if not wanted:
        return batch
    batch_rows.demand_editable(batch, details.version, actor)
    lines = batch_lines.judged(session, wanted, actor)
    batch_rows.edit(session, batch, actor, now)
    batch_lines.write(session, batch, lines, actor)
    batch_rows.note(session, batch, "batch_lines_added", actor, now, payments=len(lines))
    return batch


def remove(
    session: Session, batch_id: int, details: RemoveDetails, *, actor: Actor, now: datetime
) -> Batch:
    """Take a line out of a batch; it comes back in À payer. Twice changes nothing.

    Raises `not_allowed`, `stale_batch`, `batch_closed`.
    """
    demand(actor, Action.PREPARE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    payment = session.get(Payment, details.payment_id, populate_existing=True)
    if payment is None or payment.batch_id != batch.id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    if payment.status == CANCELLED:
        return batch
    batch_rows.demand_editable(batch, details.version, actor)
    batch_rows.edit(session, batch, actor, now)
    payment.status = CANCELLED
    batch_rows.note(session, batch, "batch_line_removed", actor, now, payment_id=payment.id)
    return batch


def redate(
    session: Session, batch_id: int, details: RedateDetails, *, actor: Actor, now: datetime
) -> Batch:
    """Give a batch another funds date. Raises `stale_batch`, `batch_closed`, errors of the date."""
    demand(actor, Action.PREPARE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.funds_on == details.funds_on:
        return batch
    batch_rows.demand_editable(batch, details.version, actor)
    check_funds_date(details.funds_on, local_date(now), calendars.calendar(session))
    batch_rows.edit(session, batch, actor, now, funds_on=details.funds_on)
    batch_rows.note(
        session, batch, "batch_redated", actor, now, funds_on=details.funds_on.isoformat()
    )
    return batch


def cancel(session: Session, batch_id: int, details: Seen, *, actor: Actor, now: datetime) -> None:
    """Give a batch up; its lines come back in À payer. Raises `stale_batch`, `batch_closed`."""
    demand(actor, Action.PREPARE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.status == CANCELLED:
        return
    batch_rows.demand_editable(batch, details.version, actor)
    batch_rows.edit(session, batch, actor, now, status=CANCELLED)
    session.execute(
        update(Payment)
        .where(Payment.batch_id == batch.id, Payment.status == PREPARED)
        .values(status=CANCELLED)
        .execution_options(synchronize_session=False)
    )
    batch_rows.note(session, batch, "batch_cancelled", actor, now)


def approve(session: Session, batch_id: int, details: Seen, *, actor: Actor, now: datetime) -> None:
    """Approve a batch as it was read; the same person twice changes nothing.

    Raises `not_allowed`, `stale_batch`, `batch_closed`, `batch_empty`, `account_changed`, what
    bars the person (`grants.domain.payments.Bar`), the errors of the date and of a line.
    """
    demand(actor, Action.APPROVE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.status == APPROVED and batch.approved_by_id == actor.person_id:
        return
    if batch.status != PREPARED:
        raise Refusal("batch_closed", actor_id=actor.person_id)
    batch_rows.demand_right(session, batch, details.version, actor, now)
    batch.status, batch.approved_by_id, batch.approved_at = APPROVED, actor.person_id, now
    batch.approved_version = batch.content_version
    batch_rows.note(
        session, batch, "batch_approved", actor, now, content_version=batch.content_version
    )


def send_back(
    session: Session, batch_id: int, details: Seen, *, actor: Actor, now: datetime
) -> None:
    """Take an approval back, so that the batch may be changed. Twice changes nothing.

    Raises `not_allowed`, `stale_batch`, `batch_closed`.
    """
    demand(actor, Action.APPROVE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.status == PREPARED:
        return
    batch_rows.demand_editable(batch, details.version, actor)
    batch.status = PREPARED
    batch_rows.unapprove(batch)
    batch_rows.note(session, batch, "batch_sent_back", actor, now)


def ask_release(
    session: Session, batch_id: int, details: ReleaseDetails, *, actor: Actor, now: datetime
) -> Batch:
    """Ask for the bank file of an approved batch: its number is reserved, the file is owed.

    Asked again it changes nothing, but a file that was given up is tried again. Numbers go from
    1 to 9999 without a gap, then begin a new cycle (Standard 005). Raises `not_allowed`,
    `batch_closed`, `stale_batch`, `identity_not_confirmed`, and the errors of `approve`.
    """
    demand(actor, Action.APPROVE_BATCH)
    batch = batch_rows.locked(session, batch_id, actor)
    if batch.file_number is not None:
        outbox.retry(session, _file_key(batch), now=now)
        return batch
    if batch.status != APPROVED:
        raise Refusal("batch_not_approved", actor_id=actor.person_id)
    batch_rows.demand_right(session, batch, details.version, actor, now)
    identity.consume(session, details.token_hash, actor=actor, now=now)
    batch_rows.reserve_number(session, batch)
    batch.release_asked_by_id, batch.release_asked_at = actor.person_id, now
    owed(session, "file.batch", batch.id, key=_file_key(batch), now=now)
    batch_rows.note(session, batch, "bank_file_asked", actor, now, file_number=batch.file_number)
    return batch


def release(
    session: Session,
    batch_id: int,
    stored: Stored,
    totals: FileTotals,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    """Release a batch with its stored file; False, and nothing changed, when it already was.

    `totals` are those read back from the bytes. Raises `bank_file_differs`.
    """
    batch = session.get_one(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch.status == RELEASED or batch.file_number is None:
        return False
    held = batches.sums(session, batch_id)
    expected = {"count": held.payments, "total_cents": held.total_cents}
    demand_same(totals, **expected, file_creation_number=batch.file_number)
    batch.status, batch.released_at = RELEASED, now
    batch.storage_key, batch.file_sha256 = stored.storage_key, stored.sha256
    batch.file_size = stored.size
    session.flush()
    settlement.settle(session, batch, actor=actor, now=now)
    facts = {"file_number": batch.file_number, "sha256": stored.sha256}
    batch_rows.note(session, batch, "batch_released", actor, now, payments=held.payments, **facts)
    return True


def _held(batch: Batch) -> Select[int]:
    """The instalments that a batch pays."""
    live = Payment.status.in_((PREPARED, RELEASED))
    return select(Payment.instalment_id).where(Payment.batch_id == batch.id, live)


def _file_key(batch: Batch) -> str:
    """What makes the file of a batch owed once."""
    return f"file:{batch.public_id}"
