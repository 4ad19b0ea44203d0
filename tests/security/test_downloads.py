"""A name that somebody gave to a file is shown and saved as a plain name."""

import re
import unicodedata
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.uploads import shown_name
from grants.models.drafts import Attachment
from grants.web import uploads
from grants.web.downloads import send_bytes
from tests.access.people import World
from tests.access.routes import undone
from tests.cases import make_draft
from tests.factories import make_member, sign_in, unique

NAMES = [
    "résolution d’août – élections.pdf",
    "facture\u202efdp.exe.pdf",
    'a"; filename="zq.html.pdf',
    "../../../etc/passwd.pdf",
    "..\\..\\c:\\zq.pdf",
    "zq\x00.html.pdf",
    "<script>alert(1)</script>.pdf",
    "x" * 400 + ".pdf",
    "\u200f\u2066zq\u2069.pdf",
    "page.html",
    "…",
    " .pdf",
    "😀 œuvre ﬁnale.PDF",
]
FILES = [
    ("alpha_reader", "/mon-espace/demandes/{issued}/protocole/fichier"),
    ("alpha_reader", "/mon-espace/demandes/{signed}/protocole/preuve"),
    ("alpha_reader", "/mon-espace/demandes/{refused}/decision/lettre"),
    ("saca_decider", "/bureau/dossiers/{issued}/protocole/fichier"),
    ("saca_decider", "/bureau/dossiers/{signed}/protocole/numerisation"),
    ("saca_decider", "/bureau/dossiers/{refused}/documents/{letter}"),
    ("saca_finance_approver", "/finances/lots/{batch}/liste-de-controle"),
    ("saca_manager", "/gestion/publications/{publication}/pdf"),
    ("saca_team_lead", "/gestion/publications/{publication}/xlsx"),
]


def pdf() -> bytes:
    content = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content)
    return content.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_under_a_harmless_name(
    client: FlaskClient, session: Session, name: str
) -> None:
    member = make_member(session)
    sign_in(client, session, member)
    draft = make_draft(session, member, now=utc_now() - timedelta(minutes=5))
    start = f"/mon-espace/brouillons/{draft.public_id}"
    file = FileStorage(BytesIO(pdf()), filename=name)
    data = {"file": file, "public_id": unique()}
    assert client.post(f"{start}/documents/other_document", data=data).status_code == 303
    query = select(Attachment).where(Attachment.field_key == "other_document")
    kept = session.scalars(query).one()
    assert kept.filename.lower().endswith(".pdf")
    assert kept.storage_key not in (kept.public_id, "")
    assert re.fullmatch(r"[0-9a-f]{32}", kept.storage_key)
    section = client.get(f"{start}/sections/documents").get_data(as_text=True)
    assert "<script>alert" not in section
    answer = client.get(f"{start}/fichiers/{kept.public_id}")
    harmless(answer.headers["Content-Disposition"])
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.mimetype == "application/pdf"


def harmless(disposition: str) -> None:
    """An attachment under one name without a path, a control character or a change of direction."""
    kind, options = parse_options_header(disposition)
    assert kind == "attachment"
    assert disposition.isascii()
    for value in options.values():
        assert not [c for c in value if unicodedata.category(c)[0] == "C"]
        assert not set(value) & set('/\\<>:"|?*')
        assert value.strip(" .") not in ("", "pdf")


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: zq=1", "é\u202e.pdf", 'a"b.pdf', "a\tb"])
def test_no_name_breaks_the_header(world: World, name: str) -> None:
    with world.app.test_request_context():
        answer = send_bytes(b"x", shown_name(name, "application/pdf"), "application/pdf")
    harmless(answer.headers["Content-Disposition"])
    assert "Set-Cookie" not in answer.headers


def test_no_path_leads_out_of_a_folder(world: World) -> None:
    browser = world.named("saca_team_lead").browser()
    up = ["../", "..%2f", "..%5c", "%2e%2e/", "....//"]
    for start in ("/static/", "/demonstration/courriels/", "/bureau/dossiers/"):
        for step in up:
            answer = browser.get(f"{start}{step * 6}etc/passwd")
            assert answer.status_code in (400, 404)
            assert b"root:" not in answer.data


def test_content_decides_and_not_the_name(world: World) -> None:
    with world.app.app_context():
        stored = uploads.receive(FileStorage(BytesIO(pdf()), filename="page.html"))
    assert (stored.media_type, stored.filename) == ("application/pdf", "page.html.pdf")


@pytest.mark.parametrize(("name", "url"), FILES)
def test_what_we_made_is_saved_and_never_kept(world: World, name: str, url: str) -> None:
    never_kept(world.named(name).browser().get(address(world, url)))


def test_a_bank_file_is_asked_by_a_button_and_never_kept(world: World) -> None:
    browser, url = world.named("saca_finance_preparer").browser(), "/finances/lots/{batch}/fichier"
    with undone(world.app):
        never_kept(browser.post(address(world, url)))
    assert browser.get(address(world, url)).status_code == 405


def address(world: World, url: str) -> str:
    things = world.owned["alpha"]
    ids = {kind: named["public_id"] for kind, named in things.items() if "public_id" in named}
    return url.format(**ids, letter=things["refused"]["document_id"])


def never_kept(answer: TestResponse) -> None:
    """Bytes to save, sandboxed, that no cache keeps and no browser guesses the kind of."""
    assert answer.status_code == 200
    harmless(answer.headers["Content-Disposition"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.mimetype != "text/html"
