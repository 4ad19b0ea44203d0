"""The documents a section asks for, with the files received for each, as its page shows them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.clock import utc_now
from grants.domain.forms.description import Field, FieldType, Section
from grants.domain.uploads import MAX_FILES_OF_A_QUESTION
from grants.wording import formats
from grants.wording.moments import moment

if TYPE_CHECKING:
    from grants.models.drafts import Attachment


@dataclass(frozen=True)
class ShownFile:
    """A file received: its name, and its size and instant in words."""

    public_id: str
    filename: str
    words: str


@dataclass(frozen=True)
class FileSlot:
    """A document asked for: its files, what is wrong with the last one, room for another."""

    question: Field
    files: Sequence[ShownFile]
    error: str
    has_room: bool
    new_id: str


def file_slots(
    section: Section, files: Sequence[Attachment], errors: Mapping[str, str]
) -> list[FileSlot]:
    """One slot for each document of the section, in reading order."""
    return [
        _slot(question, [file for file in files if file.field_key == question.key], errors)
        for question in section.fields
        if question.type is FieldType.FILE
    ]


def _slot(question: Field, files: Sequence[Attachment], errors: Mapping[str, str]) -> FileSlot:
    now = utc_now()
    shown = [
        ShownFile(
            file.public_id,
            file.filename,
            f"{formats.size(file.size)}, ajouté {moment(file.uploaded_at, now)}",
        )
        for file in files
    ]
    return FileSlot(
        question=question,
        files=shown,
        error=errors.get(question.key, ""),
        has_room=len(files) < MAX_FILES_OF_A_QUESTION,
        new_id=secrets.token_hex(16),
    )
