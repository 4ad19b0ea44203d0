"""The name of a payee as a bank file can hold it: 1 to 30 characters of a small ASCII set.

A legal name is brought to the set by rule; a person then confirms or corrects the result,
because a bank may send a payment back for a name it does not know.
Source: the set and the length of Payments Canada's Standard 005.
"""

import re
import unicodedata

from grants.domain.errors import DomainError

LONGEST = 30

_LETTERS = str.maketrans(
    {
        "Œ": "OE",
        "Æ": "AE",
        **dict.fromkeys("’‘ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(map(chr, (0xAB, 0xBB)), ""),  # the French quotation marks
    }
)
_OUTSIDE = re.compile(r"[^A-Z0-9 &'().,/-]+")
_SPACES = re.compile(r" +")
_LEFT_HANGING = " &'(,/-"


def transliterate(text: str) -> str:
    """Any text in the set of the bank file, whatever its length.

    Capitals without accents, œ and æ in two letters, plain apostrophes and hyphens, no
    quotation marks; a space for any other character, and never two in a row.
    """
    marked = unicodedata.normalize("NFKD", text).upper()
    letters = "".join(one for one in marked if not unicodedata.combining(one))
    known = _OUTSIDE.sub(" ", letters.translate(_LETTERS))
    return _SPACES.sub(" ", known).strip()


def propose(legal_name: str) -> str:
    """The name to confirm for an organization: at most 30 characters, cut after a word.

    Empty when nothing of the legal name can be written in the set.
    """
    name = transliterate(legal_name)
    if len(name) <= LONGEST:
        return name
    whole_words, _, _ = name[: LONGEST + 1].rpartition(" ")
    return (whole_words or name[:LONGEST]).rstrip(_LEFT_HANGING)


def is_writable(text: str) -> bool:
    """Whether a text stands in the set of the bank file, without space at its ends."""
    return text == text.strip() and not _OUTSIDE.search(text)


def check(payee_name: str) -> str:
    """The name a person confirmed, exactly as the file will hold it.

    Error: payee_name_invalid (empty, longer than 30, or with a character outside the set).
    """
    name = payee_name.strip()
    if not 1 <= len(name) <= LONGEST or not is_writable(name):
        raise DomainError("payee_name_invalid", limit=LONGEST)
    return name
