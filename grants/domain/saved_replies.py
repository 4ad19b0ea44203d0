"""Saved replies: texts with places to fill, such as {numero}, written once for everybody.

A place that nobody knows is refused when the text is saved, never when an answer leaves (our
decision).
"""

import re
from collections.abc import Mapping

from grants.domain.errors import DomainError

TITLE_MAX = 120
TEXT_MAX = 5000
PLACES = ("numero", "nom", "date_reception", "date_reponse", "secretariat", "telephone")

_PLACE = re.compile(r"\{([^{}]*)\}")


def check_title(title: str) -> str:
    """The title as kept. Errors: `saved_reply_title_required`, `text_too_long`."""
    kept = " ".join(title.split())
    if not kept:
        raise DomainError("saved_reply_title_required")
    if len(kept) > TITLE_MAX:
        raise DomainError("text_too_long", length=len(kept), limit=TITLE_MAX)
    return kept


def check_text(text: str) -> str:
    """The text as kept, every place of it known.

    Errors: `reply_required`, `text_too_long`, `placeholder_unknown` (facts `name`, `known`),
    `placeholder_open` for a brace alone.
    """
    kept = text.replace("\r\n", "\n").strip()
    if not kept:
        raise DomainError("reply_required")
    if len(kept) > TEXT_MAX:
        raise DomainError("text_too_long", length=len(kept), limit=TEXT_MAX)
    for name in _PLACE.findall(kept):
        if name.strip() not in PLACES:
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            raise DomainError("placeholder_unknown", name=f"{{{name}}}", known=known)
    if set("{}") & set(_PLACE.sub("", kept)):
        raise DomainError("placeholder_open")
    return kept


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; one whose value is empty stays, for a person to fill."""
    return _PLACE.sub(lambda found: values.get(found[1].strip()) or found[0], text)


def check_filled(text: str) -> None:
    """Refuse to send words with a known place still to fill. Error: `placeholder_left`."""
    for name in _PLACE.findall(text):
        if name.strip() in PLACES:
            raise DomainError("placeholder_left", name=f"{{{name}}}")
