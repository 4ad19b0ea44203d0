"""What the page of one file says of acts: whose choice, on which day, counted from when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.trail import OutboxRow
from grants.operations import acknowledgements
from grants.operations.acknowledgements import PostedLetter
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import make_staff, sign_in, unique
from tests.money_cases import make_granted, make_issued, make_recommended, make_refused

DAY = timedelta(days=1)
SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture
def lead(client: FlaskClient, session: Session) -> Actor:
    lead = make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")
    sign_in(client, session, lead)
    return lead


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("posted", [{}, {"person_id": ""}, {"person_id": "Odile"}])
def test_a_choice_that_names_nobody_gives_the_file_to_nobody(
    client: FlaskClient, session: Session, lead: Actor, posted: dict[str, str]
) -> None:
    make_staff(session, "Odile Marchand", "advisor")
    case = make_case(session, now=datetime.now(UTC))
    case_id, version = case.id, str(case.version)
    url = f"/bureau/dossiers/{case.public_id}/affecter"
    page = client.post(url, data={"version": version, **posted}).get_data(as_text=True)
    assert "Choisissez une réponse." in page
    assert session.get_one(CaseFile, case_id).advisor_id is None


def test_a_file_of_nobody_is_to_be_assigned_not_changed(
    client: FlaskClient, session: Session, lead: Actor
) -> None:
    case = make_case(session, now=datetime.now(UTC))
    url = f"/bureau/dossiers/{case.public_id}"
    session.execute(update(OutboxRow).values(state="failed", attempts=1))
    session.commit()
    page = read(client, url)
    assert "Affecter le dossier</a>" in page
    assert "Changer la personne responsable" not in page


def test_a_posted_letter_shows_its_day_and_no_hour(
    client: FlaskClient, session: Session, lead: Actor
) -> None:
    now = datetime.now(UTC)
    case = make_case(session, now=now - 3 * DAY)
    case_id, url = case.id, f"/bureau/dossiers/{case.public_id}/promesses"
    agent = make_staff(session, "Rose Auger", "information_agent")
    letter = PostedLetter(local_date(now - 2 * DAY))
    with saving() as saved:
        acknowledgements.record_posted(saved, case_id, letter, actor=agent, now=now)
    page = read(client, url)
    assert "Lettre postée" in page
    assert "23\u00a0h\u00a059" not in page


def test_a_letter_sent_twice_from_one_page_leads_back_to_the_file(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, session, make_staff(session, "Rose Auger", "information_agent"))
    now = datetime.now(UTC)
    case, today = make_case(session, now=now - DAY), local_date(now)
    url, data = f"/bureau/dossiers/{case.public_id}/lettre-postee", {"version": case.version}
    data |= {f"posted_on-{part}": getattr(today, part) for part in ("day", "month", "year")}
    assert [client.post(url, data=data).status_code for _ in range(2)] == [303, 303]


def test_a_receipt_on_a_sunday_is_in_the_day_by_day_table(
    client: FlaskClient, session: Session, lead: Actor
) -> None:
    case = make_case(session, now=SUNDAY)
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    page = read(client, f"/bureau/dossiers/{case.public_id}/delais/{clock.id}")
    assert "22<br>reçu; ne compte pas" in page


HEAD = {
    "Prendre la décision</a>": ("recommended", "decider"),
    "Rédiger le protocole</a>": ("granted", "its advisor"),
    "Délivrer le protocole</a>": ("drafted", "decider"),
}


def drafted_again(session: Session, case: CaseFile) -> CaseFile:
    """The file with a second version of its agreement, that nobody issued."""
    issued = make_issued(session, case)
    issued.ended_at = issued.issued_at
    kept = ("agreement_id", "organization_id", "total_cents", "starts_on", "ends_on", "terms")
    facts = {name: getattr(issued, name) for name in (*kept, "drafted_by_id", "drafted_at")}
    session.flush()
    session.add(AgreementVersion(public_id=unique(), number=2, **facts))
    session.commit()
    return case


def test_the_head_offers_an_act_to_those_who_may(client: FlaskClient, session: Session) -> None:
    both = make_staff(session, "Odile Marchand", "advisor", "decider")
    people = {
        "its advisor": both,
        "colleague": make_staff(session, "Marc Élie", "advisor"),
        "decider": make_staff(session, "Irène Vallée", "decider", title="Directrice"),
    }
    cases = {
        "recommended": make_recommended(session, advisor=both),
        "granted": make_granted(session, advisor=both),
        "drafted": drafted_again(session, make_granted(session, advisor=both)),
    }
    urls = {state: f"/bureau/dossiers/{case.public_id}" for state, case in cases.items()}
    offered = set()
    for name, person in people.items():
        sign_in(client, session, person)
        for state, url in urls.items():
            page = read(client, url).split("Parties du dossier")[0]
            offered |= {(act, state, name) for act in HEAD if act in page}
    expected = {(act, state, name) for act, (state, name) in HEAD.items()}
    also = {("Délivrer le protocole</a>", "drafted", "its advisor")}
    assert offered == expected | also


@pytest.mark.parametrize(
    ("make", "title", "parts"),
    [
        (make_recommended, "Prendre la décision", ["Décision"]),
        (make_refused, "La demande est refusée", ["Décision"]),
        (make_granted, "Rédiger le protocole", ["Décision", "Protocole et versements"]),
    ],
)
def test_parts_come_with_the_state_of_the_file(
    client: FlaskClient,
    session: Session,
    lead: Actor,
    make: Callable[..., CaseFile],
    title: str,
    parts: list[str],
) -> None:
    case = make(session)
    page = read(client, f"/bureau/dossiers/{case.public_id}")
    assert title in page
    tabs = page.split("Parties du dossier")[1].split("</nav>")[0]
    shown = [part for part in ("Décision", "Protocole et versements") if part in tabs]
    assert shown == parts
    assert "Analyse" in tabs
    changes = "Changer la personne responsable" in page
    assert changes == (case.status == "granted"), "only where the flow lets it change"
