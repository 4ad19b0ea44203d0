"""The door to WeasyPrint: what it fetches, how it is capped, what it writes."""

import hashlib
import io
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from grants.documents import pdf
from grants.documents.isolation import MEBIBYTE, Caps

WHOLE = '<html lang="fr-CA"><title>Essai</title><body>{}</body>'
HEAVY = WHOLE.format("<table>" + "<tr><td>a<td>b" * 5000 + "</table>")
WITHOUT_WEASYPRINT = "import sys, grants.factory; sys.exit('weasyprint' in sys.modules)"
TRICKS = (
    '<img src="{}">',
    '<img srcset="{} 2x" src="img/none.png">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">lien</a>',
    '<link rel="icon" href="{}">',
    '<style>@import url("{}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>x',
    '<p style="background: url({})">x',
    '<p style="content: url({})">x',
    '<style>li {{ list-style-image: url("{}") }}</style><ul><li>x</ul>',
    '<style>p::before {{ content: url("{}") }}</style><p>x',
    '<style>@page {{ background: url("{}") }}</style><p>x',
    '<style>p {{ border-image: url("{}") 1; border: 1px solid }}</style><p>x',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<video poster="{0}" src="{0}"></video>',
    '<base href="{}"><img src="a.png"><link rel="stylesheet" href="b.css">',
    '<svg width="9" height="9"><image href="{0}" xlink:href="{0}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{0}#a" xlink:href="{0}#a"/></svg>',
    '<svg><style>@import url("{}");</style></svg>',
    "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
    "<image href='{}' width='9' height='9'/></svg>\">",
    '<meta http-equiv="refresh" content="0; url={}">',
)


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """A listener on this machine, and the paths it was asked for."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append("connection")

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/canary", asked
    server.shutdown()
    server.server_close()


def _made(body: str, **options) -> bytes:
    return pdf.render(WHOLE.format(body), identifier=b"essai", **options)


def _open(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def test_the_web_process_never_imports_weasyprint():
    subprocess.run([sys.executable, "-c", WITHOUT_WEASYPRINT], check=True, timeout=60)


def test_nothing_outside_is_fetched(canary):
    address, asked = canary
    others = (address.removeprefix("http:"), f"url:{address}", address.replace("http", "ftp"))
    pages = [trick.format(address) for trick in TRICKS]
    pages += ["".join(trick.format(other) for trick in TRICKS) for other in others]
    assert all(_made(page).startswith(b"%PDF") for page in pages)
    assert asked == []


def test_without_our_fetcher_the_canary_sings(canary):
    address, asked = canary
    fonts = FontConfiguration()
    style = weasyprint.CSS(pdf.STYLESHEETS[0], font_config=fonts)
    for trick in TRICKS:
        page = weasyprint.HTML(string=WHOLE.format(trick.format(address)), url_fetcher=URLFetcher())
        page.write_pdf(stylesheets=[style], font_config=fonts)
    assert len(asked) > len(TRICKS) / 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("secret.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0H9V9Z"/></svg>'),
        ("secret.css", "* { color: red; margin: 9mm }"),
    ],
)
def test_no_file_of_the_machine_is_read(tmp_path, name, content):
    """The page is the same, to the byte, whether the files it asks for exist or not."""
    secret = tmp_path / name
    escape = "../" * 30 + str(secret)
    targets = (secret.as_uri(), str(secret), escape, escape.replace("..", "%2e%2e"))
    pages = ["".join(trick.format(target) for trick in TRICKS) for target in targets]
    without = [_made(page) for page in pages]
    secret.write_text(content)
    assert [_made(page) for page in pages] == without


def test_a_file_of_ours_does_change_the_page():
    assert _made('<img src="img/appui.svg">') != _made('<img src="img/aucun.svg">')


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "file://evil.exemple/static/img/appui.svg",
        f"{pdf.STATIC.as_uri()}/../factory.py",
        f"{pdf.STATIC.as_uri()}/%2e%2e/factory.py",
        "http://127.0.0.1/",
        "//127.0.0.1/",
        "ftp://127.0.0.1/",
        "FILE:/etc/passwd",
    ],
)
def test_the_fetcher_refuses(address):
    with pytest.raises(PermissionError):
        pdf.AssetFetcher().fetch(address)


def test_the_fetcher_gives_our_assets_and_data():
    logo = pdf.AssetFetcher().fetch(f"{pdf.STATIC.as_uri()}/img/appui.svg")
    assert (logo.content_type, b"<svg" in logo.read()) == ("image/svg+xml", True)
    assert pdf.AssetFetcher().fetch("data:text/plain,abc").read() == b"abc"


def test_the_caps_of_time_and_memory():
    started = time.monotonic()
    with pytest.raises(pdf.PdfFailed, match="time"):
        pdf.render(HEAVY, identifier=b"heavy", caps=Caps(seconds=0.5))
    assert time.monotonic() - started < 5
    with pytest.raises(pdf.PdfFailed) as failed:
        pdf.render(HEAVY, identifier=b"heavy", caps=Caps(memory=64 * MEBIBYTE))
    assert failed.value.reason in {"memory", "killed"}
    assert _made("<p>Et la suite va bien").startswith(b"%PDF")


def test_an_enclosed_file_is_inside_and_the_archive_is_claimed():
    written_at = datetime(2026, 11, 24, 20, 12, 40, tzinfo=UTC)
    enclosed = pdf.EnclosedFile("donnees.json", "Les données", b'{"a": 1}', written_at)
    document = _open(_made("<p>x", variant="pdf/a-3a", attachments=[enclosed]))
    assert document.attachments["donnees.json"].get_file().read_bytes() == b'{"a": 1}'
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_a_character_that_our_fonts_lack_is_spelled_out():
    shown = subprocess.run(
        ["pdftotext", "-", "-"], input=_made("<p>Žižek 😀 2\u202f000 e\u0301"), capture_output=True
    ).stdout.decode()
    assert "[U+017D]i[U+017E]ek [U+1F600] 2 000 é" in shown.replace("\u00a0", " ")


def test_same_page_same_bytes():
    digests = {hashlib.sha256(_made("<h1>Été</h1><img src='img/appui.svg'>")).digest()}
    time.sleep(1.1)
    digests.add(hashlib.sha256(_made("<h1>Été</h1><img src='img/appui.svg'>")).digest())
    assert len(digests) == 1
