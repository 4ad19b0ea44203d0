"""The staff, the organizations and the calls of the demonstration."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.demo.cast import DOMAIN, MEMBERS, ORGANIZATIONS, PEOPLE, STAFF, StaffPart
from grants.domain.access import SYSTEM, Actor, MemberRole, Role
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.models.people import Account
from grants.models.programs import Call, Program
from grants.models.trail import OutboxRow
from grants.operations import accounts, calls, envelopes, organizations, outbox
from grants.queries import sessions
from grants.unit_of_work import saving

FIRST_NEQ = 1_144_556_677
ENVELOPES = {"DCD": 1_250_000_00, "PRJ": 250_000_00, "SPA": 900_000_00}
NEVER_EQUAL = "!"  # no hash is equal to it: these people only enter by the demonstration's door


def staff(now: datetime) -> dict[str, Actor]:
    """The members of the staff, by the first part of their address; their links left long ago."""
    with saving() as session:
        ids = {part.address: _staff_member(session, part, now) for part in STAFF}
    with saving() as session:
        links = select(OutboxRow.id).where(OutboxRow.kind == "mail.link")
        for row_id in session.scalars(links).all():
            if (claimed := outbox.claim(session, row_id, now=now)) is not None:
                outbox.finish(session, claimed)
    session = db.session()
    return {
        address: sessions.staff_actor(session, session.get_one(Account, account_id))
        for address, account_id in ids.items()
    }


def _staff_member(session: Session, part: StaffPart, now: datetime) -> int:
    details = accounts.StaffDetails(
        full_name=part.name,
        email=f"{part.address}@{DOMAIN}",
        secretariat_code=part.secretariat,
        title=part.title,
        roles=frozenset(Role(role) for role in part.roles),
        extension=part.extension,
    )
    account_id = accounts.create_staff(session, details, actor=SYSTEM, now=now)
    session.get_one(Account, account_id).totp_enrolled_at = now  # they only enter in one click
    return account_id


def members(now: datetime) -> list[Actor]:
    """One responsible person for each organization, in the order of the cast."""
    names = [MEMBERS[0], *PEOPLE]
    found = [_person(name, rank, now) for rank, name in enumerate(names)]
    for rank, (actor, title) in enumerate(zip(found, ORGANIZATIONS, strict=True)):
        details = organizations.OrganizationDetails(
            neq=str(FIRST_NEQ + rank * 1009),
            legal_name=title,
            email=f"info{rank}@{DOMAIN}",
            phone="418 555-0188",
        )
        with saving() as session:
            organizations.create(session, details, actor=actor, now=now)
    return [_again(actor) for actor in found]


def second_member(responsible: Actor, now: datetime) -> Actor:
    """A writer beside the responsible person, and a third person who waits at the door."""
    organization_id = responsible.organization_id or 0
    for name, let_in in ((MEMBERS[1], True), ("Rosalie Tremblay", False)):
        person = _person(name, 90 + let_in, now)
        with saving() as session:
            asked = organizations.ask_to_join(session, organization_id, actor=person, now=now)
            membership_id = asked.id
        if let_in:
            writer = person
            with saving() as session:
                organizations.accept(
                    session, membership_id, MemberRole.WRITER, actor=responsible, now=now
                )
    return _again(writer)


def _person(name: str, rank: int, now: datetime) -> Actor:
    details = accounts.NewAccount(name, f"organisme{rank}@{DOMAIN}", "418 555-0188", NEVER_EQUAL)
    with saving() as session:
        account_id = accounts.create(session, details, now=now)
    account = db.session().get_one(Account, account_id)
    return sessions.member_actor(db.session(), account, None)


def _again(actor: Actor) -> Actor:
    """The same person, with the place they have now."""
    account = db.session().get_one(Account, actor.account_id)
    return sessions.member_actor(db.session(), account, None)


def all_calls(now: datetime) -> dict[str, int]:
    """The calls, by name: three of the past, two open, one to come; their ids."""
    today = local_date(now)
    plan = {
        "DCD past": ("DCD", "Appel précédent", -430, -330),
        "PRJ past": ("PRJ", "Appel de projets du printemps", -320, -60),
        "DCD summer": ("DCD", "Appel de l’été", -215, -120),
        "DCD": ("DCD", "Appel de demandes", -45, 17),
        "PRJ": ("PRJ", "Appel de projets de l’automne", -58, 6),
        "SPA": ("SPA", "Appel de l’hiver", 50, 90),
    }
    found = {}
    for name, (program, title, opens, closes) in plan.items():
        closes_on = today + timedelta(days=closes)
        details = calls.CallDetails(
            program_code=program,
            title=f"{title} {closes_on.year}-{closes_on.year + 1}",
            year=closes_on.year,
            opens_on=today + timedelta(days=opens),
            closes_on=closes_on,
            decision_due_on=closes_on + timedelta(days=75),
        )
        with saving() as session:
            found[name] = calls.announce(session, details, actor=SYSTEM, now=now).id
    return found


def set_envelopes(now: datetime) -> None:
    """What each program may grant in the years of its calls."""
    query = select(Program.code, Call.year).join(Program, Program.id == Call.program_id).distinct()
    for program, year in db.session().execute(query).all():
        with saving() as session:
            envelopes.set_total(session, program, year, ENVELOPES[program], actor=SYSTEM, now=now)


def random_id() -> str:
    """The public id a page would have carried."""
    return secrets.token_hex(16)
