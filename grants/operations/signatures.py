"""The organization's signature of an agreement: on screen by the person mandated, or on paper.

One signature per version. Its receipt starts the promise to pay; its evidence is made apart.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import agreements
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, advance
from grants.domain.uploads import check_type
from grants.models.agreements import AgreementVersion, Signature
from grants.models.case_files import CaseFile
from grants.operations import clocks, identity, messages
from grants.operations.agreements import locked
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.documents import Stored
from grants.operations.drafts import PAPER_CHANNELS
from grants.operations.rulings import address_of
from grants.operations.trail import owed, record
from grants.queries import calendars

SCREEN = "screen"


@dataclass(frozen=True)
class ScreenSignature:
    """A signature on screen: its id from the page, the SHA-256 read there, the browser's hash."""

    public_id: str
    file_sha256: str
    token_hash: str | None


@dataclass(frozen=True)
class PaperSignature:
    """An agreement signed by hand and returned: how, on which day, and its scan (already kept)."""

    public_id: str
    channel: str
    received_on: date
    scan: Stored
    media_type: str


def sign(
    session: Session,
    version_id: int,
    details: ScreenSignature,
    *,
    actor: Actor,
    arrived_at: datetime,
    now: datetime,
) -> Signature:
    """Sign for the organization the very bytes that the page named; received on arrival.

    Only the mandated person, who has just proved who they are. A second signature finds the
    first. Raises `not_allowed`, `not_the_signatory`, `agreement_changed` (another version or
    another file meanwhile), `act_not_possible`, `identity_not_confirmed`.
    """
    version, case_file = locked(session, version_id)
    _demand_signatory(version, case_file, actor)
    if known := _signature(session, version):
        return known
    _refuse_used(session, details.public_id, case_file, actor)
    _demand_signable(version, case_file, actor, seen=details.file_sha256)
    confirmed = identity.consume(session, details.token_hash, actor=actor, now=now)
    signature = Signature(
        public_id=details.public_id,
        channel=SCREEN,
        signed_by_id=actor.person_id,
        confirmed_at=confirmed.confirmed_at,
        received_at=arrived_at,
        recorded_at=max(now, arrived_at),
    )
    return _received(session, version, case_file, signature, actor, now)


def record_paper(
    session: Session, version_id: int, details: PaperSignature, *, actor: Actor, now: datetime
) -> Signature:
    """Record an agreement that came back signed by hand, on its true day, with its scan.

    The promise to pay starts that day, whenever it is recorded. The same page posted twice is
    one signature. Raises `not_allowed`, `conflict_declared`, `agreement_signed`,
    `agreement_not_issued`, `agreement_changed`, `act_not_possible`, `channel_unknown`,
    `file_type`, `date_in_future`, `returned_before_issue`.
    """
    version, case_file = locked(session, version_id)
    demand(actor, Action.RECORD_PAPER, case_file_id=case_file.id)
    refuse_other_secretariat(case_file, actor)
    if known := _signature(session, version):
        if known.public_id == details.public_id:
            return known
        raise DomainError("agreement_signed")
    _refuse_used(session, details.public_id, case_file, actor)
    _demand_signable(version, case_file, actor, seen=version.file_sha256)
    received_at = _returned_at(version, details, now)
    signature = Signature(
        public_id=details.public_id,
        channel=details.channel,
        received_at=received_at,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        scan_storage_key=details.scan.storage_key,
        scan_sha256=details.scan.sha256,
        scan_media_type=details.media_type,
    )
    return _received(session, version, case_file, signature, actor, now)


def _signature(session: Session, version: AgreementVersion) -> Signature | None:
    """The signature of this version, as the database holds it now."""
    query = select(Signature).where(Signature.agreement_version_id == version.id)
    return session.scalar(query)


