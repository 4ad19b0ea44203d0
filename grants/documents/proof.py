"""The proof of deposit: what was received, when to the second, and how anyone can check it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.documents import pdf
from grants.wording import templating
from grants.wording.answers import ShownSection

IDENTIFIER_LENGTH = 16


@dataclass(frozen=True)
class DepositedFile:
    """A file received: the document it answers for, its name, and the SHA-256 of its bytes."""

    label: str
    filename: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ProofSheet:
    """Everything the proof says.

    `received_at` is the instant of arrival; `channel` is in words (`En ligne`); `fingerprint` is
    the SHA-256 of the application as received; `secretariat` is a `contacts.block`; `promised`
    pairs what is promised with its date.
    """

    case_number: str
    organization: str
    neq: str
    program: str
    call: str
    received_at: datetime
    channel: str
    sent_by: str
    fingerprint: str
    secretariat: Mapping[str, Any]
    sections: Sequence[ShownSection]
    files: Sequence[DepositedFile]
    promised: Sequence[tuple[str, date]]


def proof_html(sheet: ProofSheet) -> str:
    """The page of the proof."""
    return templating.render("pdf/proof.html", sheet=sheet, media_types=MEDIA_TYPES)


def proof_pdf(sheet: ProofSheet) -> bytes:
    """The proof as a tagged PDF (PDF/UA-1): the same sheet always gives the same bytes."""
    name = f"proof:{sheet.case_number}:{sheet.fingerprint}".encode()
    identifier = hashlib.sha256(name).digest()[:IDENTIFIER_LENGTH]
    return pdf.render(proof_html(sheet), identifier=identifier)


MEDIA_TYPES = {
    "application/pdf": "PDF",
    "image/jpeg": "Image JPEG",
    "image/png": "Image PNG",
}
