"""Those who pay, with browsers that have just said again who they are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.people import WebSession
from grants.queries import calendars
from tests.factories import make_staff, unique

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Finance:
    """Two preparers and the approver, with what the database knows of the latter's browsers."""

    preparer: Actor
    other_preparer: Actor
    approver: Actor
    browsers: tuple[str, ...]


def make_finance(session: Session, now: datetime, browsers: int = 1) -> Finance:
    """The people of finance; one browser of the approver per process that will release."""
    preparer = make_staff(session, "Réjean Kirouac", "finance_preparer")
    other = make_staff(session, "Maëlle Deschamps", "finance_preparer")
    approver = make_staff(session, "Sylvio Tanguay", "finance_approver")
    tokens = tuple(make_browser(session, approver, now) for _ in range(browsers))
    return Finance(preparer, other, approver, tokens)


def make_browser(session: Session, actor: Actor, now: datetime) -> str:
    """A signed-in browser of this person: its token's hash."""
    token_hash = unique() * 2
    session.add(
        WebSession(
            token_hash=token_hash,
            account_id=actor.account_id,
            stage="in",
            created_at=now,
            expires_at=now + A_YEAR,
        )
    )
    session.commit()
    return token_hash


def confirmed(session: Session, token_hash: str, now: datetime) -> str:
    """The same browser, just confirmed."""
    this = update(WebSession).where(WebSession.token_hash == token_hash)
    session.execute(this.values(confirmed_at=now))
    return token_hash


def funds_date(session: Session, now: datetime) -> date:
    """The first business day after today."""
    calendar, on = calendars.calendar(session), local_date(now) + timedelta(days=1)
    while not calendar.is_business_day(on):
        on += timedelta(days=1)
    return on
