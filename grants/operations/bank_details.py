"""Where an organization is paid: given by one person, verified by another, never changed.

Each change is a new version. Only the newest counts, and only once a second person has
confirmed it on a telephone number known before. Source: our decision, against account fraud.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from grants.domain import bank_accounts, payee_name
from grants.domain.access import Action, Actor, demand
from grants.domain.bank_accounts import BankAccount
from grants.domain.errors import DomainError, Refusal
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankVerification, Payment
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import organizations, staff

CONFIRMED_WITH_MAX = 120


@dataclass(frozen=True)
class BankDetailsGiven:
    """An account as read from its form; `public_id` comes from the page."""

    public_id: str
    account: BankAccount


@dataclass(frozen=True)
class VerificationDetails:
    """What a call confirmed: the payee's name as the bank file will hold it, and who said so."""

    payee_name: str
    confirmed_with: str


@dataclass(frozen=True)
class _Version:
    """A version without its account: which one, whose, entered by whom."""

    id: int
    organization_id: int
    entered_by_id: int


def give(
    session: Session,
    organization_id: int,
    details: BankDetailsGiven,
    *,
    actor: Actor,
    now: datetime,
) -> BankDetails:
    """Keep a new version of the account of an organization; payments wait until it is verified.

    By its responsible person; by finance, from a paper, where nobody answers online. A second
    post of the same page gives the same version. Refusals: not_allowed, organization_online,
    conflict_declared. Error: same_account (present, verified, and no payment came back).
    """
    demand(actor, Action.VERIFY_BANK_DETAILS if actor.is_staff else Action.GIVE_BANK_DETAILS)
    session.get_one(Organization, organization_id, with_for_update=True)
    _refuse_giver(session, organization_id, actor)
    known = session.scalar(select(BankDetails).where(BankDetails.public_id == details.public_id))
    if known is not None:
        return _own_version(known, organization_id, actor)
    present = _newest(session, organization_id)
    _refuse_same(session, present, details.account)
    given = _kept(session, organization_id, details, actor, now)
    kind = "bank_details_changed" if present else "bank_details_given"
    _note(session, kind, given, actor, now)
    return given


def show(session: Session, bank_details_id: int, *, actor: Actor, now: datetime) -> BankAccount:
    """The whole account, for who verifies it to read it with the organization; journaled.

    The page asks first who one is (`grants.web.identity`). Refusals: those of `verify`.
    """
    demand(actor, Action.VERIFY_BANK_DETAILS)
    version = _to_verify(session, bank_details_id, actor)
    if session.get(BankVerification, bank_details_id) is not None:
        raise Refusal("already_verified", actor_id=actor.person_id)
    kept = select(BankDetails.account).where(BankDetails.id == bank_details_id)
    account = bank_accounts.from_text(session.scalars(kept).one())
    _note(session, "account_shown", version, actor, now)
    return account


def verify(
    session: Session,
    bank_details_id: int,
    details: VerificationDetails,
    *,
    actor: Actor,
    now: datetime,
) -> BankVerification:
    """A second person confirms the newest account of an organization: it may be paid.

    A second post by the same person changes nothing. Refusals: not_allowed, entered_by_you,
    conflict_declared, newer_account, already_verified (by somebody else). Errors:
    payee_name_invalid, confirmed_with_required, text_too_long.
    """
    demand(actor, Action.VERIFY_BANK_DETAILS)
    version = _to_verify(session, bank_details_id, actor)
    known = session.get(BankVerification, bank_details_id)
    if known is not None:
        return _own_verification(known, actor)
    verification = _confirmed(version, details, actor, now)
    session.add(verification)
    session.flush()
    _note(session, "bank_details_verified", version, actor, now)
    return verification


def _kept(
    session: Session,
    organization_id: int,
    details: BankDetailsGiven,
    actor: Actor,
    now: datetime,
) -> BankDetails:
    given = BankDetails(
        public_id=details.public_id,
        organization_id=organization_id,
        account=bank_accounts.to_text(details.account),
        account_end=details.account.end,
        entered_by_id=person_of(actor),
        entered_at=now,
    )
    session.add(given)
    session.flush()
    return given


