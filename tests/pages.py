"""A test browser that refuses a page with a fault, and what tests read from pages."""

from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from grants.extensions import db


class CheckedClient(FlaskClient):
    """Checks every HTML answer: valid, in French, with one h1 and nothing inline."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, then check."""
        answer = super().open(*args, **kwargs)
        db.session.rollback()
        if answer.mimetype == "text/html" and answer.data and answer.status_code not in (302, 303):
            check(answer.get_data(as_text=True))
        return answer


def check(text: str) -> None:
    """Fail on anything no page of ours may have."""
    html5lib.HTMLParser(strict=True).parse(text)
    assert '<html lang="fr-CA">' in text
    assert text.count("<h1") == 1, "one question per page"
    assert " style=" not in text and "<style" not in text and "<script>" not in text
    assert " – Appui</title>" in text
