"""Text that the database holds enciphered: bank coordinates, and what is as private.

The keys come from `COLUMN_KEY`, which no database and no backup holds: the factory installs
them once. Fernet authenticates what it enciphers, so a changed value is refused, not shown.
Two equal texts are stored differently: no query can compare such a column. A blind index beside
it finds a text one already knows, and tells nothing to whoever has no key.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

PURPOSE = b"appui: columns"
INDEX_PURPOSE = b"appui: blind index"


class NoColumnKey(Exception):
    """An enciphered column was written or read before its keys were installed."""


class _Keys:
    """The keys of this process; none until the factory gives them."""

    ring: MultiFernet | None = None
    index: tuple[bytes, ...] = ()


def install(keys: str) -> None:
    """Give the keys of this process, separated by commas.

    The first enciphers; each of them deciphers what it once enciphered. To change the key, put
    the new one first and keep the old one behind it. ValueError when one of them is empty.
    """
    given = [key.strip() for key in keys.split(",")]
    if not all(given):
        raise ValueError("a column key is empty")
    _Keys.ring = MultiFernet([Fernet(urlsafe_b64encode(_derived(key, PURPOSE))) for key in given])
    _Keys.index = tuple(_derived(key, INDEX_PURPOSE) for key in given)


def _derived(key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key.encode())


def blind_index(text: str) -> str:
    """What finds a text without deciphering any: 64 hexadecimal digits, made with the first key.

    A number has few possible values: only whoever holds the key can try them all.
    """
    return blind_indexes(text)[0]


def blind_indexes(text: str) -> list[str]:
    """The blind index of a text under each key, newest first: rows written before a change of
    key are found by the older ones."""
    if not _Keys.index:
        raise NoColumnKey("encrypted.install() comes before any blind index")
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _Keys.index]


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
