"""The second factor: the code mailed to an organization, the authenticator code of staff.

A wrong answer is an outcome, not an error: an error would undo the count of its try. Source:
checklist of our security page, 26 to 30 (once, random, short-lived, bound to the session).
"""

from datetime import datetime

import pyotp
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain import credentials
from grants.domain.access import Actor
from grants.domain.throttling import Purpose
from grants.models.people import Account, EmailCode, WebSession
from grants.operations import sign_in
from grants.operations.sign_in import Opened
from grants.operations.trail import record

CODE_TRIES = 5
TOTP_STEP = 30  # seconds
TOTP_DRIFT = 1  # steps accepted before and after: telephones' clocks differ


def resend_code(session: Session, web_session_id: int, *, now: datetime) -> None:
    """Owe a new code to a session that waits for one; nothing when it does not."""
    live = sign_in.waiting(session, web_session_id, ("code",), now=now)
    if live is not None:
        sign_in.owe_code(session, live.account_id, now=now)


def answer_code(
    session: Session, web_session_id: int, typed: str, *, key: bytes, now: datetime
) -> Opened | None:
    """Finish signing in with the mailed code; None when it is not the newest live one.

    Reading the mail also confirms the address.
    """
    live = sign_in.waiting(session, web_session_id, ("code",), now=now)
    if live is None or not is_right(session, live, typed, key=key, now=now):
        return None
    account = sign_in.locked_account(session, live.account_id)
    account.email_confirmed_at = account.email_confirmed_at or now
    return sign_in.admit(session, live, account, Purpose.CODE, now=now)


def answer_totp(
    session: Session, web_session_id: int, typed: str, *, key: bytes, now: datetime
) -> Opened | None:
    """Finish signing in with the authenticator's code; None when wrong or already used.

    The first right code enrols the application.
    """
    live = sign_in.waiting(session, web_session_id, ("totp", "enrol"), now=now)
    if live is None or not is_right(session, live, typed, key=key, now=now):
        return None
    account = live.account
    if account.totp_enrolled_at is None:
        account.totp_enrolled_at = now
        record(
            session,
            "totp_enrolled",
            actor=Actor(account.person_id),
            now=now,
            account=account.public_id,
        )
    return sign_in.admit(session, live, account, Purpose.TOTP, now=now)


def is_right(session: Session, live: WebSession, typed: str, *, key: bytes, now: datetime) -> bool:
    """Whether this is the factor that the session, locked, waits for; a right one is used up.

    A wrong one is noted in the journal, without saying whose.
    """
    if live.stage == "code":
        return _code_is_right(session, live, typed, key, now)
    account = sign_in.locked_account(session, live.account_id)
    step = _matching_step(credentials.totp_secret(key, account.public_id), typed, now)
    if step is None or not _step_taken(session, account.id, step):
        sign_in.fail(session, "totp", now=now)
        return False
    return True


def _code_is_right(
    session: Session, live: WebSession, typed: str, key: bytes, now: datetime
) -> bool:
    public_id = _code_to_compare(session, live, now)
    if public_id is None:
        return False
    if not credentials.same(
        credentials.email_code(key, public_id), credentials.typed_digits(typed)
    ):
        sign_in.fail(session, "code", now=now)
        return False
    code = session.scalars(select(EmailCode).where(EmailCode.public_id == public_id)).one()
    code.used_at = now
    return True


def _code_to_compare(session: Session, live: WebSession, now: datetime) -> str | None:
    """Take one of the five tries of the newest code of this session; None when none is left."""
    newest = (
        select(EmailCode.id)
        .where(EmailCode.account_id == live.account_id, EmailCode.created_at >= live.created_at)
        .order_by(EmailCode.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session.execute(
        update(EmailCode)
        .where(EmailCode.id == newest, EmailCode.attempts < CODE_TRIES)
        .where(EmailCode.used_at.is_(None), EmailCode.expires_at > now)
        .values(attempts=EmailCode.attempts + 1)
        .returning(EmailCode.public_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def _matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """The thirty-second step whose code was typed, now or just beside; None without one."""
    present = int(now.timestamp()) // TOTP_STEP
    generator, digits = pyotp.TOTP(secret, interval=TOTP_STEP), credentials.typed_digits(typed)
    steps = range(present - TOTP_DRIFT, present + TOTP_DRIFT + 1)
    matching = [step for step in steps if credentials.same(generator.generate_otp(step), digits)]
    return matching[-1] if matching else None


def _step_taken(session: Session, account_id: int, step: int) -> bool:
    """Use up a step: a code that was seen or overheard is refused the second time."""
    taken = session.execute(
        update(Account)
        .where(Account.id == account_id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return taken is not None
