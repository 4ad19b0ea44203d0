"""Payable instalments, finance people and batches for tests."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.bank_file import FileTotals
from grants.models.agreements import AgreementVersion, Instalment
from grants.models.case_files import CaseFile
from grants.models.payments import BankDetails, Batch, Payment
from grants.models.people import WebSession
from grants.operations import batches, clocks
from grants.operations.batches import BatchDetails, ReleaseDetails, Seen
from grants.operations.documents import Stored
from grants.queries import batches as queries
from grants.queries import calendars
from grants.unit_of_work import saving
from tests.factories import NOW, make_member, make_organization, make_staff, unique
from tests.money_cases import make_granted, make_signed, make_verified_account

LATER = NOW + timedelta(days=1)
FUNDS_ON = date(2026, 12, 1)


def make_preparer(session: Session, name: str = "Réjean Kirouac") -> Actor:
    """Somebody who prepares batches."""
    return make_staff(session, name, "finance_preparer", title="Agent aux finances")


def make_approver(session: Session, name: str = "Maëlle Dufour") -> Actor:
    """Somebody who approves and releases them."""
    return make_staff(session, name, "finance_approver", title="Directrice des finances")


def make_payable(
    session: Session, name: str = "Comité logement Rive-Claire", verifier: Actor | None = None
) -> Instalment:
    """The first half of a signed agreement, its promise running, its account verified."""
    version = make_agreed(session, name)
    make_verified_account(session, version.organization_id, verifier)
    return instalments(session, version)[0]


def make_agreed(session: Session, name: str = "Comité logement Rive-Claire") -> AgreementVersion:
    """A signed agreement whose promise of payment runs; no account yet."""
    member = make_member(session, make_organization(session, name))
    version = make_signed(session, make_granted(session, member))
    case = file_of(session, version)
    at = NOW + timedelta(hours=5)
    clocks.start(session, case, calendars.calendar(session), event=clocks.AGREED, now=at, at=at)
    session.commit()
    return version


def instalments(session: Session, version: AgreementVersion) -> Sequence[Instalment]:
    """The instalments of a version, in order."""
    query = select(Instalment).where(Instalment.agreement_version_id == version.id)
    return session.scalars(query.order_by(Instalment.rank)).all()


def file_of(session: Session, version: AgreementVersion) -> CaseFile:
    """The file of an agreement, as it is now."""
    return session.get_one(CaseFile, version.agreement.case_file_id, populate_existing=True)


def version_of(session: Session, instalment: Instalment) -> AgreementVersion:
    """The agreement of an instalment."""
    return session.get_one(AgreementVersion, instalment.agreement_version_id)


def make_batch(
    session: Session,
    preparer: Actor,
    *lines: Instalment,
    funds_on: date = FUNDS_ON,
    now: datetime = LATER,
) -> Batch:
    """A prepared batch of these instalments."""
    details = BatchDetails(unique(), funds_on, [line.id for line in lines])
    with saving() as saved:
        return batches.prepare(saved, details, actor=preparer, now=now)


def approve(batch: Batch, approver: Actor, now: datetime = LATER) -> None:
    """Approve a batch as it is."""
    batch_id, seen = batch.id, Seen(batch.content_version)
    with saving() as saved:
        batches.approve(saved, batch_id, seen, actor=approver, now=now)


def confirmed(session: Session, actor: Actor, now: datetime = LATER) -> str:
    """A browser of this person, just confirmed; what the database knows of it."""
    token_hash = unique() + unique()
    live = WebSession(
        token_hash=token_hash,
        account_id=actor.account_id,
        stage="in",
        created_at=now,
        expires_at=now + timedelta(hours=12),
        confirmed_at=now,
    )
    session.add(live)
    session.commit()
    return token_hash


def ask(session: Session, batch: Batch, approver: Actor, now: datetime = LATER) -> Batch:
    """Ask for the file of an approved batch, confirmed."""
    details = ReleaseDetails(batch.content_version, confirmed(session, approver, now))
    batch_id = batch.id
    with saving() as saved:
        return batches.ask_release(saved, batch_id, details, actor=approver, now=now)


def release(session: Session, batch: Batch, now: datetime = LATER) -> bool:
    """Release a batch as its job does, with a file that says what the batch says."""
    batch_id, held = batch.id, queries.sums(session, batch.id)
    totals = FileTotals(held.payments, held.total_cents, batch.file_number or 0, "f" * 64)
    stored = Stored(unique(), "f" * 64, 4392)
    with saving() as saved:
        return batches.release(saved, batch_id, stored, totals, actor=Actor(), now=now)


def make_released(
    session: Session,
    preparer: Actor,
    approver: Actor,
    *lines: Instalment,
    now: datetime = LATER,
    funds_on: date = FUNDS_ON,
) -> Batch:
    """A batch from its preparation to its release."""
    batch = make_batch(session, preparer, *lines, now=now, funds_on=funds_on)
    approve(batch, approver, now)
    ask(session, batch, approver, now)
    release(session, batch, now)
    return batch


def payments(session: Session, batch: Batch) -> Sequence[Payment]:
    """The payments of a batch as they are now."""
    query = select(Payment).where(Payment.batch_id == batch.id).order_by(Payment.id)
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def another_account(session: Session, organization_id: int) -> BankDetails:
    """A newer account that nobody verified yet."""
    known = session.scalars(
        select(BankDetails).where(BankDetails.organization_id == organization_id)
    ).first()
    assert known is not None
    details = BankDetails(
        public_id=unique(),
        organization_id=organization_id,
        account='{"account":"7654321","institution":"815","transit":"30214"}',
        account_end="321",
        entered_by_id=known.entered_by_id,
        entered_at=LATER,
    )
    session.add(details)
    session.commit()
    return details
