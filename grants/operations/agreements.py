"""Agreements: drafted from the decision, issued by somebody else, their file kept once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import agreements
from grants.domain.access import Action, Actor, demand
from grants.domain.agreements import PlannedInstalment
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, advance
from grants.models.agreements import Agreement, AgreementVersion, Instalment
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.people import Person
from grants.operations import agreement_parties, agreement_terms, identity, messages
from grants.operations.agreement_terms import Basis, Written
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.documents import Stored
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.rulings import join_side
from grants.operations.trail import owed, record
from grants.queries import agreements as found
from grants.wording import agreements as words
from grants.wording.agreement_sheet import Resolution, Signatory


@dataclass(frozen=True)
class DraftDetails:
    """An agreement as its advisor writes it.

    `public_id` comes from the page, so that a second post finds the version; `version` is that of
    the file as shown, None when the act does not depend on it. `signatory_id` is the person who
    signs on screen; without one, `signatory_name` signs on paper.
    """

    public_id: str
    starts_on: date
    ends_on: date
    address: str
    signatory_id: int | None
    signatory_name: str
    signatory_role: str
    resolution_number: str
    resolution_on: date
    project_title: str = ""
    version: int | None = None


@dataclass(frozen=True)
class IssueDetails:
    """The delegate's word: what the database knows of the browser that confirmed who they are."""

    token_hash: str | None


def draft(
    session: Session, case_file_id: int, details: DraftDetails, *, actor: Actor, now: datetime
) -> AgreementVersion:
    """Write a version of the agreement of a granted file; it takes the place of an unsigned one.

    Only the file's advisor does it. What the organization had been given to sign is withdrawn
    with a word to it (our decision). Raises `not_allowed`, `not_your_file`, `act_not_possible`,
    `stale_page`, `signatory_unknown` and those of `_check`.
    """
    demand(actor, Action.WORK_CASE, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    who = {"actor_id": actor.person_id, "case_file_id": case_file_id}
    if case_file.advisor_id != actor.person_id:
        raise Refusal("not_your_file", **who)
    known = _drafted(session, case_file, details.public_id, actor)
    if known is not None:
        return known
    if details.version not in (None, case_file.version):
        raise DomainError("stale_page")
    advance(case_file.status, Act.SIGN, **who)
    decided = select(Decision).where(Decision.case_file_id == case_file.id)
    basis = Basis(case_file, session.scalars(decided).one(), local_date(now))
    written = _written(session, basis, details)
    return _new_version(session, basis, written, details, actor, now)


def issue(
    session: Session, version_id: int, details: IssueDetails, *, actor: Actor, now: datetime
) -> None:
    """Sign for the minister: from now on the text cannot change, and its file is owed.

    By a delegate who did not draft it, without a declared conflict nor a part in the other side
    of the matter, and who has just proved who they are. Issuing twice is issuing once. Raises
    `not_allowed`, `conflict_declared`, `part_in_first_handling`, `agreement_changed`,
    `agreement_two_persons`, `act_not_possible`, `signatory_left`, `identity_not_confirmed`.
    """
    version, case_file = locked(session, version_id)
    demand(actor, Action.ISSUE_AGREEMENT, case_file_id=case_file.id)
    refuse_other_secretariat(case_file, actor)
    if version.issued_at is not None and version.issued_by_id == actor.person_id:
        return
    if version.ended_at is not None or version.issued_at is not None:
        raise DomainError("agreement_changed")
    agreement_parties.demand_delegate(session, version, case_file, actor)
    agreement_parties.demand_signatory(session, version)
    identity.consume(session, details.token_hash, actor=actor, now=now)
    version.issued_by_id, version.issued_at = join_side(session, case_file, actor), now
    case_file.touched_at = now
    owed(session, "pdf.agreement", version.id, key=f"agreement:{version.public_id}", now=now)
    facts = {"number": version.agreement.number, "version": version.number}
    record(session, "agreement_issued", actor=actor, now=now, case_file_id=case_file.id, **facts)


def keep_file(
    session: Session, version_id: int, stored: Stored, *, actor: Actor, now: datetime
) -> bool:
    """Name the bytes of an issued version, once, and tell the signatory that they are ready.

    False when it has its file already, or when another version took its place meanwhile: the
    caller forgets the bytes. Nobody is told before the file exists.
    """
    version, case_file = locked(session, version_id)
    if version.file_sha256 is not None or version.ended_at is not None:
        return False
    version.storage_key, version.size = stored.storage_key, stored.size
    version.file_sha256 = stored.sha256
    case_file.touched_at = now
    session.flush()
    _tell(session, version, case_file, now, state="ready")
    facts = {"version": version.number, "sha256": stored.sha256, "size": stored.size}
    record(session, "agreement_made", actor=actor, now=now, case_file_id=case_file.id, **facts)
    return True


def locked(session: Session, version_id: int) -> tuple[AgreementVersion, CaseFile]:
    """A version and its file, the file locked first: every act on an agreement waits there."""
    agreement = session.get_one(AgreementVersion, version_id).agreement
    case_file = lock(session, CaseFile, agreement.case_file_id, None)
    return session.get_one(AgreementVersion, version_id, populate_existing=True), case_file


def _drafted(
    session: Session, case_file: CaseFile, public_id: str, actor: Actor
) -> AgreementVersion | None:
    """The version that this page made; an id taken from another file's page is refused."""
    query = select(AgreementVersion).where(AgreementVersion.public_id == public_id)
    known = session.scalar(query)
    if known and known.agreement.case_file_id != case_file.id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file.id)
    return known


