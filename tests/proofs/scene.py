"""The people and things of `world.build`, as the operations of the product want them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, MemberRole, Role
from grants.models.people import Account
from grants.operations.agreements import DraftDetails
from grants.operations.batches import BatchDetails
from grants.queries import sessions
from grants.unit_of_work import saving
from tests.factories import NOW, unique
from tests.proofs.world import Ids

Attempt = Callable[["Scene"], object]

MUCH_LATER = NOW + timedelta(days=30)
FUNDS_ON = date(2027, 1, 5)


@dataclass(frozen=True)
class Scene:
    """A session and the ids by name; every act is one transaction of the product."""

    session: Session
    ids: Ids
    now: datetime = MUCH_LATER

    def __getitem__(self, name: str) -> Any:
        return self.ids[name]

    def staff(self, name: str, *more: Role) -> Actor:
        """One of the staff, with other roles besides: duties are of persons, not of roles."""
        account = select(Account).where(Account.person_id == self.ids[name])
        actor = sessions.staff_actor(self.session, self.session.scalars(account).one())
        return replace(actor, roles=actor.roles | set(more))

    def member(self, person_id: int, organization_id: int) -> Actor:
        """A responsible of an organization."""
        account = select(Account).where(Account.person_id == person_id)
        actor = sessions.member_actor(self.session, self.session.scalars(account).one(), None)
        role = MemberRole.RESPONSIBLE
        return replace(actor, organization_id=organization_id, member_role=role)

    def act(self, operation: Callable[..., Any], *given: Any, actor: Actor, **more: Any) -> Any:
        """One act, whole."""
        with saving() as session:
            return operation(session, *given, actor=actor, now=self.now, **more)


def batch_of(*instalment_ids: int) -> BatchDetails:
    """A new batch of these instalments."""
    return BatchDetails(unique(), FUNDS_ON, instalment_ids)


def draft_of(**changes: Any) -> DraftDetails:
    """An agreement to sign on paper, as its advisor writes it."""
    usual = DraftDetails(
        public_id=unique(),
        starts_on=date(2027, 4, 1),
        ends_on=date(2028, 3, 31),
        address="12, rue du Moulin, Québec",
        signatory_id=None,
        signatory_name="Aline Saint-Onge",
        signatory_role="Présidente",
        resolution_number="2026-14",
        resolution_on=date(2026, 11, 9),
    )
    return replace(usual, **changes)
