"""The folder where the demonstration's mail server keeps what it accepts, one file a message."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from secrets import token_hex

MOST_LISTED = 200
INSTANT_FORMAT = "%Y%m%dT%H%M%S%f"
MESSAGE_ID = re.compile(r"(\d{8}T\d{12})-[0-9a-f]{8}")


@dataclass(frozen=True)
class KeptMessage:
    """A message as it was accepted: who, what, when (UTC)."""

    id: str
    to: str
    sender: str
    subject: str
    text: str
    at: datetime


def keep(folder: Path, content: bytes, at: datetime) -> Path:
    """Write one accepted message, whole or not at all, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{at.astimezone(UTC).strftime(INSTANT_FORMAT)}-{token_hex(4)}"
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(content)
    return unfinished.rename(folder / f"{name}.eml")


def list_messages(folder: Path) -> list[KeptMessage]:
    """Return the newest messages, newest first; none when the folder does not exist yet."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.name, reverse=True)[:MOST_LISTED]
    return [_parse(file) for file in files if MESSAGE_ID.fullmatch(file.stem)]


def read_message(folder: Path, message_id: str) -> KeptMessage | None:
    """Return one kept message, or None when the folder holds no message of that id."""
    file = folder / f"{message_id}.eml"
    if not MESSAGE_ID.fullmatch(message_id) or not file.is_file():
        return None
    return _parse(file)


def _parse(file: Path) -> KeptMessage:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    instant, _, _ = file.stem.partition("-")
    return KeptMessage(
        id=file.stem,
        to=str(message.get("To", "")),
        sender=str(message.get("From", "")),
        subject=str(message.get("Subject", "")),
        text=_plain_text(message),
        at=datetime.strptime(instant, INSTANT_FORMAT).replace(tzinfo=UTC),
    )


def _plain_text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    return "" if body is None else str(body.get_content())
