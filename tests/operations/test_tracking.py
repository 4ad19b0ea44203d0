"""Following by number and code: the right person, and the silence towards anybody else."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR
from grants.domain.credentials import email_code, tracking_code
from grants.extensions import db
from grants.mail.tracking_messages import code_mail
from grants.models.tracking import TrackingCode
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import information_requests, tracking
from grants.operations.information_requests import RequestDetails
from grants.queries import tracking as followed
from grants.unit_of_work import saving
from tests.complaint_cases import file_complaint
from tests.factories import NOW, unique

KEY = b"cle"
EMAIL = "zoe@exemple.quebec"
WRONG = "autre@exemple.quebec"

pytestmark = pytest.mark.engine


def a_request() -> str:
    """The number of a question sent by Zoé."""
    details = RequestDetails(
        public_id=unique(),
        secretariat_code="SACA",
        topic="general",
        question="Quand?",
        email=EMAIL,
        answer_by="email",
        channel="web",
        received_at=NOW,
    )
    with saving() as act:
        return information_requests.record(act, details, actor=VISITOR, now=NOW).number


def a_complaint() -> str:
    """The number of what Zoé said in confidence."""
    return file_complaint(db.session(), email=EMAIL).number


def ask(number: str, email: str = EMAIL, now: datetime = NOW) -> str:
    with saving() as act:
        return tracking.ask_code(act, number, email, now=now)


def use(public_id: str, typed: str, now: datetime = NOW) -> bool:
    with saving() as act:
        return tracking.use_code(act, public_id, typed, key=KEY, now=now)


def mails(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail.tracking")))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of what runs inside, without their values."""
    seen: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        if "SAVEPOINT" not in statement:  # their names are numbered
            seen.append(statement)

    engine = db.session().connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("make", [a_request, a_complaint])
def test_the_mailed_code_opens_what_was_sent(session: Session, make: Callable[[], str]) -> None:
    number = make()
    asked = ask(number.lower().replace("-", " "), f" {EMAIL.upper()} ")
    code_id = session.scalars(select(TrackingCode.id)).one()
    to_send = followed.code_to_send(session, code_id, now=NOW)
    assert to_send.email == EMAIL
    mail = code_mail(to_send, key=KEY)
    digits = tracking_code(KEY, asked)
    assert digits in mail.text
    assert digits in mail.html
    assert mail.subject == "Votre code"
    assert number not in mail.text + mail.html + mail.subject
    assert followed.followed(session, asked, now=NOW) is None
    assert use(asked, f"{digits[:3]} {digits[3:]}")
    found = followed.followed(session, asked, now=NOW + timedelta(minutes=59))
    assert (found.case_file_id is None) == (make is a_complaint)
    assert followed.followed(session, asked, now=NOW + timedelta(minutes=61)) is None
    assert not use(asked, digits), "a code serves once"


@pytest.mark.parametrize("make", [a_request, a_complaint])
def test_a_wrong_number_and_a_wrong_person_leave_the_same(
    session: Session, make: Callable[[], str]
) -> None:
    number = make()
    ask("REN-0000-0000-X")  # what is made once, is made
    missing = number[:-1] + ("A" if number[-1] != "A" else "B")
    with statements() as of_wrong_number:
        one = ask(missing)
    with statements() as of_wrong_person:
        other = ask(number, WRONG)
    assert of_wrong_number == of_wrong_person
    rows = session.scalars(
        select(TrackingCode).where(TrackingCode.public_id.in_([one, other]))
    ).all()
    assert len(rows) == 2
    assert not any(row.case_file_id or row.complaint_id for row in rows)
    assert not mails(session)
    for asked in (one, other):
        assert not use(asked, tracking_code(KEY, asked)), "even its own digits open nothing"


def test_an_application_is_not_followed_so(session: Session) -> None:
    asked = ask("DCD-2027-0001-X")
    assert not use(asked, tracking_code(KEY, asked))


def test_somebody_without_an_address_gets_no_code(session: Session) -> None:
    details = RequestDetails(
        public_id=unique(),
        secretariat_code="SACA",
        topic="general",
        question="Quand?",
        requester="Zoé",
        phone="418 555-7391",
        answer_by="phone",
        channel="web",
        received_at=NOW,
    )
    with saving() as act:
        number = information_requests.record(act, details, actor=VISITOR, now=NOW).number
    ask(number, "")
    assert not mails(session)


def test_a_code_lasts_fifteen_minutes_and_five_tries(session: Session) -> None:
    number = a_request()
    late = ask(number)
    assert not use(late, tracking_code(KEY, late), NOW + timedelta(minutes=15))
    tried = ask(number)
    for _ in range(5):
        assert not use(tried, "000000")
    assert not use(tried, tracking_code(KEY, tried))
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("tracking_failed") == 7
    assert tracking_code(KEY, tried) != email_code(KEY, tried)


def test_six_codes_an_hour_are_five_mails(session: Session) -> None:
    number = a_request()
    for _ in range(6):
        last = ask(number)
    assert len(mails(session)) == 5
    assert not use(last, tracking_code(KEY, last))
    ask(number, now=NOW + timedelta(hours=1))
    assert len(mails(session)) == 6


def test_of_24_guesses_at_once_five_are_compared(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        asked = ask(a_request())
        digits = tracking_code(KEY, asked)
        for _ in range(4):
            use(asked, "000000")

    def guess(_: int) -> bool:
        with app.app_context():
            return use(asked, digits)

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(guess, range(24))) == {True: 1, False: 23}
