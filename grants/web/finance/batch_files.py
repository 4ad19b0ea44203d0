"""What leaves a batch: the bank file, its stored bytes, the control list."""

from flask import Response as FlaskResponse
from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.documents.control_list import ControlLine, ControlList, control_list_xlsx
from grants.domain.bank_accounts import masked_end
from grants.domain.errors import DomainError
from grants.domain.payments import batch_status
from grants.extensions import db
from grants.operations import bank_files
from grants.operations import batches as acts
from grants.operations.batches import ReleaseDetails
from grants.queries import batches as queries
from grants.queries.batches import BatchLine
from grants.unit_of_work import saving
from grants.web.downloads import send_bytes, send_sealed
from grants.web.finance.batch import one_batch, refused_page
from grants.web.finance.batch_forms import SeenForm
from grants.web.session import current_actor, current_token_hash
from grants.wording.payments import BATCH_TAGS

TEXT = "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ask_release(public_id: str) -> str | Response:
    """Ask for the bank file of an approved batch, once the person is confirmed."""
    batch_id, actor, now = one_batch(public_id).id, current_actor(), clock.utc_now()
    details = ReleaseDetails(SeenForm().version.data or 0, current_token_hash())
    try:
        with saving() as session:
            acts.ask_release(session, batch_id, details, actor=actor, now=now)
    except DomainError as error:
        return refused_page(public_id, error)
    flash("Le fichier bancaire est demandé\u00a0: il sera prêt dans la minute.", "ok")
    return redirect(url_for("finance.batch", public_id=public_id), 303)


def download_file(public_id: str) -> str | Response:
    """The stored bytes, the same each time; each taking is journaled, so a button asks for it."""
    batch_id, actor = one_batch(public_id).id, current_actor()
    try:
        with saving() as session:
            taken = bank_files.take_out(session, batch_id, actor=actor, now=clock.utc_now())
            number, key = taken.number, str(taken.storage_key)
            sha256 = str(taken.file_sha256)
    except DomainError as error:
        return refused_page(public_id, error)
    return send_sealed(key, sha256, f"{number}.txt", TEXT)


def control_list(public_id: str) -> FlaskResponse:
    """The control list of a batch as it stands, for two people to compare."""
    batch, session = one_batch(public_id), db.session()
    held = queries.sums(session, batch.id)
    approver = batch.approved_by
    content = control_list_xlsx(
        ControlList(
            batch_number=batch.number,
            status=BATCH_TAGS[batch_status(batch.status, held.returned)][0],
            prepared_by=batch.prepared_by.full_name,
            approved_by=approver.full_name if approver else None,
            funds_on=batch.funds_on,
            file_creation_number=batch.file_number,
            sha256=batch.file_sha256,
            made_at=clock.utc_now(),
            lines=[_line(line) for line in queries.lines(session, batch.id, limit=None)],
        )
    )
    return send_bytes(content, f"Liste de contrôle {batch.number}.xlsx", XLSX)


def _line(line: BatchLine) -> ControlLine:
    return ControlLine(
        trace=line.reference,
        organization=line.organization,
        payee_name=line.payee_name,
        case_number=line.case_number,
        instalment=f"Versement {line.rank}",
        account=masked_end(line.account_end),
        amount_cents=line.amount_cents,
    )
