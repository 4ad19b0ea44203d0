"""Accounts and batches of payments of the demonstration."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from grants.demo import acts
from grants.demo.agreement_acts import confirmed
from grants.demo.offices import random_id
from grants.demo.stage import Stage
from grants.domain import payee_name
from grants.domain.access import SYSTEM, Actor
from grants.domain.bank_accounts import BankAccount
from grants.extensions import db
from grants.jobs import bank_files
from grants.models.agreements import Agreement, AgreementVersion, Instalment
from grants.models.case_files import CaseFile
from grants.models.payments import Batch, Payment
from grants.operations import bank_details, batches, instalments, messages, outbox, payment_returns
from grants.operations.documents import Stored
from grants.unit_of_work import saving

MINUTE = timedelta(minutes=1)
INSTITUTIONS = ("815", "006", "003", "001", "815")


def give_account(member: Actor, number: int, at: datetime) -> int:
    """The organization gives an invented account; the id of this version."""
    institution = INSTITUTIONS[number % len(INSTITUTIONS)]
    account = BankAccount(institution, f"{20_014 + number * 37:05d}", f"{4_120_067 + number * 911}")
    details = bank_details.BankDetailsGiven(random_id(), account)
    organization_id = member.organization_id or 0
    with saving() as session:
        return bank_details.give(session, organization_id, details, actor=member, now=at).id


def verify_account(version_id: int, member: Actor, verifier: Actor, at: datetime) -> None:
    """Finance called, and confirmed the name that the bank file will hold."""
    name = payee_name.propose(member.organization_name)
    details = bank_details.VerificationDetails(name, f"{member.name}, trésorerie")
    with saving() as session:
        bank_details.verify(session, version_id, details, actor=verifier, now=at)


def instalment(case_id: int, rank: int) -> Instalment:
    """The part of that rank in the agreement that stands on a file."""
    query = (
        select(Instalment)
        .join(AgreementVersion, AgreementVersion.id == Instalment.agreement_version_id)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(Agreement.case_file_id == case_id, AgreementVersion.ended_at.is_(None))
        .where(Instalment.rank == rank)
    )
    return db.session().scalars(query).one()


def confirm_condition(case_id: int, rank: int, advisor: Actor, at: datetime) -> None:
    """The advisor accepts the reports that this part waited for."""
    instalment_id = instalment(case_id, rank).id
    with saving() as session:
        instalments.confirm_condition(session, instalment_id, actor=advisor, now=at)


def prepare(parts: Sequence[tuple[int, int]], funds_on: date, clerk: Actor, at: datetime) -> int:
    """Put parts (file, rank) in a new batch; its id."""
    ids = [instalment(case_id, rank).id for case_id, rank in parts]
    details = batches.BatchDetails(random_id(), funds_on, ids)
    with saving() as session:
        return batches.prepare(session, details, actor=clerk, now=at).id


def approve(batch_id: int, controller: Actor, at: datetime) -> None:
    """Another person approves the batch as it is."""
    seen = batches.Seen(db.session().get_one(Batch, batch_id).content_version)
    with saving() as session:
        batches.approve(session, batch_id, seen, actor=controller, now=at)


def release(stage: Stage, batch_id: int, controller: Actor, at: datetime) -> None:
    """Ask for the bank file; the worker of that time makes it, and the organizations are told."""
    version = db.session().get_one(Batch, batch_id).content_version
    details = batches.ReleaseDetails(version, confirmed(controller, at - MINUTE))
    with saving() as session:
        batches.ask_release(session, batch_id, details, actor=controller, now=at)
    _make_file(stage, batch_id, at + MINUTE)
    for case_id in _files(batch_id):
        acts.deliver(case_id, messages.PAYMENT, at + 2 * MINUTE)


def _make_file(stage: Stage, batch_id: int, at: datetime) -> None:
    batch = db.session().get_one(Batch, batch_id)
    made = bank_files.made(db.session(), batch_id)
    if made is None:
        raise RuntimeError("the demonstration's batch is not approved")
    content, totals = made
    stored = Stored(stage.storage.put(content), totals.sha256, len(content))
    with saving() as session:
        outbox.finish(session, acts.claimed(session, f"file:{batch.public_id}", at))
        batches.release(session, batch_id, stored, totals, actor=SYSTEM, now=at)


def _files(batch_id: int) -> Sequence[int]:
    query = (
        select(CaseFile.id)
        .join(Agreement, Agreement.case_file_id == CaseFile.id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
        .where(Payment.batch_id == batch_id)
        .distinct()
    )
    return db.session().scalars(query).all()


def send_back(
    batch_id: int, case_id: int, code: str, returned_on: date, clerk: Actor, at: datetime
) -> None:
    """A bank sent a payment back; the organization is told why."""
    query = select(Payment.id).where(
        Payment.batch_id == batch_id, Payment.instalment_id == instalment(case_id, 1).id
    )
    payment_id = db.session().scalars(query).one()
    details = payment_returns.ReturnDetails(code, returned_on)
    with saving() as session:
        payment_returns.record_return(session, payment_id, details, actor=clerk, now=at)
    acts.deliver(case_id, messages.PAYMENT_RETURNED, at + MINUTE)
