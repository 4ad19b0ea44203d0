"""Staff settle a request for access that nobody in the organization can answer."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.errors import Refusal
from grants.models.organizations import Membership
from grants.operations import organizations
from grants.queries import sessions
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_account, make_member, make_staff, sign_in


def _asked(session: Session) -> Membership:
    """Somebody new asks to join an organization that has a file."""
    case = make_case(session)
    account = make_account(session, "Nadine Côté", "organization")
    person = sessions.member_actor(session, account, None)
    organization_id = case.organization_id
    with saving() as saved:
        return organizations.ask_to_join(saved, organization_id, actor=person, now=NOW)


def test_a_team_lead_gives_access_on_screen(client: FlaskClient, session: Session) -> None:
    asked = _asked(session)
    sign_in(client, session, make_staff(session, "Hélène Caron", "team_lead"))
    page = client.get("/bureau/acces").get_data(as_text=True)
    assert "Nadine Côté" in page and "peut répondre" in page
    answer = client.post(f"/bureau/acces/{asked.public_id}", data={"reponse": "donner"})
    assert answer.status_code == 303
    session.refresh(asked)
    assert asked.accepted_at is not None and asked.role == "responsible"
    assert "Personne n’attend" in client.get("/bureau/acces").get_data(as_text=True)


def test_a_refusal_ends_the_request_once(session: Session) -> None:
    asked = _asked(session)
    lead = make_staff(session, "Hélène Caron", "team_lead")
    asked_id = asked.id
    for minutes in (1, 2):
        with saving() as saved:
            organizations.admit(
                saved, asked_id, admitted=False, actor=lead, now=NOW + timedelta(minutes=minutes)
            )
    ended = session.scalars(select(Membership.ended_at).where(Membership.id == asked_id)).one()
    assert ended == NOW + timedelta(minutes=1)


def test_nobody_else_may(session: Session) -> None:
    asked_id = _asked(session).id
    for actor in (make_staff(session, "Odile Morin", "advisor"), make_member(session)):
        with pytest.raises(Refusal), saving() as saved:
            organizations.admit(saved, asked_id, admitted=True, actor=actor, now=NOW)


def test_another_secretariat_sees_nothing(client: FlaskClient, session: Session) -> None:
    asked = _asked(session)
    sign_in(client, session, make_staff(session, "Yves Roy", "team_lead", secretariat="SCT"))
    assert "Nadine" not in client.get("/bureau/acces").get_data(as_text=True)
    assert client.post(f"/bureau/acces/{asked.public_id}").status_code == 404
