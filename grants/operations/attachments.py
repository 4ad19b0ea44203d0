"""Files attached to a draft: received one at a time, removed with a trace, kept at sending."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.domain.forms.description import FieldType
from grants.domain.uploads import MAX_FILES_OF_A_QUESTION, check_size, check_type
from grants.models.drafts import Attachment, Draft
from grants.operations.drafts import touch, writable
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import programs


@dataclass(frozen=True)
class FileDetails:
    """A file already looked at and stored under a random key."""

    public_id: str
    field_key: str
    filename: str
    media_type: str
    size: int
    sha256: str
    storage_key: str


def attach(
    session: Session, draft_id: int, details: FileDetails, *, actor: Actor, now: datetime
) -> Attachment:
    """Add a file to the question it answers.

    The same page posted twice adds it once (`public_id` comes from the page). Errors:
    `already_sent`, `file_not_asked`, `too_many_files`, and those of `uploads`.
    """
    draft = writable(session, draft_id, actor)
    known = session.scalar(select(Attachment).where(Attachment.public_id == details.public_id))
    if known is not None:
        return _same_draft(known, draft)
    _check(session, draft, details)
    attachment = Attachment(
        public_id=details.public_id,
        draft_id=draft.id,
        field_key=details.field_key,
        filename=details.filename,
        media_type=details.media_type,
        size=details.size,
        sha256=details.sha256,
        storage_key=details.storage_key,
        uploaded_by_id=person_of(actor),
        uploaded_at=now,
    )
    session.add(attachment)
    touch(draft, actor, now)
    session.flush()
    record(session, "file_attached", actor=actor, now=now, draft=draft.id, file=attachment.id)
    return attachment


def remove(session: Session, attachment_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a file out of a draft; removing it twice changes nothing.

    Errors: `already_sent`, `file_already_sent`.
    """
    attachment = session.get_one(Attachment, attachment_id, populate_existing=True)
    if attachment.draft_id is None:
        raise DomainError("file_already_sent")
    draft = writable(session, attachment.draft_id, actor)
    if attachment.removed_at is not None:
        return
    attachment.removed_at = now
    touch(draft, actor, now)
    session.flush()
    record(session, "file_removed", actor=actor, now=now, draft=draft.id, file=attachment.id)


def _same_draft(known: Attachment, draft: Draft) -> Attachment:
    if known.draft_id != draft.id:
        raise DomainError("stale_page")
    return known


def _check(session: Session, draft: Draft, details: FileDetails) -> None:
    check_size(details.size, details.filename)
    check_type(details.media_type, details.filename)
    form = programs.definition(draft.call.form_version)
    asked = {question.key for question in form.fields if question.type is FieldType.FILE}
    if details.field_key not in asked:
        raise DomainError("file_not_asked")
    number = session.scalar(
        select(func.count(Attachment.id)).where(
            Attachment.draft_id == draft.id,
            Attachment.field_key == details.field_key,
            Attachment.removed_at.is_(None),
        )
    )
    if (number or 0) >= MAX_FILES_OF_A_QUESTION:
        raise DomainError("too_many_files", limit=MAX_FILES_OF_A_QUESTION)
