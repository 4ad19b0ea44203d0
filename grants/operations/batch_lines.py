"""The lines of a batch: locked, judged by the rules, written once per instalment."""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.domain.payments import reference
from grants.models.agreements import Instalment
from grants.models.payments import Batch, Payment
from grants.models.people import ConflictOfInterest
from grants.queries import payable
from grants.queries.payable import CHUNK, Line

RETURNED = "returned"


def lock_instalments(session: Session, instalment_ids: Iterable[int]) -> None:
    """Lock instalments in the order of their ids, so that two acts never wait for each other."""
    ids = sorted(set(instalment_ids))
    for start in range(0, len(ids), CHUNK):
        query = select(Instalment.id).where(Instalment.id.in_(ids[start : start + CHUNK]))
        session.execute(query.order_by(Instalment.id).with_for_update()).all()


def judged(session: Session, instalment_ids: Sequence[int], actor: Actor) -> list[Line]:
    """The lines of instalments that may all be paid now, once locked.

    Raises `already_in_batch` (fact `case_number`), and the refusals of a line: `not_allowed` for
    what is not the secretariat's or not of a live agreement, `conflict_declared`, and the code
    of what blocks it.
    """
    lines = list(payable.lines(session, instalment_ids, actor=actor))
    if len(lines) != len(set(instalment_ids)):
        raise Refusal("not_allowed", actor_id=actor.person_id)
    tied = _ties(session, actor)
    for line in lines:
        if line.is_covered:
            raise DomainError("already_in_batch", case_number=line.case_number)
        _demand_payable(line, tied, actor)
    return lines


def still_payable(session: Session, batch: Batch, actor: Actor) -> None:
    """Refuse a batch of which a line may not be paid any more, or not to that account.

    Raises `account_changed` (fact `case_number`), `conflict_declared`, the code of what blocks
    the line, and `not_allowed` for one whose agreement ended since.
    """
    rows = session.execute(
        select(Payment.instalment_id, Payment.bank_details_id).where(
            Payment.batch_id == batch.id, Payment.status == "prepared"
        )
    )
    accounts = {row.instalment_id: row.bank_details_id for row in rows}
    tied = _ties(session, actor)
    lines = list(payable.lines(session, accounts, actor=actor))
    if len(lines) != len(accounts):
        raise Refusal("not_allowed", actor_id=actor.person_id)
    for line in lines:
        _demand_payable(line, tied, actor)
        if accounts[line.id] != line.bank_details_id:
            raise _refused("account_changed", line, actor)


def write(session: Session, batch: Batch, lines: Sequence[Line], actor: Actor) -> None:
    """Write one payment per line. The unique indexes are the wall: `already_in_batch`."""
    known = select(func.count()).select_from(Payment).where(Payment.batch_id == batch.id)
    first = (session.scalar(known) or 0) + 1
    rows = [_row(batch, line, rank) for rank, line in enumerate(lines, start=first)]
    try:
        with session.begin_nested():
            session.execute(insert(Payment), rows)
    except IntegrityError:
        for line in payable.lines(session, [line.id for line in lines], actor=actor):
            if line.is_covered:
                raise DomainError("already_in_batch", case_number=line.case_number) from None
        raise


def _row(batch: Batch, line: Line, rank: int) -> dict[str, object]:
    return {
        "public_id": secrets.token_hex(16),
        "batch_id": batch.id,
        "instalment_id": line.id,
        "agreement_version_id": line.agreement_version_id,
        "signature_id": line.signature_id,
        "organization_id": line.organization_id,
        "bank_details_id": line.bank_details_id,
        "amount_cents": line.amount_cents,
        "reference": reference(batch.number, rank),
        "status": "prepared",
        "reissue_of": line.returned_id,
        "reissued_status": RETURNED if line.returned_id else None,
    }


def _ties(session: Session, actor: Actor) -> set[int]:
    """The organizations with which the actor declared a tie."""
    query = select(ConflictOfInterest.organization_id).where(
        ConflictOfInterest.person_id == actor.person_id
    )
    return set(session.scalars(query))


def _demand_payable(line: Line, tied: set[int], actor: Actor) -> None:
    if line.organization_id in tied:
        raise _refused("conflict_declared", line, actor)
    for block in line.blocks:
        raise _refused(block.value, line, actor)


def _refused(code: str, line: Line, actor: Actor) -> Refusal:
    return Refusal(
        code,
        actor_id=actor.person_id,
        case_file_id=line.case_file_id,
        case_number=line.case_number,
    )
