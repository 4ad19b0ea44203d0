"""What is looked at after each act of a history, by SQL, and once more when it ends."""

import json
from collections import defaultdict

from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from grants.domain.flow import Act, replay
from grants.domain.journal import first_bad_line
from grants.models.case_files import CaseFile
from grants.models.decisions import Envelope
from grants.models.payments import Batch, Payment
from grants.models.trail import JournalEvent
from grants.queries import journal
from tests.proofs import request_truths
from tests.proofs.attacks import ACCOUNT, ONCE, SIDES, SIGNATURE
from tests.proofs.book import Book
from tests.proofs.more_attacks import AMOUNTS, ENVELOPE, REASONS

NEVER = {
    **{rule.name: rule.harm for rule in (SIDES, SIGNATURE, ONCE, ENVELOPE, ACCOUNT, REASONS)},
    AMOUNTS.name: AMOUNTS.harm,
    "an instalment is never paid more than once": (
        "SELECT count(*) FROM (SELECT i.id FROM instalment i JOIN payment p"
        " ON p.instalment_id = i.id AND p.status = 'released' GROUP BY i.id, i.amount_cents"
        " HAVING sum(p.amount_cents) > i.amount_cents) t"
    ),
    "no more is released than was granted": (
        "SELECT count(*) FROM (SELECT a.id FROM agreement a JOIN agreement_version v"
        " ON v.agreement_id = a.id JOIN payment p ON p.agreement_version_id = v.id"
        " AND p.status = 'released' GROUP BY a.id, a.granted_cents"
        " HAVING sum(p.amount_cents) > a.granted_cents) t"
    ),
    "a released batch has its file, its number and its payments": (
        "SELECT count(*) FROM batch b WHERE b.status = 'released' AND (b.file_sha256 IS NULL"
        " OR b.file_number IS NULL OR EXISTS (SELECT 1 FROM payment p WHERE p.batch_id = b.id"
        " AND p.status = 'prepared'))"
    ),
}

_ALL = text(
    " UNION ALL ".join(
        f"SELECT {rank}, (WITH q(n) AS ({sql}) SELECT sum(n) FROM q)"
        for rank, sql in enumerate(NEVER.values())
    )
)


def hold(session: Session, book: Book) -> None:
    """Nothing that must never be is there, and the tables say what the book says."""
    names = list(NEVER)
    assert [names[rank] for rank, count in session.execute(_ALL) if count] == []
    rows = session.execute(select(CaseFile.id, CaseFile.status))
    states = {row.id: row.status for row in rows}
    assert {file.id: file.status.value for file in book.files.values()}.items() <= states.items()
    left = select(Envelope.total_cents - Envelope.used_cents)
    assert session.scalars(left).all() == [book.left]
    _same_batches(session, book)
    request_truths.hold(session, book)


def _same_batches(session: Session, book: Book) -> None:
    """Status, version and lines of each batch: an approved one stays as it was until it left."""
    lines = defaultdict(dict)
    rows = select(Payment.batch_id, Payment.id, Payment.status, Payment.instalment_id)
    for batch_id, payment_id, status, part_id in session.execute(rows):
        lines[batch_id][payment_id] = (status, part_id)
    columns = select(Batch.id, Batch.status, Batch.content_version, Batch.approved_by_id)
    for batch_id, *found in session.execute(columns):
        batch = book.batches[batch_id]
        assert tuple(found) == (batch.status, batch.content, batch.approved_by)
        every = [(part, one) for part in book.parts.values() for one in part.payments]
        told = {one.id: (one.status, part.id) for part, one in every if one.batch == batch_id}
        assert lines[batch_id] == told


def end_well(session: Session, book: Book) -> None:
    """The journal, replayed, gives the status of each file; its chain holds."""
    acts = defaultdict(list)
    query = select(JournalEvent.case_file_id, JournalEvent.facts).order_by(JournalEvent.id)
    for case_file_id, facts in session.execute(query.where(JournalEvent.case_file_id.is_not(None))):
        told = json.loads(facts).get("act")
        if told is not None:
            acts[case_file_id].append(told)
    for file in book.files.values():
        told = [Act(one) for one in acts[file.id]]
        assert replay(told) == file.status, f"journal of file {file.id}"
    request_truths.end_well(session, book, acts)
    key = current_app.config["JOURNAL_KEY"]
    assert first_bad_line(key, journal.lines(session)) is None
    assert journal.head_problem(session, None) is None
    assert journal.events_without_link(session) == []


LIES = {  # what no act says: each must be seen, else the looking proves nothing
    "a status": "UPDATE case_file SET status = 'received' WHERE status = 'recommended'",
    "a cent": "UPDATE envelope SET used_cents = used_cents - 1",
    "an edit": "UPDATE batch SET content_version = 9 WHERE status = 'prepared'",
    **request_truths.LIES,
    "a payment less": "UPDATE payment SET status = 'cancelled' WHERE status = 'prepared'",
    "an event": (
        "INSERT INTO journal_event (at, kind, facts) SELECT at, 'told', '{}'"
        " FROM journal_event ORDER BY id LIMIT 1"
    ),
}


def is_seen(session: Session, book: Book, lie: str) -> bool:
    """Whether something told by SQL alone is found; nothing of it stays."""
    session.execute(text(lie))
    try:
        hold(session, book)
        end_well(session, book)
    except AssertionError:
        return True
    finally:
        session.rollback()
    return False
