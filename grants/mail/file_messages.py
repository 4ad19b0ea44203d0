"""Mails of a file: one for each moment when the organization must know something.

The subject holds the number and nothing personal: it is shown on locked screens and in logs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.mail.mail import Mail
from grants.queries.mails import OwedMail
from grants.wording import bank_returns, contacts
from grants.wording.templating import render

NBSP = "\u00a0"

SUBJECTS: Mapping[str, str] = {
    "acknowledgement": f"Votre demande {{number}}{NBSP}: accusé de réception",
    "assignment": f"Votre demande {{number}}{NBSP}: la personne qui s’en occupe",
    "revision_acknowledgement": f"Votre demande de révision {{number}}{NBSP}: accusé de réception",
    "revision_assignment": (
        f"Votre demande de révision {{number}}{NBSP}: la personne qui s’en occupe"
    ),
    "decision": f"Votre demande {{number}}{NBSP}: la décision est prête",
    "agreement": f"Votre dossier {{number}}{NBSP}: votre protocole d’entente",
    "agreement_received": f"Votre dossier {{number}}{NBSP}: nous avons reçu le protocole signé",
    "payment": f"Votre dossier {{number}}{NBSP}: un versement est fait",
    "payment_returned": f"Votre dossier {{number}}{NBSP}: la banque a retourné un versement",
}


def write(owed: OwedMail, page_url: str) -> Mail:
    """The mail of this kind, as text and as HTML; `page_url` leads to the file's own page."""
    words = _words(owed)
    subject = SUBJECTS[words].format(number=owed.number)
    office = contacts.block(owed.secretariat, owed.contact)
    facts = {"owed": owed, "office": office, "page_url": page_url, "subject": subject}
    facts["told"] = _told(owed.facts)
    return Mail(
        to=owed.recipient,
        subject=subject,
        text=render(f"mail/{words}.txt", **facts),
        html=render(f"mail/{words}.html", **facts),
        message_id=owed.message_id,
        reply_to=office["email"],
    )


def _words(owed: OwedMail) -> str:
    """The name of its templates: a revision has words of its own where they differ."""
    apart = f"revision_{owed.kind}"
    return apart if owed.first_number and apart in SUBJECTS else owed.kind


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the act left for its mail, its days (`…_on`) as dates, a return code in words."""
    told = {
        name: date.fromisoformat(value) if value and name.endswith("_on") else value
        for name, value in facts.items()
    }
    return {**told, "reason": bank_returns.WORDS.get(facts.get("code", ""), "")}
