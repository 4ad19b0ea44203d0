"""The row of a batch: opened, locked, edited, numbered; every change goes through here."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.bank_file import LAST_FILE_NUMBER
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.payments import bar, check_funds_date
from grants.models.payments import BankProfile, Batch
from grants.operations import batch_lines, case_numbers
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import batches, calendars

PREFIX = "LOT"
PREPARED, APPROVED, RELEASED, CANCELLED = "prepared", "approved", "released", "cancelled"


def opened(session: Session, public_id: str, actor: Actor, now: datetime, **facts: object) -> Batch:
    """A new batch of the actor's secretariat under the next number. Error: no_bank_profile."""
    profile = session.scalar(
        select(BankProfile.id).where(BankProfile.secretariat_id == actor.secretariat_id)
    )
    if profile is None:
        raise DomainError("no_bank_profile")
    year = local_date(now).year
    sequence = case_numbers.next_sequence(session, PREFIX, year)
    batch = Batch(
        public_id=public_id,
        number=f"{PREFIX}-{year}-{sequence:04d}",
        secretariat_id=actor.secretariat_id,
        profile_id=profile,
        status=PREPARED,
        content_version=1,
        prepared_by_id=actor.person_id,
        prepared_at=now,
        edited_by_id=actor.person_id,
        edited_at=now,
        **facts,
    )
    session.add(batch)
    session.flush()
    return batch


def locked(session: Session, batch_id: int, actor: Actor) -> Batch:
    """A batch of the actor's secretariat, locked. Refusal: not_allowed."""
    batch = session.get_one(Batch, batch_id, with_for_update=True, populate_existing=True)
    if batch.secretariat_id != actor.secretariat_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return batch


def demand_editable(batch: Batch, version: int | None, actor: Actor) -> None:
    """A batch changes until its file is asked for. Errors: batch_closed, stale_batch."""
    if batch.status not in (PREPARED, APPROVED) or batch.file_number is not None:
        raise Refusal("batch_closed", actor_id=actor.person_id)
    if version not in (None, batch.content_version):
        raise DomainError("stale_batch")


def demand_right(session: Session, batch: Batch, version: int, actor: Actor, now: datetime) -> None:
    """What must hold when a batch is approved, and still when its file is asked for.

    Errors: stale_batch, batch_empty, what bars the person, those of the date and of a line.
    """
    if batch.content_version != version:
        raise DomainError("stale_batch")
    if not batches.sums(session, batch.id).payments:
        raise DomainError("batch_empty")
    if barred := bar(person_of(actor), batches.hands(session, batch)):
        raise Refusal(barred.value, actor_id=actor.person_id)
    check_funds_date(batch.funds_on, local_date(now), calendars.calendar(session))
    batch_lines.still_payable(session, batch, actor)


def edit(session: Session, batch: Batch, actor: Actor, now: datetime, **changes: object) -> None:
    """Change a batch in one statement that counts the edit and takes an approval back."""
    batch.edited_by_id, batch.edited_at = person_of(actor), now
    batch.content_version += 1
    batch.status = PREPARED
    unapprove(batch)
    for name, value in changes.items():
        setattr(batch, name, value)
    session.flush()


def unapprove(batch: Batch) -> None:
    """Take an approval back."""
    batch.approved_by_id = batch.approved_at = batch.approved_version = None


def reserve_number(session: Session, batch: Batch) -> None:
    """Give the batch the next file number of its bank profile: 1 to 9999, then a new cycle."""
    profile = session.get_one(
        BankProfile, batch.profile_id, with_for_update=True, populate_existing=True
    )
    if profile.last_number == LAST_FILE_NUMBER:
        profile.last_number, profile.cycle = 0, profile.cycle + 1
    profile.last_number += 1
    batch.file_number, batch.cycle = profile.last_number, profile.cycle


def note(
    session: Session, batch: Batch, kind: str, actor: Actor, now: datetime, **facts: Any
) -> None:
    """One line of the journal about a batch."""
    record(session, kind, actor=actor, now=now, batch=batch.number, **facts)
