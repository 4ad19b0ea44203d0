"""Files that the system makes for a case file: kept once, by the hash of their bytes."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.messages import Document
from grants.operations.locking import lock
from grants.operations.trail import record

DEPOSIT_PROOF = "deposit_proof"


@dataclass(frozen=True)
class Stored:
    """Bytes already in the storage: their random key, their SHA-256, their size in bytes."""

    storage_key: str
    sha256: str
    size: int


def keep(
    session: Session, case_file_id: int, kind: str, stored: Stored, *, actor: Actor, now: datetime
) -> bool:
    """Name a stored file as the document of this kind of a case file.

    False when the case file has one already: the first one stays, for it may have been read
    (our decision), and the caller forgets the bytes it stored.
    """
    case_file = lock(session, CaseFile, case_file_id, None)
    present = select(Document.id).where(
        Document.case_file_id == case_file.id, Document.kind == kind
    )
    if session.scalar(present) is not None:
        return False
    session.add(
        Document(
            public_id=secrets.token_hex(16),
            case_file_id=case_file.id,
            kind=kind,
            storage_key=stored.storage_key,
            sha256=stored.sha256,
            size=stored.size,
            made_at=now,
        )
    )
    facts = {"sha256": stored.sha256, "size": stored.size}
    record(session, f"{kind}_made", actor=actor, now=now, case_file_id=case_file.id, **facts)
    return True
