"""Applications on paper, recorded by the staff: same file, same clocks, true receipt."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_neq, parse_phone
from grants.domain.money import parse_cents
from grants.domain.text import fold
from grants.domain.uploads import check_size, check_type
from grants.models.case_files import CaseFile
from grants.models.drafts import Attachment, Draft
from grants.models.organizations import Organization
from grants.operations import applications, drafts
from grants.operations.applications import AMOUNT, SendDetails
from grants.operations.attachments import FileDetails
from grants.operations.drafts import PaperReceipt
from grants.operations.trail import record as record_event
from grants.queries import organizations

SCAN = "paper_scan"
NAME_LENGTHS = range(2, 201)


@dataclass(frozen=True)
class PaperDetails:
    """A paper application as the desk types it.

    `public_id` comes from the page, so that a second post records nothing more; `neq` finds the
    organization, otherwise name, e-mail and phone make it; `answers` are other raw answers.
    """

    public_id: str
    call_id: int
    channel: str
    received_at: datetime
    neq: str
    amount: str
    legal_name: str = ""
    email: str = ""
    phone: str = ""
    answers: Mapping[str, str] | None = None
    scan: FileDetails | None = None


def record(session: Session, details: PaperDetails, *, actor: Actor, now: datetime) -> CaseFile:
    """Open the file of an application that came on paper.

    Same number, same clocks, same acknowledgement as online; the clock starts at the true
    receipt. Nothing is merged: the organization is the one of this NEQ. Raises the errors of
    `identity` and `money`, `legal_name_length`, `channel_unknown`, `receipt_in_future`,
    `call_closed`, `call_not_open`.
    """
    demand(actor, Action.RECORD_PAPER)
    known = session.scalar(select(Draft).where(Draft.public_id == details.public_id))
    if known is not None and known.case_file is not None:
        drafts.may_write(known, actor)
        return known.case_file
    if parse_cents(details.amount) == 0:
        raise DomainError("amount_unreadable")
    organization = _organization(session, details, actor, now)
    receipt = PaperReceipt(organization.id, details.channel, details.received_at)
    draft = drafts.start_paper(
        session, details.call_id, details.public_id, receipt, actor=actor, now=now
    )
    if draft.case_file is not None:  # another post of this page came first
        return draft.case_file
    draft.answers = {**draft.answers, **_answers(details)}
    if details.scan is not None:
        session.add(_scan(draft, details.scan, actor, now))
    session.flush()
    return applications.receive_paper(
        session, draft.id, SendDetails(draft.version), actor=actor, now=now
    )


def _answers(details: PaperDetails) -> dict[str, str]:
    """The raw answers that the short form gives, under the keys of the questionnaires."""
    typed = {
        **(details.answers or {}),
        AMOUNT: details.amount,
        "contact_email": details.email,
        "contact_phone": details.phone,
    }
    return {key: answer for key, answer in typed.items() if answer.strip()}


def _organization(
    session: Session, details: PaperDetails, actor: Actor, now: datetime
) -> Organization:
    """The organization of this NEQ, made from what was typed when nobody knows it yet."""
    made = _described(details, now)
    known = organizations.by_neq(session, made.neq)
    if known is not None:
        return known
    if len(made.legal_name) not in NAME_LENGTHS:
        raise DomainError("legal_name_length")
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # another desk has just recorded the same enterprise number
        return session.scalars(select(Organization).where(Organization.neq == made.neq)).one()
    record_event(session, "organization_created", actor=actor, now=now, organization=made.id)
    return made


def _described(details: PaperDetails, now: datetime) -> Organization:
    name = " ".join(details.legal_name.split())
    return Organization(
        public_id=secrets.token_hex(16),
        neq=parse_neq(details.neq),
        legal_name=name,
        search_name=fold(name)[:200],
        email=parse_email(details.email) if details.email.strip() else "",
        phone=parse_phone(details.phone) if details.phone.strip() else "",
        created_at=now,
    )


def _scan(draft: Draft, scan: FileDetails, actor: Actor, now: datetime) -> Attachment:
    check_size(scan.size, scan.filename)
    check_type(scan.media_type, scan.filename)
    return Attachment(
        public_id=scan.public_id,
        draft_id=draft.id,
        field_key=SCAN,
        filename=scan.filename,
        media_type=scan.media_type,
        size=scan.size,
        sha256=scan.sha256,
        storage_key=scan.storage_key,
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )
