"""Results published for good, as anybody reads them: one table in its formats, its corrections."""

import html
import json

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.operations import publications
from grants.operations.publications import PublicationDetails
from grants.unit_of_work import saving
from tests.factories import make_staff, unique

YEAR = fiscal_year_of(local_date(utc_now())).previous


def freeze(manager: Actor, reason: str = "") -> str:
    """The results of last year, published now."""
    details = PublicationDetails(unique(), "SACA", YEAR.from_on, YEAR.until_on, {}, reason)
    with saving() as saved:
        publications.freeze(saved, details, actor=manager, now=utc_now())
    return f"/engagements/publications/{details.public_id}"


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_a_publication_is_a_page_and_its_files(client: FlaskClient, session: Session) -> None:
    assert "Aucun exercice n’est encore publié" in read(client, "/engagements/saca")
    manager = make_staff(session, "Gisèle Tanguay", "manager")
    url = freeze(manager)
    page = read(client, url)
    assert f"Exercice {YEAR.label}" in page and "Non calculable" in page
    assert manager.name not in page
    assert f'href="{url}"' in read(client, "/engagements") + read(client, "/engagements/saca")
    assert f'href="{url}/pdf"' not in page, "nobody made the PDF yet"
    assert client.get(f"{url}/pdf").status_code == 404
    assert client.get(f"{url}/docx").status_code == 404
    assert client.get("/engagements/publications/autre").status_code == 404
    rows = json.loads(client.get(f"{url}/json").data)["lignes"]
    assert len(client.get(f"{url}/csv").data.splitlines()) == len(rows) + 1
    assert client.get(f"{url}/xlsx").data.startswith(b"PK")


def test_a_correction_is_told_on_what_it_replaces(client: FlaskClient, session: Session) -> None:
    manager = make_staff(session, "Gisèle Tanguay", "manager")
    first = freeze(manager)
    second = freeze(manager, "Deux accusés saisis en retard.")
    assert f'href="{second}"' in read(client, first)
    page = read(client, second)
    assert "Deux accusés saisis en retard." in page and "ont été corrigés" not in page
    assert "Corrigée depuis" in read(client, "/engagements")
