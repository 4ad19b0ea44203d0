"""Instalments: the condition of one is met when the advisor of the file says so."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.models.agreements import Agreement, AgreementVersion, Instalment, Signature
from grants.models.case_files import CaseFile
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.trail import record


def confirm_condition(
    session: Session, instalment_id: int, *, actor: Actor, now: datetime
) -> Instalment:
    """Say that the condition of an instalment is met (reports accepted): it may be paid.

    By the advisor of the file, on the signed agreement in force (our decision); said twice it
    changes nothing. Raises `not_allowed`, `not_your_file`, `no_condition` for an instalment that
    has none, `not_signed`.
    """
    demand(actor, Action.WORK_CASE)
    instalment = session.get_one(Instalment, instalment_id)
    case_file = lock(session, CaseFile, _case_file_id(session, instalment), None)
    refuse_other_secretariat(case_file, actor)
    if case_file.advisor_id != actor.person_id:
        raise Refusal("not_your_file", actor_id=actor.person_id, case_file_id=case_file.id)
    session.refresh(instalment, with_for_update=True)
    if instalment.condition is None:
        raise DomainError("no_condition")
    if instalment.met_at is not None:
        return instalment
    instalment.met_at, instalment.met_by_id = now, person_of(actor)
    case_file.touched_at = now
    facts = {"rank": instalment.rank, "condition": instalment.condition}
    record(session, "condition_confirmed", actor=actor, now=now, case_file_id=case_file.id, **facts)
    return instalment


def _case_file_id(session: Session, instalment: Instalment) -> int:
    """The file of an instalment, whose agreement must be signed and in force. Error: not_signed."""
    query = (
        select(CaseFile.id, CaseFile.number, Signature.id)
        .join(Agreement, Agreement.case_file_id == CaseFile.id)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .outerjoin(Signature, Signature.agreement_version_id == AgreementVersion.id)
        .where(AgreementVersion.id == instalment.agreement_version_id)
    )
    case_file_id, number, signature_id = session.execute(query).one()
    if signature_id is None:
        raise DomainError("not_signed", case_number=number)
    return case_file_id
