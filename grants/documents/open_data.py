"""Grants as open data: a table in CSV, and the JSON of the 360Giving standard."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from grants.documents.csv_tables import csv_bytes, dollars
from grants.domain.calendar import local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.queries.open_data import Grant

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
PREFIX = "360G-appui"  # ours: it is not in the register of 360Giving
LONGEST_TITLE = 139
CENTS = 100

GRANT_COLUMNS = (
    ("exercice", "Exercice de la décision, du 1er avril au 31 mars, par exemple 2026-2027."),
    ("numero", "Numéro du dossier."),
    (
        "numero_initial",
        "Pour une révision, numéro du dossier auquel cette ligne s’ajoute; sinon vide.",
    ),
    ("programme", "Code du programme\u00a0: DCD, PRJ ou SPA."),
    ("neq", "Numéro d’entreprise du Québec de l’organisme, dix chiffres."),
    ("organisme", "Nom légal de l’organisme."),
    ("montant_accorde", "Montant accordé, en dollars, avec un point."),
    ("montant_verse", "Part déjà versée de ce montant, en dollars, avec un point."),
    ("date_decision", "Date de la décision, AAAA-MM-JJ."),
    ("debut_prevu", "Premier jour prévu au protocole d’entente; vide avant sa délivrance."),
    ("fin_prevue", "Dernier jour prévu au protocole d’entente; vide avant sa délivrance."),
)
"""Names of the columns of the grants, and what each one holds."""


def grants_csv(grants: Iterable[Grant]) -> bytes:
    """One line a decision that grants; a revision is a line of its own, in addition."""
    return csv_bytes(
        [name for name, _ in GRANT_COLUMNS],
        (
            (
                fiscal_year_of(local_date(one.decided_at)).label,
                one.number,
                one.first_number or None,
                one.program_code,
                one.neq,
                one.organization,
                dollars(one.granted_cents),
                dollars(one.paid_cents),
                local_date(one.decided_at),
                one.starts_on,
                one.ends_on,
            )
            for one in grants
        ),
    )


def grants_json(grants: Iterable[Grant], year: Period, *, page_url: str, program_url: str) -> bytes:
    """The same in the words of 360Giving; `program_url` holds `{code}`."""
    package = {
        "title": f"Subventions accordées, exercice {year.label}",
        "license": LICENSE,
        "grants": [_grant(one, page_url, program_url) for one in grants],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode()


def _grant(one: Grant, page_url: str, program_url: str) -> dict[str, Any]:
    return {
        "id": _id(one.number),
        "title": f"{one.program}\u00a0: {one.organization}"[:LONGEST_TITLE],
        "description": _description(one),
        "currency": "CAD",
        "amountAwarded": _amount(one.granted_cents),
        "amountDisbursed": _amount(one.paid_cents),
        "awardDate": local_date(one.decided_at).isoformat(),
        "recipientOrganization": [{"id": f"QC-REQ-{one.neq}", "name": one.organization}],
        "fundingOrganization": [{"id": f"QC-GOUV-{one.office_code}", "name": one.office}],
        "grantProgramme": [_programme(one, program_url)],
        "fromOpenCall": "Yes",
        "dateModified": _instant(one.modified_at),
        "dataSource": page_url,
        **_when_known(one),
    }


def _programme(one: Grant, program_url: str) -> dict[str, str]:
    url = program_url.format(code=one.program_code)
    return {"code": one.program_code, "title": one.program, "url": url}


def _when_known(one: Grant) -> dict[str, Any]:
    """The dates of the agreement once issued, and the grant that a revision adds to."""
    facts: dict[str, Any] = {}
    if one.starts_on and one.ends_on:
        planned = {"startDate": one.starts_on.isoformat(), "endDate": one.ends_on.isoformat()}
        facts["plannedDates"] = [planned]
    if one.first_number:
        facts["relatedActivity"] = [_id(one.first_number)]
    return facts


def _id(number: str) -> str:
    return f"{PREFIX}-{number}"


def _description(one: Grant) -> str:
    text = f"Soutien accordé dans le programme {one.program}, {one.call}."
    if one.first_number:
        text += f" Montant ajouté par une révision au dossier {one.first_number}."
    return text


def _amount(cents: int) -> int | float:
    """Dollars as a plain number, whole when they are."""
    whole, rest = divmod(cents, CENTS)
    return whole if rest == 0 else cents / CENTS


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