def _refuse_used(session: Session, public_id: str, case_file: CaseFile, actor: Actor) -> None:
    """Refuse an id taken from the page of another agreement."""
    if session.scalar(select(Signature.id).where(Signature.public_id == public_id)):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file.id)


def _demand_signatory(version: AgreementVersion, case_file: CaseFile, actor: Actor) -> None:
    """Whoever signs on screen is the person whom the resolution, hence the version, names."""
    demand(actor, Action.SIGN_AGREEMENT, case_file_id=case_file.id)
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    if version.organization_id != actor.organization_id:
        raise Refusal("not_allowed", **who)
    if version.signatory_id is None or version.signatory_id != actor.person_id:
        raise Refusal("not_the_signatory", **who)


def _demand_signable(
    version: AgreementVersion, case_file: CaseFile, actor: Actor, *, seen: str | None
) -> None:
    """The version stands, it was issued, its file exists and is the one that was read, and the
    case waits for it."""
    if version.ended_at is not None or version.file_sha256 != seen:
        raise DomainError("agreement_changed")
    if version.file_sha256 is None:
        raise DomainError("agreement_not_issued")
    advance(case_file.status, Act.SIGN, actor_id=actor.person_id, case_file_id=case_file.id)


def _returned_at(version: AgreementVersion, details: PaperSignature, now: datetime) -> datetime:
    """The instant of a receipt on paper, once its channel, its scan and its day hold."""
    if details.channel not in PAPER_CHANNELS:
        raise DomainError("channel_unknown")
    check_type(details.media_type, details.scan.storage_key)
    issued_at = version.issued_at
    if issued_at is None:
        raise DomainError("agreement_not_issued")
    issued_on, today = local_date(issued_at), local_date(now)
    agreements.check_returned(details.received_on, issued_on=issued_on, today=today)
    return agreements.returned_at(details.received_on, issued_at)


def _received(
    session: Session,
    version: AgreementVersion,
    case_file: CaseFile,
    signature: Signature,
    actor: Actor,
    now: datetime,
) -> Signature:
    """The file is signed: its promise starts at the receipt, evidence and receipt are owed."""
    signature.agreement_version_id, signature.file_sha256 = version.id, str(version.file_sha256)
    session.add(signature)
    case_file.status, case_file.touched_at = advance(case_file.status, Act.SIGN).value, now
    session.flush()
    _promise(session, version, case_file, signature, now)
    key = f"signature:{signature.public_id}"
    owed(session, "pdf.signature_evidence", signature.id, key=key, now=now)
    facts = {
        "act": Act.SIGN.value,
        "version": version.number,
        "channel": signature.channel,
        "received_on": local_date(signature.received_at).isoformat(),
        "sha256": signature.file_sha256,
    }
    kind = "agreement_signed" if signature.channel == SCREEN else "agreement_returned"
    record(session, kind, actor=actor, now=now, case_file_id=case_file.id, **facts)
    return signature


def _promise(
    session: Session,
    version: AgreementVersion,
    case_file: CaseFile,
    signature: Signature,
    now: datetime,
) -> None:
    """Start what the receipt promises, and owe the mail that says by when it is paid.

    The promise covers every part that no condition holds back (our decision); nothing is
    promised where there is none.
    """
    parts = [(part.amount_cents, part.condition) for part in version.instalments]
    payable, due_on = agreements.payable_at_receipt(parts), None
    if payable:
        calendar, at = calendars.calendar(session), signature.received_at
        started = clocks.start(session, case_file, calendar, event=clocks.AGREED, now=now, at=at)
        due_on = min((clock.due_on for clock in started), default=None)
    if address := address_of(session, case_file):
        facts = {
            "agreement": version.agreement.number,
            "received_on": local_date(signature.received_at).isoformat(),
            "payable_cents": payable,
            "due_on": due_on.isoformat() if due_on else None,
        }
        kind = messages.AGREEMENT_RECEIVED
        messages.owe_message(session, case_file, kind, address, now=now, **facts)
