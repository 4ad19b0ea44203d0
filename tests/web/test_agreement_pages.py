"""The agreement as its pages lead it: drafted, issued, read, signed on screen or on paper."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.agreements import AgreementVersion, Signature
from grants.models.people import WebSession
from grants.storage import LocalFolder
from tests.agreement_cases import (
    BYTES,
    CONTENT,
    Parties,
    details,
    draft,
    issue,
    keep,
    make_parties,
    make_ready,
)
from tests.factories import make_member, make_staff, sign_in, unique
from tests.money_cases import make_granted, make_issued

PDF = Path(__file__).parents[2] / "grants" / "demo" / "resolution.pdf"


@pytest.fixture
def parties(session: Session) -> Parties:
    return make_parties(session)


@pytest.fixture
def enter(client: FlaskClient, session: Session) -> Callable[[Actor], FlaskClient]:
    def as_this(actor: Actor) -> FlaskClient:
        sign_in(client, session, actor)
        return client

    return as_this


def confirm(session: Session, actor: Actor) -> None:
    """The person has just proved who they are."""
    theirs = update(WebSession).where(WebSession.account_id == actor.account_id)
    session.execute(theirs.values(confirmed_at=utc_now()))
    session.commit()


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code, answer.location)
    return answer.get_data(as_text=True)


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert found
    return found[1]


def staff_url(parties: Parties, end: str = "") -> str:
    return f"/bureau/dossiers/{parties.case.public_id}/protocole{end}"


def own_url(parties: Parties, end: str = "") -> str:
    return f"/mon-espace/demandes/{parties.case.public_id}/protocole{end}"


def version(session: Session) -> AgreementVersion:
    query = select(AgreementVersion).where(AgreementVersion.ended_at.is_(None))
    return session.scalars(query, execution_options={"populate_existing": True}).one()


TYPED = {
    "starts_on-day": "1",
    "starts_on-month": "4",
    "starts_on-year": "2027",
    "ends_on-day": "31",
    "ends_on-month": "3",
    "ends_on-year": "2028",
    "address": "13, rue du Quai-Neuf, Rive-Claire",
    "signatory_role": "présidente",
    "resolution_number": "2026-31",
    "resolution_on-day": "5",
    "resolution_on-month": "10",
    "resolution_on-year": "2026",
}


def test_the_advisor_drafts_from_what_the_application_says(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    url, member_id = staff_url(parties, "/rediger"), parties.member.person_id
    tab, client = staff_url(parties), enter(parties.advisor)
    assert "Rédiger le protocole" in page(client, tab)
    form = page(client, url)
    assert "rue du Quai-Neuf, Rive-Claire" in form
    typed = TYPED | {name: hidden(form, name) for name in ("public_id", "version", "signatory")}
    wrong = {**typed, "ends_on-year": "", "address": "", "signatory": "", "resolution_number": ""}
    assert "Il y a 4 choses à corriger" in client.post(url, data=wrong).get_data(as_text=True)
    assert client.post(url, data={**typed, "ends_on-year": "2026"}).status_code == 200
    answer = client.post(url, data=typed)
    assert client.post(url, data=typed).location == answer.location
    text = page(client, answer.location)
    assert "Ce texte n’est pas encore délivré" in text and "Annexe D" in text
    assert (version(session).number, version(session).signatory_id) == (1, member_id)
    assert "2026-31" in page(client, url)  # another version starts from this one


def test_another_person_issues_after_confirming(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    draft(parties)
    url, decider = staff_url(parties, "/delivrer"), parties.decider
    own, member = own_url(parties), parties.member
    client = enter(decider)
    assert url in page(client, "/bureau/protocoles")
    before = page(client, url)
    assert "Confirmer mon identité" in before and "Signer pour la ministre" not in before
    seen = version(session).public_id
    refused = client.post(url, data={"seen": seen}).get_data(as_text=True)
    assert "Confirmez d’abord que c’est bien vous" in refused
    confirm(session, decider)
    assert hidden(page(client, url), "seen") == seen
    stale = client.post(url, data={"seen": unique()}).get_data(as_text=True)
    assert "il a changé depuis" in stale
    assert client.post(url, data={"seen": seen}).status_code == 303
    assert version(session).issued_by_id == decider.person_id
    tab = page(client, staff_url(parties))
    assert "Le fichier du protocole est en préparation" in tab
    assert url not in page(client, "/bureau/protocoles")
    assert "en préparation" in page(enter(member), own)


def test_the_mandated_person_reads_confirms_and_signs(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    make_ready(session, parties)
    url, sign, member = own_url(parties), own_url(parties, "/signer"), parties.member
    client = enter(member)
    text = page(client, url)
    assert "C’est à vous de le signer" in text and BYTES[:8] in text and "Annexe D" in text
    assert "Confirmer mon identité" in page(client, sign)
    confirm(session, member)
    form = page(client, sign)
    typed = {name: hidden(form, name) for name in ("public_id", "seen")}
    assert "Cochez cette case" in client.post(sign, data=typed).get_data(as_text=True)
    changed = client.post(sign, data={**typed, "seen": "e" * 64, "read": "yes"})
    assert changed.location == url
    assert "il a changé depuis" in page(client, url)
    for _ in range(2):
        assert client.post(sign, data={**typed, "read": "yes"}).location == url
    assert session.scalars(select(Signature)).one().signed_by_id == member.person_id
    receipt = page(client, url)
    assert "Votre protocole est signé" in receipt and "promis au plus tard le" in receipt
    clock = re.search(r'href="(/mon-espace/demandes/[^"]+/delais/\d+)"', receipt)
    assert clock and "Protocole signé reçu" in page(client, clock[1])
    assert client.get(own_url(parties, "/preuve")).location == url


def test_bytes_that_changed_on_the_disk_are_neither_given_nor_signed(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    key = make_ready(session, parties).storage_key or ""
    sign, member, client = own_url(parties, "/signer"), parties.member, enter(parties.member)
    confirm(session, member)
    typed = {name: hidden(page(client, sign), name) for name in ("public_id", "seen")}
    folder: LocalFolder = client.application.extensions["storage"]
    path = folder.root / key[:2] / key
    path.write_bytes(b"%PDF-1.7 protocole, autre montant")
    refused = client.get(own_url(parties, "/fichier"))
    assert refused.status_code == 500 and "donnez cette référence" in refused.get_data(as_text=True)
    path.unlink()
    assert client.post(sign, data={**typed, "read": "yes"}).status_code == 500
    assert session.scalar(select(Signature)) is None


def test_nothing_says_what_was_decided_before_it_is_read(
    client: FlaskClient, session: Session
) -> None:
    member = make_member(session)
    case = make_granted(session, member)
    url = f"/mon-espace/demandes/{case.public_id}"
    sign_in(client, session, member)
    for end in ("/protocole", "/revision"):
        assert client.get(f"{url}{end}").location == url
    make_issued(session, case)
    for end in ("/protocole", "/protocole/fichier", "/protocole/signer"):
        assert client.get(f"{url}{end}").location in (url, f"{url}/protocole")
    assert "protocole d’entente" not in page(client, url).split("etapes")[0]
    board = page(client, "/mon-espace/")
    assert "Votre décision est prête à lire" in board and "Rien à faire" not in board
    client.post(f"{url}/decision/lire")
    assert "Votre protocole d’entente attend une signature" in page(client, "/mon-espace/")


def test_who_is_not_mandated_reads_and_does_not_sign(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    draft(parties, details(None))
    url, sign, member = own_url(parties), own_url(parties, "/signer"), parties.member
    client = enter(member)
    assert "en préparation" in page(client, url)
    drafted = version(session).id
    issue(session, parties, drafted)
    keep(drafted)
    text = page(client, url)
    assert "Ce protocole se signe sur papier" in text and "Paule Gagné" in text
    assert client.get(sign).location == url


def test_paper_comes_back_with_its_scan(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    drafted, today = draft(parties).id, local_date(utc_now())
    issue(session, parties, drafted, at=utc_now())
    keep(drafted)
    url, tab, client = staff_url(parties, "/retour"), staff_url(parties), enter(parties.agent)
    form = page(client, url)
    typed: dict[str, object] = {name: hidden(form, name) for name in ("public_id", "seen")}
    assert "Il y a 3 choses à corriger" in client.post(url, data=typed).get_data(as_text=True)
    typed |= {"channel": "post", "received_on-day": today.day, "received_on-month": today.month}

    def post(year: int, content: bytes = PDF.read_bytes()) -> TestResponse:
        scan = (BytesIO(content), "protocole.pdf")
        return client.post(url, data={**typed, "received_on-year": year, "scan": scan})

    assert "n’a été délivré que" in post(today.year - 1).get_data(as_text=True)
    assert "ni un PDF ni une photo" in post(today.year, b"GIF89a").get_data(as_text=True)
    before = stored(client)
    assert [post(today.year).location for _ in range(2)] == [tab, tab]
    assert len(stored(client) - before) == 1
    text = page(client, tab)
    assert "Signé sur papier, reçu par la poste" in text and "Rose Auger" in text
    assert client.get(staff_url(parties, "/numerisation")).data == PDF.read_bytes()


def stored(client: FlaskClient) -> set[Path]:
    folder: LocalFolder = client.application.extensions["storage"]
    return {path for path in folder.root.rglob("*") if path.is_file()}


def test_files_are_for_those_who_may_see_the_file(
    enter: Callable[[Actor], FlaskClient], session: Session, parties: Parties
) -> None:
    make_ready(session, parties)
    urls = (staff_url(parties, "/fichier"), own_url(parties, "/fichier"))
    client = enter(parties.advisor)
    assert client.get(urls[0]).data == CONTENT
    assert client.get(staff_url(parties, "/numerisation")).status_code == 404
    other = make_staff(session, "Luc Roy", "advisor", secretariat="SCT")
    assert enter(other).get(urls[0]).status_code == 404
    assert enter(parties.member).get(urls[1]).mimetype == "application/pdf"
