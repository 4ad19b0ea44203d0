"""A mail, ready to leave."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mail:
    """One message to one person. `message_id` is the same however often it leaves."""

    to: str
    subject: str
    text: str
    html: str | None
    message_id: str
    reply_to: str | None = None
