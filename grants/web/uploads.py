"""Files that come from outside: looked at by content, cleaned, stored under a random key.

All of it happens before the act that keeps them: nothing here holds a transaction.
"""

from dataclasses import dataclass
from io import BytesIO

import magic
import pikepdf
from flask import current_app
from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from grants.domain.errors import DomainError
from grants.domain.uploads import (
    JPEG,
    MAX_BYTES,
    MAX_PAGES,
    MAX_PIXELS,
    MIN_FREE_BYTES,
    PDF,
    check_size,
    check_type,
    shown_name,
)
from grants.storage import LocalFolder, hashed

SNIFFED = 4096
JPEG_QUALITY = 90
FORMATS = {JPEG: "JPEG", "image/png": "PNG"}

Image.MAX_IMAGE_PIXELS = None  # our own limit is read from the header, before any decoding


@dataclass(frozen=True)
class StoredFile:
    """A file that is safe to keep, and where it is kept."""

    filename: str
    media_type: str
    size: int
    sha256: str
    storage_key: str


def storage() -> LocalFolder:
    """Where this application keeps its files."""
    folder: LocalFolder = current_app.extensions["storage"]
    return folder


def receive(file: FileStorage | None) -> StoredFile:
    """Look at a posted file, clean it and store it.

    Raises `file_missing`, `storage_full`, and what is wrong with the file, to repair.
    """
    if file is None or not file.filename:
        raise DomainError("file_missing")
    if storage().free_bytes() < MIN_FREE_BYTES:
        raise DomainError("storage_full")
    content = file.stream.read(MAX_BYTES + 1)
    media_type, content = clean(content, file.filename)
    return StoredFile(
        filename=shown_name(file.filename, media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashed(content),
        storage_key=storage().put(content),
    )


def clean(content: bytes, filename: str) -> tuple[str, bytes]:
    """The true type of a file by its content, and its bytes made safe to keep."""
    check_size(len(content), filename)
    media_type = magic.from_buffer(content[:SNIFFED], mime=True)
    check_type(media_type, filename)
    if media_type == PDF:
        _check_pdf(content, filename)
        return media_type, content
    return media_type, _redrawn(content, media_type, filename)


def _check_pdf(content: bytes, filename: str) -> None:
    """Refuse a PDF that needs a password, does not open, or has too many pages."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            pages, protected = len(document.pages), document.is_encrypted
    except pikepdf.PasswordError:
        raise DomainError("file_protected", name=filename) from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise DomainError("file_broken", name=filename) from None
    if protected:
        raise DomainError("file_protected", name=filename)
    if pages == 0:
        raise DomainError("file_broken", name=filename)
    if pages > MAX_PAGES:
        raise DomainError("file_too_many_pages", name=filename, limit=MAX_PAGES)


def _redrawn(content: bytes, media_type: str, filename: str) -> bytes:
    """The picture alone, upright: no place, no date, no hidden text, no second file."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise DomainError("image_too_large", name=filename)
            upright = ImageOps.exif_transpose(picture)
            return _encoded(_flat(upright), media_type)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise DomainError("file_broken", name=filename) from None


def _flat(picture: Image.Image) -> Image.Image:
    """Plain colours, without what the file said beside its pixels."""
    if picture.mode in ("P", "PA"):
        picture = picture.convert("RGBA")
    picture.info = {}
    return picture


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    target = BytesIO()
    if media_type == JPEG:
        picture.save(target, FORMATS[media_type], quality=JPEG_QUALITY)
    else:
        picture.save(target, FORMATS[media_type])
    return target.getvalue()
