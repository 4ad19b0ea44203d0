"""What our fonts can draw, and how the rest is written so that nothing typed vanishes."""

import re
import unicodedata
from collections.abc import Iterable
from functools import reduce
from pathlib import Path

from fontTools.ttLib import TTFont

LAYOUT_CHARACTERS = frozenset("\t\n\r")
SAME_TO_THE_EYE = str.maketrans(
    {
        "\u2007": "\u00a0",  # figure space
        "\u2010": "-",  # hyphen
        "\u2011": "-",  # no-break hyphen
        "\u202f": "\u00a0",  # narrow no-break space
    }
)


def undrawable(fonts: Iterable[Path]) -> re.Pattern[str]:
    """Matches any character that at least one of these fonts cannot draw."""
    maps = (frozenset(TTFont(path).getBestCmap() or ()) for path in fonts)
    common = reduce(frozenset.intersection, maps)
    drawn = {chr(code) for code in common} | LAYOUT_CHARACTERS
    return re.compile(f"[^{re.escape(''.join(sorted(drawn)))}]")


def spelled_out(text: str, missing: re.Pattern[str]) -> str:
    """The text with each missing character written by its number: `[U+017D]`."""
    composed = unicodedata.normalize("NFC", text).translate(SAME_TO_THE_EYE)
    return missing.sub(lambda found: f"[U+{ord(found[0]):04X}]", composed)
