"""What a password must be. Source: the verification standard our security page follows
(OWASP ASVS 5.0, section 6.2): long, not a common one, no rule on its composition, no expiry.
"""

import unicodedata
from collections.abc import Iterable, Set

from grants.domain.errors import DomainError

ORGANIZATION_MINIMUM = 12  # characters
STAFF_MINIMUM = 15  # characters
MAXIMUM = 200  # characters; only so that nobody posts a book
SHORTEST_HINT = 4  # a name shorter than this is too common to be a clue


def minimum_for(account_kind: str) -> int:
    """The least number of characters for an account of this kind: staff or organization."""
    return STAFF_MINIMUM if account_kind == "staff" else ORGANIZATION_MINIMUM


def normalized(typed: str) -> str:
    """The same password whether a keyboard composes its accents or not (Unicode form C)."""
    return unicodedata.normalize("NFC", typed)


def check(typed: str, *, minimum: int, common: Set[str], about: Iterable[str] = ()) -> None:
    """Refuse a password that is short or that anybody would try.

    `common` holds well-known passwords in lower case. `about` holds what people know of the
    person: name, e-mail. Errors: password_short (facts minimum, count), password_long (fact
    maximum), password_common, password_personal.
    """
    password = normalized(typed)
    if len(password) < minimum:
        raise DomainError("password_short", minimum=minimum, count=len(password))
    if len(password) > MAXIMUM:
        raise DomainError("password_long", maximum=MAXIMUM)
    if not common.isdisjoint(_guesses(password)):
        raise DomainError("password_common")
    if not _clues(about).isdisjoint(_guesses(password)):
        raise DomainError("password_personal")


def _guesses(password: str) -> set[str]:
    """What a guesser tries first: the text itself, and its word without figures and signs.

    A word typed several times ("marieMARIEmarie") is the same guess.
    """
    whole = password.casefold()
    word = _letters(whole)
    return {whole, word, _repeated(whole), _repeated(word)} - {""}


def _clues(about: Iterable[str]) -> set[str]:
    words = {part for text in about for part in _parts(text.casefold())}
    return {word for word in words if len(word) >= SHORTEST_HINT}


def _parts(text: str) -> set[str]:
    local, _, domain = text.partition("@")
    separated = "".join(sign if sign.isalpha() else " " for sign in local).split()
    return {text, _letters(text), _letters(local), _letters(domain), *separated}


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def _repeated(text: str) -> str:
    """The part that a text repeats, or the text itself: "abcabc" gives "abc"."""
    place = (text + text).find(text, 1)
    return text[:place] if text else ""
