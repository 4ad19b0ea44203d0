"""Agreements in words: their instalments, their years, and their text read from what was kept."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.domain.confirmation import Method
from grants.wording import formats, sheet_data
from grants.wording.agreement_sheet import AgreementSheet, Resolution, Signatory

AT_RECEIPT = "en dix jours ouvrables ou moins après la réception du protocole signé"
CONDITIONS: Mapping[str | None, str] = {
    None: AT_RECEIPT,
    "yearly_reports": "après l’acceptation des rapports annuels",
    "interim_report": "après l’acceptation du rapport d’étape",
    "final_report": "après l’acceptation du rapport final",
}
"""On what an instalment depends, by the code of the program's terms."""

CONFIRMED: Mapping[Method, str] = {
    Method.MAILED_CODE: "Par mot de passe et code reçu par courriel",
    Method.AUTHENTICATOR: "Par mot de passe et application d’authentification",
    Method.DEMONSTRATION: "Personne inventée de la démonstration, sans mot de passe",
}
"""How a person proved who they are before signing."""

ISSUE_FACTS = ("delegate", "issued_at")
"""What the issue adds to the terms of a version."""


def delegate(name: str, title: str) -> Signatory:
    """Whoever signs for the minister, the title as it stands within a sentence."""
    return Signatory(name, f"{title[:1].lower()}{title[1:]}")


def mandate(resolution: Resolution | None) -> str:
    """ "Résolution n° 2026-31 du 5 octobre 2026"."""
    if resolution is None:
        return "Autorisation du conseil d’administration"
    return f"Résolution n° {resolution.number} du {formats.date_short(resolution.adopted_on)}"


def year(first: int) -> str:
    """The fiscal year that opens on 1 April of this year: "2026-2027"."""
    return f"{first}-{first + 1}"


def terms(sheet: AgreementSheet) -> str:
    """Everything the text says before its issue, in the one way it is kept."""
    return of_data(sheet.to_data())


def of_data(data: Mapping[str, Any]) -> str:
    """The terms within the data that an agreement carries, written as they are kept."""
    kept = {name: value for name, value in data.items() if name not in ISSUE_FACTS}
    return sheet_data.canonical(kept).decode()


def sheet(
    kept: str, delegate: Signatory | None = None, issued_at: datetime | None = None
) -> AgreementSheet:
    """The agreement that these terms say; ValueError when they are of another format."""
    issue = {"delegate": sheet_data.plain(delegate), "issued_at": sheet_data.plain(issued_at)}
    return AgreementSheet.from_data({**json.loads(kept), **issue})
