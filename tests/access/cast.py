"""Everybody signed in, and what belongs to whom: three organizations, two secretariats."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants import clock
from grants.demo.answers import Applicant, complete
from grants.domain.access import VISITOR, Actor
from grants.domain.credentials import link_token
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Attachment, Draft
from grants.models.messages import Document, Message
from grants.models.organizations import Membership
from grants.models.people import AccountLink, ConflictOfInterest
from grants.models.programs import Call
from grants.operations import applications, assignments, attachments, drafts
from grants.queries import programs
from grants.storage import LocalFolder
from grants.unit_of_work import saving
from tests.access.common import common
from tests.access.later import later, piece
from tests.access.money import Money
from tests.access.other_office import bank_of_sct, call_of_sct, clock_of_sct
from tests.access.people import (
    AMOUNTS,
    CASE_ROLES,
    COOKIE,
    NAMED,
    OFFICES,
    PEOPLE,
    STAFF_ROLES,
    TAGS,
    TIED,
    UNSENT,
    Owners,
    Person,
    Values,
    World,
    seen_by_role,
)
from tests.access.second_slice import CRITERION, INSIDE, Files, Hands, document
from tests.access.third_slice import Office, Public
from tests.factories import make_call, make_member, make_organization, make_staff, sign_in, unique

MAIL = "20261124T151240000000-00000000"  # in the mailbox of the demonstration
NOWHERE = {
    **dict.fromkeys(("clock_id", "reader_id"), 999_999),
    "rank": 99,
    "criterion": "ZZ9",
    "code": "zzz",
    **{"first": 1999, "second": 2000, "year": 1999},
    **dict.fromkeys(("public_id", "file_id", "attachment_id", "document_id"), "0" * 32),
    **dict.fromkeys(("message_id", "payment_id"), "0" * 32),
}


def build(app: Flask) -> World:
    """Fill the database and sign everybody in."""
    with app.app_context():
        builder = _Builder(app)
        return builder.world()


class _Builder:
    def __init__(self, app: Flask) -> None:
        self.app, self.now = app, clock.utc_now()
        self.session: Session = app.extensions["sqlalchemy"].session()
        self.folder: LocalFolder = app.extensions["storage"]
        self.people: list[Person] = []
        self.tied: list[int] = []
        self.places = count(1)

    def world(self) -> World:
        """Staff first, then the organizations with what they sent."""
        for office in OFFICES:
            self._office(office)
        self._advisors()
        saca, sct = make_call(self.session, now=self.now), call_of_sct(self.session, self.now)
        bank_of_sct(self.session)
        owned = {
            "alpha": self._organization("alpha", saca, "saca"),
            "beta": self._organization("beta", saca, "saca"),
            "gamma": self._organization("gamma", sct, "sct"),
        }
        self._person("visitor", "visitor", VISITOR)
        self._tie()
        self._mail()
        everybodys = common(self.session, self.now)
        alone = make_member(self.session, name="Nobody Alone")
        long_ago = self.now - timedelta(days=30)
        self.session.execute(update(Membership).values(asked_at=long_ago))
        accepted = Membership.accepted_at.is_not(None)
        self.session.execute(update(Membership).where(accepted).values(accepted_at=long_ago))
        theirs = Membership.person_id == alone.person_id
        self.session.execute(update(Membership).where(theirs).values(ended_at=self.now))
        self.session.commit()
        self._person("person", "person", alone)
        return World(self.app, self.people, owned, saca.public_id, self._link(alone), everybodys)

    def _advisors(self) -> None:
        """Two more: one who is about to declare a tie, one named on a complaint of alpha's."""
        for name, column, sees in ((TIED, "tied", {"beta"}), (NAMED, "named_reader", None)):
            actor = make_staff(self.session, f"SACA {column}", "advisor", secretariat="SACA")
            others = dict(seen_by_role("advisor", "SACA"))
            if name == NAMED:
                others["complaint"] = frozenset({"alpha"})
            self._person(name, column, actor, frozenset(sees or OFFICES["SACA"]), others)

    def _tie(self) -> None:
        """Somebody of the office declared a tie with every organization that is alpha's."""
        for organization_id in self.tied:
            self.session.add(
                ConflictOfInterest(
                    person_id=self._actor(TIED).person_id,
                    organization_id=organization_id,
                    reason=INSIDE,
                    declared_at=self.now,
                )
            )
        self.session.commit()

    def _mail(self) -> None:
        folder = Path(self.app.config["MAILBOX"])
        folder.mkdir(parents=True)
        (folder / f"{MAIL}.eml").write_text("Subject: Bonjour\n\nUn courriel.\n")

    def _link(self, whom: Actor) -> Values:
        """A link that sets a password, as its mail carries it."""
        link = AccountLink(
            account_id=whom.account_id,
            public_id=unique(),
            created_at=self.now,
            expires_at=self.now + timedelta(days=1),
        )
        self.session.add(link)
        self.session.commit()
        key = self.app.config["CREDENTIAL_KEY"]
        return {"public_id": link.public_id, "token": link_token(key, link.public_id)}

    def _person(
        self,
        name: str,
        column: str,
        actor: Actor,
        sees: Owners = frozenset(),
        others: Mapping[str, Owners] = MappingProxyType({}),
    ) -> None:
        client, cookie = self.app.test_client(), ""
        if actor != VISITOR:
            sign_in(client, self.session, actor)
            cookie = client.get_cookie(COOKIE).value
        self.people.append(Person(name, column, sees, actor, self.app, cookie, others))

    def _office(self, code: str) -> None:
        for role in STAFF_ROLES:
            actor = make_staff(self.session, f"{code} {role}", role, secretariat=code)
            sees: Owners = OFFICES[code] if role in CASE_ROLES else frozenset()
            name = f"{code.lower()}_{role}"
            self._person(name, role, actor, sees, seen_by_role(role, code))

    def _actor(self, name: str) -> Actor:
        return next(person.actor for person in self.people if person.name == name)

    def _organization(self, owner: str, call: Call, office: str) -> Mapping[str, Values]:
        organization = make_organization(self.session, f"Regroupement {TAGS[owner]}")
        organization.email = f"info@{TAGS[owner]}.exemple"
        members = {
            role: make_member(self.session, organization, role, f"Aline {TAGS[owner]} {role}")
            for role in ("reader", "writer", "responsible")
        }
        for role, member in members.items():
            if f"{owner}_{role}" in PEOPLE:
                self._person(f"{owner}_{role}", role, member, frozenset({owner}))
        member = members["responsible"]
        draft = self._draft(owner, member, call, UNSENT)
        case = self._case(owner, member, call, office)
        writers = select(Membership).where(Membership.role == "writer")
        writer = self.session.scalars(writers.filter_by(organization_id=organization.id)).one()
        request = self._request(owner, call)
        if owner == "alpha":
            self.tied = [organization.id, request.organization_id]
        return {
            "draft": {"public_id": draft.public_id, "file_id": draft.attachments[0].public_id},
            "case": {**self._parts(case), "clock_id": self._clock(case).id},
            "member": {"public_id": writer.public_id},
            "request": {"public_id": request.public_id},
            **self._later(owner, office, case, member, request),
        }

    def _later(
        self, owner: str, office: str, case: CaseFile, member: Actor, request: Membership
    ) -> Mapping[str, Values]:
        """What the later slices made of the same organization's requests, and what was asked."""
        advisor, decider, preparer, approver = (
            self._actor(f"{office}_{role}")
            for role in ("advisor", "decider", "finance_preparer", "finance_approver")
        )
        place, tag = next(self.places), TAGS[owner]
        files = Files(self.session, self.folder, case, Hands(member, advisor, decider), tag)
        money = Money(self.session, self.folder, preparer, approver, tag, place)
        cases, rows = later(self.session, files, money, request)
        asked = self._public(owner, office).things(case)
        return {**{name: self._parts(one) for name, one in cases.items()}, **rows, **asked}

    def _public(self, owner: str, office: str) -> Public:
        """What the third slice adds, in the hands of the same office."""
        roles = ("advisor", "information_agent", "manager", "complaints_officer")
        staff = [self._actor(f"{office}_{role}") for role in roles]
        hands = Office(office.upper(), *staff, reader=self._actor(NAMED))
        return Public(self.session, self.folder, owner, hands, self.now)

    def _draft(self, owner: str, member: Actor, call: Call, word: str) -> Draft:
        name = f"Regroupement {TAGS[owner]}"
        applicant = Applicant(name, "1144556677", member.name, AMOUNTS[owner], 1)
        answers = complete(programs.definition(call.form_version), applicant)
        answers["mission_plain"] = f"Mission {TAGS[owner]} {word}"
        with saving() as session:
            draft = drafts.start(session, call.id, unique(), actor=member, now=self.now)
            draft.answers = answers
        given = piece(self.folder, TAGS[owner])
        with saving() as session:
            attachments.attach(session, draft.id, given, actor=member, now=self.now)
        return draft

    def _sent(self, owner: str, member: Actor, call: Call) -> CaseFile:
        draft = self._draft(owner, member, call, "")
        details = applications.SendDetails(draft.version)
        with saving() as session:
            return applications.send(
                session, draft.id, details, actor=member, arrived_at=self.now, now=self.now
            )

    def _request(self, owner: str, call: Call) -> Membership:
        """Somebody asks for access to an organization where nobody is left to answer."""
        organization = make_organization(self.session, f"Comité {TAGS[owner]}")
        gone = make_member(self.session, organization, name=f"Partie {TAGS[owner]}")
        self._sent(owner, gone, call)
        make_member(self.session, organization, "writer", f"Demande {TAGS[owner]}")
        asked = select(Membership).where(Membership.organization_id == organization.id)
        left, waits = self.session.scalars(asked.order_by(Membership.id))
        left.ended_at, waits.accepted_at = left.asked_at, None
        self.session.commit()
        return waits

    def _case(self, owner: str, member: Actor, call: Call, office: str) -> CaseFile:
        case = self._sent(owner, member, call)
        advisor, lead = self._actor(f"{office}_advisor"), self._actor(f"{office}_team_lead")
        given = assignments.AssignmentDetails(advisor.person_id or 0, INSIDE, case.version)
        later = self.now + timedelta(seconds=1)
        with saving() as session:
            assignments.assign(session, case.id, given, actor=lead, now=later)
        document(self.session, self.folder, case, "deposit_proof", TAGS[owner])
        self.session.commit()
        return case

    def _clock(self, case: CaseFile) -> Clock:
        return (case.clocks or [clock_of_sct(self.session, case)])[0]

    def _parts(self, case: CaseFile) -> Values:
        """What hangs on a file, under the names that the URLs give it."""
        files = select(Attachment).where(Attachment.case_file_id == case.id)
        documents = select(Document).where(Document.case_file_id == case.id)
        messages = select(Message).where(Message.case_file_id == case.id)
        found: dict[str, object] = {"public_id": case.public_id, "criterion": CRITERION, "rank": 2}
        if file := self.session.scalars(files).first():
            found |= {"file_id": file.public_id, "attachment_id": file.public_id}
        if made := self.session.scalars(documents).first():
            found["document_id"] = made.public_id
        if message := self.session.scalars(messages).first():
            found["message_id"] = message.public_id
        return found
