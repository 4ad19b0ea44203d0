"""The files of a person who is away: given to the substitute, and back on return, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError
from grants.operations import assignments
from grants.operations.assignments import AssignmentDetails
from grants.queries import replacements
from grants.queries.absences import AbsenceLine
from grants.queries.replacements import HeldFile

HAND_OVER = "Remplacement pendant une absence"
GIVE_BACK = "Retour d’absence"


@dataclass(frozen=True)
class Passing:
    """Files that pass from one person to another, and the reason kept with each assignment."""

    files: Sequence[HeldFile]
    to_person_id: int
    reason: str


def hand_over(session: Session, absence: AbsenceLine, *, actor: Actor) -> Passing:
    """What passes to the substitute: every open file of the person that the actor may see.

    Errors: not_allowed, absence_cancelled.
    """
    demand(actor, Action.ASSIGN)
    if absence.cancelled_at is not None:
        raise DomainError("absence_cancelled")
    files = replacements.files_of(session, absence.person_id, actor=actor)
    return Passing(files, absence.substitute_id, HAND_OVER)


def give_back(session: Session, absence: AbsenceLine, *, actor: Actor) -> Passing:
    """What passes back to the person who returned. Error: not_allowed."""
    demand(actor, Action.ASSIGN)
    files = replacements.handed_over(session, absence, actor=actor)
    return Passing(files, absence.person_id, GIVE_BACK)


def pass_one(
    session: Session, file: HeldFile, passing: Passing, *, actor: Actor, now: datetime
) -> None:
    """Pass one file, as any assignment: the rules refuse whoever may not have it.

    Errors: those of `assignments.assign`.
    """
    details = AssignmentDetails(person_id=passing.to_person_id, reason=passing.reason)
    assignments.assign(session, file.id, details, actor=actor, now=now)
