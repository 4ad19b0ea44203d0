"""The office's acts on an agreement: draft it, issue it, record a signature on paper."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.errors import DomainError
from grants.domain.flow import Status
from grants.extensions import db
from grants.operations import agreements as acts
from grants.operations import signatures
from grants.operations.agreements import IssueDetails
from grants.operations.documents import Stored
from grants.operations.signatures import PaperSignature
from grants.queries import agreements, case_files, decisions
from grants.queries.agreements import Signing
from grants.unit_of_work import saving
from grants.web import agreement_pages, uploads
from grants.web.errors import or_404
from grants.web.identity import confirmed_until
from grants.web.session import current_actor, current_token_hash
from grants.web.staff.agreement_forms import (
    FIELDS,
    PAPER_FIELDS,
    DraftForm,
    IssueForm,
    PaperSignatureForm,
    start,
)
from grants.web.staff.agreements import found
from grants.web.staff.forms import show_refusal, summary
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.agreements import AgreementVersion
    from grants.models.case_files import CaseFile
    from grants.web.uploads import StoredFile

PROJECT = "project"
TAB = "protocole"


@dataclass(frozen=True)
class Subject:
    """The file of this page, as values that an act does not change."""

    id: int
    public_id: str
    number: str
    organization: str
    granted_cents: int

    @property
    def url(self) -> str:
        """The part of the file that holds its agreement."""
        return url_for("staff.case_file_tab", public_id=self.public_id, tab=TAB)


def draft_agreement(public_id: str) -> str | Response:
    """Write the agreement, or another version of it while nobody signed."""
    case = or_404(case_files.one(db.session(), public_id, actor=current_actor()))
    decision = or_404(decisions.of_case(db.session(), case.id))
    subject = _subject(case, decision.granted_cents)
    if case.status != Status.GRANTED:
        return redirect(subject.url, 303)
    former = agreements.of_case(db.session(), case.id)
    able = agreements.signatories(db.session(), case.organization_id)
    form = _draft_form(case, former, able)
    given_to_sign = former is not None and former.file_sha256 is not None
    if form.is_submitted() and _drafted(form, able, subject):
        flash("Le protocole est rédigé\u00a0: relisez-le. Une autre personne le délivre.", "ok")
        return redirect(url_for("staff.agreement", public_id=public_id), 303)
    return render_template(
        "staff/draft_agreement.html",
        form=form,
        subject=subject,
        given_to_sign=given_to_sign,
        has_people=bool(able),
        errors=summary(form),
    )


def _subject(case: CaseFile, granted_cents: int) -> Subject:
    return Subject(
        case.id, case.public_id, case.number, case.organization.legal_name, granted_cents
    )


def _draft_form(case: CaseFile, former: AgreementVersion | None, able: list[Signing]) -> DraftForm:
    decision = or_404(decisions.of_case(db.session(), case.id))
    known = {} if request.method == "POST" else start(case, decision.decided_at, former, able)
    form = DraftForm(**known)
    form.people(able)
    if case.first.application.call.terms.rules["mode"] != PROJECT:
        del form.project_title
    return form


def _drafted(form: DraftForm, able: list[Signing], subject: Subject) -> bool:
    """Whether the act was done; otherwise the form says why not."""
    details = form.details(able)
    if details is None:
        return False
    actor, now = current_actor(), clock.utc_now()
    try:
        with saving() as session:
            acts.draft(session, subject.id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True


def issue_agreement(public_id: str) -> str | Response:
    """Read the text and sign for the minister; identity is proved again before."""
    case, version = found(public_id)
    subject = _subject(case, version.total_cents)
    if version.issued_at is not None or case.status != Status.GRANTED:
        return redirect(subject.url, 303)
    form, errors = IssueForm(seen=version.public_id), []
    if form.is_submitted():
        try:
            _issue(form, version)
            flash("Le protocole est délivré\u00a0: son fichier se prépare.", "ok")
            return redirect(subject.url, 303)
        except DomainError as error:
            errors = [{"sentence": sentence(error)}]
    return _issue_page(subject, errors)


def _issue_page(subject: Subject, errors: list[dict[str, str]]) -> str:
    """The page of the act, as it is now."""
    _, version = found(subject.public_id)
    sheet = agreement_pages.sheet_of(version)
    return render_template(
        "staff/issue_agreement.html",
        subject=subject,
        version=version,
        parts=agreement_pages.parts(version),
        signatory=agreement_pages.signatory_name(version, sheet),
        is_own=version.drafted_by_id == current_actor().person_id,
        confirmed_until=confirmed_until(),
        errors=errors,
        **agreement_pages.text(sheet),
    )


def _issue(form: IssueForm, version: AgreementVersion) -> None:
    """The act, on the version that the page showed and on no other."""
    if form.seen.data != version.public_id:
        raise DomainError("agreement_changed")
    version_id, details = version.id, IssueDetails(current_token_hash())
    with saving() as session:
        acts.issue(session, version_id, details, actor=current_actor(), now=clock.utc_now())


def paper_signature(public_id: str) -> str | Response:
    """Record an agreement that came back signed by hand, with its scan."""
    case, version = found(public_id)
    subject = _subject(case, version.total_cents)
    if version.file_sha256 is None or version.signature is not None:
        return redirect(subject.url, 303)
    issued_at, number = version.issued_at, version.agreement.number
    form = PaperSignatureForm(public_id=secrets.token_hex(16), seen=version.public_id)
    if form.is_submitted() and _returned(form, version):
        flash("Le protocole signé est inscrit\u00a0: le délai de versement commence.", "ok")
        return redirect(subject.url, 303)
    return render_template(
        "staff/paper_signature.html",
        form=form,
        subject=subject,
        number=number,
        issued_at=issued_at,
        errors=summary(form),
    )


def _returned(form: PaperSignatureForm, version: AgreementVersion) -> bool:
    """Whether the act was done; otherwise the form says why not, and its scan is forgotten."""
    version_id, received_on = version.id, form.day(seen=version.public_id)
    if received_on is None:
        return False
    stored: StoredFile | None = None
    try:
        stored = uploads.receive(request.files.get("scan"))
        _record(form, version_id, stored, received_on)
    except DomainError as error:
        if stored is not None:
            uploads.storage().delete(stored.storage_key)
        show_refusal(form, error, PAPER_FIELDS)
        return False
    return True


def _record(
    form: PaperSignatureForm, version_id: int, stored: StoredFile, received_on: date
) -> None:
    """The act; a second post finds the first one's scan, and the new one is forgotten."""
    details = PaperSignature(
        public_id=agreement_pages.page_id(form.public_id.data),
        channel=form.channel.data,
        received_on=received_on,
        scan=Stored(stored.storage_key, stored.sha256, stored.size),
        media_type=stored.media_type,
    )
    with saving() as session:
        kept = signatures.record_paper(
            session, version_id, details, actor=current_actor(), now=clock.utc_now()
        )
        key = kept.scan_storage_key
    if key != stored.storage_key:
        uploads.storage().delete(stored.storage_key)