def _written(session: Session, basis: Basis, details: DraftDetails) -> Written:
    """What the advisor wrote, once it is known to hold."""
    agreements.check_period(details.starts_on, details.ends_on)
    agreements.check_text(details.address, "address_required")
    if basis.is_project:
        agreements.check_text(details.project_title, "project_title_required")
    name = _signatory_name(session, basis.case_file, details)
    agreements.check_text(details.signatory_role, "signatory_role_required")
    agreements.check_resolution(details.resolution_number, details.resolution_on, today=basis.today)
    return Written(
        details.starts_on,
        details.ends_on,
        details.address.strip(),
        details.project_title.strip(),
        Signatory(name, details.signatory_role.strip()),
        Resolution(details.resolution_number.strip(), details.resolution_on),
    )


def _signatory_name(session: Session, case_file: CaseFile, details: DraftDetails) -> str:
    """The name of the mandated person: a responsible member, or whoever signs on paper."""
    if details.signatory_id is None:
        agreements.check_text(details.signatory_name, "signatory_name_required")
        return details.signatory_name.strip()
    able = found.signatories(session, case_file.organization_id)
    if details.signatory_id not in {one.person_id for one in able}:
        raise DomainError("signatory_unknown")
    return session.get_one(Person, details.signatory_id).full_name


def _new_version(
    session: Session,
    basis: Basis,
    written: Written,
    details: DraftDetails,
    actor: Actor,
    now: datetime,
) -> AgreementVersion:
    case_file, parts = basis.case_file, agreement_terms.plan(basis, written.starts_on)
    agreement = _agreement(session, basis, now)
    _end_former(session, agreement, case_file, actor, now)
    version = _version(agreement, basis, written, parts)
    version.public_id, version.signatory_id = details.public_id, details.signatory_id
    version.drafted_by_id, version.drafted_at = person_of(actor), now
    session.add(version)
    session.flush()
    session.add_all(_instalments(version, parts))
    case_file.touched_at = now
    facts = {"number": agreement.number, "version": version.number, "parts": len(parts)}
    record(session, "agreement_drafted", actor=actor, now=now, case_file_id=case_file.id, **facts)
    return version


def _version(
    agreement: Agreement, basis: Basis, written: Written, parts: Sequence[PlannedInstalment]
) -> AgreementVersion:
    """The next version of the agreement: its number, its amount, its period, its whole text."""
    number = len(agreement.versions) + 1
    return AgreementVersion(
        agreement_id=agreement.id,
        organization_id=agreement.organization_id,
        number=number,
        total_cents=agreement.granted_cents,
        starts_on=written.starts_on,
        ends_on=written.ends_on,
        terms=words.terms(agreement_terms.sheet(basis, written, parts, number)),
    )


def _agreement(session: Session, basis: Basis, now: datetime) -> Agreement:
    """The agreement of a decision, opened by its first draft."""
    case_file, decision = basis.case_file, basis.decision
    known = session.scalar(select(Agreement).where(Agreement.decision_id == decision.id))
    if known is not None:
        return known
    agreement = Agreement(
        public_id=secrets.token_hex(16),
        number=agreement_terms.number(case_file),
        case_file_id=case_file.id,
        organization_id=case_file.organization_id,
        decision_id=decision.id,
        granted_cents=decision.granted_cents,
        created_at=now,
    )
    session.add(agreement)
    session.flush()
    return agreement


def _instalments(version: AgreementVersion, parts: Sequence[PlannedInstalment]) -> list[Instalment]:
    return [
        Instalment(
            public_id=secrets.token_hex(16),
            agreement_version_id=version.id,
            rank=part.rank,
            amount_cents=part.amount_cents,
            planned_on=part.planned_on,
            fiscal_year=part.fiscal_year,
            condition=part.condition,
        )
        for part in parts
    ]


def _end_former(
    session: Session, agreement: Agreement, case_file: CaseFile, actor: Actor, now: datetime
) -> None:
    """End the version that stood; whoever was given it to sign learns that it is withdrawn."""
    former = next((one for one in agreement.versions if one.ended_at is None), None)
    if former is None:
        return
    former.ended_at = now
    session.flush()
    if former.file_sha256 is not None:
        _tell(session, former, case_file, now, state="withdrawn")
    facts = {"version": former.number, "issued": former.issued_at is not None}
    record(session, "agreement_replaced", actor=actor, now=now, case_file_id=case_file.id, **facts)


def _tell(
    session: Session, version: AgreementVersion, case_file: CaseFile, now: datetime, *, state: str
) -> None:
    """Owe a word about this version to its signatory, or to the organization for paper."""
    if address := agreement_parties.address(session, version, case_file):
        facts = {
            "agreement": version.agreement.number,
            "version": version.number,
            "state": state,
            "on_paper": version.signatory_id is None,
        }
        messages.owe_message(session, case_file, messages.AGREEMENT, address, now=now, **facts)
