"""The proof of deposit is made once, and a lost lease leaves no file behind."""

from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.jobs import handlers, proofs
from grants.models.case_files import CaseFile
from grants.models.messages import Document
from grants.models.trail import JournalEvent
from grants.operations import documents, outbox
from grants.unit_of_work import saving
from tests.cases import SHA, make_case
from tests.jobs.rows import owe, row, row_of

KIND = "pdf.deposit_proof"


@pytest.fixture
def received(session: Session) -> int:
    """The id of a file just received, whose proof is owed."""
    return make_case(session, now=clock.utc_now()).id


def the_document(session: Session) -> Document:
    return session.scalars(select(Document)).one()


def stored_files(app: Flask) -> list[Path]:
    root: Path = app.extensions["storage"].root
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.engine
def test_the_proof_is_stored_and_named_once(app: Flask, session: Session, received: int) -> None:
    row_id = row_of(session, KIND).id
    handlers.run(row_id)
    assert row(session, row_id).state == "done"
    document = the_document(session)
    content = app.extensions["storage"].get(document.storage_key)
    assert content.startswith(b"%PDF-")
    assert (document.case_file_id, document.size) == (received, len(content))
    assert document.sha256 == sha256(content).hexdigest()
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("deposit_proof_made") == 1


def test_a_second_row_for_the_same_proof_makes_nothing(
    app: Flask, session: Session, received: int
) -> None:
    handlers.run(row_of(session, KIND).id)
    first, files = the_document(session).storage_key, stored_files(app)
    again = owe(KIND, received, clock.utc_now())
    handlers.run(again)
    assert row(session, again).state == "done"
    assert the_document(session).storage_key == first
    assert stored_files(app) == files


def test_of_two_workers_that_made_it_the_second_forgets_its_file(
    app: Flask, session: Session, received: int
) -> None:
    one, other = proofs.deposit_proof(received), proofs.deposit_proof(received)
    before = len(stored_files(app))
    for effect in (one, other):
        with saving() as saved:
            effect.record(saved)
    assert len(stored_files(app)) == before - 1
    assert app.extensions["storage"].get(the_document(session).storage_key)


def test_a_lost_lease_leaves_neither_row_nor_file(
    app: Flask, session: Session, received: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored_files(app)

    def lost(*_arguments: object) -> None:
        raise outbox.LeaseLost("frozen too long")

    monkeypatch.setattr(outbox, "finish", lost)
    handlers.run(row_of(session, KIND).id)
    assert session.scalars(select(Document)).all() == []
    assert stored_files(app) == before


def test_the_sheet_holds_answers_files_promises_and_instant(
    session: Session, received: int
) -> None:
    sheet = proofs._sheet(session, received)
    assert sheet is not None
    case_file = session.get_one(CaseFile, received)
    assert (sheet.case_number, sheet.received_at) == (case_file.number, case_file.received_at)
    assert sheet.channel == "En ligne"
    assert [file.sha256 for file in sheet.files] == [SHA]
    assert sheet.files[0].label != "board_resolution"
    shown = [answer for section in sheet.sections for answer in section.answers]
    assert any("Comité logement Rive-Claire" in answer.lines for answer in shown)
    assert [on for _, on in sheet.promised] == [case_file.clocks[0].due_on]


def test_keeping_twice_keeps_the_first(session: Session, received: int) -> None:
    for letter, expected in (("a", True), ("b", False)):
        stored = documents.Stored(letter * 32, letter * 64, 1)
        with saving() as saved:
            kept = documents.keep(
                saved,
                received,
                documents.DEPOSIT_PROOF,
                stored,
                actor=SYSTEM,
                now=clock.utc_now(),
            )
        assert kept is expected
    assert the_document(session).sha256 == "a" * 64
