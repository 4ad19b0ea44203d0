"""An agreement as its organization reads it, signs it and keeps it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.errors import DomainError
from grants.domain.flow import Status
from grants.extensions import db
from grants.operations import signatures
from grants.operations.signatures import ScreenSignature
from grants.queries import agreements, applications, decisions
from grants.unit_of_work import saving
from grants.web import agreement_pages
from grants.web.applicant.forms import SignForm
from grants.web.downloads import read_sealed, send_sealed
from grants.web.errors import or_404
from grants.web.identity import confirmed_until
from grants.web.session import arrived_at, current_actor, current_token_hash
from grants.wording import contacts
from grants.wording.problems import sentence, sentence_for

if TYPE_CHECKING:
    from grants.models.agreements import AgreementVersion
    from grants.models.case_files import CaseFile

PDF = "application/pdf"
AGREED = (Status.GRANTED, Status.SIGNED, Status.PAID)


def agreement(public_id: str) -> str | Response:
    """The agreement to read and sign, or signed with what follows; or still being prepared.

    Whoever did not read the decision yet is led to it: the agreement would say what it is.
    """
    row = _case(public_id)
    if _is_unread(row):
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    version = agreements.own(db.session(), public_id, actor=current_actor())
    if version is None or version.file_sha256 is None:
        return render_template("applicant/agreement_coming.html", **_facts(row))
    sheet = agreement_pages.sheet_of(version)
    return render_template(
        "applicant/agreement.html",
        version=version,
        parts=agreement_pages.parts(version),
        signatory=agreement_pages.signatory_name(version, sheet),
        is_signatory=_is_signatory(version),
        receipt=agreement_pages.receipt(version, row.id),
        fingerprint=agreement_pages.fingerprint(version),
        **_facts(row),
        **agreement_pages.text(sheet),
    )


def _case(public_id: str) -> CaseFile:
    """A file of the organization that was granted money; any other has no agreement."""
    row = or_404(applications.one(db.session(), public_id, actor=current_actor()))
    return or_404(row if row.status in AGREED else None)


def _is_unread(row: CaseFile) -> bool:
    decision = or_404(decisions.of_case(db.session(), row.id))
    return decision.first_read_at is None


def _facts(row: CaseFile) -> dict[str, Any]:
    office = contacts.block(row.secretariat.name, row.secretariat.contact)
    return {"case_file": row, "secretariat": office}


def _is_signatory(version: AgreementVersion) -> bool:
    """Whether this person is mandated, and still answers for the organization."""
    who = current_actor()
    is_named = version.signatory_id is not None and version.signatory_id == who.person_id
    return is_named and who.may(Action.SIGN_AGREEMENT)


def sign_agreement(public_id: str) -> str | Response:
    """Sign: identity proved again, the text read, and the very bytes that were read named."""
    is_unread = _is_unread(_case(public_id))
    version = agreements.own(db.session(), public_id, actor=current_actor())
    if is_unread or version is None or version.signature or not _is_signatory(version):
        return _back(public_id)
    form = SignForm(public_id=secrets.token_hex(16), seen=version.file_sha256)
    if request.method == "GET":
        return _sign_page(public_id, form, [])
    try:
        _sign(form, version)
    except DomainError as error:
        if error.code != "agreement_changed":
            return _sign_page(public_id, form, _shown(form, error))
        flash(sentence(error), "waiting")
    return _back(public_id)


def _sign_page(public_id: str, form: SignForm, errors: list[dict[str, str]]) -> str:
    """The page of the act, as it is now."""
    version = or_404(agreements.own(db.session(), public_id, actor=current_actor()))
    return render_template(
        "applicant/sign_agreement.html",
        form=form,
        version=version,
        signatory=agreement_pages.signatory_name(version, agreement_pages.sheet_of(version)),
        fingerprint=agreement_pages.fingerprint(version),
        confirmed_until=confirmed_until(),
        errors=errors,
        **_facts(_case(public_id)),
    )


def _back(public_id: str) -> Response:
    return redirect(url_for("applicant.agreement", public_id=public_id), 303)


def _sign(form: SignForm, version: AgreementVersion) -> None:
    """The act, received at the instant this request reached us."""
    if not form.read.data:
        raise DomainError("attest_required")
    version_id = version.id
    read_sealed(version.storage_key or "", version.file_sha256 or "")  # nobody signs other bytes
    details = ScreenSignature(
        agreement_pages.page_id(form.public_id.data), form.seen.data or "", current_token_hash()
    )
    with saving() as session:
        signatures.sign(
            session,
            version_id,
            details,
            actor=current_actor(),
            arrived_at=arrived_at(),
            now=utc_now(),
        )


def _shown(form: SignForm, error: DomainError) -> list[dict[str, str]]:
    """The refusal at the top of the page, leading to the box when it is about it."""
    if error.code != "attest_required":
        return [{"sentence": sentence(error)}]
    words = sentence_for("attest_required", {})
    form.read.errors = [words]
    return [{"anchor": form.read.id, "sentence": words}]


def agreement_file(public_id: str) -> Response:
    """The PDF of the agreement, to keep."""
    if _is_unread(_case(public_id)):
        return _back(public_id)
    version = or_404(agreements.own(db.session(), public_id, actor=current_actor()))
    return agreement_pages.download(version)


def evidence(public_id: str) -> Response:
    """The evidence of signature; while it is being made, the agreement's page says so."""
    version = or_404(agreements.own(db.session(), public_id, actor=current_actor()))
    or_404(version.signature)
    document = agreements.evidence(db.session(), version.agreement.case_file_id)
    if document is None:
        flash("La preuve de signature est en préparation\u00a0: elle paraît ici sous peu.", "info")
        return _back(public_id)
    name = f"preuve-de-signature-{version.agreement.number}.pdf"
    return send_sealed(document.storage_key, document.sha256, name, PDF)
