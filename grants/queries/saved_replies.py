"""The saved replies of a secretariat."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.requests import SavedReply


def active(session: Session, *, actor: Actor, topic: str = "") -> Sequence[SavedReply]:
    """The saved replies in use, by title; with a topic, those that serve it or any."""
    query = select(SavedReply).where(
        SavedReply.secretariat_id == actor.secretariat_id, SavedReply.retired_at.is_(None)
    )
    if topic:
        query = query.where(or_(SavedReply.topic.is_(None), SavedReply.topic == topic))
    return session.scalars(query.order_by(SavedReply.title)).all()


def one(session: Session, public_id: str, *, actor: Actor) -> SavedReply | None:
    """A saved reply in use of the actor's secretariat."""
    query = select(SavedReply).where(
        SavedReply.public_id == public_id,
        SavedReply.secretariat_id == actor.secretariat_id,
        SavedReply.retired_at.is_(None),
    )
    return session.scalar(query)
