"""The pages of accounts and sign-in, as a browser meets them."""

import re

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.credentials import email_code, totp_secret
from grants.mail.account_messages import code_mail
from grants.models.people import Account, AccountLink, EmailCode, WebSession
from grants.operations import password_hashes
from grants.queries.accounts import code_to_send
from tests.databases import KEY
from tests.factories import make_member, make_staff

PASSWORD = "trois lacs gelés au nord"
HASH = password_hashes.hashed(PASSWORD)
NEW = {
    "full_name": "Aline Saint-Onge",
    "email": "Aline@exemple.quebec",
    "phone": "418 555-0101",
    "password": PASSWORD,
    "notice": "yes",
}


def words(answer: TestResponse) -> str:
    """What a person reads on the page, spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<body", 1)[1])
    return re.sub(r"\s+", " ", text)


def last_code(session: Session) -> str:
    code = session.scalars(select(EmailCode).order_by(EmailCode.id.desc())).first()
    return email_code(KEY.encode(), code.public_id)


def with_password(session: Session, account_id: int) -> Account:
    account = session.get_one(Account, account_id)
    account.password_hash = HASH
    session.commit()
    return account


@pytest.fixture
def member(session: Session) -> Account:
    return with_password(session, make_member(session).account_id)


@pytest.fixture
def advisor(session: Session) -> Account:
    return with_password(session, make_staff(session, "Odile Morin", "advisor").account_id)


def enter(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return client.post("/compte/entrer", data={"email": email, "password": password, **more})


def test_a_volunteer_creates_an_account_and_comes_in(client: FlaskClient, session: Session) -> None:
    assert "renseignements personnels" in words(client.get("/compte/creer"))
    answer = client.post("/compte/creer", data=NEW)
    assert answer.location == "/compte/code"
    page = client.get("/compte/code")
    assert 'autocomplete="one-time-code"' in page.text
    answer = client.post("/compte/code", data={"code": last_code(session)})
    assert answer.location == "/mon-espace/"
    account = session.scalars(select(Account)).one()
    assert account.email == "aline@exemple.quebec"
    assert account.email_confirmed_at is not None
    assert account.notice_read_at is not None


def test_a_known_address_gives_the_same_page_and_no_way_in(
    client: FlaskClient, session: Session, member: Account
) -> None:
    email = member.email
    unknown = client.post("/compte/creer", data=NEW)
    page_of_unknown = words(client.get("/compte/code"))
    other = client.application.test_client()
    known = other.post("/compte/creer", data={**NEW, "email": email})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert words(other.get("/compte/code")) == page_of_unknown
    assert len(known.headers["Set-Cookie"]) == pytest.approx(
        len(unknown.headers["Set-Cookie"]), abs=2
    )
    session_rows = session.scalars(select(WebSession)).all()
    assert len(session_rows) == 1, "nothing stands behind the known address"
    wrong = other.post("/compte/code", data={"code": "123456"})
    assert "inexact" in words(wrong)
    assert other.post("/compte/code/renvoyer").status_code == 303
    assert session.scalars(select(AccountLink)).one().account_id == member.id


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "court"}, "au moins 12 caractères"),
        ({"password": "motdepasse2026"}, "moins courant"),
        ({"password": "Aline.Saint-Onge"}, "votre nom"),
        ({"notice": ""}, "Cochez cette case"),
        ({"email": "aline"}, "au complet"),
        ({"full_name": ""}, "prénom et votre nom"),
        ({"phone": "abc"}, "dix chiffres"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    page = client.post("/compte/creer", data={**NEW, **changes})
    assert "<title>Erreur" in page.text
    assert said in words(page)
    kept = {**NEW, **changes}
    assert all(kept[name] in page.text for name in ("full_name", "email", "phone"))
    assert PASSWORD not in page.text
    assert not session.scalars(select(Account)).all()


def test_sign_in_leads_to_the_page_that_was_asked(
    client: FlaskClient, session: Session, member: Account
) -> None:
    page = client.get("/compte/entrer?next=/mon-espace/organisme")
    assert 'value="/mon-espace/organisme"' in page.text
    enter(client, member.email, onward="/mon-espace/organisme")
    answer = client.post("/compte/code", data={"code": last_code(session)})
    assert answer.location == "/mon-espace/organisme"


@pytest.mark.parametrize(
    "path", ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "/a\nb", "a"]
)
def test_nobody_is_sent_elsewhere(
    client: FlaskClient, session: Session, member: Account, path: str
) -> None:
    assert "ailleurs" not in client.get("/compte/entrer", query_string={"next": path}).text
    enter(client, member.email, onward=path)
    answer = client.post("/compte/code", data={"code": last_code(session)})
    assert answer.location == "/mon-espace/"


def test_known_and_unknown_addresses_are_refused_in_the_same_words(
    client: FlaskClient, member: Account
) -> None:
    known = enter(client, member.email, "une autre phrase longue")
    unknown = enter(client, "personne@exemple.quebec", "une autre phrase longue")
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)


def test_the_eleventh_try_waits_even_with_the_right_password(
    client: FlaskClient, member: Account
) -> None:
    email = member.email
    for _ in range(10):
        assert enter(client, email, "une autre phrase longue").status_code == 200
    late = enter(client, email)
    assert late.status_code == 429
    assert re.search(r"Attendez \d+ min", words(late))


def test_each_step_has_a_new_token(client: FlaskClient, session: Session, member: Account) -> None:
    tokens = []
    with client.session_transaction() as cookie:
        cookie["token"], cookie["seen"] = "planted", utc_now().timestamp()
    enter(client, member.email)
    for _ in range(2):
        with client.session_transaction() as cookie:
            tokens.append(cookie["token"])
        client.post("/compte/code", data={"code": last_code(session)})
    assert len({"planted", *tokens}) == 3
    old = client.application.test_client()
    with old.session_transaction() as cookie:
        cookie["token"], cookie["seen"] = tokens[0], utc_now().timestamp()
    assert old.get("/mon-espace/").status_code == 302, "the first token opens nothing now"


def test_a_code_sent_twice_by_a_double_click_says_what_to_do(
    client: FlaskClient, session: Session, member: Account
) -> None:
    enter(client, member.email)
    other = client.application.test_client()
    with client.session_transaction() as cookie, other.session_transaction() as copy:
        copy.update(cookie)
    code = last_code(session)
    assert client.post("/compte/code", data={"code": code}).location == "/mon-espace/"
    assert other.post("/compte/code", data={"code": code}).location == "/compte/entrer"
    assert "Recommencez avec votre mot de passe" in words(other.get("/compte/entrer"))


def test_a_session_that_waits_for_its_code_opens_nothing(
    client: FlaskClient, member: Account
) -> None:
    enter(client, member.email)
    assert client.get("/mon-espace/").status_code == 302


def test_staff_sets_up_the_authenticator_then_uses_it(
    client: FlaskClient, session: Session, advisor: Account
) -> None:
    advisor.totp_enrolled_at = None
    session.commit()
    assert enter(client, advisor.email).location == "/compte/double-verification/installer"
    page = client.get("/compte/double-verification/installer")
    secret = totp_secret(KEY.encode(), advisor.public_id)
    assert 'src="data:image/svg+xml' in page.text
    assert " ".join(re.findall("....", secret)) in words(page)
    wrong = client.post("/compte/double-verification/installer", data={"code": "1"})
    assert "prochain code" in words(wrong)
    code = pyotp.TOTP(secret).now()
    answer = client.post("/compte/double-verification/installer", data={"code": code})
    assert answer.location == "/bureau/"
    again = client.application.test_client()
    assert enter(again, advisor.email).location == "/compte/double-verification"
    assert again.get("/compte/double-verification/installer").location.endswith("verification")
    replayed = again.post("/compte/double-verification", data={"code": code})
    assert "prochain code" in words(replayed)


def test_the_way_out_is_a_post(client: FlaskClient, session: Session, member: Account) -> None:
    enter(client, member.email)
    client.post("/compte/code", data={"code": last_code(session)})
    assert client.get("/compte/sortir").status_code == 405
    assert client.post("/compte/sortir").status_code == 303
    assert client.get("/mon-espace/").status_code == 302
    assert all(row.ended_at for row in session.scalars(select(WebSession)))


def test_the_mailed_code_is_the_one_that_works(
    client: FlaskClient, session: Session, member: Account
) -> None:
    enter(client, member.email)
    code = session.scalars(select(EmailCode)).one()
    mail = code_mail(code_to_send(session, code.id), key=KEY.encode(), message_id="m")
    assert last_code(session) in mail.text
    assert mail.html
    assert last_code(session) in mail.html
    assert last_code(session) not in mail.subject


def test_no_cache_keeps_these_pages(client: FlaskClient) -> None:
    assert "no-store" in client.get("/compte/entrer").headers["Cache-Control"]
    assert client.get("/compte/avis").status_code == 200


def test_a_forged_host_is_refused(client: FlaskClient) -> None:
    answer = client.post(
        "/compte/mot-de-passe-oublie",
        data={"email": "a@exemple.quebec"},
        headers={"Host": "ailleurs.example"},
    )
    assert answer.status_code == 400
