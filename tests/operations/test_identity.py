"""Proving again who one is: the steps of sign-in, five minutes, one grave act."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.domain.confirmation import Method
from grants.domain.credentials import email_code, token_hash, totp_secret
from grants.domain.errors import Refusal
from grants.domain.throttling import Purpose, key
from grants.extensions import db
from grants.models.people import Account, EmailCode, Throttle, WebSession
from grants.models.trail import JournalEvent
from grants.operations import identity, sign_in, throttles
from grants.operations.identity import Answer
from grants.queries import sessions
from grants.unit_of_work import saving
from tests.factories import NOW, make_member, make_staff, unique

KEY = b"cle"
FIVE = timedelta(minutes=5)


@pytest.fixture
def member(session: Session) -> Actor:
    return make_member(session)


@pytest.fixture
def advisor(session: Session) -> Actor:
    return make_staff(session, "Odile Morin", "advisor")


def browser(session: Session, actor: Actor, confirmed_at: datetime | None = None) -> str:
    """A signed-in browser of this person; what the database knows of its token."""
    digest = token_hash(unique())
    live = WebSession(
        token_hash=digest,
        account_id=actor.account_id,
        stage="in",
        created_at=NOW,
        expires_at=NOW + timedelta(hours=12),
        confirmed_at=confirmed_at,
    )
    session.add(live)
    session.commit()
    return digest


def after_password(session: Session, actor: Actor) -> int:
    """The session that the right password opens."""
    with saving() as act:
        opened = sign_in.begin(act, actor.account_id, None, now=NOW)
    query = select(WebSession.id).where(WebSession.token_hash == token_hash(opened.token))
    return session.scalars(query).one()


def factor(session: Session, actor: Actor) -> str:
    """The right second factor of this person."""
    account = session.get_one(Account, actor.account_id)
    if account.kind == "staff":
        return pyotp.TOTP(totp_secret(KEY, account.public_id)).at(NOW)
    code = session.scalars(select(EmailCode).order_by(EmailCode.id.desc())).first()
    return email_code(KEY, code.public_id)


def confirm(digest: str, waiting_id: int, typed: str, actor: Actor, now: datetime = NOW) -> bool:
    with saving() as act:
        answer = Answer(waiting_id, typed)
        return identity.confirm(act, digest, answer, key=KEY, actor=actor, now=now)


def consume(digest: str | None, actor: Actor, now: datetime = NOW) -> identity.Confirmation:
    with saving() as act:
        return identity.consume(act, digest, actor=actor, now=now)


def refusal(digest: str | None, actor: Actor, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as refused:
        consume(digest, actor, now)
    return refused.value.code


@pytest.mark.engine
@pytest.mark.parametrize(
    ("who", "method"), [("member", Method.MAILED_CODE), ("advisor", Method.AUTHENTICATOR)]
)
def test_a_confirmation_serves_one_act(
    session: Session, request: pytest.FixtureRequest, who: str, method: Method
) -> None:
    actor = request.getfixturevalue(who)
    digest = browser(session, actor)
    assert refusal(digest, actor) == "identity_not_confirmed", "signing in is not confirming"
    waiting_id = after_password(session, actor)
    typed = factor(session, actor)
    assert confirm(digest, waiting_id, typed, actor)
    assert sessions.confirmation(session, digest, NOW) == NOW + FIVE
    assert not confirm(digest, waiting_id, typed, actor), "the same answer serves once"
    assert consume(digest, actor) == identity.Confirmation(NOW, method)
    assert sessions.confirmation(session, digest, NOW) is None
    assert refusal(digest, actor) == "identity_not_confirmed"


@pytest.mark.parametrize("who", ["member", "advisor"])
def test_a_wrong_factor_confirms_nothing(
    session: Session, request: pytest.FixtureRequest, who: str
) -> None:
    actor = request.getfixturevalue(who)
    digest, waiting_id = browser(session, actor), after_password(session, actor)
    right = factor(session, actor)
    assert not confirm(digest, waiting_id, "000000" if right != "000000" else "111111", actor)
    assert sessions.confirmation(session, digest, NOW) is None
    assert session.scalars(select(JournalEvent.kind)).all()[-1] == "sign_in_failed"


def test_five_wrong_codes_burn_the_code(session: Session, member: Actor) -> None:
    digest, waiting_id = browser(session, member), after_password(session, member)
    right = factor(session, member)
    wrong = "000000" if right != "000000" else "111111"
    assert not any(confirm(digest, waiting_id, wrong, member) for _ in range(5))
    assert not confirm(digest, waiting_id, right, member)


def test_without_the_password_of_this_account_no_factor_is_enough(
    session: Session, member: Actor, advisor: Actor
) -> None:
    digest = browser(session, advisor)
    signed_in = session.scalars(select(WebSession.id)).one()
    assert not confirm(digest, signed_in, factor(session, advisor), advisor)
    theirs = after_password(session, member)
    assert not confirm(digest, theirs, factor(session, member), advisor)


def test_a_confirmation_gives_the_tries_back(session: Session, advisor: Actor) -> None:
    account = session.get_one(Account, advisor.account_id)
    names = [(Purpose.SIGN_IN, account.email), (Purpose.TOTP, account.public_id)]
    with saving() as act:
        for purpose, whom in names:
            throttles.count(act, purpose, whom, now=NOW)
    digest, waiting_id = browser(session, advisor), after_password(session, advisor)
    assert confirm(digest, waiting_id, factor(session, advisor), advisor)
    assert [session.get_one(Throttle, key(*name)).tries for name in names] == [0, 0]


def test_it_holds_five_minutes(session: Session, advisor: Actor) -> None:
    digest = browser(session, advisor, confirmed_at=NOW)
    assert sessions.confirmation(session, digest, NOW + FIVE) is None
    assert refusal(digest, advisor, NOW + FIVE) == "identity_not_confirmed"
    assert consume(digest, advisor, NOW + FIVE - timedelta(seconds=1)).confirmed_at == NOW


def test_it_is_worth_nothing_elsewhere(session: Session, advisor: Actor, member: Actor) -> None:
    confirmed, other = browser(session, advisor, confirmed_at=NOW), browser(session, advisor)
    assert refusal(other, advisor) == "identity_not_confirmed", "another browser, same person"
    assert refusal(confirmed, member) == "identity_not_confirmed", "another person"
    assert refusal(None, advisor) == "identity_not_confirmed"
    with saving() as act:
        sign_in.sign_out(act, confirmed, actor=advisor, now=NOW)
    assert refusal(confirmed, advisor) == "identity_not_confirmed", "signed out"


def test_a_disabled_account_confirms_nothing(session: Session, advisor: Actor) -> None:
    digest = browser(session, advisor, confirmed_at=NOW)
    session.get_one(Account, advisor.account_id).disabled_at = NOW
    session.commit()
    assert refusal(digest, advisor) == "identity_not_confirmed"
    assert sessions.confirmation(session, digest, NOW) is None


def test_an_act_that_fails_gives_the_confirmation_back(session: Session, advisor: Actor) -> None:
    digest = browser(session, advisor, confirmed_at=NOW)

    def fail() -> None:
        with saving() as act:
            identity.consume(act, digest, actor=advisor, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert consume(digest, advisor).confirmed_at == NOW


def test_only_the_cast_confirms_in_one_click(session: Session, advisor: Actor) -> None:
    digest = browser(session, advisor)

    def confirmed() -> bool:
        with saving() as act:
            return identity.confirm_demo(act, digest, actor=advisor, now=NOW)

    assert not confirmed()
    session.get_one(Account, advisor.account_id).email = "odile@demo.appui.example"
    session.commit()
    assert confirmed()
    assert consume(digest, advisor).method == Method.DEMONSTRATION


def test_a_visitor_confirms_nothing(session: Session, advisor: Actor) -> None:
    digest = browser(session, advisor)
    with pytest.raises(Refusal, match="not_allowed"):
        confirm(digest, 0, "123456", VISITOR)


@pytest.mark.engine
def test_of_two_acts_at_once_one_passes(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        actor = make_staff(db.session(), "Odile Morin", "advisor")
        digest = browser(db.session(), actor, confirmed_at=NOW)
        db.session.remove()

    both_inside = Barrier(2, timeout=0.3)

    def passes(_: int) -> bool:
        """Hold the act open until the other one is as far, which a lock never lets happen."""
        with app.app_context(), suppress(Refusal):
            with saving() as act:
                identity.consume(act, digest, actor=actor, now=NOW)
                with suppress(BrokenBarrierError):
                    both_inside.wait()
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(passes, range(2))) == [False, True]
