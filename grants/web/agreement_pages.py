"""What the pages of an agreement show, to the office and to the organization alike."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

from grants.domain.agreements import payable_at_receipt
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.operations import agreement_terms
from grants.queries import agreements
from grants.web.downloads import send_sealed
from grants.web.errors import or_404
from grants.wording import agreements as words
from grants.wording import formats
from grants.wording.agreement_sheet import ASSURANCE, AgreementSheet, minister_words
from grants.wording.case_files import CHANNELS

if TYPE_CHECKING:
    from flask import Response

    from grants.models.agreements import AgreementVersion, Signature

PDF, SCREEN = "application/pdf", "screen"
_ID = re.compile("[0-9a-f]{32}")


def sheet_of(version: AgreementVersion) -> AgreementSheet | None:
    """The text of a version; None when its terms are of a format that pages no longer read: its
    file then says everything."""
    title = agreements.title(db.session(), version.issued_by_id)
    try:
        return agreement_terms.as_issued(version, title)
    except (ValueError, KeyError):
        return None


def text(sheet: AgreementSheet | None) -> dict[str, Any]:
    """What the template of the whole text needs."""
    if sheet is None:
        return {"sheet": None}
    return {
        "sheet": sheet,
        "minister": minister_words(sheet.minister_title),
        "assurance": ASSURANCE[sheet.assurance],
    }


def parts(version: AgreementVersion) -> list[dict[str, Any]]:
    """The instalments: rank, amount, on what condition, planned when."""
    return [
        {
            "rank": part.rank,
            "amount": formats.money(part.amount_cents),
            "condition": words.CONDITIONS.get(part.condition, part.condition),
            "planned": formats.date_short(part.planned_on) if part.condition else "",
            "met": part.met_at is not None,
        }
        for part in version.instalments
    ]


def signatory_name(version: AgreementVersion, sheet: AgreementSheet | None) -> str:
    """The person mandated to sign, as the text names them."""
    if sheet and sheet.signatory:
        return f"{sheet.signatory.name}, {sheet.signatory.role}"
    return version.signatory.full_name if version.signatory else ""


def receipt(version: AgreementVersion, case_file_id: int) -> dict[str, Any] | None:
    """What follows the signature: how and when it was received, the promise, the evidence."""
    signature, session = version.signature, db.session()
    if signature is None:
        return None
    promise = agreements.promise(session, case_file_id)
    payable = payable_at_receipt([(p.amount_cents, p.condition) for p in version.instalments])
    return {
        "how": _how(signature),
        "promise": promise,
        "payable_cents": payable,
        "evidence": agreements.evidence(session, case_file_id),
        "has_scan": signature.scan_storage_key is not None,
    }


def _how(signature: Signature) -> str:
    """ "Signé à l’écran par Aline Saint-Onge, le mardi 24 novembre 2026 à 15 h 12 min 40 s"."""
    if signature.channel == SCREEN and signature.signed_by:
        at = formats.instant_to_the_second(signature.received_at)
        return f"Signé à l’écran par {signature.signed_by.full_name}, le {at}"
    by = signature.recorded_by.full_name if signature.recorded_by else ""
    day = formats.date_long(local_date(signature.received_at))
    return f"Signé sur papier, reçu {CHANNELS[signature.channel]} le {day}, inscrit par {by}"


def fingerprint(version: AgreementVersion) -> str:
    """The SHA-256 of the file in groups that can be compared aloud."""
    digest = version.file_sha256 or ""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def download(version: AgreementVersion) -> Response:
    """The PDF of an issued version, its bytes compared with those that were issued."""
    key, digest = or_404(version.storage_key), or_404(version.file_sha256)
    name = f"protocole-{version.agreement.number}-v{version.number}.pdf"
    return send_sealed(key, digest, name, PDF)


def page_id(given: str | None) -> str:
    """The id that a page carried for what it makes, unless it was tampered with."""
    return given if given and _ID.fullmatch(given) else secrets.token_hex(16)
