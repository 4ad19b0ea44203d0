"""What the release of a batch changes beyond the batch, in statements that take it whole.

Ten thousand payments must go within the lease of their job: nothing here goes row by row to the
database. Order of locks: the batch (held by the caller), its payments, the files by id.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Actor
from grants.domain.calendar import start_of_day
from grants.domain.flow import Act, Status, advance
from grants.models.agreements import Agreement, AgreementVersion, Instalment
from grants.models.base import Instant
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.organizations import Organization
from grants.models.payments import NOT_GONE, Batch, Payment
from grants.models.reference import ServiceCommitment
from grants.operations.clocks import FUNDED, NEVER
from grants.operations.messages import ACKNOWLEDGEMENT, PAYMENT
from grants.operations.trail import owed, record
from grants.queries import calendars

RELEASED = "released"
NOTHING_HELD = {"synchronize_session": False}

_other, _first, _first_batch = aliased(Payment), aliased(Payment), aliased(Batch)
_ack = aliased(Message)
_PAID = exists().where(  # NOT_GONE: the condition of the index by instalment
    _other.instalment_id == Instalment.id, _other.status == RELEASED, NOT_GONE
)
_OF_VERSION = Instalment.agreement_version_id == Payment.agreement_version_id
_UNPAID = exists().where(_OF_VERSION, ~_PAID)
# The first payment of an instalment, even come back: the promise is measured on it.
_FIRST_SENT = (
    _first.instalment_id == Instalment.id,
    _first.reissue_of.is_(None),
    _first.status != literal_column("'cancelled'"),  # the condition of the index of first ones
    _first.status.in_((RELEASED, "returned")),
)
_UNCONDITIONAL = (_OF_VERSION, Instalment.condition.is_(None))
_UNSENT = exists().where(*_UNCONDITIONAL, ~exists().where(*_FIRST_SENT))
_FIRST_FUNDS = (  # instalment by instalment: SQLite would else read every first payment there is
    select(_first_batch.funds_on)
    .join(_first, _first.batch_id == _first_batch.id)
    .where(*_FIRST_SENT)
    .correlate(Instalment)
    .scalar_subquery()
)
_LAST_FUNDS = (
    select(func.max(_FIRST_FUNDS)).where(*_UNCONDITIONAL).correlate(Payment).scalar_subquery()
)
_ADDRESS = (
    select(_ack.recipient)
    .where(_ack.case_file_id == CaseFile.id, _ack.kind == ACKNOWLEDGEMENT)
    .where(_ack.channel == "email")
    .order_by(_ack.sequence)
    .limit(1)
    .correlate(CaseFile)
    .scalar_subquery()
)
_LAST_MESSAGE = (
    select(func.coalesce(func.max(_ack.sequence), 0))
    .where(_ack.case_file_id == CaseFile.id, _ack.kind == PAYMENT)
    .correlate(CaseFile)
    .scalar_subquery()
)


@dataclass(frozen=True)
class PaidFile:
    """A file that the batch pays: what of, and whether nothing is left to pay."""

    case_file_id: int
    amount_cents: int
    payments: int
    is_complete: bool
    recipient: str
    last_message: int


def settle(session: Session, batch: Batch, *, actor: Actor, now: datetime) -> None:
    """Payments released, files advanced, promises kept, organizations told, journal written.

    A file is paid when every instalment of its agreement is; SACA_PAY stops once all that was
    payable without condition was sent, at the day the last funds are available (our decision).
    """
    _run(
        session,
        update(Payment)
        .where(Payment.batch_id == batch.id, Payment.status == "prepared")
        .values(status=RELEASED),
    )
    of_batch = _files(batch)
    session.execute(
        select(CaseFile.id).where(CaseFile.id.in_(of_batch)).order_by(CaseFile.id).with_for_update()
    ).all()
    paid = [PaidFile(*row) for row in session.execute(_paid(batch))]
    _stop_clocks(session, batch, now)
    _advance(session, batch, now)
    _tell(session, batch, paid, now)
    for file in paid:
        _note(session, batch, file, actor, now)


def _files(batch: Batch, *conditions: ColumnElement[bool]) -> Select[int]:
    """The files that a batch pays, those of which these conditions hold."""
    return (
        select(Agreement.case_file_id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
        .where(Payment.batch_id == batch.id, Payment.status == RELEASED, *conditions)
    )


def _paid(batch: Batch) -> Select[*tuple[Any, ...]]:
    """Each file once; its mail goes where the acknowledgement went, else to the organization."""
    return (
        select(
            CaseFile.id,
            cast(func.sum(Payment.amount_cents), BigInteger),
            func.count(),
            func.min(case((_UNPAID, 0), else_=1)) == 1,
            func.coalesce(_ADDRESS, Organization.email),
            _LAST_MESSAGE,
        )
        .join(Agreement, Agreement.case_file_id == CaseFile.id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .where(Payment.batch_id == batch.id, Payment.status == RELEASED)
        .group_by(CaseFile.id, Organization.email)
        .order_by(CaseFile.id)
    )


def _stop_clocks(session: Session, batch: Batch, now: datetime) -> None:
    """Stop the promise to pay of the files whose unconditional instalments were all sent.

    At the last of their funds dates: the instalments of one file may leave in several batches,
    and the one released last may have its funds first.
    """
    last_funds = func.coalesce(_LAST_FUNDS, batch.funds_on, type_=Date())
    query = select(last_funds).select_from(Payment).where(Payment.batch_id == batch.id)
    for funds_on in session.scalars(query.distinct()).all():
        _stop_at(session, _files(batch, ~_UNSENT, last_funds == funds_on), funds_on, now)


def _stop_at(session: Session, files: Select[int], funds_on: date, now: datetime) -> None:
    """Stop the promise to pay of these files at this day, never before it began.

    Promised in business days, it took those between the start and the funds.
    """
    funds_at = literal(start_of_day(funds_on), Instant())
    promises = select(ServiceCommitment.id).where(ServiceCommitment.stop_event == FUNDED)
    at = case((Clock.received_at > funds_at, Clock.received_at), else_=funds_at)
    running = (Clock.stopped_at.is_(None), Clock.commitment_id.in_(promises))
    which = (*running, Clock.case_file_id.in_(files))
    begun = session.scalars(select(Clock.start_on).where(*which).distinct()).all()
    if not begun:
        return
    calendar = calendars.calendar(session)
    days = {on: calendar.business_days_between(on, max(on, funds_on)) for on in begun}
    stopped = {"stopped_at": at, "stop_event": FUNDED, "stop_recorded_at": now}
    taken = case(days, value=Clock.start_on)
    _run(session, update(Clock).where(*which).values(**stopped, taken=taken))


def _advance(session: Session, batch: Batch, now: datetime) -> None:
    """Give each file its next date and a new version; close those of which all is paid."""
    soonest = (
        select(func.min(Clock.due_at))
        .where(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
        .scalar_subquery()
    )
    touched = {
        "touched_at": now,
        "version": CaseFile.version + 1,
        "next_due_at": func.coalesce(soonest, literal(NEVER, Instant())),
    }
    _run(session, update(CaseFile).where(CaseFile.id.in_(_files(batch))).values(touched))
    paid = {"status": advance(Status.SIGNED, Act.PAY).value, "closed_at": now}
    complete = CaseFile.id.in_(_files(batch, ~_UNPAID))
    signed = CaseFile.status == Status.SIGNED.value
    _run(session, update(CaseFile).where(complete, signed).values(paid))


def _tell(session: Session, batch: Batch, paid: list[PaidFile], now: datetime) -> None:
    """Owe each organization one mail per file; without an address the case page says to call."""
    rows = [_message(batch, file, now) for file in paid if file.recipient]
    if not rows:
        return
    made = insert(Message).returning(Message.id, Message.public_id)
    for message_id, public_id in session.connection().execute(made, rows):
        owed(session, "mail.message", message_id, key=f"message:{public_id}", now=now)


def _message(batch: Batch, file: PaidFile, now: datetime) -> dict[str, Any]:
    facts = {
        "amount_cents": file.amount_cents,
        "payments": file.payments,
        "funds_on": batch.funds_on.isoformat(),
        "is_complete": file.is_complete,
    }
    return {
        "public_id": secrets.token_hex(16),
        "case_file_id": file.case_file_id,
        "kind": PAYMENT,
        "sequence": file.last_message + 1,
        "channel": "email",
        "recipient": file.recipient,
        "facts": facts,
        "created_at": now,
    }


def _note(session: Session, batch: Batch, file: PaidFile, actor: Actor, now: datetime) -> None:
    """One event per file: all is paid, which moves the file, or one part of it."""
    moved = {"act": Act.PAY.value} if file.is_complete else {}
    record(
        session,
        "grant_paid" if file.is_complete else "payment_released",
        actor=actor,
        now=now,
        case_file_id=file.case_file_id,
        batch=batch.number,
        amount_cents=file.amount_cents,
        funds_on=batch.funds_on.isoformat(),
        **moved,
    )


def _run(session: Session, statement: Any) -> None:
    session.execute(statement, execution_options=NOTHING_HELD)
