"""What is sent without an account: nothing of it in a log or an address, and no code is guessed."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from grants.domain.credentials import tracking_code
from grants.extensions import db
from grants.jobs import handlers
from grants.models.case_files import CaseFile
from grants.models.tracking import TrackingCode
from grants.models.trail import OutboxRow
from tests.databases import KEY
from tests.mail.servers import MailServer, listening
from tests.security.browser import Forms

SECRETS = {
    "email": "zqcourriel@exemple.quebec",
    "requester": "Zqaline Zqsaint-Onge",
    "phone": "418 555-7391",
    "question": "Zqquestion écrite pour cet essai",
    "words": "Zqmots écrits pour cet essai",
}
GUESSES, TRIES = 16, 5


def form(**more: str) -> dict[str, str]:
    return {**SECRETS, "office": "SACA", "topic": "general", "answer_by": "email", **more}


def send_mails(app: Flask) -> None:
    """Do what a worker does with every mail that is owed."""
    with app.app_context():
        mails = select(OutboxRow.id).where(OutboxRow.kind.like("mail.%"))
        for row_id in db.session().scalars(mails).all():
            handlers.run(row_id)


def journey(app: Flask, browser: FlaskClient) -> list[str]:
    """A question and a message, refused then sent, and followed; every address answered."""
    seen: list[str] = []

    def post(url: str, **data: str) -> None:
        answer = browser.post(url, data=data)
        page = answer if answer.status_code != 303 else browser.get(answer.location)
        found = re.findall(r'(?:href|action|src)="((?!mailto:|tel:)[^"]*)"', page.text)
        seen.extend([answer.location or "", *found])

    for more in ({"email": "faux"}, {"step": "change"}, {}):
        post("/renseignements", **form(**more))
    post("/plaintes", **form())
    with app.app_context():
        number = db.session().scalars(select(CaseFile.number)).one()
    post("/suivre", number=number, email=SECRETS["email"])
    with app.app_context():
        asked = db.session().scalars(select(TrackingCode.public_id)).one()
    post("/suivre/code", code="000000")
    send_mails(app)
    post("/suivre/code", code=tracking_code(KEY.encode(), asked))
    return [*seen, number]


def test_a_journey_without_account_leaves_nothing_behind(
    live_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    with listening(MailServer()) as server, caplog.at_level(logging.INFO):
        app = live_app(mail_url=server.url)
        *seen, number = journey(app, FlaskClient(app, app.response_class, use_cookies=True))
    ours = [line.getMessage() for line in caplog.records if line.name != "mail.log"]
    told = unquote("\n".join([*seen, *ours]))
    assert len(seen) > 60
    assert not [secret for secret in (*SECRETS.values(), number, "PLA-") if secret in told]
    assert "Votre code" in [message["Subject"] for message in server.messages]


@pytest.mark.engine
def test_of_16_codes_at_once_five_are_compared(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    first = FlaskClient(app, app.response_class, use_cookies=True)
    first.post("/renseignements", data=form())
    with app.app_context():
        number = db.session().scalars(select(CaseFile.number)).one()
    first.post("/suivre", data={"number": number, "email": SECRETS["email"]})
    clients = [FlaskClient(app, app.response_class, use_cookies=True) for _ in range(GUESSES)]
    for client in clients:
        client.set_cookie("appui", first.get_cookie("appui").value)
    ready = Barrier(GUESSES)

    def guess(client: FlaskClient) -> int:
        ready.wait()
        return client.post("/suivre/code", data={"code": "000000"}).status_code

    with ThreadPoolExecutor(GUESSES) as pool:
        assert set(pool.map(guess, clients)) <= {200, 429}
    with app.app_context():
        code = db.session().scalars(select(TrackingCode)).one()
        assert code.attempts == TRIES
        digits = tracking_code(KEY.encode(), code.public_id)
    late = first.post("/suivre/code", data={"code": digits})
    assert late.status_code in (200, 429), "not even the right code"


def test_what_was_typed_outlives_the_token_of_the_page(site: Flask) -> None:
    browser = site.test_client()
    old = {"csrf_token": "ancien", **form(public_id="a" * 32)}
    held = browser.post("/renseignements", data=old, headers={"Origin": "http://localhost"})
    assert held.status_code == 409
    fields = Forms(held.text).found["/renseignements"]
    assert fields["question"] == SECRETS["question"]
    answer = browser.post("/renseignements", data=fields)
    assert answer.location == "/renseignements/recue"
