"""Requests for information for tests, made by the operations that make them in the product."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment
from grants.operations import information_requests
from grants.operations.information_requests import RequestDetails
from grants.unit_of_work import saving
from tests.factories import NOW, unique

QUESTION = "Combien d’organismes votre programme soutient-il dans ma région?"


def asked(**changes: Any) -> RequestDetails:
    """A question sent through the site to SACA, with an e-mail address for the answer."""
    usual: dict[str, Any] = {
        "public_id": unique(),
        "secretariat_code": "SACA",
        "topic": "general",
        "question": QUESTION,
        "requester": "Aline Canari",
        "email": "aline@canari.exemple",
        "answer_by": "email",
        "channel": "web",
        "received_at": NOW,
    }
    return RequestDetails(**{**usual, **changes})


def told(**changes: Any) -> RequestDetails:
    """A question told over the telephone to SACA, to be called back about."""
    usual = {"channel": "phone", "email": "", "phone": "418 555-0177", "answer_by": "phone"}
    return asked(**{**usual, **changes})


def make_request(
    session: Session, details: RequestDetails | None = None, actor: Actor = VISITOR
) -> CaseFile:
    """An open request that nobody has in hand."""
    details = details or asked()
    now: datetime = max(NOW, details.received_at)
    with saving() as saved:
        return information_requests.record(saved, details, actor=actor, now=now)


def clocks_of(session: Session, case_id: int) -> dict[str, Clock]:
    """The promises of a request by the code of their commitment."""
    query = select(ServiceCommitment.code, Clock).join(Clock.commitment)
    session.expire_all()
    found = session.execute(query.where(Clock.case_file_id == case_id))
    return dict(found.tuples().all())
