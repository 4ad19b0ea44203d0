"""The settings of one process, read once from the environment.

Inside a checkout, what the environment does not give is read from ``var/env``, which
``make setup`` writes; the environment always wins.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ENV_FILE = Path(__file__).resolve().parent.parent / "var" / "env"
REQUIRED = (
    "DATABASE_URL",
    "STORAGE_URL",
    "REDIS_URL",
    "MAIL_URL",
    "SECRET_KEY",
    "JOURNAL_KEY",
    "COLUMN_KEY",
)
LOCAL_HOST = "127.0.0.1"
LOOPBACK = frozenset({LOCAL_HOST, "::1", "localhost"})
DEFAULT_PORT = "8000"
DEFAULT_SENDER = "ne-pas-repondre@appui.example"


class SettingsError(Exception):
    """The settings are incomplete or forbidden; the message is a French sentence."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to another."""

    database_url: str
    storage_url: str
    redis_url: str
    mail_url: str
    secret_key: str
    journal_key: str
    column_key: str
    base_url: str = f"http://{LOCAL_HOST}:{DEFAULT_PORT}"
    bind: str = LOCAL_HOST
    demo: bool = False
    mail_from: str = DEFAULT_SENDER
    arrival_header: str | None = None
    client_header: str | None = None
    mailbox: str = str(ENV_FILE.parent / "mail")

    @property
    def trusted_hosts(self) -> list[str]:
        """The only names under which requests are answered."""
        host = urlsplit(self.base_url).hostname or LOCAL_HOST
        return sorted(LOOPBACK) if host in LOOPBACK else [host]

    def __post_init__(self) -> None:
        """Refuse a demonstration that other machines could reach or receive mail from."""
        if not self.demo:
            return
        hosts = {
            "BASE_URL": urlsplit(self.base_url).hostname,
            "BIND": self.bind,
            "MAIL_URL": urlsplit(self.mail_url).hostname,
        }
        outside = [name for name, host in hosts.items() if host not in LOOPBACK]
        if outside:
            raise SettingsError(_demo_sentence(outside))

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Build the settings from ``environ``, or from the process and ``var/env``.

        Raises SettingsError, naming every missing variable at once.
        """
        values = {**read_env_file(ENV_FILE), **os.environ} if environ is None else environ
        missing = [name for name in REQUIRED if not values.get(name)]
        if missing:
            raise SettingsError(_missing_sentence(missing))
        return cls(
            database_url=values["DATABASE_URL"],
            storage_url=values["STORAGE_URL"],
            redis_url=values["REDIS_URL"],
            mail_url=values["MAIL_URL"],
            secret_key=values["SECRET_KEY"],
            journal_key=values["JOURNAL_KEY"],
            column_key=values["COLUMN_KEY"],
            base_url=_base_url(values),
            bind=values.get("BIND") or LOCAL_HOST,
            demo=values.get("DEMO") == "on",
            mail_from=values.get("MAIL_FROM") or DEFAULT_SENDER,
            arrival_header=values.get("ARRIVAL_HEADER") or None,
            client_header=values.get("CLIENT_HEADER") or None,
            mailbox=values.get("MAILBOX") or str(ENV_FILE.parent / "mail"),
        )


def _base_url(values: Mapping[str, str]) -> str:
    """Return the address people use, without a final slash."""
    local_url = f"http://{LOCAL_HOST}:{values.get('PORT') or DEFAULT_PORT}"
    return (values.get("BASE_URL") or local_url).rstrip("/")


def read_env_file(path: Path) -> dict[str, str]:
    """Return the NAME=value lines of a file; nothing when there is no such file."""
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _missing_sentence(names: list[str]) -> str:
    start = "Il manque ce réglage" if len(names) == 1 else "Il manque ces réglages"
    return (
        f"{start}\u00a0: {', '.join(names)}. Donnez-les dans l’environnement, "
        "ou lancez «\u00a0make setup\u00a0», qui les écrit dans var/env."
    )


def _demo_sentence(names: list[str]) -> str:
    return (
        "Le mode démonstration (DEMO=on) ne répond que sur la machine locale (127.0.0.1)\u00a0: "
        f"corrigez {', '.join(names)} ou retirez DEMO."
    )
