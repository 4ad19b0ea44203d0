"""The letter of a decision: rendered from what the decision froze, outside any transaction."""

import json
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.documents.decision_letter import letter_pdf
from grants.domain.access import SYSTEM
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.operations import documents
from grants.queries import decisions
from grants.storage import LocalFolder, hashed
from grants.wording.letter_sheet import LetterSheet


def decision_letter(ref: int) -> Effect:
    """Make the letter of a decision and store its bytes; the row that names them comes last.

    Nothing but the frozen data is read: a letter made later says what was decided, and no more.
    """
    session = db.session()
    try:
        decision = decisions.one(session, ref)
        made = decisions.letter(session, decision.case_file_id)
        case_file_id, data = decision.case_file_id, decision.letter
    finally:
        db.session.remove()  # no transaction is open while the PDF is made
    if made is not None:
        return NOTHING
    content = letter_pdf(LetterSheet.from_data(json.loads(data)))
    storage: LocalFolder = current_app.extensions["storage"]
    stored = documents.Stored(storage.put(content), hashed(content), len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_keep, case_file_id, stored, storage), undo=forget)


def _keep(
    case_file_id: int, stored: documents.Stored, storage: LocalFolder, session: Session
) -> None:
    kind, now = decisions.LETTER, clock.utc_now()
    if not documents.keep(session, case_file_id, kind, stored, actor=SYSTEM, now=now):
        storage.delete(stored.storage_key)
