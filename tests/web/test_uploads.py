"""Files from outside: judged by content, cleaned, stored inert, sent back as attachments."""

import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from struct import pack
from types import SimpleNamespace

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.uploads import MAX_BYTES
from grants.models.drafts import Attachment, Draft
from grants.web import uploads
from tests.cases import make_draft
from tests.factories import make_member, sign_in, unique

QUEBEC = (46.0, 48.0, 50.0)


def pdf(password: str = "", pages: int = 1) -> bytes:
    document, target = pikepdf.new(), BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    owner = pikepdf.Encryption(user=password, owner="o") if password else False
    document.save(target, encryption=owner)
    return target.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 20)) -> bytes:
    target = BytesIO()
    image = Image.new("RGB", size, "navy")
    exif = image.getexif()
    exif[0x0112] = 6  # turned
    exif.get_ifd(0x8825)[2] = QUEBEC  # latitude
    exif[0x010E] = "chez Aline"
    image.save(target, kind, exif=exif, comment=b"chez Aline")
    return target.getvalue()


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A small file that claims to be a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))

    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.fixture
def draft(session: Session, client: FlaskClient) -> Draft:
    member = make_member(session)
    sign_in(client, session, member)
    return make_draft(session, member, now=utc_now() - timedelta(minutes=5))


def post(
    client: FlaskClient, draft: Draft, content: bytes, name: str, public_id: str = ""
) -> TestResponse:
    data = {"file": (BytesIO(content), name), "public_id": public_id or unique()}
    address = f"/mon-espace/brouillons/{draft.public_id}/documents/other_document"
    return client.post(address, data=data, content_type="multipart/form-data")


def stored(session: Session) -> list[Attachment]:
    query = select(Attachment).where(Attachment.field_key == "other_document")
    return list(session.scalars(query))


CORPUS: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("html", lambda: b"<html><script>alert(1)</script></html>", "lettre.pdf", "n’est ni un PDF"),
    ("svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.png", "n’est ni un PDF"),
    ("docx", lambda: b"PK\x03\x04" + b"\0" * 90, "lettre.docx", "n’est ni un PDF"),
    ("heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 90, "p.heic", "n’est ni un PDF"),
    ("empty", lambda: b"", "vide.pdf", "est vide"),
    ("password", lambda: pdf("secret"), "pv-aga.pdf", "protégé par un mot de passe"),
    ("broken", lambda: b"%PDF-1.7\n" + b"x" * 500, "b.pdf", "ne s’ouvre pas"),
    ("pages", lambda: pdf(pages=501), "long.pdf", "plus de 500 pages"),
    ("huge", lambda: png_of_claimed_size(60_000, 60_000), "h.png", "trop grande"),
    ("truncated", lambda: picture("JPEG", (900, 900))[:600], "t.jpg", "ne s’ouvre pas"),
    ("heavy", lambda: b"%PDF-1.7\n" + b"x" * MAX_BYTES, "gros.pdf", "dépasse 15"),
]


@pytest.mark.parametrize(
    ("content", "name", "sentence"), [row[1:] for row in CORPUS], ids=[row[0] for row in CORPUS]
)
def test_what_may_not_stay_says_how_to_repair(
    client: FlaskClient,
    session: Session,
    draft: Draft,
    content: Callable[[], bytes],
    name: str,
    sentence: str,
) -> None:
    answer = post(client, draft, content(), name)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in text
    assert "Erreur" in text
    assert stored(session) == []


def test_no_file_chosen_is_said(client: FlaskClient, draft: Draft) -> None:
    assert "Choisissez un fichier" in post(client, draft, b"", "").get_data(as_text=True)


def test_a_pdf_is_kept_as_it_is_and_sent_back_inert(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    content = pdf()
    assert post(client, draft, content, "résolution.pdf").status_code == 303
    file = stored(session)[0]
    page = client.get(f"/mon-espace/brouillons/{draft.public_id}/sections/documents")
    assert "résolution.pdf" in page.get_data(as_text=True)
    answer = client.get(f"/mon-espace/brouillons/{draft.public_id}/fichiers/{file.public_id}")
    assert answer.data == content
    assert answer.mimetype == "application/pdf"
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''r%C3%A9solution.pdf" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "photo.jpg"), ("PNG", "photo.png")])
def test_a_photo_is_upright_and_tells_nothing_else(
    client: FlaskClient, app: Flask, session: Session, draft: Draft, kind: str, name: str
) -> None:
    content = picture(kind) + b"PK\x03\x04 a second file behind the first"
    assert post(client, draft, content, name).status_code == 303
    kept = app.extensions["storage"].get(stored(session)[0].storage_key)
    assert b"chez Aline" not in kept
    assert b"PK\x03\x04" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (20, 40)
        assert len(image.getexif()) == 0


def test_the_true_type_names_the_file(client: FlaskClient, session: Session, draft: Draft) -> None:
    post(client, draft, picture("PNG"), "facture.pdf")
    file = stored(session)[0]
    assert (file.filename, file.media_type) == ("facture.pdf.png", "image/png")


def test_the_same_page_sends_one_file(client: FlaskClient, session: Session, draft: Draft) -> None:
    public_id = unique()
    for _ in range(3):
        assert post(client, draft, pdf(), "a.pdf", public_id).status_code == 303
    assert len(stored(session)) == 1


def test_a_full_disk_refuses_before_reading(
    client: FlaskClient, session: Session, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "storage", lambda: SimpleNamespace(free_bytes=lambda: 10))
    text = post(client, draft, pdf(), "a.pdf").get_data(as_text=True)
    assert "vos réponses sont conservées" in text
    assert stored(session) == []


def test_a_file_is_removed_after_a_confirmation(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    post(client, draft, pdf(), "a.pdf")
    file = stored(session)[0]
    address = f"/mon-espace/brouillons/{draft.public_id}/fichiers/{file.public_id}/retirer"
    assert "Retirer ce fichier?" in client.get(address).get_data(as_text=True)
    assert client.post(address).status_code == 303
    page = client.get(f"/mon-espace/brouillons/{draft.public_id}/sections/documents")
    assert not re.search(r"a\.pdf", page.get_data(as_text=True))
    assert client.get(address).status_code == 404


def test_what_is_too_big_is_read_before_the_refusal(client: FlaskClient) -> None:
    body = BytesIO(b"x" * 3_000_000)
    answer = client.post(
        "/compte/entrer",
        input_stream=body,
        headers={"Content-Length": "3000000"},
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert "15\u00a0Mo au plus" in answer.get_data(as_text=True)
    assert body.read() == b""
