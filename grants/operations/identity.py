"""Who acts is asked again before a grave act: signing, issuing, releasing money, revealing.

The password and the second factor go through the very steps and counters of sign-in: the right
password opens a session that waits for its factor (`grants.operations.sign_in.begin`), and the
factor is compared by `grants.operations.factors`. Signing in is not confirming. Source: our
decision, in `grants.domain.confirmation`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import confirmation
from grants.domain.access import Action, Actor, demand
from grants.domain.confirmation import Confirmation, Method
from grants.domain.errors import Refusal
from grants.domain.throttling import Purpose
from grants.models.people import Account, WebSession
from grants.operations import factors, sign_in
from grants.operations.trail import record
from grants.queries.accounts import is_cast


@dataclass(frozen=True)
class Answer:
    """The second factor as typed, for the session that the right password just opened."""

    waiting_id: int
    typed: str


def confirm(
    session: Session, token_hash: str, details: Answer, *, key: bytes, actor: Actor, now: datetime
) -> bool:
    """Confirm who sits at a signed-in browser, after the password and the second factor.

    False when the factor is wrong or used, or when either session ended: an outcome and not an
    error, so that its try stays counted. `key` is the one codes are derived from.
    """
    demand(actor, Action.CONFIRM_IDENTITY)
    waits = sign_in.waiting(session, details.waiting_id, ("code", "totp"), now=now)
    live = _signed_in(session, token_hash, actor, now)
    if waits is None or live is None or waits.account_id != live.account_id:
        return False
    if not factors.is_right(session, waits, details.typed, key=key, now=now):
        return False
    waits.ended_at = now
    sign_in.forgive(session, live.account, Purpose(waits.stage))
    _note(session, live, actor, now)
    return True


def confirm_demo(session: Session, token_hash: str, *, actor: Actor, now: datetime) -> bool:
    """Confirm a person of the demonstration, without a password; False for anybody else."""
    demand(actor, Action.CONFIRM_IDENTITY)
    live = _signed_in(session, token_hash, actor, now)
    if live is None or not is_cast(live.account.email):
        return False
    _note(session, live, actor, now)
    return True


def consume(
    session: Session, token_hash: str | None, *, actor: Actor, now: datetime
) -> Confirmation:
    """Use up the confirmation of a browser, in the transaction of the grave act.

    One confirmation serves one act: of two at once the second is refused, and an act that fails
    gives it back, since everything is undone together. `token_hash` is what the database knows
    of the browser, None without one. Refusal: identity_not_confirmed (never, used, or older
    than five minutes).
    """
    live = _signed_in(session, token_hash, actor, now) if token_hash else None
    confirmed_at = live.confirmed_at if live else None
    if live is None or confirmed_at is None or not confirmation.holds_until(confirmed_at, now=now):
        raise Refusal("identity_not_confirmed", actor_id=actor.person_id)
    live.confirmed_at = None
    return Confirmation(confirmed_at, _method(live.account))


def _signed_in(session: Session, token_hash: str, actor: Actor, now: datetime) -> WebSession | None:
    """The signed-in session of this actor, locked; None when it is not, or not any more."""
    live = session.scalar(
        select(WebSession)
        .where(WebSession.token_hash == token_hash, WebSession.stage == "in")
        .where(WebSession.ended_at.is_(None), WebSession.expires_at > now)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if live is None or live.account.disabled_at is not None:
        return None
    return live if live.account.person_id == actor.person_id else None


def _note(session: Session, live: WebSession, actor: Actor, now: datetime) -> None:
    live.confirmed_at = now
    method = _method(live.account)
    record(session, "identity_confirmed", actor=actor, now=now, method=method.value)


def _method(account: Account) -> Method:
    return confirmation.method_of(account.kind, invented=is_cast(account.email))
