"""The evidence of a signature: made from the very bytes that were signed."""

from dataclasses import dataclass
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.documents.agreement_reading import embedded_data
from grants.documents.evidence import (
    EvidenceSheet,
    PaperSigning,
    PaymentPromise,
    PromiseDay,
    ScreenSigning,
    SealedFile,
    evidence_pdf,
)
from grants.domain import agreements, confirmation
from grants.domain.access import SYSTEM
from grants.domain.calendar import local_date
from grants.domain.deadlines import Day, State, compute, explain
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.models.agreements import AgreementVersion, Signature
from grants.models.clocks import Clock
from grants.operations import documents
from grants.queries import accounts, calendars, commitments
from grants.queries import agreements as found
from grants.storage import LocalFolder, hashed
from grants.wording import agreements as words
from grants.wording import promises
from grants.wording.agreement_sheet import AgreementSheet

ORGANIZATION = "organization"
WEEKDAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")


class NotTheSignedFile(Exception):
    """The stored bytes are not those that were signed: nothing may be attested from them."""


@dataclass(frozen=True)
class _Signed:
    """A signature, its version, and its promise to pay where one runs."""

    case_file_id: int
    version: AgreementVersion
    signature: Signature
    promise: PaymentPromise | None
    signing: ScreenSigning | PaperSigning


def evidence(ref: int) -> Effect:
    """Make the evidence of a signature and store it; the row that names it comes last."""
    storage: LocalFolder = current_app.extensions["storage"]
    try:
        signed = _signed(db.session(), ref, storage)
    finally:
        db.session.remove()  # no transaction is open while the PDF is made
    if signed is None:
        return NOTHING
    content = evidence_pdf(_sheet(signed, storage))
    stored = documents.Stored(storage.put(content), hashed(content), len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_keep, signed.case_file_id, stored, storage), undo=forget)


def _keep(
    case_file_id: int, stored: documents.Stored, storage: LocalFolder, session: Session
) -> None:
    kind, now = found.EVIDENCE, clock.utc_now()
    if not documents.keep(session, case_file_id, kind, stored, actor=SYSTEM, now=now):
        storage.delete(stored.storage_key)


def _signed(session: Session, ref: int, storage: LocalFolder) -> _Signed | None:
    """Everything the evidence reads in the database; None when it was already made."""
    version = found.signed(session, ref)
    case_file_id, signature = version.agreement.case_file_id, version.signature
    if signature is None or found.evidence(session, case_file_id) is not None:
        return None
    return _Signed(
        case_file_id=case_file_id,
        version=version,
        signature=signature,
        promise=_promise(session, version, found.promise(session, case_file_id)),
        signing=_signing(session, signature, storage),
    )


def _sheet(signed: _Signed, storage: LocalFolder) -> EvidenceSheet:
    version, signature = signed.version, signed.signature
    agreement = _as_signed(version, signature, storage)
    by, at, whom = agreement.delegate, agreement.issued_at, agreement.signatory
    if by is None or at is None or whom is None:
        raise NotTheSignedFile
    return EvidenceSheet(
        number=agreement.number,
        version=agreement.version,
        organization=agreement.organization.legal_name,
        program=agreement.program,
        file=SealedFile(signature.file_sha256, version.size or 0),
        issued_by=by,
        issued_at=at,
        signatory=whom,
        mandate=words.mandate(agreement.resolution),
        signing=signed.signing,
        received_at=signature.received_at,
        secretariat=agreement.secretariat,
        promise=signed.promise,
    )


def _as_signed(
    version: AgreementVersion, signature: Signature, storage: LocalFolder
) -> AgreementSheet:
    """The agreement as the signed bytes carry it, once they are known to be the signed ones."""
    content = storage.get(version.storage_key or "")
    if hashed(content) != signature.file_sha256:
        raise NotTheSignedFile
    return AgreementSheet.from_data(embedded_data(content))


def _signing(
    session: Session, signature: Signature, storage: LocalFolder
) -> ScreenSigning | PaperSigning:
    """How it was signed, in words that will still be understood later."""
    if signature.scan_storage_key and signature.scan_sha256 and signature.recorded_by:
        scan = SealedFile(signature.scan_sha256, len(storage.get(signature.scan_storage_key)))
        stamped_on, by = local_date(signature.received_at), signature.recorded_by.full_name
        return PaperSigning(stamped_on, by, signature.recorded_at, scan)
    if signature.confirmed_at is None:
        raise NotTheSignedFile
    email = found.signatory_email(session, signature.signed_by_id)
    how = confirmation.method_of(ORGANIZATION, invented=accounts.is_cast(email))
    return ScreenSigning(signature.received_at, email, signature.confirmed_at, words.CONFIRMED[how])


def _promise(
    session: Session, version: AgreementVersion, running: Clock | None
) -> PaymentPromise | None:
    """The promise that the receipt started, with each day of its computation."""
    delay = commitments.delay(running.commitment) if running else None
    if running is None or delay is None:
        return None
    span = commitments.opening_span(version.agreement.case_file.secretariat)
    due = compute(running.received_at, delay, calendars.calendar(session), span)
    parts = [(part.amount_cents, part.condition) for part in version.instalments]
    return PaymentPromise(
        cents=agreements.payable_at_receipt(parts),
        delay=promises.delay(delay.quantity, delay.unit.value),
        due_on=running.due_on,
        is_provisional=running.provisional,
        days=tuple(PromiseDay(day.on, _day(day), day.counted) for day in explain(due)),
    )


def _day(day: Day) -> str:
    """What a day between receipt and due date is."""
    if day.state is State.START:
        return "Jour de la réception"
    if day.state is State.LAST:
        return "Jour ouvrable, le dernier"
    if day.state is State.COUNTED:
        return "Jour ouvrable"
    return day.label or WEEKDAYS[day.on.weekday()]
