"""Workers killed while they release a batch, at moments that nobody chose, and what was left.

Nothing in the product helps: the database and the folder of files are watched from outside. Half
of the kills wait for the file to be there, so that they fall between the file and the status.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.models.agreements import Agreement, AgreementVersion
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.payments import Batch, Payment
from grants.models.reference import ServiceCommitment
from grants.models.trail import OutboxRow
from grants.operations import batches, clocks
from grants.operations.batches import BatchDetails, ReleaseDetails, Seen
from grants.queries import calendars
from grants.storage import hashed
from grants.unit_of_work import saving
from tests.documents.bank_file_parser import parse
from tests.factories import NOW, unique
from tests.faults.installation import Installation
from tests.faults.processes import wait_until
from tests.money_cases import make_signed, make_verified_account
from tests.proofs.copies import repeat
from tests.proofs.money_people import Finance, confirmed, funds_date, make_finance

FULL, SMALL = 30, 3  # kills: published, and in the tests
LINES = 3  # payments of each batch
LONGEST_PAUSE = 0.2  # seconds from the claim, or from the file, to the kill
RESUMED_WITHIN, EACH = 120.0, 6.0  # seconds; the mails of a batch leave before the next file
NOTHING, WHOLE, TORN = "nothing", "whole", "torn"


@dataclass
class Told:
    """What became of the release of one batch."""

    after_kill: str = ""
    after_all: str = ""
    file_was_there: bool = False
    state_at_kill: str = ""

    @property
    def is_held(self) -> bool:
        """Wholly released or wholly not after the kill, wholly released in the end."""
        return self.after_kill in (NOTHING, WHOLE) and self.after_all == WHOLE

    @property
    def is_between(self) -> bool:
        """Killed once the file was stored, before the status said so."""
        return self.file_was_there and self.after_kill == NOTHING


@dataclass
class Releases:
    """What became of all of them."""

    told: list[Told] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    states: set[str] = field(default_factory=set)


def run(database_url: str, kills: int, seed: int) -> Releases:
    """Kill one worker per batch, then let others finish; look after each."""
    chance, seen = random.Random(seed), Releases()
    with Installation(database_url) as office:
        office.redis()
        with office.session() as session:
            finance, ids = _prepared(session, kills)
        for rank, batch_id in enumerate(ids):
            seen.told.append(_killed(office, finance, batch_id, chance, at_file=rank % 2 == 0))
        office.flush()
        office.mail()
        office.sweep()
        office.worker()
        limit = RESUMED_WITHIN + EACH * kills
        wait_until("every file is made", lambda: _all_made(office), limit)
        with office.session() as session:
            for told, batch_id in zip(seen.told, ids, strict=True):
                told.after_all = _state(session, office, batch_id)
            query = select(Batch.file_number).order_by(Batch.file_number)
            seen.numbers = list(session.scalars(query))
            seen.states = {row.state for row in _file_rows(session)}
    return seen


def _prepared(session: Session, count: int) -> tuple[Finance, list[int]]:
    """Approved batches of signed files whose promise to pay runs."""
    now, version = clock.utc_now(), make_signed(session)
    finance = make_finance(session, now)
    make_verified_account(session, version.organization_id, finance.other_preparer)
    case_file = version.agreement.case_file
    calendar = calendars.calendar(session)
    clocks.start(session, case_file, calendar, event=clocks.AGREED, now=NOW, at=NOW)
    session.commit()
    copies = repeat(session, case_file.id, count * LINES)
    instalments, funds_on = copies.of("instalment")[0], funds_date(session, now)
    parts = [instalments[first : first + LINES] for first in range(0, count * LINES, LINES)]
    details = [BatchDetails(unique(), funds_on, part) for part in parts]
    return finance, [_approved(finance, one, now) for one in details]


def _approved(finance: Finance, details: BatchDetails, now: datetime) -> int:
    with saving() as session:
        batch_id = batches.prepare(session, details, actor=finance.preparer, now=now).id
    with saving() as session:
        batches.approve(session, batch_id, Seen(1), actor=finance.approver, now=now)
    return batch_id


def _killed(
    office: Installation, finance: Finance, batch_id: int, chance: random.Random, *, at_file: bool
) -> Told:
    """Ask for the file of a batch and kill its worker at some moment of the work."""
    worker, told = office.worker(), Told()
    office.flush()  # mails that earlier releases owe are not what is watched
    files, now = office.stored_files(), clock.utc_now()
    with office.session(), saving() as session:
        details = ReleaseDetails(1, confirmed(session, finance.browsers[0], now))
        batches.ask_release(session, batch_id, details, actor=finance.approver, now=now)
    if at_file:
        worker.await_that("a file", lambda: office.stored_files() > files)
    else:
        worker.await_that("a claim", lambda: _row_state(office, batch_id) != "waiting")
    time.sleep(chance.uniform(0, LONGEST_PAUSE))
    worker.kill()
    told.file_was_there = office.stored_files() > files
    with office.session() as session:
        told.after_kill = _state(session, office, batch_id)
    told.state_at_kill = _row_state(office, batch_id)
    return told


def _row_state(office: Installation, batch_id: int) -> str:
    with office.session() as session:
        return next(row.state for row in _file_rows(session) if row.ref == batch_id)


def _file_rows(session: Session) -> Sequence[OutboxRow]:
    return session.scalars(select(OutboxRow).where(OutboxRow.kind == "file.batch")).all()


def _all_made(office: Installation) -> bool:
    time.sleep(0.25)
    with office.session() as session:
        return {row.state for row in _file_rows(session)} == {"done"}


def _state(session: Session, office: Installation, batch_id: int) -> str:
    """Wholly released, wholly not, or torn."""
    batch = session.get_one(Batch, batch_id)
    facts = _facts(session, batch)
    if batch.status == "approved" and batch.storage_key is None:
        return NOTHING if facts == {"paid": 0, "stopped": 0, "mails": 0, "owed": 0} else TORN
    kept = office.app.extensions["storage"].get(batch.storage_key)
    read = parse(kept)
    is_whole = (
        batch.status == "released"
        and hashed(kept) == batch.file_sha256
        and len(kept) == batch.file_size
        and read.number == batch.file_number
        and sorted((one.reference, one.cents) for one in read.payments) == _lines(session, batch)
        and set(facts.values()) == {LINES}
    )
    return WHOLE if is_whole else TORN


def _lines(session: Session, batch: Batch) -> list[tuple[str, int]]:
    query = select(Payment.reference, Payment.amount_cents).where(Payment.batch_id == batch.id)
    return sorted((reference, cents) for reference, cents in session.execute(query))


def _facts(session: Session, batch: Batch) -> dict[str, int]:
    """What a release changes, counted: payments, promises kept, mails and their debts."""
    files = (
        select(Agreement.case_file_id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
        .where(Payment.batch_id == batch.id)
    )
    promises = select(ServiceCommitment.id).where(ServiceCommitment.stop_event == clocks.FUNDED)
    kept = select(Clock.id).where(Clock.case_file_id.in_(files), Clock.stopped_at.is_not(None))
    mails = select(Message.id).where(Message.case_file_id.in_(files), Message.kind == "payment")
    owed = select(OutboxRow.id).where(OutboxRow.kind == "mail.message", OutboxRow.ref.in_(mails))
    paid = select(Payment.id).where(Payment.batch_id == batch.id, Payment.status == "released")
    counted = {
        "paid": paid,
        "stopped": kept.where(Clock.commitment_id.in_(promises)),
        "mails": mails,
        "owed": owed,
    }
    return {name: len(session.scalars(query).all()) for name, query in counted.items()}
