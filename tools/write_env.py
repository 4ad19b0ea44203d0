"""Write var/env once: the secrets and places of this checkout, readable by its owner only."""

import os
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

PROJECT = Path(__file__).resolve().parent.parent
ENV_FILE = PROJECT / "var" / "env"
LONGEST_SOCKET_PATH = 100
ADDED_LATER = ("COLUMN_KEY",)  # keys that an older file lacks


def redis_socket() -> Path:
    """Return the private Redis's socket; in /tmp when the checkout lies too deep for one."""
    socket = PROJECT / "var" / "redis.sock"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    name = sha256(os.fsencode(PROJECT)).hexdigest()[:12]
    return Path("/tmp") / f"appui-{os.getuid()}-{name}" / "redis.sock"


def new_key() -> str:
    """Return 32 random bytes in URL-safe base64."""
    return urlsafe_b64encode(token_bytes(32)).decode()


def values() -> dict[str, str]:
    """Return every setting of a demonstration that runs from this checkout."""
    var = PROJECT / "var"
    return {
        "DEMO": "on",
        "DATABASE_URL": f"sqlite:///{var / 'appui.db'}",
        "STORAGE_URL": f"file://{var / 'files'}",
        "REDIS_URL": f"unix://{redis_socket()}",
        "MAIL_URL": "smtp://127.0.0.1:8025",
        "SECRET_KEY": new_key(),
        "JOURNAL_KEY": new_key(),
        "COLUMN_KEY": new_key(),
    }


def completed(text: str) -> str:
    """Return an existing file with the keys it lacks; nothing else of it changes."""
    named = {line.partition("=")[0].strip() for line in text.splitlines()}
    missing = [name for name in ADDED_LATER if name not in named]
    ended = text if not text or text.endswith("\n") else f"{text}\n"
    return ended + "".join(f"{name}={new_key()}\n" for name in missing) if missing else text


def write(file: Path) -> None:
    """Write the file if there is none; an existing one only gets the keys it lacks."""
    known = file.read_text(encoding="utf-8") if file.exists() else None
    wanted = completed(known or "".join(f"{name}={value}\n" for name, value in values().items()))
    if wanted == known:
        return
    file.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = file.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as part:
        part.write(wanted)
    unfinished.replace(file)


if __name__ == "__main__":
    write(ENV_FILE)
