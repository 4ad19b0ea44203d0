"""Accounts given and verified by the operations that do it in the product."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.bank_accounts import BankAccount
from grants.models.organizations import Membership
from grants.models.payments import BankDetails
from grants.operations import bank_details as acts
from grants.operations.bank_details import BankDetailsGiven, VerificationDetails
from grants.unit_of_work import saving
from tests.factories import NOW, unique

FIRST = BankAccount("815", "30214", "0012345")
OTHER = BankAccount("006", "11021", "904417725331")
CALLED = VerificationDetails("COMITE LOGEMENT", "Lise Gendron, trésorière")


def give(actor: Actor, account: BankAccount = FIRST, **told: object) -> int:
    organization_id = told.get("organization_id", actor.organization_id)
    details = BankDetailsGiven(str(told.get("public_id", unique())), account)
    with saving() as act:
        return acts.give(act, organization_id, details, actor=actor, now=NOW).id


def verify(actor: Actor, version_id: int, details: VerificationDetails = CALLED) -> str:
    with saving() as act:
        return acts.verify(act, version_id, details, actor=actor, now=NOW).payee_name


def leave(session: Session, member: Actor) -> None:
    """Nobody answers online for the organization any more."""
    place = select(Membership).where(Membership.person_id == member.person_id)
    session.scalars(place).one().ended_at = NOW
    session.commit()


def public_id(session: Session, version_id: int) -> str:
    return session.get_one(BankDetails, version_id).public_id