def _refuse_giver(session: Session, organization_id: int, actor: Actor) -> None:
    """One's own organization; for staff one of the office, whose account came on paper."""
    if not actor.is_staff:
        if actor.organization_id != organization_id:
            raise Refusal("not_allowed", actor_id=actor.person_id)
        return
    _refuse_staff(session, organization_id, actor)
    answered = select(Organization.id).where(
        Organization.id == organization_id, organizations.has_responsible()
    )
    if session.scalar(answered) is not None:
        raise Refusal("organization_online", actor_id=actor.person_id)


def _refuse_staff(session: Session, organization_id: int, actor: Actor) -> None:
    """Not for an organization of another secretariat, nor for one the person is tied to."""
    known = select(Organization.id).where(
        Organization.id == organization_id, organizations.known_to(actor.secretariat_id)
    )
    if session.scalar(known) is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    if staff.has_conflict(session, actor.person_id, organization_id):
        raise Refusal("conflict_declared", actor_id=actor.person_id)


def _to_verify(session: Session, bank_details_id: int, actor: Actor) -> _Version:
    """The newest version, entered by somebody else, under its organization's lock.

    The account itself stays enciphered.
    """
    columns = select(BankDetails.id, BankDetails.organization_id, BankDetails.entered_by_id)
    row = session.execute(columns.where(BankDetails.id == bank_details_id)).one()
    version = _Version(*row)
    session.get_one(Organization, version.organization_id, with_for_update=True)
    _refuse_staff(session, version.organization_id, actor)
    if version.entered_by_id == actor.person_id:
        raise Refusal("entered_by_you", actor_id=actor.person_id)
    newer = exists().where(
        BankDetails.organization_id == version.organization_id, BankDetails.id > version.id
    )
    if session.scalar(select(newer)):
        raise Refusal("newer_account", actor_id=actor.person_id)
    return version


def _newest(session: Session, organization_id: int) -> BankDetails | None:
    query = select(BankDetails).where(BankDetails.organization_id == organization_id)
    return session.scalar(query.order_by(BankDetails.id.desc()).limit(1))


def _refuse_same(session: Session, present: BankDetails | None, account: BankAccount) -> None:
    """An account that works is not given again: it would stop its payments for nothing."""
    if present is None or present.account != bank_accounts.to_text(account):
        return
    if session.get(BankVerification, present.id) is None:
        return
    came_back = exists().where(Payment.bank_details_id == present.id, Payment.status == "returned")
    if not session.scalar(select(came_back)):
        raise DomainError("same_account")


def _own_version(known: BankDetails, organization_id: int, actor: Actor) -> BankDetails:
    if (known.organization_id, known.entered_by_id) != (organization_id, actor.person_id):
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return known


def _own_verification(known: BankVerification, actor: Actor) -> BankVerification:
    if known.verified_by_id != actor.person_id:
        raise Refusal("already_verified", actor_id=actor.person_id)
    return known


def _confirmed(
    version: _Version, details: VerificationDetails, actor: Actor, now: datetime
) -> BankVerification:
    return BankVerification(
        bank_details_id=version.id,
        organization_id=version.organization_id,
        entered_by_id=version.entered_by_id,
        verified_by_id=person_of(actor),
        verified_at=now,
        payee_name=payee_name.check(details.payee_name),
        confirmed_with=_confirmed_with(details),
    )


def _confirmed_with(details: VerificationDetails) -> str:
    name = " ".join(details.confirmed_with.split())
    if not name:
        raise DomainError("confirmed_with_required")
    if len(name) > CONFIRMED_WITH_MAX:
        raise DomainError("text_too_long", length=len(name), limit=CONFIRMED_WITH_MAX)
    return name


def _note(
    session: Session, kind: str, version: BankDetails | _Version, actor: Actor, now: datetime
) -> None:
    """One line of the journal: which version, whose, and not a digit of the account."""
    facts = {"bank_details": version.id, "organization": version.organization_id}
    record(session, kind, actor=actor, now=now, case_file_id=None, **facts)
