"""Text folded for search: no case, no accents, no ligatures."""

import unicodedata


def fold(text: str) -> str:
    """`Coop d’éducation L’Éveil` → `coop d'education l'eveil`; œ is searched as oe."""
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("’", "'")
    marks = unicodedata.normalize("NFD", plain)
    return "".join(c for c in marks if not unicodedata.combining(c)).casefold().strip()
