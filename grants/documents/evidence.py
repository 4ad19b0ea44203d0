"""The evidence of signature: who signed which file, how, when it was received, what follows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.documents import pdf
from grants.wording import sheet_data, templating
from grants.wording.agreement_sheet import Signatory

IDENTIFIER_LENGTH = 16


@dataclass(frozen=True)
class SealedFile:
    """A file named by what it holds: the SHA-256 of its bytes, and its size in octets."""

    sha256: str
    size: int


@dataclass(frozen=True)
class ScreenSigning:
    """Signed in the account of this e-mail; `confirmed_how` is in words (`par mot de passe…`)."""

    signed_at: datetime
    email: str
    confirmed_at: datetime
    confirmed_how: str


@dataclass(frozen=True)
class PaperSigning:
    """Signed by hand: the day of the date stamp, who entered it, and the scan kept."""

    stamped_on: date
    recorded_by: str
    recorded_at: datetime
    scan: SealedFile


@dataclass(frozen=True)
class PromiseDay:
    """A day between receipt and due date: what it is, and its rank when it is counted."""

    on: date
    words: str
    rank: int | None


@dataclass(frozen=True)
class PaymentPromise:
    """The part payable without further condition, in cents, and by when.

    `delay` is in words (`10 jours ouvrables`); `is_provisional` when the date rests on days off
    that nobody confirmed yet.
    """

    cents: int
    delay: str
    due_on: date
    is_provisional: bool
    days: tuple[PromiseDay, ...]


@dataclass(frozen=True)
class EvidenceSheet:
    """Everything the evidence says.

    `file` is the agreement as issued; `mandate` is in words (`Résolution n° 31 du…`);
    `received_at` is the instant of receipt, for paper that of the date stamp's day;
    `secretariat` is a `contacts.block`; `promise` is None where nothing is promised.
    """

    number: str
    version: int
    organization: str
    program: str
    file: SealedFile
    issued_by: Signatory
    issued_at: datetime
    signatory: Signatory
    mandate: str
    signing: ScreenSigning | PaperSigning
    received_at: datetime
    secretariat: Mapping[str, Any]
    promise: PaymentPromise | None

    @property
    def is_paper(self) -> bool:
        """Whether the agreement came back signed by hand."""
        return isinstance(self.signing, PaperSigning)


def evidence_html(sheet: EvidenceSheet) -> str:
    """The page of the evidence."""
    return templating.render("pdf/evidence.html", sheet=sheet)


def evidence_pdf(sheet: EvidenceSheet) -> bytes:
    """The evidence as a tagged PDF (PDF/UA-1): the same sheet always gives the same bytes."""
    name = b"evidence:" + sheet_data.canonical(sheet_data.plain(sheet))
    identifier = hashlib.sha256(name).digest()[:IDENTIFIER_LENGTH]
    return pdf.render(evidence_html(sheet), identifier=identifier)
