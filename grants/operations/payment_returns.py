"""A payment that the bank sent back: its file opens again, its instalment is to pay again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.bank_returns import needs_new_details
from grants.domain.calendar import local_date
from grants.domain.errors import Refusal
from grants.domain.flow import Act, advance
from grants.domain.payment_returns import check_return
from grants.models.agreements import Agreement, AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.models.payments import Payment
from grants.operations import assignments, batch_rows
from grants.operations.messages import PAYMENT_RETURNED, owe_message
from grants.operations.trail import record
from grants.queries import applications, staff

RETURNED = "returned"

Said = dict[str, Any]


@dataclass(frozen=True)
class ReturnDetails:
    """What the bank said: its code of three digits, and the day of the return."""

    code: str
    returned_on: date


def record_return(
    session: Session, payment_id: int, details: ReturnDetails, *, actor: Actor, now: datetime
) -> Payment:
    """Record that a released payment came back; the organization is told what to do.

    The old payment stays as it was; its instalment comes back in À payer, to be paid again once
    by another. The promise of payment is not started again: it is measured on the first payment
    (our decision). An advisor who declared a conflict while the file was closed does not get it
    back. The same return recorded twice changes nothing. Raises `not_allowed`,
    `payment_not_released` and those of `grants.domain.payment_returns`.
    """
    demand(actor, Action.PREPARE_BATCH)
    payment = session.get_one(Payment, payment_id)
    batch = batch_rows.locked(session, payment.batch_id, actor)
    session.refresh(payment, with_for_update=True)
    said = (details.code, details.returned_on)
    if payment.status == RETURNED and (payment.return_code, payment.returned_on) == said:
        return payment
    if payment.status != batch_rows.RELEASED or batch.released_at is None:
        raise Refusal("payment_not_released", actor_id=actor.person_id)
    check_return(details.code, details.returned_on, local_date(batch.released_at), local_date(now))
    payment.status, payment.return_code, payment.returned_on = RETURNED, *said
    _reopen(session, payment, actor, now)
    return payment


def _reopen(session: Session, payment: Payment, actor: Actor, now: datetime) -> None:
    case_file = _locked_file(session, payment)
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    case_file.status = advance(case_file.status, Act.RETURN_PAYMENT, **who).value
    case_file.closed_at, case_file.touched_at = None, now
    said: Said = {
        "amount_cents": payment.amount_cents,
        "code": str(payment.return_code),
        "returned_on": str(payment.returned_on),
    }
    _tell(session, case_file, said, now)
    facts = {"act": Act.RETURN_PAYMENT.value, "reference": payment.reference, **said}
    about: Said = {"actor": actor, "now": now, "case_file_id": case_file.id}
    record(session, "payment_returned", **about, **facts)
    if staff.has_conflict(session, case_file.advisor_id, case_file.organization_id):
        assignments.take_back(session, case_file, actor=actor, now=now, why="conflict_declared")


def _tell(session: Session, case_file: CaseFile, said: Said, now: datetime) -> None:
    """Owe the mail that says what to do; without an address the case page says to call."""
    address = applications.acknowledgement_address(session, case_file.id)
    if address := address or case_file.organization.email:
        facts = {**said, "new_details": needs_new_details(said["code"])}
        owe_message(session, case_file, PAYMENT_RETURNED, address, now=now, **facts)


def _locked_file(session: Session, payment: Payment) -> CaseFile:
    """The file of a payment, under its organization's lock: a declaration of conflict takes it."""
    session.get_one(Organization, payment.organization_id, with_for_update=True)
    query = (
        select(Agreement.case_file_id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .where(AgreementVersion.id == payment.agreement_version_id)
    )
    case_file_id = session.scalars(query).one()
    return session.get_one(CaseFile, case_file_id, with_for_update=True, populate_existing=True)
