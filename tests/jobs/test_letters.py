"""The letter of a decision is made once, from what the decision froze and nothing else."""

from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.jobs import handlers
from grants.models.messages import Document
from grants.models.organizations import Organization
from grants.models.trail import JournalEvent, OutboxRow
from tests.decided import make_decided
from tests.documents.reading import words
from tests.jobs.rows import owe, row, row_of

KIND = "pdf.decision_letter"


@pytest.mark.engine
def test_the_letter_says_what_was_frozen_and_is_kept_once(app: Flask, session: Session) -> None:
    decision = make_decided(session)
    decision_id, case_id = decision.id, decision.case_file_id
    session.execute(update(Organization).values(legal_name="Un nom changé depuis"))
    session.execute(update(OutboxRow).values(not_before=utc_now()))  # the tests' day may be later
    session.commit()
    for row_id in (row_of(session, KIND).id, owe(KIND, decision_id, utc_now())):
        handlers.run(row_id)
        assert row(session, row_id).state == "done"
    document = session.scalars(select(Document)).one()
    content = app.extensions["storage"].get(document.storage_key)
    assert (document.case_file_id, document.kind) == (case_id, "decision_letter")
    assert document.sha256 == sha256(content).hexdigest()
    text = words(content)
    assert "Comité logement Rive-Claire" in text and "changé" not in text
    assert "Voici ce que dit la règle." in text
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("decision_letter_made") == 1
