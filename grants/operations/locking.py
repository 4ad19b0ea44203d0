"""The first line of an act on an existing row: lock it, then look whether the page was stale."""

from typing import TypeVar

from sqlalchemy.orm import Session

from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft

Subject = TypeVar("Subject", CaseFile, Draft)


def lock(session: Session, kind: type[Subject], row_id: int, version: int | None) -> Subject:
    """Lock a file or a draft and return it as it is now.

    `version` is what the page carried; None when the act does not depend on what was shown.
    Raises `stale_page` when somebody changed it meanwhile.
    """
    subject = session.get_one(kind, row_id, with_for_update=True, populate_existing=True)
    if version is not None and subject.version != version:
        raise DomainError("stale_page")
    return subject
