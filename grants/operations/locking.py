"""The first line of an act on an existing row: lock it, then look whether the page was stale."""

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import Calendar
from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft
from grants.models.reference import CalendarYear
from grants.queries import calendars

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


_HOLD = select(CalendarYear.version).with_for_update(read=True, key_share=True)


def hold_calendar(session: Session, calendar: Calendar) -> Calendar:
    """The calendar as it stands until this act ends: a change of days off waits for the act.

    Without it a promise started from days just replaced would miss their recomputation.
    """
    version = sum(session.scalars(_HOLD))
    return calendar if version == calendar.version else calendars.calendar(session)
