"""Text that the database holds enciphered: bank coordinates, and what is as private.

The keys come from `COLUMN_KEY`, which no database and no backup holds: the factory installs
them once. Fernet authenticates what it enciphers, so a changed value is refused, not shown.
Two equal texts are stored differently: no query can compare such a column.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

PURPOSE = b"appui: columns"


class NoColumnKey(Exception):
    """An enciphered column was written or read before its keys were installed."""


class _Keys:
    """The keys of this process; none until the factory gives them."""

    ring: MultiFernet | None = None


def install(keys: str) -> None:
    """Give the keys of this process, separated by commas.

    The first enciphers; each of them deciphers what it once enciphered. To change the key, put
    the new one first and keep the old one behind it. ValueError when one of them is empty.
    """
    given = [key.strip() for key in keys.split(",")]
    if not all(given):
        raise ValueError("a column key is empty")
    _Keys.ring = MultiFernet([_fernet(key) for key in given])


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


def _ring() -> MultiFernet:
    if _Keys.ring is None:
        raise NoColumnKey("encrypted.install() comes before any enciphered column")
    return _Keys.ring


class Encrypted(TypeDecorator[str]):
    """A text, enciphered at rest. Reading it with none of its keys raises `InvalidToken`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _ring().encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _ring().decrypt(value).decode()
