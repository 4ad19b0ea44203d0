"""The declaration of a secretariat in a new version, when management changes a commitment."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.commitment_changes import Wording, check, check_start, slug
from grants.domain.errors import DomainError
from grants.models.reference import Secretariat, ServiceCommitment, ServiceDeclaration
from grants.operations.trail import record
from grants.queries import commitments

KEPT = ("start_event", "stop_event", "applies_to", "pauses_allowed")


@dataclass(frozen=True)
class AmendDetails:
    """One commitment rewritten, from a day on; `version`: the declaration that the page read."""

    code: str
    wording: Wording
    in_force_from: date
    version: int


def amend(
    session: Session, details: AmendDetails, *, actor: Actor, now: datetime
) -> ServiceDeclaration:
    """Write the next version of the actor's declaration: a copy of the last one with the change.

    In force from tomorrow at the soonest, and never before the last version: what is not in force
    yet is replaced from the same day on by what is written after it, changes of both kept. Promises
    that run keep the delay they began with (decision 12). Raises `not_allowed`, `stale_page`,
    `commitment_unknown`, `later_version_exists`, what `commitment_changes.check` and
    `check_start` raise.
    """
    demand(actor, Action.EDIT_COMMITMENTS)
    office = _locked(session, actor)
    last = commitments.newest(session, office.id)
    if last.id != details.version:
        raise DomainError("stale_page")
    changed = checked(last, details, local_date(now))
    written = _written(session, last, details, actor)
    written.commitments = _commitments(last, details, changed)
    session.add(written)
    session.flush()
    record(
        session,
        "declaration_amended",
        actor=actor,
        now=now,
        slug=written.slug,
        commitment=details.code,
        in_force_from=details.in_force_from.isoformat(),
    )
    return written


def checked(last: ServiceDeclaration, details: AmendDetails, today: date) -> ServiceCommitment:
    """The commitment that these details change; what `amend` raises on content is raised here."""
    changed = next((one for one in last.commitments if one.code == details.code), None)
    if changed is None:
        raise DomainError("commitment_unknown")
    check_start(details.in_force_from, today)
    if last.in_force_from is not None and details.in_force_from < last.in_force_from:
        raise DomainError("later_version_exists", day=last.in_force_from)
    kept = wording_of(changed)
    if kept.quantity is None and details.wording.unit != kept.unit:
        raise DomainError("choice_unknown")
    if (details.wording.quantity is None) != (kept.quantity is None):
        raise DomainError("delay_required")
    check(kept, details.wording)
    return changed


def wording_of(commitment: ServiceCommitment) -> Wording:
    """What management may rewrite of a commitment, as it stands."""
    return Wording(**{one.name: getattr(commitment, one.name) for one in fields(Wording)})


def _locked(session: Session, actor: Actor) -> Secretariat:
    """The secretariat, locked so that two editors never write from the same version."""
    query = (
        select(Secretariat)
        .where(Secretariat.id == actor.secretariat_id)
        .with_for_update(key_share=True)
    )
    return session.scalars(query).one()


def _written(
    session: Session, last: ServiceDeclaration, details: AmendDetails, actor: Actor
) -> ServiceDeclaration:
    """The next version, without its commitments."""
    return ServiceDeclaration(
        secretariat_id=last.secretariat_id,
        slug=_slug(session, last.secretariat_id, details.in_force_from),
        title=last.title,
        in_force_from=details.in_force_from,
        written_by_id=actor.person_id,
    )


def _slug(session: Session, secretariat_id: int, in_force_from: date) -> str:
    """The name of the next version, after the declaration that was shipped."""
    query = (
        select(ServiceDeclaration.slug)
        .where(ServiceDeclaration.secretariat_id == secretariat_id)
        .order_by(ServiceDeclaration.id)
    )
    known = list(session.scalars(query))
    return slug(known[0], in_force_from, frozenset(known))


def _commitments(
    last: ServiceDeclaration, details: AmendDetails, changed: ServiceCommitment
) -> list[ServiceCommitment]:
    """Those of the last version, in their order, the changed one rewritten."""
    return [
        _copy(one, details.wording if one is changed else wording_of(one))
        for one in sorted(last.commitments, key=lambda one: one.id)
    ]


def _copy(commitment: ServiceCommitment, wording: Wording) -> ServiceCommitment:
    kept = {name: getattr(commitment, name) for name in KEPT}
    rewritten = {one.name: getattr(wording, one.name) for one in fields(Wording)}
    return ServiceCommitment(code=commitment.code, **kept, **rewritten)
