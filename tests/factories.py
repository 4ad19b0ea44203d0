"""People, organizations and calls for tests, made as the product makes them."""

import secrets
from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.credentials import token_hash
from grants.domain.text import fold
from grants.models.organizations import Membership, Organization
from grants.models.people import Account, Person, StaffMember, StaffRole, WebSession
from grants.models.programs import Call, FormVersion, Program, ProgramTerms
from grants.models.reference import Secretariat
from grants.queries import sessions

NOW = datetime(2026, 11, 24, 15, 12, 40, tzinfo=UTC)  # a Tuesday morning in Québec


def unique() -> str:
    """A random public id."""
    return secrets.token_hex(16)


def make_account(session: Session, name: str, kind: str, now: datetime = NOW) -> Account:
    """A person with an account that never signed in."""
    person = Person(public_id=unique(), full_name=name, phone="418 555-0101")
    account = Account(
        person=person,
        kind=kind,
        email=f"{fold(name).replace(' ', '.')}.{unique()[:6]}@exemple.quebec",
        public_id=unique(),
        email_confirmed_at=now,
        notice_read_at=now,
        created_at=now,
    )
    session.add(account)
    session.commit()
    return account


def make_staff(
    session: Session, name: str, *roles: str, secretariat: str = "SACA", title: str = "Conseillère"
) -> Actor:
    """A member of the staff, as an actor."""
    account = make_account(session, name, "staff")
    account.totp_enrolled_at = NOW
    office = session.scalars(select(Secretariat).where(Secretariat.code == secretariat)).one()
    staff = StaffMember(
        person_id=account.person_id, secretariat_id=office.id, title=title, extension="4218"
    )
    staff.roles = [StaffRole(role=role) for role in roles]
    session.add(staff)
    session.commit()
    return sessions.staff_actor(session, account)


def make_organization(session: Session, name: str = "Comité logement Rive-Claire") -> Organization:
    """An organization without members."""
    organization = Organization(
        public_id=unique(),
        neq=f"11{secrets.randbelow(10**8):08d}",
        legal_name=name,
        search_name=fold(name),
        email="info@rive-claire.exemple",
        phone="418 555-0188",
        created_at=NOW,
    )
    session.add(organization)
    session.commit()
    return organization


def make_member(
    session: Session,
    organization: Organization | None = None,
    role: str = "responsible",
    name: str = "Aline Saint-Onge",
) -> Actor:
    """A person of an organization (a new one unless given), as an actor."""
    organization = organization or make_organization(session)
    account = make_account(session, name, "organization")
    place = Membership(
        public_id=unique(),
        organization_id=organization.id,
        person_id=account.person_id,
        role=role,
        asked_at=NOW,
        accepted_at=NOW,
    )
    session.add(place)
    session.commit()
    return sessions.member_actor(session, account, None)


def make_call(session: Session, program: str = "DCD", now: datetime = NOW, days: int = 17) -> Call:
    """A call open since a month, that closes in `days`."""
    row = session.scalars(select(Program).where(Program.code == program)).one()
    terms = select(ProgramTerms).where(ProgramTerms.program_id == row.id)
    form = select(FormVersion).where(FormVersion.program_id == row.id)
    call = Call(
        public_id=unique(),
        program_id=row.id,
        terms_id=session.scalars(terms).one().id,
        form_version_id=session.scalars(form).one().id,
        title=f"Appel 2027-2028 {unique()[:4]}",
        year=2027,
        opens_at=now - timedelta(days=30),
        closes_at=now + timedelta(days=days),
    )
    session.add(call)
    session.commit()
    return call


def sign_in(
    client: FlaskClient, session: Session, actor: Actor, now: datetime | None = None
) -> None:
    """Give the browser a signed-in session of this actor."""
    now = now or datetime.now(UTC)
    token = secrets.token_urlsafe(32)
    session.add(
        WebSession(
            token_hash=token_hash(token),
            account_id=actor.account_id,
            stage="in",
            created_at=now,
            expires_at=now + timedelta(hours=12),
        )
    )
    session.commit()
    with client.session_transaction() as cookie:
        cookie["token"], cookie["seen"] = token, now.timestamp()
