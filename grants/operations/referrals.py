"""Sending somebody on to a resource, from a case file of any kind, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.directory import ReferralOutcome, check_referral
from grants.domain.errors import DomainError, Refusal
from grants.domain.information_requests import may_see
from grants.models.case_files import CaseFile
from grants.models.directory import Referral
from grants.models.requests import InformationRequest
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import directory


@dataclass(frozen=True)
class ReferralDetails:
    """To which resource, and what the person agreed to.

    `public_id` is that of the referral to be, so that a second post finds the first; `resource`
    is the public id of the resource; `consent` is 'given' or 'refused'; `handed_over` tells that
    we spoke to the resource ourselves.
    """

    public_id: str
    resource: str
    consent: str
    handed_over: bool = False
    note: str = ""


def refer(
    session: Session, case_file_id: int, details: ReferralDetails, *, actor: Actor, now: datetime
) -> Referral:
    """Record that the person behind a file was sent to a resource, with what consent (issue).

    Any file of the actor's secretariat, open or closed: a refusal is when it helps most. One file
    names a resource once. Raises `not_allowed`, `conflict_declared`, `resource_unknown` (retired
    ones too), `already_referred`, `consent_required`, `handed_over_without_consent`,
    `text_too_long`.
    """
    case_file = _file(session, case_file_id, actor)
    known = session.scalar(select(Referral).where(Referral.public_id == details.public_id))
    if known:
        return _own(known, case_file_id, actor)
    referral = _referral(session, case_file.id, details, actor, now)
    session.add(referral)
    session.flush()
    facts = {"resource_id": referral.resource_id, "consent": referral.consent}
    record(session, "referral_made", actor=actor, now=now, case_file_id=case_file_id, **facts)
    return referral


def record_outcome(
    session: Session, referral_id: int, outcome: str, *, actor: Actor, now: datetime
) -> Referral:
    """Record once what became of a referral; the same outcome again changes nothing.

    Raises `not_allowed`, `conflict_declared`, `referral_outcome_required`,
    `referral_outcome_known`.
    """
    place = select(Referral.case_file_id).where(Referral.id == referral_id)
    case_file_id = session.scalars(place).one()
    _file(session, case_file_id, actor)
    referral = session.get_one(Referral, referral_id, with_for_update=True, populate_existing=True)
    if outcome not in tuple(ReferralOutcome):
        raise DomainError("referral_outcome_required")
    if referral.outcome == outcome:
        return referral
    if referral.outcome is not None:
        who = {"actor_id": actor.person_id, "case_file_id": case_file_id}
        raise Refusal("referral_outcome_known", **who)
    referral.outcome, referral.outcome_at = outcome, max(now, referral.made_at)
    referral.outcome_by_id = person_of(actor)
    facts = {"resource_id": referral.resource_id, "became": outcome}
    record(session, "referral_ended", actor=actor, now=now, case_file_id=case_file_id, **facts)
    return referral


def _file(session: Session, case_file_id: int, actor: Actor) -> CaseFile:
    """The locked file, once this person may send somebody on from it."""
    demand(actor, Action.REFER, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    asked = session.get(InformationRequest, case_file_id)
    if asked and not may_see(actor, asked.topic):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    return case_file


def _own(known: Referral, case_file_id: int, actor: Actor) -> Referral:
    """The referral that this page made; an id taken from another page is nobody's to use."""
    if (known.case_file_id, known.made_by_id) != (case_file_id, actor.person_id):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    return known


def _referral(
    session: Session, case_file_id: int, details: ReferralDetails, actor: Actor, now: datetime
) -> Referral:
    """The row of a referral that the rules allow, to a resource new to this file."""
    note = details.note.strip()
    check_referral(details.consent, note, handed_over=details.handed_over)
    resource = directory.active(session, details.resource)
    if resource is None:
        raise DomainError("resource_unknown")
    _refuse_twice(session, case_file_id, resource.id)
    return Referral(
        public_id=details.public_id,
        case_file_id=case_file_id,
        resource_id=resource.id,
        consent=details.consent,
        handed_over=details.handed_over,
        note=note,
        made_by_id=person_of(actor),
        made_at=now,
    )


def _refuse_twice(session: Session, case_file_id: int, resource_id: int) -> None:
    same = (Referral.case_file_id == case_file_id, Referral.resource_id == resource_id)
    if session.scalar(select(Referral.id).where(*same)) is not None:
        raise DomainError("already_referred")
