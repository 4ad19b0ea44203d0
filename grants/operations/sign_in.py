"""Sessions: opened after a password, moved from step to step, ended.

The browser's token is new at every step, so a token planted before is worth nothing after.
The second factor itself is in `grants.operations.factors`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.domain.credentials import token_hash
from grants.domain.throttling import Purpose
from grants.models.people import Account, EmailCode, WebSession
from grants.operations import throttles
from grants.operations.trail import owed, record
from grants.queries.accounts import is_cast

CODE_LIFE = timedelta(minutes=15)
PENDING_LIFE = timedelta(hours=1)  # to find the code or the telephone
SESSION_LIFE = timedelta(hours=12)  # absolute; an idle hour ends it sooner


@dataclass(frozen=True)
class Opened:
    """A session's new token, for the browser alone, and the step it stands at."""

    token: str
    stage: str


def nobody() -> Opened:
    """What a browser gets for an address that already has an account: nothing is behind it.

    The page that asks for the code looks the same, and no code will do.
    """
    return Opened(_new_token(), "code")


def begin(
    session: Session, account_id: int, password_hash: str | None, *, now: datetime
) -> Opened | None:
    """Open a session after the right password and ask for the second factor.

    `password_hash` is the one the password was checked against; None is returned when it
    changed meanwhile, or when the account was disabled.
    """
    account = locked_account(session, account_id)
    if account.disabled_at is not None or account.password_hash != password_hash:
        return None
    opened = _open(session, account.id, _second_factor(account), now + PENDING_LIFE, now)
    if opened.stage == "code":
        owe_code(session, account.id, now=now)
    return opened


def fail(session: Session, factor: str, *, now: datetime) -> None:
    """Note in the journal that a password or a code was wrong, without saying whose."""
    record(session, "sign_in_failed", actor=VISITOR, now=now, factor=factor)


def owe_code(session: Session, account_id: int, *, now: datetime) -> None:
    """Owe the mail of a new code, good for fifteen minutes; only the newest one counts."""
    code = EmailCode(
        public_id=secrets.token_hex(16),
        account_id=account_id,
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    session.add(code)
    session.flush()
    owed(session, "mail.code", code.id, key=f"code:{code.public_id}", now=now)


def locked_account(session: Session, account_id: int) -> Account:
    """The account as it is now, locked for this act."""
    return session.get_one(Account, account_id, with_for_update=True, populate_existing=True)


def waiting(
    session: Session, web_session_id: int, stages: tuple[str, ...], *, now: datetime
) -> WebSession | None:
    """The session, locked, when it is live and waits for one of these steps; else None."""
    live = session.get_one(WebSession, web_session_id, with_for_update=True, populate_existing=True)
    ended = live.ended_at is not None or live.expires_at <= now
    if ended or live.stage not in stages or live.account.disabled_at is not None:
        return None
    return live


def admit(
    session: Session, live: WebSession, account: Account, factor: Purpose, *, now: datetime
) -> Opened:
    """Let a person in after the second factor: new session, and their tries were no guesses."""
    live.ended_at = now
    opened = _open(session, account.id, "in", now + SESSION_LIFE, now)
    forgive(session, account, factor)
    record(session, "signed_in", actor=Actor(account.person_id), now=now, account=account.public_id)
    return opened


def forgive(session: Session, account: Account, factor: Purpose) -> None:
    """Take off the counters the tries of somebody who proved who they are: no guesses."""
    throttles.give_back(session, Purpose.SIGN_IN, account.email)
    throttles.give_back(session, factor, account.public_id)


def enter_demo(session: Session, account_id: int, *, now: datetime) -> Opened | None:
    """Enter as a person of the demonstration, without a password; None for anybody else."""
    account = locked_account(session, account_id)
    if not is_cast(account.email) or account.disabled_at is not None:
        return None
    opened = _open(session, account.id, "in", now + SESSION_LIFE, now)
    record(
        session, "demo_entered", actor=Actor(account.person_id), now=now, account=account.public_id
    )
    return opened


def sign_out(session: Session, digest: str, *, actor: Actor, now: datetime) -> None:
    """End the session of a browser, at whatever step; `digest` is its token's hash."""
    ended = session.execute(
        update(WebSession)
        .where(WebSession.token_hash == digest, WebSession.ended_at.is_(None))
        .values(ended_at=now)
        .returning(WebSession.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if ended is not None:
        record(session, "signed_out", actor=actor, now=now)


def _second_factor(account: Account) -> str:
    """The step after the password: organizations read a code, staff use an application."""
    if account.kind == "organization":
        return "code"
    return "enrol" if account.totp_enrolled_at is None else "totp"


def _open(
    session: Session, account_id: int, stage: str, expires_at: datetime, now: datetime
) -> Opened:
    opened = Opened(_new_token(), stage)
    session.add(
        WebSession(
            token_hash=token_hash(opened.token),
            account_id=account_id,
            stage=stage,
            created_at=now,
            expires_at=expires_at,
        )
    )
    return opened


def _new_token() -> str:
    """A token that nobody can guess: 256 random bits."""
    return secrets.token_urlsafe(32)
