"""Agreements for tests, made by the operations that make them in the product."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.credentials import token_hash
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.people import WebSession
from grants.operations import agreements, decisions
from grants.operations.agreements import DraftDetails, IssueDetails
from grants.operations.documents import Stored
from grants.queries import decisions as decided
from grants.storage import LocalFolder, hashed
from grants.unit_of_work import saving
from tests.factories import NOW, make_member, make_staff, unique
from tests.money_cases import make_granted

DRAFTED, ISSUED, READY, SIGNED = (NOW + timedelta(hours=hours) for hours in (3, 4, 5, 6))
CONTENT = b"%PDF-1.7 protocole"
BYTES = hashed(CONTENT)


@dataclass(frozen=True)
class Parties:
    """A granted file and the people around it."""

    case: CaseFile
    member: Actor
    advisor: Actor
    decider: Actor
    agent: Actor


def make_parties(session: Session) -> Parties:
    """A granted file with its mandated member, its advisor, a delegate and a desk agent."""
    member = make_member(session)
    advisor = make_staff(session, "Odile Morin", "advisor")
    decider = make_staff(session, "Irène Vallée", "decider", title="Directrice du soutien")
    agent = make_staff(session, "Rose Auger", "information_agent")
    case = make_granted(session, member, advisor, decider)
    read_decision(session, case, member)
    return Parties(case, member, advisor, decider, agent)


def read_decision(session: Session, case: CaseFile, member: Actor) -> None:
    """The organization opens its decision: until then no page says what it is."""
    decision = decided.of_case(session, case.id)
    assert decision is not None
    decision_id, at = decision.id, decision.decided_at
    with saving() as saved:
        decisions.read(saved, decision_id, actor=member, now=at)


def details(member: Actor | None, **changes: Any) -> DraftDetails:
    """What an advisor writes; without a member, somebody signs on paper."""
    facts: dict[str, Any] = {
        "public_id": unique(),
        "starts_on": date(2027, 4, 1),
        "ends_on": date(2028, 3, 31),
        "address": "12, rue du Quai-Neuf, Rive-Claire (Québec)",
        "signatory_id": member.person_id if member else None,
        "signatory_name": "" if member else "Paule Gagné",
        "signatory_role": "présidente",
        "resolution_number": "2026-31",
        "resolution_on": date(2026, 10, 5),
    }
    return DraftDetails(**(facts | changes))


def draft(parties: Parties, given: DraftDetails | None = None) -> AgreementVersion:
    """A version drafted by the advisor."""
    given = given or details(parties.member)
    case_id = parties.case.id
    with saving() as session:
        return agreements.draft(session, case_id, given, actor=parties.advisor, now=DRAFTED)


def browser(session: Session, actor: Actor, confirmed_at: datetime | None) -> str:
    """A signed-in browser, confirmed or not; what the database knows of its token."""
    digest = token_hash(unique())
    live = WebSession(
        token_hash=digest,
        account_id=actor.account_id,
        stage="in",
        created_at=NOW,
        expires_at=NOW + timedelta(days=36_500),
        confirmed_at=confirmed_at,
    )
    session.add(live)
    session.commit()
    return digest


def issue(
    session: Session,
    parties: Parties,
    version_id: int,
    by: Actor | None = None,
    at: datetime = ISSUED,
) -> AgreementVersion:
    """The version issued by the delegate, who has just confirmed who they are."""
    actor = by or parties.decider
    given = IssueDetails(browser(session, actor, at))
    with saving() as saved:
        agreements.issue(saved, version_id, given, actor=actor, now=at)
    return session.get_one(AgreementVersion, version_id)


def keep(version_id: int, sha256: str = BYTES) -> bool:
    """The effect of the job that makes the file, with a file of a few bytes."""
    folder: LocalFolder = current_app.extensions["storage"]
    stored = Stored(folder.put(CONTENT), sha256, 120_000)
    with saving() as session:
        return agreements.keep_file(session, version_id, stored, actor=Actor(), now=READY)


def make_ready(session: Session, parties: Parties, **changes: Any) -> AgreementVersion:
    """A version that waits for its signature."""
    version = draft(parties, details(parties.member, **changes))
    issue(session, parties, version.id)
    keep(version.id)
    return session.get_one(AgreementVersion, version.id)
