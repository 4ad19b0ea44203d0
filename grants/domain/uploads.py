"""What a file sent to us may be: its kind, its size and its name.

Source of the limits: our decision. The content itself is looked at by `grants.web.uploads`.
"""

import re
import unicodedata
from collections.abc import Mapping

from grants.domain.errors import DomainError

MAX_BYTES = 15_000_000
MAX_PIXELS = 50_000_000
MAX_PAGES = 500
MAX_FILES_OF_A_QUESTION = 5
MIN_FREE_BYTES = 500_000_000

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"

EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
}
ACCEPT = ".pdf,.jpg,.jpeg,.png"
LONGEST_NAME = 120

_UNSAFE = re.compile(r'[\\/:*?"<>|]')


def check_size(size: int, filename: str) -> None:
    """Refuse an empty file (`file_empty`) and one over 15 Mo (`file_too_large`)."""
    if size == 0:
        raise DomainError("file_empty", name=filename)
    if size > MAX_BYTES:
        raise DomainError("file_too_large", name=filename)


def check_type(media_type: str, filename: str) -> None:
    """Refuse what is neither a PDF, a JPEG nor a PNG (`file_type`)."""
    if media_type not in EXTENSIONS:
        raise DomainError("file_type", name=filename)


def shown_name(filename: str, media_type: str) -> str:
    """The sender's file name, safe to show and to save, its extension made to tell the truth.

    "..\\\\c:evil.html" of a PDF gives "evil.html.pdf".
    """
    composed = unicodedata.normalize("NFC", filename.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(c for c in composed if unicodedata.category(c)[0] != "C")
    name = _UNSAFE.sub(" ", kept).strip(" .") or "document"
    endings = EXTENSIONS[media_type]
    if not name.lower().endswith(endings):
        name += endings[0]
    stem, _, ending = name.rpartition(".")
    return f"{stem[:LONGEST_NAME]}.{ending}"
