"""How many requests for information wait for somebody, as the desk says it: one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.calendar import local_date
from grants.domain.information_requests import Topic, sees_media
from grants.domain.request_flow import RequestStatus
from grants.models.base import Instant
from grants.models.case_files import CaseFile
from grants.models.requests import InformationRequest
from grants.queries.absences import replaced
from grants.queries.information_requests import IS_OPEN, IS_REQUEST, answers_no_more

RECEIVED = RequestStatus.RECEIVED.value
_ACTOR, _OFFICE = bindparam("actor", type_=Integer()), bindparam("office", type_=Integer())
_NOW, _TODAY = bindparam("now", type_=Instant()), bindparam("today", type_=Date())
_IS_MEDIA = (
    select(InformationRequest.case_file_id)
    .where(InformationRequest.case_file_id == CaseFile.id)
    .where(InformationRequest.topic == Topic.MEDIA.value)
    .exists()
)


@dataclass(frozen=True)
class Waiting:
    """How many open requests one has in hand, how many of them late, how many those whose place
    one takes have, how many nobody has."""

    mine: int
    late: int
    replaced: int
    nobody: int


def waiting(session: Session, *, now: datetime, actor: Actor) -> Waiting:
    """What the desk says of requests; those of nobody for agents only."""
    looks = Role.INFORMATION_AGENT in actor.roles
    who = {"actor": actor.person_id, "office": actor.secretariat_id}
    statement = _waiting(looks, sees_media(actor.roles))
    found = session.execute(statement, {**who, "now": now, "today": local_date(now)}).one()
    mine, late, others, *nobody = found
    return Waiting(mine, late, others, sum(nobody))


@cache
def _waiting(with_nobody: bool, with_media: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the desk asks it each time."""
    in_office = CaseFile.secretariat_id == _OFFICE
    # compared as an expression, so that SQLite walks the open requests, not all files one holds
    mine = and_(in_office, CaseFile.advisor_id + 0 == _ACTOR)
    others = [in_office, (CaseFile.advisor_id + 0).in_(replaced(_ACTOR, _TODAY))]
    if not with_media:
        others.append(~_IS_MEDIA)
    counts = [_count(mine), _count(mine, CaseFile.next_due_at < _NOW), _count(*others)]
    if with_nobody:
        left = CaseFile.advisor_id.in_(answers_no_more(_OFFICE))
        counts += [_count(in_office, CaseFile.status == RECEIVED), _count(in_office, left)]
    return select(*counts)


def _count(*conditions: ColumnElement[bool]) -> Any:
    query = select(func.count()).select_from(CaseFile).where(IS_REQUEST, IS_OPEN, *conditions)
    return query.scalar_subquery()
