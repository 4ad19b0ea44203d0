"""The circle of one complaint: who was named on it, and officers who step aside."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.models.complaints import Complaint, ComplaintReader
from grants.operations.complaint_trail import ENTRUSTED, note, owe_sealed
from grants.queries import complaint_parts
from grants.queries.complaints import in_sight


@dataclass(frozen=True)
class ReaderDetails:
    """The person to name on a complaint, by id."""

    person_id: int


def locked(
    session: Session, complaint_id: int, *, actor: Actor, action: Action = Action.HANDLE_COMPLAINT
) -> Complaint:
    """Lock a complaint of the actor's circle and return it as it is now.

    Raises `not_allowed`, which says nothing of whether there is such a complaint.
    """
    demand(actor, action)
    query = select(Complaint).where(Complaint.id == complaint_id, in_sight(actor))
    found = session.scalar(
        query.with_for_update(of=Complaint), execution_options={"populate_existing": True}
    )
    if found is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return found


def same_page(complaint: Complaint, version: int | None) -> None:
    """Refuse a page that is out of date (`stale_page`)."""
    if version is not None and version != complaint.version:
        raise DomainError("stale_page")


def name_reader(
    session: Session, complaint_id: int, details: ReaderDetails, *, actor: Actor, now: datetime
) -> None:
    """Let a person of the secretariat read this complaint; a mail tells them, naming nothing.

    They read it and may record what became of its recommendation; every other act stays with who
    handles complaints (our decision). The same person named twice is named once.
    Raises `not_allowed`, `complaint_reader_unknown`.
    """
    complaint = locked(session, complaint_id, actor=actor)
    if _part(session, complaint, details.person_id) is not None:
        return
    names = {one.id: one.name for one in complaint_parts.nameable(session, complaint)}
    if details.person_id not in names:
        raise DomainError("complaint_reader_unknown")
    reader = ComplaintReader(
        complaint_id=complaint.id,
        person_id=details.person_id,
        named_by_id=actor.person_id,
        named_at=now,
    )
    session.add(reader)
    session.flush()
    owe_sealed(session, ENTRUSTED, reader.id, now=now)
    name = names[details.person_id]
    note(session, complaint, "reader_named", actor=actor, now=now, name=name)


def end_reader(
    session: Session, complaint_id: int, reader_id: int, *, actor: Actor, now: datetime
) -> None:
    """End the part of a person named: their next request finds nothing.

    Raises `not_allowed`, `complaint_reader_unknown`.
    """
    complaint = locked(session, complaint_id, actor=actor)
    reader = session.get(ComplaintReader, reader_id, populate_existing=True)
    if reader is None or reader.complaint_id != complaint.id:
        raise DomainError("complaint_reader_unknown")
    if reader.ended_at is not None:
        return
    reader.ended_at = now
    name = complaint_parts.person_name(session, reader.person_id)
    note(session, complaint, "reader_ended", actor=actor, now=now, name=name)


def step_aside(session: Session, complaint_id: int, *, actor: Actor, now: datetime) -> None:
    """An officer who cannot act on a complaint, being its subject for one, sees it no more.

    The other officers of the secretariat keep it; without any, it is refused (our decision). It is
    kept as a part that the officer named for themselves and that has ended.
    Raises `not_allowed`, `complaint_needs_officer`.
    """
    complaint = locked(session, complaint_id, actor=actor)
    if not complaint_parts.other_officers(session, complaint, actor):
        raise DomainError("complaint_needs_officer")
    own = ComplaintReader(
        complaint_id=complaint.id,
        person_id=actor.person_id,
        named_by_id=actor.person_id,
        named_at=now,
        ended_at=now,
    )
    session.add(own)
    if (named := _part(session, complaint, actor.person_id)) is not None:
        named.ended_at = now
    note(session, complaint, "stepped_aside", actor=actor, now=now, name=actor.name)


def _part(session: Session, complaint: Complaint, person_id: int | None) -> ComplaintReader | None:
    query = select(ComplaintReader).where(
        ComplaintReader.complaint_id == complaint.id,
        ComplaintReader.person_id == person_id,
        ComplaintReader.ended_at.is_(None),
    )
    return session.scalar(query)
