"""Mails about a complaint: their subject and headers tell nothing of what they are about.

No answer goes to the common mailbox of the secretariat, which others read.
"""

from grants.mail.mail import Mail
from grants.queries.complaint_parts import EntrustedMail, SealedMail
from grants.wording.complaints import subject
from grants.wording.templating import render

ENTRUSTED = "Un dossier vous est confié"


def write(owed: SealedMail) -> Mail:
    """What was written to the person in the act, as it was written."""
    title = subject(owed.secretariat)
    paragraphs = [part.strip().split("\n") for part in owed.body.split("\n\n") if part.strip()]
    return Mail(
        to=owed.recipient,
        subject=title,
        text=owed.body,
        html=render("mail/sealed.html", subject=title, paragraphs=paragraphs),
        message_id=owed.message_id,
    )


def entrusted(owed: EntrustedMail, page_url: str) -> Mail:
    """To a person named: a link to open once signed in, and nothing else."""
    facts = {"name": owed.name, "page_url": page_url}
    return Mail(
        to=owed.recipient,
        subject=ENTRUSTED,
        text=render("mail/entrusted.txt", **facts),
        html=render("mail/entrusted.html", **facts),
        message_id=owed.message_id,
    )
