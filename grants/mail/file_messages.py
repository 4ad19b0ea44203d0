"""Mails of a file: the acknowledgement of receipt, and the name of the person in charge.

The subject holds the number and nothing personal: it is shown on locked screens and in logs.
"""

from collections.abc import Mapping

from grants.mail.mail import Mail
from grants.queries.mails import OwedMail
from grants.wording import contacts
from grants.wording.templating import render

NBSP = "\u00a0"

SUBJECTS: Mapping[str, str] = {
    "acknowledgement": f"Votre demande {{number}}{NBSP}: accusé de réception",
    "assignment": f"Votre demande {{number}}{NBSP}: la personne qui s’en occupe",
}


def write(owed: OwedMail, page_url: str) -> Mail:
    """The mail of this kind, as text and as HTML; `page_url` leads to the file's own page."""
    subject = SUBJECTS[owed.kind].format(number=owed.number)
    office = contacts.block(owed.secretariat, owed.contact)
    facts = {"owed": owed, "office": office, "page_url": page_url, "subject": subject}
    return Mail(
        to=owed.recipient,
        subject=subject,
        text=render(f"mail/{owed.kind}.txt", **facts),
        html=render(f"mail/{owed.kind}.html", **facts),
        message_id=owed.message_id,
        reply_to=office["email"],
    )
