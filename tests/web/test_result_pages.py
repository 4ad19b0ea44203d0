"""The promises kept, in public: what was counted is shown as it was, and nothing is counted."""

import csv
import html
import io
from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.domain.results import PromiseFigures
from grants.models.reference import Secretariat
from grants.operations import tallies
from grants.queries.evidence import Evidence, Measure
from grants.queries.figures import MonthFigures
from grants.queries.tallies import Counted
from grants.unit_of_work import saving
from tests.factories import make_staff, sign_in

YEAR = fiscal_year_of(local_date(utc_now()))
ACK = PromiseFigures(
    code="SACA_ACK",
    sentence="Nous accusons réception.",
    unit="business",
    quantity=5,
    target_percent=95,
    due=2_000,
    kept=1_944,
    missed=50,
    open_late=6,
    excluded={"withdrawn": 2, "moved": 1},
    extended=4,
    not_due=7,
    median=2,
    nine_in_ten=4,
    share=972,
)
NOTHING = PromiseFigures("SACA_CALLBACK", "Nous vous rappelons.", "hours", 24, 100, 0, 0, 0, 0)
MONTHS = {"SACA_ACK": (MonthFigures(YEAR.from_on, 1_000, 972, 972),)}
ADVISOR = Evidence("SACA_ADVISOR", "Nous confions.", (Measure("with_advisor", 42, 47),))


def keep(session: Session, period: Period = YEAR, *figures: PromiseFigures) -> None:
    """What the job would write for the first secretariat."""
    office = session.scalars(select(Secretariat.id).where(Secretariat.code == "SACA")).one()
    counted = Counted(period, utc_now(), figures or (ACK, NOTHING), (ADVISOR,), MONTHS)
    with saving() as saved:
        tallies.keep(saved, office, counted)


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def text_of(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def test_before_any_count_there_is_no_figure(client: FlaskClient) -> None:
    for url in ("/engagements", "/engagements/saca", "/engagements/SCT"):
        text = text_of(client, url)
        assert "Premier résultat au prochain calcul" in text
        assert "0,0" not in text and "100,0" not in text
    assert "Le premier calcul se fait dans l’heure." in text
    assert client.get("/engagements/autre").status_code == 404


def test_each_figure_is_the_one_counted(client: FlaskClient, session: Session) -> None:
    keep(session)
    keep(session, YEAR.previous)
    text = text_of(client, "/engagements/saca")
    assert "Nous accusons réception de votre demande dans les 5 jours ouvrables" in text
    assert "<strong>97,2\u00a0%</strong>" in text and "Cible\u00a0: 100\u00a0%" in text
    assert "1\u00a0944 sur 2\u00a0000 · l’an dernier\u00a0: 97,2\u00a0%" in text
    for said in (
        "confiée à un autre service\u00a0: 2, demande retirée\u00a0: 4",
        "4\u00a0jours ouvrables",
        "42 sur 47",
        "Mis à jour le",
        "Le départ de l’accusé de réception",
        "Une demande ouverte et en retard",
        YEAR.previous.label,
    ):
        assert said in text.replace("\n", " "), said
    assert "97,2" in text_of(client, "/engagements")


def test_nothing_due_is_a_first_result_to_come(client: FlaskClient, session: Session) -> None:
    keep(session, YEAR, NOTHING)
    text = text_of(client, "/engagements/saca")
    assert text.count("Premier résultat à la première échéance") == 2
    assert '<svg class="chart' not in text


def test_the_picture_says_its_numbers(client: FlaskClient, session: Session) -> None:
    keep(session)
    text = text_of(client, "/engagements/saca")
    assert '<desc id="g-SACA_ACK-d">avr.\u00a0: 97,2\u00a0%.</desc>' in text
    assert 'class="bar"' in text and "Voir les nombres" in text
    assert f"avril\u00a0{YEAR.from_on.year}" in text and "972 sur 1\u00a0000" in text


def test_a_page_counts_nothing(client: FlaskClient, session: Session) -> None:
    keep(session)
    for url in ("/engagements", "/engagements/saca", "/donnees-ouvertes/engagements_resultats.csv"):
        with statements(session) as seen:
            client.get(url)
        assert seen and not [one for one in seen if " clock" in one.lower()], url


def test_results_are_open_data(client: FlaskClient, session: Session) -> None:
    keep(session)
    text = text_of(client, "/donnees-ouvertes/engagements_resultats.csv")
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["secretariat"], first["exercice"]) == ("SACA", YEAR.label)
    assert (first["echues"], first["tenues"], first["resultat"]) == ("2000", "1944", "97.2")
    assert (second["engagement"], second["resultat"], second["mediane"]) == (
        "SACA_CALLBACK",
        "",
        "",
    )
    page = text_of(client, "/donnees-ouvertes")
    assert all(name in page for name in first)


def test_each_figure_opens_its_list_for_the_staff_who_may(
    client: FlaskClient, session: Session
) -> None:
    keep(session)
    link = "/gestion/resultats/SACA_ACK/ouvertes-en-retard?"
    assert link not in text_of(client, "/engagements/saca")
    sign_in(client, session, make_staff(session, "Gisèle Tanguay", "manager"))
    assert link in text_of(client, "/engagements/saca")
    sign_in(client, session, make_staff(session, "Luc Roy", "manager", secretariat="SCT"))
    assert link not in text_of(client, "/engagements/saca")
