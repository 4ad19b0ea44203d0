"""Sign-in: counted before it is checked, a new token at each step, each code once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR
from grants.domain.credentials import email_code, token_hash, totp_secret
from grants.domain.throttling import Purpose, key
from grants.models.people import Account, EmailCode, Throttle, WebSession
from grants.models.trail import JournalEvent
from grants.operations import factors, sign_in, throttles
from grants.operations.sign_in import Opened
from grants.queries import sessions
from grants.unit_of_work import saving
from tests.factories import NOW, make_account, make_staff

KEY = b"cle"


def begin(account: Account, now: datetime = NOW) -> Opened:
    account_id = account.id
    with saving() as act:
        opened = sign_in.begin(act, account_id, None, now=now)
    assert opened is not None
    return opened


def row(session: Session, opened: Opened) -> WebSession | None:
    query = select(WebSession).where(WebSession.token_hash == token_hash(opened.token))
    return session.scalar(query)


def digits(session: Session) -> str:
    code = session.scalars(select(EmailCode).order_by(EmailCode.id.desc())).first()
    return email_code(KEY, code.public_id)


def answer(session_id: int, typed: str, now: datetime = NOW) -> Opened | None:
    with saving() as act:
        return factors.answer_code(act, session_id, typed, key=KEY, now=now)


def answer_totp(session_id: int, typed: str, now: datetime = NOW) -> Opened | None:
    with saving() as act:
        return factors.answer_totp(act, session_id, typed, key=KEY, now=now)


@pytest.fixture
def volunteer(session: Session) -> Account:
    return make_account(session, "Aline Saint-Onge", "organization")


@pytest.fixture
def advisor(session: Session) -> Account:
    actor = make_staff(session, "Odile Morin", "advisor")
    return session.get_one(Account, actor.account_id)


@pytest.mark.engine
def test_the_right_code_gives_a_new_token_and_twelve_hours(
    session: Session, volunteer: Account
) -> None:
    first = begin(volunteer)
    assert first.stage == "code"
    session_id = row(session, first).id
    second = answer(session_id, digits(session))
    assert second is not None
    assert second.stage == "in"
    assert second.token != first.token
    assert row(session, first).ended_at == NOW, "the token known before is worth nothing"
    assert row(session, second).expires_at == NOW + timedelta(hours=12)


def test_a_session_ends_after_twelve_hours(session: Session, volunteer: Account) -> None:
    opened = answer(row(session, begin(volunteer)).id, digits(session))
    for hours, signed_in in ((11, True), (12, False)):
        now = NOW + timedelta(hours=hours)
        actor = sessions.actor(session, token_hash(opened.token), None, now=now)
        assert (actor != VISITOR) is signed_in


def test_a_code_serves_once(session: Session, volunteer: Account) -> None:
    first, second = begin(volunteer), begin(volunteer)
    code = digits(session)
    assert answer(row(session, second).id, code) is not None
    assert answer(row(session, first).id, code) is None


def test_a_code_lives_fifteen_minutes(session: Session, volunteer: Account) -> None:
    session_id = row(session, begin(volunteer)).id
    assert answer(session_id, digits(session), NOW + timedelta(minutes=15)) is None
    late = NOW + timedelta(minutes=14, seconds=59)
    assert answer(session_id, digits(session), late) is not None


@pytest.mark.engine
def test_five_wrong_tries_burn_a_code_and_a_new_one_works(
    session: Session, volunteer: Account
) -> None:
    session_id = row(session, begin(volunteer)).id
    code = digits(session)
    wrong = "000000" if code != "000000" else "111111"
    assert all(answer(session_id, wrong) is None for _ in range(5))
    assert answer(session_id, code) is None, "the sixth try is not even compared"
    with saving() as act:
        factors.resend_code(act, session_id, now=NOW)
    assert answer(session_id, code) is None, "only the newest code counts"
    assert answer(session_id, f" {digits(session)[:3]} {digits(session)[3:]}") is not None


def test_a_disabled_account_does_not_get_in(session: Session, volunteer: Account) -> None:
    session_id = row(session, begin(volunteer)).id
    code = digits(session)
    volunteer.disabled_at = NOW
    session.commit()
    account_id = volunteer.id
    assert answer(session_id, code) is None
    with saving() as act:
        assert sign_in.begin(act, account_id, None, now=NOW) is None


def test_a_password_changed_meanwhile_opens_nothing(volunteer: Account) -> None:
    account_id = volunteer.id
    with saving() as act:
        assert sign_in.begin(act, account_id, "old hash", now=NOW) is None


@pytest.mark.engine
def test_the_first_authenticator_code_enrols(session: Session, advisor: Account) -> None:
    advisor.totp_enrolled_at = None
    session.commit()
    opened = begin(advisor)
    assert opened.stage == "enrol"
    code = pyotp.TOTP(totp_secret(KEY, advisor.public_id)).at(NOW)
    assert answer_totp(row(session, opened).id, code).stage == "in"
    assert advisor.totp_enrolled_at == NOW
    assert begin(advisor).stage == "totp"


@pytest.mark.engine
def test_an_authenticator_code_serves_once(session: Session, advisor: Account) -> None:
    code = pyotp.TOTP(totp_secret(KEY, advisor.public_id)).at(NOW)
    first, second = begin(advisor), begin(advisor)
    assert answer_totp(row(session, first).id, code) is not None
    assert answer_totp(row(session, second).id, code) is None, "replayed"


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)]
)
def test_clocks_may_differ_by_one_step(
    session: Session, advisor: Account, seconds: int, accepted: bool
) -> None:
    totp = pyotp.TOTP(totp_secret(KEY, advisor.public_id))
    code = totp.at(NOW + timedelta(seconds=seconds))
    assert (answer_totp(row(session, begin(advisor)).id, code) is not None) is accepted


def test_the_way_out_ends_the_session_in_the_database(session: Session, volunteer: Account) -> None:
    opened = begin(volunteer)
    with saving() as act:
        sign_in.sign_out(act, token_hash(opened.token), actor=VISITOR, now=NOW)
    assert sessions.pending(session, token_hash(opened.token), now=NOW) is None


def test_only_the_cast_enters_in_one_click(session: Session, volunteer: Account) -> None:
    account_id = volunteer.id
    with saving() as act:
        assert sign_in.enter_demo(act, account_id, now=NOW) is None
    volunteer.email = "aline@demo.appui.example"
    session.commit()
    with saving() as act:
        assert sign_in.enter_demo(act, account_id, now=NOW).stage == "in"
    assert session.scalars(select(JournalEvent.kind)).all()[-1] == "demo_entered"


def test_coming_in_gives_the_tries_back(session: Session, volunteer: Account) -> None:
    email = volunteer.email
    with saving() as act:
        throttles.count(act, Purpose.SIGN_IN, email, now=NOW)
    answer(row(session, begin(volunteer)).id, digits(session))
    assert session.get_one(Throttle, key(Purpose.SIGN_IN, email)).tries == 0


def test_an_hour_later_the_counter_starts_again(session: Session) -> None:
    def count(now: datetime) -> datetime | None:
        with saving() as act:
            return throttles.count(act, Purpose.SIGN_IN, "a@exemple.quebec", now=now)

    waits = [count(NOW) for _ in range(11)]
    assert waits == [None] * 10 + [NOW + timedelta(hours=1)]
    assert count(NOW + timedelta(minutes=59)) == NOW + timedelta(hours=1)
    assert count(NOW + timedelta(hours=1)) is None


@pytest.mark.engine
def test_of_64_guesses_at_once_ten_are_checked(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    guess = {"email": "aline@exemple.quebec", "password": "une phrase longue"}

    def status(_: int) -> int:
        return app.test_client().post("/compte/entrer", data=guess).status_code

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(status, range(64))) == {200: 10, 429: 54}
