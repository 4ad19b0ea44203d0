"""Workers killed and frozen at their work, on one installation, and what was seen after.

Mails pass before documents and each file owes a mail, then a proof: so the first workers get the
mails (rows 1, 3 and 5), the next ones the proofs (rows 2 and 4). Waiting for leases to lapse is
the long part, so all of them lapse together.
"""

import time
from dataclasses import dataclass, field

from sqlalchemy import func, select

from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Document, Message
from grants.models.trail import JournalEvent, JournalExport, OutboxRow
from grants.operations.outbox import MOST_CRASHES
from grants.unit_of_work import saving
from tests.faults.installation import Installation
from tests.faults.processes import Process, wait_until
from tests.mail.servers import MailServer, listening

RESUMED_WITHIN = 120.0
AT_A_PROOF = 3  # the worker, its work-horse and the process that renders
TURNS = (1, 3, 5, 2, 4)
FREEZES = (3, 4)
LEASE_LOST = "the lease was lost, nothing was recorded"
KILLED, FROZEN, DEADLY = "killed", "frozen", "deadly"


@dataclass
class SeenFile:
    """What became of one file."""

    mail_state: str = ""
    mail_error: str | None = None
    proof_state: str = ""
    sent: int = 0
    message_ids: set[str] = field(default_factory=set)
    stopped_clocks: int = 0
    acknowledged: int = 0
    documents: int = 0
    proofs_made: int = 0


@dataclass
class Seen:
    """What became of all of them."""

    files: dict[str, SeenFile] = field(default_factory=dict)
    harmed_at: dict[int, float] = field(default_factory=dict)
    ended_at: dict[int, float] = field(default_factory=dict)
    stored_files: int = 0
    exports: int = 0  # heads of the journal, which the sweep asked for meanwhile
    put_back_at: float = 0.0
    frozen_words: str = ""

    def resumed_after(self) -> dict[int, float]:
        """For each harmed row, the seconds that a sweep and a worker took to end it."""
        since = {row: max(at, self.put_back_at) for row, at in self.harmed_at.items()}
        return {row: self.ended_at[row] - at for row, at in since.items()}


def run(database_url: str) -> Seen:
    """Do the harm, wait, look."""
    with listening(MailServer()) as server, Installation(database_url, server.url) as office:
        office.redis()
        ids = {name: office.receive() for name in (KILLED, FROZEN, DEADLY)}
        _make_deadly(office, ids[DEADLY])
        server.held.set()
        seen = Seen()
        frozen = {number: _harm(office, server, seen, number) for number in TURNS}
        server.held.clear()
        office.sweep()
        office.worker()
        seen.put_back_at = time.monotonic()
        _watch(office, seen, frozen)
        _hear(seen, [frozen[number] for number in FREEZES])
        for name, case_file_id in ids.items():
            seen.files[name] = _look(office, server, case_file_id)
        seen.stored_files = office.stored_files()
        with office.session() as session:
            seen.exports = len(session.scalars(select(JournalExport.id)).all())
        return seen


def _make_deadly(office: Installation, case_file_id: int) -> None:
    """This file's mail has already cost four workers."""
    with office.session(), saving() as session:
        query = select(OutboxRow).join(Message, Message.id == OutboxRow.ref)
        query = query.where(OutboxRow.kind == "mail.message")
        session.scalars(query.where(Message.case_file_id == case_file_id)).one().crashes = (
            MOST_CRASHES - 1
        )


def _harm(office: Installation, server: MailServer, seen: Seen, number: int) -> Process:
    """Kill a worker in the middle of row `number`, or freeze it for the second file's rows."""
    worker, mails = office.worker(), len(server.messages)
    if number % 2:
        worker.await_that(f"mail of row {number}", lambda: len(server.messages) > mails)
    else:
        worker.await_that(f"proof of row {number}", lambda: _renders(office, worker, number))
    if number in FREEZES:
        worker.freeze()
    else:
        worker.kill()
    seen.harmed_at[number] = time.monotonic()
    state = office.rows()[number - 1].state
    assert state == "taken", f"the harm to row {number} came too late: {state}"
    return worker


def _renders(office: Installation, worker: Process, number: int) -> bool:
    """Whether the worker's grandchild is making the PDF of this row."""
    taken = office.rows()[number - 1].state == "taken"
    return taken and len(worker.tree()) >= AT_A_PROOF


def _watch(office: Installation, seen: Seen, frozen: dict[int, Process]) -> None:
    """Note when each row was done or given up; a frozen worker goes on once another did its row.

    No later: RQ's own watch kills what was at one job for 105 seconds (its timeout and a minute),
    and a worker that is killed before it tries to record proves nothing.
    """

    def all_ended() -> bool:
        rows = office.rows()
        for row in rows:
            if row.state in ("done", "failed") and row.id not in seen.ended_at:
                seen.ended_at[row.id] = time.monotonic()
                if row.id in FREEZES:
                    frozen[row.id].resume()
        time.sleep(0.25)
        return len(seen.ended_at) == len(rows)

    wait_until("all rows ended", all_ended, RESUMED_WITHIN)


def _hear(seen: Seen, frozen: list[Process]) -> None:
    """What the workers said that were frozen and went on."""
    for worker in frozen:
        wait_until("the frozen worker tried to end", lambda w=worker: LEASE_LOST in w.words())
    seen.frozen_words = "".join(worker.words() for worker in frozen)


def _look(office: Installation, server: MailServer, case_file_id: int) -> SeenFile:
    with office.session() as session:
        message = session.scalars(select(Message).where(Message.case_file_id == case_file_id)).one()
        number = session.get_one(CaseFile, case_file_id).number
        rows = {row.key.partition(":")[0]: row for row in _rows_of(message, case_file_id)}
        mails = [mail for mail in server.messages if number in str(mail["Subject"])]
        return SeenFile(
            mail_state=rows["message"].state,
            mail_error=rows["message"].last_error,
            proof_state=rows["proof"].state,
            sent=len(mails),
            message_ids={str(mail["Message-ID"]) for mail in mails},
            stopped_clocks=_count(Clock, case_file_id, Clock.stopped_at.is_not(None)),
            acknowledged=_count(JournalEvent, case_file_id, _kind("acknowledgement_sent")),
            documents=_count(Document, case_file_id),
            proofs_made=_count(JournalEvent, case_file_id, _kind("deposit_proof_made")),
        )


def _rows_of(message: Message, case_file_id: int) -> list[OutboxRow]:
    session = db.session()
    mail = (OutboxRow.kind == "mail.message") & (OutboxRow.ref == message.id)
    proof = (OutboxRow.kind == "pdf.deposit_proof") & (OutboxRow.ref == case_file_id)
    return list(session.scalars(select(OutboxRow).where(mail | proof)))


def _kind(name: str) -> object:
    return JournalEvent.kind == name


def _count(table: type, case_file_id: int, *conditions: object) -> int:
    query = select(func.count()).select_from(table).where(table.case_file_id == case_file_id)
    return db.session().scalar(query.where(*conditions)) or 0
