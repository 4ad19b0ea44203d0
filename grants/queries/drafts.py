"""Drafts of the actor's organization, and the files attached to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, false, func, select
from sqlalchemy.orm import Session, joinedload

from grants.domain.access import Action, Actor
from grants.models.drafts import Attachment, Draft
from grants.models.programs import Call

_OF_DRAFT = and_(Attachment.draft_id == bindparam("draft"), Attachment.removed_at.is_(None))
_FILES = select(Attachment).where(_OF_DRAFT).order_by(Attachment.id)
_FILE_COUNTS = (
    select(Attachment.field_key, func.count()).where(_OF_DRAFT).group_by(Attachment.field_key)
)


@dataclass(frozen=True)
class DraftLine:
    """A draft as lists show it."""

    public_id: str
    call_id: int
    call_title: str
    opens_at: datetime
    closes_at: datetime
    edited_at: datetime
    created_at: datetime


def visible(actor: Actor) -> ColumnElement[bool]:
    """Own drafts for an organization; paper drafts of one's secretariat for its staff."""
    if actor.is_staff:
        if not actor.may(Action.RECORD_PAPER):
            return false()
        return and_(
            Draft.channel != "web",
            Draft.call.has(Call.program.has(secretariat_id=actor.secretariat_id)),
        )
    if actor.organization_id is None:
        return false()
    return and_(Draft.organization_id == actor.organization_id, Draft.channel == "web")


def unsent(session: Session, *, actor: Actor) -> Sequence[DraftLine]:
    """The drafts not sent yet, those that close first at the top."""
    query = (
        select(
            Draft.public_id,
            Draft.call_id,
            Call.title,
            Call.opens_at,
            Call.closes_at,
            Draft.edited_at,
            Draft.created_at,
        )
        .join(Draft.call)
        .where(visible(actor), Draft.case_file_id.is_(None))
        .order_by(Call.closes_at, Draft.id)
    )
    return [DraftLine(*row) for row in session.execute(query)]


def one(session: Session, public_id: str, *, actor: Actor) -> Draft | None:
    """A draft with its call, terms, questionnaire, organization and last editor."""
    query = (
        select(Draft)
        .options(joinedload(Draft.call).joinedload(Call.program))
        .options(joinedload(Draft.call).joinedload(Call.terms))
        .options(joinedload(Draft.call).joinedload(Call.form_version))
        .options(joinedload(Draft.organization), joinedload(Draft.edited_by))
        .options(joinedload(Draft.case_file))
        .where(Draft.public_id == public_id, visible(actor))
    )
    return session.scalar(query)


def files(session: Session, draft_id: int) -> Sequence[Attachment]:
    """The files of a draft that were not removed, oldest first."""
    return session.scalars(_FILES, {"draft": draft_id}).all()


def file_counts(session: Session, draft_id: int) -> Mapping[str, int]:
    """How many files each question of a draft has."""
    found = session.connection().execute(_FILE_COUNTS, {"draft": draft_id})
    return dict(found.all())


def file_of_draft(
    session: Session, draft_public_id: str, public_id: str, *, actor: Actor
) -> Attachment | None:
    """One file of a draft that the actor may see."""
    query = (
        select(Attachment)
        .join(Draft, Attachment.draft_id == Draft.id)
        .where(Attachment.public_id == public_id, Attachment.removed_at.is_(None))
        .where(Draft.public_id == draft_public_id, visible(actor))
    )
    return session.scalar(query)
