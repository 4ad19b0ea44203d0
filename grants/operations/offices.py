"""One act at a time on the people of a secretariat: who is there, who may do what, who is away.

The locks leave the keys readable, so that files which name the secretariat still come in.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import Refusal
from grants.models.people import Account, Person, StaffMember
from grants.models.reference import Secretariat


def lock_office(session: Session, actor: Actor) -> Secretariat:
    """The actor's secretariat, locked: two acts on its people never see each other half done.

    Raises `not_allowed` for somebody of no secretariat.
    """
    query = select(Secretariat).where(Secretariat.id == actor.secretariat_id)
    office = session.scalar(query.with_for_update(key_share=True))
    if office is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return office


def colleague(session: Session, person_id: int, *, actor: Actor) -> tuple[StaffMember, Account]:
    """A person of the actor's own secretariat with the account, as they are now, locked.

    Raises `not_allowed` for anybody else: an administrator manages one secretariat only.
    """
    query = (
        select(StaffMember, Account)
        .join(Person, Person.id == StaffMember.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.person_id == person_id)
        .where(StaffMember.secretariat_id == actor.secretariat_id)
        .with_for_update(of=Account, key_share=True)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    staff, account = found
    return staff, account
