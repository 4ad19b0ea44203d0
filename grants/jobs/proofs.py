"""The proof of deposit: rendered once per application, outside any transaction."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.documents.proof import DepositedFile, ProofSheet, proof_pdf
from grants.domain.access import SYSTEM
from grants.domain.forms.description import FormDefinition
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.models.case_files import CaseFile
from grants.models.drafts import Attachment
from grants.operations import documents
from grants.queries import applications, programs, proofs
from grants.storage import LocalFolder, hashed
from grants.wording import answers, contacts
from grants.wording.case_files import CHANNELS

DECISION = "Nous vous donnons la décision et ses motifs."


def deposit_proof(ref: int) -> Effect:
    """Make the proof of a case file and store its bytes; the row that names them comes last."""
    try:
        sheet = _sheet(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the PDF is made
    if sheet is None:
        return NOTHING
    content = proof_pdf(sheet)
    storage: LocalFolder = current_app.extensions["storage"]
    stored = documents.Stored(storage.put(content), hashed(content), len(content))
    forget = partial(storage.delete, stored.storage_key)
    return Effect(partial(_keep, ref, stored, storage), undo=forget)


def _keep(ref: int, stored: documents.Stored, storage: LocalFolder, session: Session) -> None:
    now = clock.utc_now()
    if not documents.keep(session, ref, documents.DEPOSIT_PROOF, stored, actor=SYSTEM, now=now):
        storage.delete(stored.storage_key)


def _sheet(session: Session, ref: int) -> ProofSheet | None:
    """Everything the proof says; None when it was already made."""
    if applications.proof(session, ref) is not None:
        return None
    case_file = proofs.received(session, ref)
    application, secretariat = case_file.application, case_file.secretariat
    form = programs.definition(application.form_version)
    files = applications.files(session, ref)
    return ProofSheet(
        case_number=case_file.number,
        organization=case_file.organization.legal_name,
        neq=case_file.organization.neq,
        program=application.call.program.name,
        call=application.call.title,
        received_at=case_file.received_at,
        channel=CHANNELS[case_file.channel].capitalize(),
        sent_by=application.sent_by.full_name if case_file.channel == "web" else "",
        fingerprint=application.fingerprint,
        secretariat=contacts.block(secretariat.name, secretariat.contact),
        sections=answers.sheet(form, application.answers, _names(files)),
        files=[_deposited(form, file) for file in files],
        promised=_promised(case_file),
    )


def _names(files: Sequence[Attachment]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for file in files:
        names.setdefault(file.field_key, []).append(file.filename)
    return names


def _deposited(form: FormDefinition, file: Attachment) -> DepositedFile:
    labels = {question.key: question.label for question in form.fields}
    label = labels.get(file.field_key, file.field_key)
    return DepositedFile(label, file.filename, file.media_type, file.size, file.sha256)


def _promised(case_file: CaseFile) -> list[tuple[str, date]]:
    promised = [(running.commitment.sentence, running.due_on) for running in case_file.clocks]
    decision_due_on = case_file.application.call.decision_due_on
    return [*promised, (DECISION, decision_due_on)] if decision_due_on else promised
