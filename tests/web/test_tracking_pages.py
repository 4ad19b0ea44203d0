"""Following without an account, as a browser does: one face for right and wrong, then the file."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.credentials import tracking_code
from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint
from grants.models.people import Throttle
from grants.models.requests import InformationRequest, Reply, Transfer
from grants.models.tracking import TrackingCode
from tests.databases import KEY
from tests.factories import make_staff, unique
from tests.web.test_asking_pages import ASKED, MESSAGE, words

EMAIL = ASKED["email"]


@pytest.fixture
def asked(client: FlaskClient, session: Session) -> str:
    """The number of a question just sent."""
    client.post("/renseignements", data=ASKED)
    return session.scalars(select(CaseFile.number)).one()


@pytest.fixture
def said(client: FlaskClient, session: Session) -> str:
    """The number of a message just sent."""
    client.post("/plaintes", data=MESSAGE)
    return session.scalars(select(Complaint)).one().number


def ask(client: FlaskClient, number: str, email: str = EMAIL) -> tuple[TestResponse, TestResponse]:
    answer = client.post("/suivre", data={"number": number, "email": email})
    return answer, client.get("/suivre/code")


def code(session: Session) -> str:
    newest = select(TrackingCode.public_id).order_by(TrackingCode.id.desc()).limit(1)
    return tracking_code(KEY.encode(), session.scalars(newest).one())


def open_page(client: FlaskClient, session: Session, number: str) -> TestResponse:
    ask(client, number)
    answer = client.post("/suivre/code", data={"code": code(session)})
    assert answer.location == "/suivre/dossier"
    return client.get("/suivre/dossier")


@pytest.mark.parametrize("kind", ["asked", "said"])
def test_right_wrong_number_and_wrong_person_see_the_same(
    client: FlaskClient, kind: str, request: pytest.FixtureRequest
) -> None:
    number = request.getfixturevalue(kind)
    seen = set()
    for typed, email in ((number, EMAIL), ("PLA-2026-0001-A", EMAIL), (number, "a@exemple.quebec")):
        browser = client.application.test_client()
        answer, page = ask(browser, typed, email)
        wrong = browser.post("/suivre/code", data={"code": "000000"})
        cookie = len(answer.headers["Set-Cookie"].partition(";")[0]) // 4
        seen.add((answer.status_code, answer.location, cookie, page.text, wrong.text))
        assert number not in page.text + wrong.text
    assert len(seen) == 1
    assert "vont ensemble, un code est parti" in next(iter(seen))[3]


def answered(session: Session) -> None:
    """The question changed hands once, then was answered."""
    now, agent = utc_now(), make_staff(session, "Odile Morin", "information_agent").person_id
    file = session.scalars(select(CaseFile)).one()
    file.advisor_id, file.status = agent, "in_hand"
    who = {"case_file_id": file.id, "person_id": agent, "given_by_id": agent, "given_at": now}
    session.add_all([Transfer(**who, rank=rank, reason="Absence") for rank in (1, 2)])
    said = Reply(
        public_id=unique(),
        case_file_id=file.id,
        kind="answer",
        channel="email",
        body="Le 4 janvier.\n\nBonne journée.",
        made_by_id=agent,
        made_at=now,
        recorded_at=now,
    )
    session.add(said)
    session.commit()


def test_the_page_of_a_question_says_where_it_stands(
    client: FlaskClient, session: Session, asked: str
) -> None:
    answered(session)
    page = open_page(client, session, asked)
    told = words(page)
    for part in ("Le 4 janvier.", "Odile Morin", "changé de mains 1 fois", "Promis au plus tard"):
        assert part in told
    assert "téléphonez-nous avec votre numéro" in told
    assert asked not in page.text.partition("<body")[0]
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post("/suivre/fermer").location == "/suivre"
    assert client.get("/suivre/dossier").location == "/suivre"


def test_the_page_of_a_message_names_it_no_further(
    client: FlaskClient, session: Session, said: str
) -> None:
    page = open_page(client, session, said)
    assert "<title>Suivi de votre message – Appui</title>" in page.text
    assert said in page.text
    assert "Protecteur du citoyen" in words(page)
    assert MESSAGE["words"] not in page.text


def test_a_browser_without_the_answer_reads_nothing(
    client: FlaskClient, session: Session, asked: str
) -> None:
    ask(client, asked)
    with client.session_transaction() as cookie:
        cookie["following"] = cookie["tracking"]
    assert client.get("/suivre/dossier").location == "/suivre"
    assert session.scalars(select(InformationRequest)).one().email == EMAIL


def test_nothing_typed_goes_into_an_address(
    client: FlaskClient, session: Session, asked: str
) -> None:
    page = open_page(client, session, asked)
    addresses = re.findall(r'(?:href|action|src)="((?!mailto:|tel:)[^"]*)"', page.text)
    assert addresses
    assert not [one for one in addresses if asked in one or "zoe" in one or "REN" in one]
    keys = session.scalars(select(Throttle.key)).all()
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
