"""The mail that carries the code of somebody without an account. It names nothing they sent."""

from grants.domain import credentials
from grants.mail.mail import Mail
from grants.queries.tracking import CodeToSend
from grants.wording.templating import render


def code_mail(code: CodeToSend, *, key: bytes) -> Mail:
    """The six digits and until when they are good; neither number nor subject matter."""
    digits = credentials.tracking_code(key, code.public_id)
    facts = {"digits": digits, "expires_at": code.expires_at}
    return Mail(
        to=code.email,
        subject="Votre code",
        text=render("mail/tracking.txt", **facts),
        html=render("mail/tracking.html", **facts),
        message_id=code.public_id,
    )
