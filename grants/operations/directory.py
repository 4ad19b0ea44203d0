"""Keeping the directory: a resource is added, changed, confirmed, retired; never taken away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.directory import Entry, check_entry, fingerprint
from grants.domain.errors import DomainError, Refusal
from grants.models.directory import Resource
from grants.operations.directory_rows import write_entry
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import directory


@dataclass(frozen=True)
class AddDetails:
    """A resource to be: `public_id` is that of its page, so that a second post adds nothing."""

    public_id: str
    entry: Entry


@dataclass(frozen=True)
class ChangeDetails:
    """What a resource becomes; `seen` is the fingerprint of the line as the page showed it."""

    entry: Entry
    seen: str


def add(session: Session, details: AddDetails, *, actor: Actor, now: datetime) -> Resource:
    """Add a resource: whoever writes its coordinates down has just checked them (our decision).

    A second post of the same page finds the first. Raises `not_allowed` and those of
    `check_entry`.
    """
    demand(actor, Action.KEEP_DIRECTORY)
    if known := _known(session, details.public_id):
        return known
    resource = Resource(public_id=details.public_id)
    write_entry(resource, _checked(session, details.entry))
    _confirm(resource, actor, now)
    try:
        with session.begin_nested():
            session.add(resource)
    except IntegrityError:  # the first of two clicks was ahead
        if twin := _known(session, details.public_id):
            return twin
        raise
    record(session, "resource_added", actor=actor, now=now, resource_id=resource.id)
    return resource


def change(
    session: Session, resource_id: int, details: ChangeDetails, *, actor: Actor, now: datetime
) -> Resource:
    """Change a resource, which counts as a check of it. The same words again change nothing.

    Raises `not_allowed`, `stale_page` when somebody changed the line meanwhile,
    `resource_retired`, and those of `check_entry`.
    """
    resource = _locked(session, resource_id, actor)
    entry, stands = _checked(session, details.entry), directory.found(session, resource).entry
    if entry == stands and resource.checked_on == local_date(now):
        return resource
    if details.seen != fingerprint(stands):
        raise DomainError("stale_page")
    write_entry(resource, entry)
    _confirm(resource, actor, now)
    record(session, "resource_changed", actor=actor, now=now, resource_id=resource.id)
    return resource


def confirm(session: Session, resource_id: int, *, actor: Actor, now: datetime) -> Resource:
    """Say that the coordinates of a resource hold today.

    Once a day is enough: a second post changes nothing. Raises `not_allowed`,
    `resource_retired`.
    """
    resource = _locked(session, resource_id, actor)
    if resource.checked_on == local_date(now) and resource.checked_by_id is not None:
        return resource
    _confirm(resource, actor, now)
    record(session, "resource_confirmed", actor=actor, now=now, resource_id=resource.id)
    return resource


def retire(session: Session, resource_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a resource out of the directory; what named it keeps its name.

    A body that the rules name (AMP, CAI, PC, ACCES) stays: mails send people to it (our
    decision). A second post finds it retired. Raises `not_allowed`, `resource_named_by_rules`.
    """
    demand(actor, Action.KEEP_DIRECTORY)
    resource = _row(session, resource_id)
    if resource.retired_at is not None:
        return
    if resource.code:
        raise Refusal("resource_named_by_rules", actor_id=actor.person_id)
    resource.retired_at = now
    record(session, "resource_retired", actor=actor, now=now, resource_id=resource.id)


def _locked(session: Session, resource_id: int, actor: Actor) -> Resource:
    """The row of a resource that stands in the directory, for somebody who keeps it."""
    demand(actor, Action.KEEP_DIRECTORY)
    resource = _row(session, resource_id)
    if resource.retired_at is not None:
        raise Refusal("resource_retired", actor_id=actor.person_id)
    return resource


def _known(session: Session, public_id: str) -> Resource | None:
    return session.scalar(select(Resource).where(Resource.public_id == public_id))


def _row(session: Session, resource_id: int) -> Resource:
    return session.get_one(Resource, resource_id, with_for_update=True, populate_existing=True)


def _checked(session: Session, entry: Entry) -> Entry:
    return check_entry(entry, {code for code, _ in directory.regions(session)})


def _confirm(resource: Resource, actor: Actor, now: datetime) -> None:
    resource.checked_on, resource.checked_by_id = local_date(now), person_of(actor)
