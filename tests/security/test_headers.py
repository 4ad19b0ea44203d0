"""The headers of every kind of answer, and the flags of the cookie."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.access.people import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SANDBOX = "sandbox; default-src 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KINDS = [
    ("visitor", "GET", "/", 200),
    ("visitor", "GET", "/compte/entrer", 200),
    ("visitor", "POST", "/compte/entrer", 200),
    ("visitor", "GET", "/mon-espace/", 302),
    ("visitor", "GET", "/nulle-part", 404),
    ("visitor", "GET", "/compte/sortir", 405),
    ("visitor", "GET", "/static/css/base.css", 200),
    ("visitor", "GET", "/static/nulle-part.css", 404),
    ("visitor", "GET", "/confidentialite", 500),
    ("alpha_responsible", "GET", "/mon-espace/", 200),
    ("alpha_responsible", "GET", "/bureau/", 404),
    ("alpha_responsible", "GET", "/nulle-part", 404),
    ("alpha_responsible", "POST", "/mon-espace/choisir", 303),
    ("alpha_responsible", "GET", "/confidentialite", 500),
    ("saca_advisor", "GET", "/bureau/", 200),
    ("saca_advisor", "OPTIONS", "/bureau/", 405),
    ("saca_advisor", "TRACE", "/bureau/", 405),
]


@pytest.fixture
def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same application, where one page fails."""

    def fails() -> str:
        raise RuntimeError("zq-inside-the-machine")

    monkeypatch.setitem(world.app.view_functions, "public.privacy", fails)
    return world


@pytest.mark.parametrize(("name", "method", "url", "status"), KINDS)
def test_every_kind_of_answer_is_protected(
    broken: World, name: str, method: str, url: str, status: int
) -> None:
    answer = broken.named(name).browser().open(url, method=method)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY
    protected(answer)
    if name != "visitor" and not url.startswith("/static"):
        assert answer.headers["Cache-Control"] == "private, no-store"


def protected(answer: TestResponse) -> None:
    headers = answer.headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert not [name for name in dict(headers) if name.startswith("Access-Control")]
    assert "X-Powered-By" not in headers
    assert "charset=utf-8" in headers["Content-Type"] or not answer.mimetype.startswith("text/html")


@pytest.mark.parametrize(
    ("name", "kind", "url"),
    [
        ("alpha_reader", "draft", "/mon-espace/brouillons/{public_id}/fichiers/{file_id}"),
        ("alpha_reader", "case", "/mon-espace/demandes/{public_id}/fichiers/{file_id}"),
        ("alpha_reader", "case", "/mon-espace/demandes/{public_id}/preuve"),
        ("saca_advisor", "case", "/bureau/dossiers/{public_id}/pieces/{file_id}"),
        ("saca_advisor", "case", "/bureau/dossiers/{public_id}/documents/{document_id}"),
    ],
)
def test_a_download_is_inert(world: World, name: str, kind: str, url: str) -> None:
    answer = world.named(name).browser().get(url.format(**world.owned["alpha"][kind]))
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == SANDBOX
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "private, no-store"
    protected(answer)


def test_a_fault_tells_nothing_of_the_machine(broken: World) -> None:
    text = broken.named("visitor").browser().get("/confidentialite").get_data(as_text=True)
    assert "Une erreur est survenue de notre côté" in text
    assert "zq-inside" not in text
    assert "Traceback" not in text


def test_the_cookie_is_for_this_site_only(world: World) -> None:
    cookie = world.named("visitor").browser().get("/compte/entrer").headers["Set-Cookie"]
    flags = [part.strip() for part in cookie.split(";")][1:]
    assert cookie.startswith("appui=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith(("Domain", "Expires", "Max-Age"))]


def test_over_https_the_cookie_is_bound_to_the_host(live_app: Callable[..., Flask]) -> None:
    app = live_app(base_url="https://appui.example", demo=False)
    app.config["WTF_CSRF_ENABLED"] = True
    browser = FlaskClient(app, app.response_class, use_cookies=True)
    answer = browser.get("/compte/entrer", base_url="https://appui.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-appui=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    hsts = "max-age=31536000; includeSubDomains"
    assert answer.headers["Strict-Transport-Security"] == hsts
