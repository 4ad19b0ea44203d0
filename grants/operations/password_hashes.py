"""Passwords become argon2id hashes here, always outside a transaction: hashing is slow.

The cost (19 MiB, two passes) is the one the OWASP password storage page asks for at least.
"""

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from grants.domain import passwords

COMMON_FILE = Path(__file__).resolve().parent.parent / "data" / "common_passwords.txt"
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODYS = (  # of a random text that was thrown away, at the same cost
    "$argon2id$v=19$m=19456,t=2,p=1$p5hfTCoNWSzKDl/++7VrTQ"
    "$z04UBmLaGkT2ddZI7UTr3ZDZI+nwrg4Mg0rDxD8L0gQ"
)


def check(typed: str, *, account_kind: str, about: tuple[str, ...] = ()) -> None:
    """Refuse a password too weak for an account of this kind (staff or organization).

    Errors: those of `grants.domain.passwords.check`.
    """
    minimum = passwords.minimum_for(account_kind)
    passwords.check(typed, minimum=minimum, common=_common(), about=about)


def hashed(typed: str) -> str:
    """What the database keeps of a password that was checked."""
    return HASHER.hash(passwords.normalized(typed))


def matches(stored: str | None, typed: str) -> bool:
    """Whether this is the password. Without a stored hash the same time is spent, for nothing."""
    password = passwords.normalized(typed)[: passwords.MAXIMUM]
    try:
        return HASHER.verify(stored or NOBODYS, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON_FILE.read_text(encoding="utf-8").split())
