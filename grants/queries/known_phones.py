"""The telephone numbers on which an account is verified: those known before it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.flow import Status
from grants.models.case_files import Application, CaseFile
from grants.queries.bank_details import Version

AGREED = (Status.GRANTED.value, Status.SIGNED.value, Status.PAID.value)


@dataclass(frozen=True)
class KnownPhone:
    """A telephone number given before the account was, and the file that gave it."""

    number: str
    whose: tuple[str, ...]
    case_number: str
    received_at: datetime


def before(session: Session, version: Version, *, actor: Actor) -> list[KnownPhone]:
    """Numbers that one application received before the account gives, to call back on.

    An application never changes: who takes over an account can change the organization's facts,
    not these. The latest whose file was granted, since we spoke with its people; without one the
    latest: who takes over an account could send a new application just before the account.
    """
    query = (
        select(CaseFile.number, CaseFile.received_at, Application.answers)
        .join(Application, Application.case_file_id == CaseFile.id)
        .where(CaseFile.organization_id == version.organization_id)
        .where(CaseFile.secretariat_id == actor.secretariat_id)
        .where(CaseFile.entered_at < version.entered_at)
        .order_by(CaseFile.status.in_(AGREED).desc(), CaseFile.entered_at.desc())
        .order_by(CaseFile.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return []
    return [
        KnownPhone(number, tuple(sorted(whose)), row.number, row.received_at)
        for number, whose in _numbers(row.answers).items()
    ]


def _numbers(answers: Mapping[str, Any]) -> dict[str, set[str]]:
    """Each number that an application gives, once, with the persons who answer there."""
    found: dict[str, set[str]] = {}
    for key in ("phone", "rep_phone", "contact_phone"):
        if number := answers.get(key):
            found.setdefault(str(number), set())
            if whose := _whose(key, answers):
                found[str(number)] |= {whose}
    return found


def _whose(key: str, answers: Mapping[str, Any]) -> str:
    """The person who answers at this number; empty for the organization itself."""
    who = key.removesuffix("phone")
    names = (answers.get(f"{who}first_name"), answers.get(f"{who}last_name")) if who else ()
    return " ".join(str(name) for name in names if name)
