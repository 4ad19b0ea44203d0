"""Text folded for search: no case, no accents, no ligatures. A line as it may be shown."""

import unicodedata


def fold(text: str) -> str:
    """`Coop d’éducation L’Éveil` → `coop d'education l'eveil`; œ is searched as oe."""
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("’", "'")
    marks = unicodedata.normalize("NFD", plain)
    return "".join(c for c in marks if not unicodedata.combining(c)).casefold().strip()


def one_line(text: str) -> str:
    """A name on one line, without stray spaces nor the characters that show nothing: those that
    turn the direction of writing would turn what stands beside the name."""
    shown = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(shown.split())
