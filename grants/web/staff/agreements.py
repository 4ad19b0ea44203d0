"""A file's agreement as the office reads it: its part of the file, its text, its files, the list
of those to issue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import Response, render_template, url_for

from grants.domain.access import Action, Actor
from grants.domain.flow import Status
from grants.extensions import db
from grants.queries import agreements, case_files
from grants.web import agreement_pages
from grants.web.downloads import send_sealed
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.instalments import to_confirm
from grants.wording import formats

if TYPE_CHECKING:
    from grants.models.agreements import AgreementVersion
    from grants.models.case_files import CaseFile

PDF = "application/pdf"
ENDINGS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}


def agreement_part(case: CaseFile) -> dict[str, Any]:
    """The part « Protocole et versements »: how far the agreement is, and who may act on it."""
    version, actor = agreements.of_case(db.session(), case.id), current_actor()
    waits = case.status == Status.GRANTED
    acts = {"may_draft": waits and _is_advisor(case, actor), "waits": waits}
    if version is None:
        return {"agreement": None, **acts}
    is_ready = version.file_sha256 is not None
    return {
        "agreement": version,
        "agreement_facts": _facts(version),
        "parts": agreement_pages.parts(version),
        "to_confirm": to_confirm(case, version),
        "receipt": agreement_pages.receipt(version, case.id),
        "former": _former(version),
        "may_issue": waits and version.issued_at is None and actor.may(Action.ISSUE_AGREEMENT),
        "may_return": waits and is_ready and actor.may(Action.RECORD_PAPER),
        "state": _state(version),
        **acts,
    }


def _former(version: AgreementVersion) -> Sequence[AgreementVersion]:
    """The versions replaced by this one, the last first; a first version replaced none."""
    if version.number == 1:
        return ()
    return agreements.history(db.session(), version.agreement_id)[1:]


def _is_advisor(case: CaseFile, actor: Actor) -> bool:
    return case.advisor_id == actor.person_id and actor.may(Action.WORK_CASE)


def _state(version: AgreementVersion) -> tuple[str, str]:
    """The state in words, with the kind of its tag."""
    if version.signature:
        return "Signé", "ok"
    if version.file_sha256:
        return "À signer par l’organisme", "wait"
    if version.issued_at:
        return "Fichier en préparation", "doing"
    return "À délivrer par une autre personne", "todo"


def _facts(version: AgreementVersion) -> list[dict[str, str]]:
    """What stands in the present version."""
    sheet = agreement_pages.sheet_of(version)
    way = _way(version)
    issued = ""
    if version.issued_at and version.issued_by:
        issued = f"{formats.instant(version.issued_at)}, par {version.issued_by.full_name}"
    drafted = f"{formats.instant(version.drafted_at)}, par {version.drafted_by.full_name}"
    until = formats.date_short(version.ends_on)
    rows = [
        ("Protocole", f"n° {version.agreement.number}, version {version.number}"),
        ("Montant", formats.money(version.total_cents)),
        ("Durée", f"du {formats.date_short(version.starts_on)} au {until}"),
        ("Signe pour l’organisme", f"{agreement_pages.signatory_name(version, sheet)} ({way})"),
        ("Rédigé", drafted),
        ("Délivré", issued),
        ("Empreinte du fichier (SHA-256)", agreement_pages.fingerprint(version)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _way(version: AgreementVersion) -> str:
    """How the named person may sign, or that they answer for the organization no more."""
    if version.signatory_id is None:
        return "sur papier seulement"
    if version.signature is None and not _answers(version):
        return "n’est plus responsable de l’organisme\u00a0: rédigez une autre version"
    return "à l’écran ou sur papier"


def _answers(version: AgreementVersion) -> bool:
    """Whether the named person still answers for the organization."""
    able = agreements.signatories(db.session(), version.organization_id)
    return version.signatory_id in {one.person_id for one in able}


def agreement(public_id: str) -> str:
    """The whole text of the present version, drafted or issued."""
    case, version = found(public_id)
    sheet = agreement_pages.sheet_of(version)
    return render_template(
        "staff/agreement.html",
        case=case,
        version=version,
        may_issue=version.issued_at is None and current_actor().may(Action.ISSUE_AGREEMENT),
        may_draft=version.issued_at is None and _is_advisor(case, current_actor()),
        **agreement_pages.text(sheet),
    )


def agreement_file(public_id: str) -> Response:
    """The PDF of the issued agreement, to save."""
    _, version = found(public_id)
    return agreement_pages.download(version)


def agreement_scan(public_id: str) -> Response:
    """The scan of an agreement that came back on paper, to save."""
    _, version = found(public_id)
    signature = or_404(version.signature)
    key, digest = or_404(signature.scan_storage_key), or_404(signature.scan_sha256)
    media_type = or_404(signature.scan_media_type)
    name = f"protocole-signe-{version.agreement.number}.{ENDINGS[media_type]}"
    return send_sealed(key, digest, name, media_type)


def agreements_to_issue() -> str:
    """The agreements drafted by somebody else, to issue, the oldest first."""
    actor = current_actor()
    waiting = agreements.waiting_issue(db.session(), actor=actor)
    lines = [
        {
            "file": one,
            "url": url_for("staff.issue_agreement", public_id=one.case_public_id),
            "is_own": one.drafted_by_id == actor.person_id,
        }
        for one in waiting
    ]
    return render_template("staff/agreements.html", lines=lines)


def found(public_id: str) -> tuple[CaseFile, AgreementVersion]:
    """A file of the actor's secretariat and the version of its agreement that stands."""
    session = db.session()
    case = or_404(case_files.one(session, public_id, actor=current_actor()))
    return case, or_404(agreements.of_case(session, case.id))
