"""One office where a history happens: its people, its book, and how an act is tried.

Every act is tried by the operation of the product; the book says beforehand whether the rules
allow it, and is told of it when it was done.
"""

import copy
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM, Actor
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.models.reference import DayOff
from grants.operations import envelopes
from grants.unit_of_work import saving
from tests.cases import AMOUNT, make_draft
from tests.factories import make_call, make_member, make_organization, make_staff
from tests.proofs.book import Book
from tests.proofs.money_people import confirmed, funds_date, make_browser

Thing = TypeVar("Thing")

EAGER, BLIND = 8, 5  # of so many choices, this one is blind and the others are sensible
ORGANIZATIONS, DRAFTS_EACH = 3, 3
ENVELOPE = 6 * AMOUNT


class Wrong(AssertionError):
    """The product and the book do not say the same."""


@dataclass
class People:
    """Who acts. The same person stands in two lists where the rules must tell persons apart."""

    lead: Actor
    advisors: list[Actor]
    deciders: list[Actor]
    preparers: list[Actor]
    approvers: list[Actor]
    members: list[Actor]
    agents: list[Actor]
    browsers: dict[int, str]  # by person


@dataclass
class Office:
    """The state of one history."""

    people: People
    drafts: list[tuple[int, int]]  # of each draft to send: the member's place, its id
    funds_on: date
    now: datetime
    book: Book = field(default_factory=Book)

    @property
    def session(self) -> Session:
        """The session of this thread."""
        return db.session()

    def again(self) -> "Office":
        """The same office for another history."""
        new = copy.copy(self)
        new.book, new.drafts = copy.deepcopy(self.book), list(self.drafts)
        return new

    def tick(self) -> None:
        """A minute passes: something happened."""
        self.now += timedelta(minutes=1)

    def attempt(
        self, is_allowed: bool, operation: Callable[..., Thing], *given: Any, **more: Any
    ) -> Thing | None:
        """Do one act; it must be refused exactly where the book does not allow it."""
        self.tick()
        name = getattr(operation, "__name__", "?")
        try:
            with saving() as session:
                done = operation(session, *given, now=self.now, **more)
        except DomainError as refused:
            if is_allowed:
                raise Wrong(f"{name} refused {refused.code}: the rules allow it") from refused
            return None
        if not is_allowed:
            raise Wrong(f"{name} was done: the rules forbid it")
        return done

    def confirm(self, actor: Actor, *, really: bool) -> str:
        """The browser of a person, who has just said again who they are or has not."""
        token = self.people.browsers[actor.person_id or 0]
        when = self.now if really else self.now - timedelta(days=1)
        with saving() as session:
            confirmed(session, token, when)
        return token

    def actor(self, person_id: int, among: Sequence[Actor]) -> Actor:
        """The person of a list who has this id, else its first."""
        return next((one for one in among if one.person_id == person_id), among[0])

    def pick_actor(
        self, among: Sequence[Actor], sensible: Callable[[int], bool], who: int
    ) -> Actor:
        """Mostly somebody whom the rules let act, else anybody."""
        found = choose(among, lambda one: sensible(one.person_id or 0), who)
        return found or among[who % len(among)]

    def member_of(self, organization_id: int) -> Actor:
        """The responsible of an organization."""
        members = self.people.members
        return next(one for one in members if one.organization_id == organization_id)


def choose(things: Sequence[Thing], sensible: Callable[[Thing], bool], pick: int) -> Thing | None:
    """One for which the act makes sense, None without one; sometimes any at all."""
    found = [one for one in things if sensible(one)] if pick % EAGER != BLIND else list(things)
    return found[pick // EAGER % len(found)] if found else None


def open_office(session: Session, now: datetime) -> Office:
    """The people, the drafts and the envelope; nothing happened yet."""
    people = _people(session, now)
    call = make_call(session, now=now)
    drafts = [
        (place, make_draft(session, member, call, now).id)
        for place, member in enumerate(people.members * DRAFTS_EACH)
    ]
    with saving() as saved:
        envelopes.set_total(saved, "DCD", call.year, ENVELOPE, actor=SYSTEM, now=now)
    places = [(place % ORGANIZATIONS, draft_id) for place, draft_id in drafts]
    answerers = {one.person_id or 0 for one in (*people.agents, *people.advisors, people.lead)}
    days_off = frozenset(session.scalars(select(DayOff.on_date)))
    book = Book(left=ENVELOPE, answerers=answerers, days_off=days_off)
    return Office(people, places, funds_date(session, now), now, book)


def _people(session: Session, now: datetime) -> People:
    staff = functools.partial(make_staff, session)
    both = staff("Claire Ouellet", "advisor", "decider")
    pays_and_approves = staff("Denis Roy", "finance_preparer", "finance_approver")
    members = [
        make_member(session, make_organization(session, name), name=f"Membre {name}")
        for name in ("Le Nid", "La Source", "L’Ancrage")
    ]
    people = People(
        lead=staff("Hélène Caron", "team_lead"),
        advisors=[*(staff(f"Conseil {rank}", "advisor") for rank in "ABC"), both],
        deciders=[*(staff(f"Direction {rank}", "decider") for rank in "AB"), both],
        preparers=[staff("Réjean Kirouac", "finance_preparer"), pays_and_approves],
        approvers=[staff("Sylvio Tanguay", "finance_approver"), pays_and_approves],
        members=members,
        agents=[staff(f"Renseignements {rank}", "information_agent") for rank in "AB"],
        browsers={},
    )
    for actor in (*people.deciders, *people.approvers, *members):
        people.browsers[actor.person_id or 0] = make_browser(session, actor, now)
    return people
