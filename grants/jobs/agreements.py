"""The file of an issued agreement: rendered once, outside any transaction, then announced."""

from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.documents.agreement import agreement_pdf
from grants.domain.access import SYSTEM
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.operations import agreement_terms, agreements
from grants.operations.documents import Stored
from grants.queries import agreements as found
from grants.storage import LocalFolder, hashed
from grants.wording.agreement_sheet import AgreementSheet


def agreement(ref: int) -> Effect:
    """Make the PDF of an issued version from its terms; its signatory is told by the effect."""
    try:
        sheet = _sheet(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the PDF is made
    if sheet is None:
        return NOTHING
    content = agreement_pdf(sheet)
    storage: LocalFolder = current_app.extensions["storage"]
    stored = Stored(storage.put(content), hashed(content), len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_keep, ref, stored, storage), undo=forget)


def _sheet(session: Session, ref: int) -> AgreementSheet | None:
    """What the version says; None when it was replaced, or has its file."""
    version = found.one(session, ref)
    if version is None or version.file_sha256 is not None:
        return None
    return agreement_terms.as_issued(version, found.title(session, version.issued_by_id))


def _keep(ref: int, stored: Stored, storage: LocalFolder, session: Session) -> None:
    if not agreements.keep_file(session, ref, stored, actor=SYSTEM, now=clock.utc_now()):
        storage.delete(stored.storage_key)
