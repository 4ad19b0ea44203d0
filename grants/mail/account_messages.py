"""Mails of sign-in: the code, and the link that sets a password."""

from grants.domain import credentials
from grants.mail.mail import Mail
from grants.queries.accounts import CodeToSend, Link
from grants.wording.templating import render

NBSP = "\u00a0"


def code_mail(code: CodeToSend, *, key: bytes, message_id: str) -> Mail:
    """The six digits, in two groups of three, and until when they are good."""
    digits = credentials.email_code(key, code.public_id)
    facts = {
        "full_name": code.full_name,
        "digits": digits,
        "expires_at": code.expires_at,
    }
    return _mail(code.email, f"Appui{NBSP}: votre code", "code", facts, message_id)


def link_mail(link: Link, *, key: bytes, base_url: str, message_id: str) -> Mail:
    """The link that sets a password, on the address of the settings and on no other."""
    token = credentials.link_token(key, link.public_id)
    facts = {
        "full_name": link.full_name,
        "url": f"{base_url}/compte/lien/{link.public_id}/{token}",
        "is_first": link.is_first,
        "expires_at": link.expires_at,
    }
    subject = "choisissez votre mot de passe" if link.is_first else "votre lien pour entrer"
    return _mail(link.email, f"Appui{NBSP}: {subject}", "link", facts, message_id)


def _mail(to: str, subject: str, name: str, facts: dict[str, object], message_id: str) -> Mail:
    return Mail(
        to=to,
        subject=subject,
        text=render(f"mail/{name}.txt", **facts),
        html=render(f"mail/{name}.html", **facts),
        message_id=message_id,
    )
