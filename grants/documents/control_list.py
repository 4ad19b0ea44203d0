"""The control list of a batch: what two people compare with the bank's own summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from grants.documents.tables import Column, Kind, Sheet, xlsx
from grants.wording import formats

COLUMNS = (
    Column("Référence", width=20),
    Column("Organisme", width=44),
    Column("Nom du bénéficiaire", width=32),
    Column("Dossier", width=18),
    Column("Versement", width=18),
    Column("Compte", width=12),
    Column("Montant", Kind.MONEY, summed=True),
)
NOT_YET = "Pas encore"


@dataclass(frozen=True)
class ControlLine:
    """One payment. `trace` is our reference in the bank file; `account` is already masked."""

    trace: str
    organization: str
    payee_name: str
    case_number: str
    instalment: str
    account: str
    amount_cents: int


@dataclass(frozen=True)
class ControlList:
    """A batch as it stands at `made_at`.

    `status` is in words. Who approved, the number of the file and its SHA-256 are None as long
    as they do not exist. Amounts are cents.
    """

    batch_number: str
    status: str
    prepared_by: str
    approved_by: str | None
    funds_on: date
    file_creation_number: int | None
    sha256: str | None
    made_at: datetime
    lines: Sequence[ControlLine]


def control_list_xlsx(control: ControlList) -> bytes:
    """The list as an XLSX file, with its number of payments and their sum."""
    return xlsx(
        Sheet(
            name=f"Lot {control.batch_number}",
            title=f"Liste de contrôle du lot {control.batch_number}",
            made_at=control.made_at,
            columns=COLUMNS,
            rows=map(_row, control.lines),
            facts=_facts(control),
        )
    )


def _facts(control: ControlList) -> tuple[tuple[str, str], ...]:
    file_number = control.file_creation_number
    return (
        ("Lot", control.batch_number),
        ("État", control.status),
        ("Préparé par", control.prepared_by),
        ("Approuvé par", control.approved_by or NOT_YET),
        ("Fonds disponibles le", formats.date_short(control.funds_on)),
        ("Numéro du fichier", NOT_YET if file_number is None else f"{file_number:04d}"),
        ("Empreinte du fichier (SHA-256)", control.sha256 or NOT_YET),
        ("Nombre de versements", formats.number(len(control.lines))),
        ("Total", formats.money(sum(line.amount_cents for line in control.lines))),
        ("Liste produite le", formats.instant(control.made_at)),
    )


def _row(line: ControlLine) -> tuple[str | int, ...]:
    return (
        line.trace,
        line.organization,
        line.payee_name,
        line.case_number,
        line.instalment,
        line.account,
        line.amount_cents,
    )
