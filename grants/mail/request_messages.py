"""Mails of requests for information: each tells how to follow the request.

The subject holds the number and nothing personal: it is shown on locked screens and in logs.
"""

from collections.abc import Mapping

from grants.mail.mail import Mail
from grants.queries.request_mails import OwedRequestMail
from grants.wording import contacts
from grants.wording.templating import render

NBSP = "\u00a0"

SUBJECTS: Mapping[str, str] = {
    "acknowledgement": f"Votre demande {{number}}{NBSP}: accusé de réception",
    "receipt": f"Votre demande {{number}}{NBSP}: nous l’avons reçue",
    "answer": f"Votre demande {{number}}{NBSP}: notre réponse",
    "redirection": f"Votre demande {{number}}{NBSP}: à qui vous adresser",
    "extension": f"Votre demande {{number}}{NBSP}: une nouvelle date de réponse",
    "requalification": f"Votre demande {{number}}{NBSP}: une demande d’accès aux documents",
}


def write(owed: OwedRequestMail, follow_url: str) -> Mail:
    """The mail of this kind, as text and as HTML; `follow_url` is where a number is followed."""
    subject = SUBJECTS[owed.kind].format(number=owed.number)
    office = contacts.block(owed.secretariat, owed.contact)
    facts = {"owed": owed, "office": office, "page_url": follow_url, "subject": subject}
    return Mail(
        to=owed.recipient,
        subject=subject,
        text=render(f"mail/request_{owed.kind}.txt", **facts),
        html=render(f"mail/request_{owed.kind}.html", **facts),
        message_id=owed.message_id,
        reply_to=office["email"],
    )
