"""The pages of commitments: the list, one to rewrite, its effect on past years, confirmation."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.dates import write_parts
from grants.operations import clocks
from grants.queries import commitments
from grants.unit_of_work import saving
from grants.web.landing import home_of
from tests.cases import make_case
from tests.factories import make_staff, sign_in

HOME = "/gestion/engagements"
ACK = f"{HOME}/SACA_ACK"
TEN = "Nous accusons réception de votre demande dans les 10 jours ouvrables."


@pytest.fixture
def manager(session: Session, client: FlaskClient) -> Actor:
    actor = make_staff(session, "Solange Vachon", "manager", title="Gestionnaire")
    sign_in(client, session, actor)
    return actor


def shown(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def sent(client: FlaskClient, url: str = ACK, **data: object) -> str:
    answer = client.post(url, data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def answers(session: Session, actor: Actor, **changes: object) -> dict[str, object]:
    """What the form posts: ten days instead of five, from tomorrow, unless told."""
    day, month, year = write_parts(local_date(datetime.now(UTC)) + timedelta(days=1))
    typed: dict[str, object] = {
        "version": commitments.newest(session, actor.secretariat_id or 0).id,
        "sentence": TEN,
        "quantity": "10",
        "unit": "business",
        "receipt_policy": "arrival",
        "target_percent": "100",
        "in_force_from-day": day,
        "in_force_from-month": month,
        "in_force_from-year": year,
        "act": "preview",
    }
    return {**typed, **changes}


def test_where_management_begins(app: Flask, manager: Actor) -> None:
    with app.test_request_context():
        assert home_of(manager) == url_for("management.results")


def test_the_list_of_what_is_promised(client: FlaskClient, manager: Actor) -> None:
    page = shown(client, HOME)
    assert "en vigueur depuis le 20 janvier 2003" in page and "5 jours ouvrables" in page
    assert "À la date annoncée" in page and "Sans délai" in page and f'href="{ACK}"' in page
    assert client.get(f"{HOME}/SCT_ACK").status_code == 404
    courtesy = shown(client, f"{HOME}/SACA_COURTESY")
    assert 'name="quantity"' not in courtesy and 'name="target_percent"' not in courtesy


def test_from_the_effect_to_the_new_version(
    client: FlaskClient, session: Session, manager: Actor
) -> None:
    now = datetime.now(UTC)
    late = make_case(session, now=now - timedelta(days=30))
    make_case(session, now=now)
    with saving() as saved:
        clocks.settle(saved, late, event="acknowledgement_sent", now=now - timedelta(days=19))
    page = sent(client, **answers(session, manager))
    year = re.findall(r'<td role="cell" class="amount"><span[^<]*</span>([^<]*?)\s*</td>', page)
    assert year == ["0", "aucun dossier échu", "aucun dossier échu", "1", "0 %", "100 %"]
    assert "garde l’engagement en vigueur à sa réception (5 jours ouvrables)" in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert TEN not in shown(client, HOME), "a preview writes nothing"
    back = sent(client, **{**hidden, "act": "correct"})
    assert TEN in back and "<h1>Modifier un engagement</h1>" in back
    done = sent(client, **{**hidden, "act": "confirm"})
    assert "L’engagement est changé" in sent(client, **{**hidden, "act": "confirm"}), "posted twice"
    assert commitments.newest(session, manager.secretariat_id or 0).slug.count("-") == 4
    assert "L’engagement est changé" in done and f"À venir : {TEN}" in done


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"quantity": "dix"}, "Écrivez un nombre entier"),
        ({"quantity": "12"}, "Écrivez 12, en chiffres, dans la phrase"),
        ({"in_force_from-year": "2026", "in_force_from-month": "1"}, "Choisissez demain"),
        ({"in_force_from-day": ""}, "Complétez la date"),
        ({"sentence": " "}, "Écrivez la phrase de l’engagement"),
    ],
)
def test_what_was_typed_stays_beside_what_to_repair(
    client: FlaskClient, session: Session, manager: Actor, changes: dict[str, str], told: str
) -> None:
    page = sent(client, **answers(session, manager, **changes))
    assert "Il y a une chose à corriger" in page and told in page
    assert 'class="field field--error"' in page
    if "sentence" not in changes:
        assert TEN in page


def test_another_editor_was_first(client: FlaskClient, session: Session, manager: Actor) -> None:
    seen = answers(session, manager, act="confirm")
    sent(client, **{**seen, "sentence": TEN.replace("10", "8"), "quantity": "8"})
    page = sent(client, **seen)
    assert "Une autre personne a changé la déclaration" in page and TEN in page
    assert TEN.replace("10", "8") in page
    last = commitments.newest(session, manager.secretariat_id or 0)
    assert f'name="version" type="hidden" value="{last.id}"' in page
