"""The PDF of a publication: rendered from what was frozen, outside any transaction."""

from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants.documents.annual_report import report_pdf
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.operations import documents, publications
from grants.queries import publications as queries
from grants.storage import LocalFolder, hashed


def publication(ref: int) -> Effect:
    """Make the file of a publication and store its bytes, once.

    Nothing but the frozen content is read, so a file made later says the same.
    """
    try:
        row = queries.by_id(db.session(), ref)
        sheet, is_made = publications.sheet_of(row), row.storage_key is not None
    finally:
        db.session.remove()  # no transaction is open while the PDF is made
    if is_made:
        return NOTHING
    content = report_pdf(sheet)
    storage: LocalFolder = current_app.extensions["storage"]
    stored = documents.Stored(storage.put(content), hashed(content), len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_keep, ref, stored, storage), undo=forget)


def _keep(ref: int, stored: documents.Stored, storage: LocalFolder, session: Session) -> None:
    if not publications.keep_file(session, ref, stored):
        storage.delete(stored.storage_key)
