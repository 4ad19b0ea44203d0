"""Secrets that are derived from a key and a random id, so that no table holds them."""

import base64
import hmac
from hashlib import sha256

CODE_DIGITS = 6


def _derived(key: bytes, purpose: str, public_id: str) -> bytes:
    return hmac.new(key, f"{purpose}:{public_id}".encode(), sha256).digest()


def _digits(key: bytes, purpose: str, public_id: str) -> str:
    number = int.from_bytes(_derived(key, purpose, public_id)[:8], "big")
    return str(number % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def email_code(key: bytes, public_id: str) -> str:
    """The six digits mailed for one sign-in."""
    return _digits(key, "email-code", public_id)


def tracking_code(key: bytes, public_id: str) -> str:
    """The six digits mailed to somebody without an account, to follow what they sent."""
    return _digits(key, "tracking-code", public_id)


def typed_digits(typed: str) -> str:
    """A code as pasted: "123 456" and "123-456" are six digits."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def link_token(key: bytes, public_id: str) -> str:
    """The 256-bit token of a one-use link."""
    return _derived(key, "account-link", public_id).hex()


def totp_secret(key: bytes, public_id: str) -> str:
    """The shared secret of an authenticator application, in base 32."""
    return base64.b32encode(_derived(key, "totp", public_id)[:20]).decode()


def same(one: str, other: str) -> bool:
    """Compare two secrets without telling, by the time taken, where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def token_hash(token: str) -> str:
    """What the database keeps of a session token."""
    return sha256(token.encode()).hexdigest()
