"""Requests by word of mouth that need no wait: answered at once, or put through to somebody."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain import information_requests as rules
from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.domain.information_requests import Outcome
from grants.domain.request_flow import RequestAct
from grants.models.case_files import CaseFile
from grants.models.people import Person
from grants.models.requests import InformationRequest
from grants.operations.information_requests import RequestDetails, open_file
from grants.operations.messages import ANSWER
from grants.operations.request_acts import Handled, hand, take_if_free
from grants.operations.request_ends import end
from grants.operations.request_hands import AttemptDetails, check_person, keep_attempt
from grants.operations.request_telling import Said, keep, tell


def answer_at_once(
    session: Session, details: RequestDetails, answer: str, *, actor: Actor, now: datetime
) -> CaseFile:
    """Keep a question asked by word of mouth and answered on the spot: opened and closed in one.

    Every promise is kept at the instant of the question (our decision); no mail leaves. Advisors
    never answer journalists. Raises the errors of `record` and `keep`, `at_once_is_oral`,
    `media_apart`.
    """
    _check_oral(details)
    _check_media(details, actor)
    details = replace(details, answer_by="none", wants_callback=False)
    case_file, is_new = open_file(session, details, actor=actor, now=now)
    if not is_new:
        return case_file
    handled = _handled(session, case_file)
    take_if_free(session, handled, actor=actor, now=now)
    channel = "phone" if details.channel == "phone" else "counter"
    said = Said(details.public_id, channel, answer, at=details.received_at)
    reply = keep(session, handled, ANSWER, said, actor=actor, now=now)
    end(session, handled, RequestAct.ANSWER, reply, actor=actor, now=now)
    tell(session, "request_answered", reply, actor=actor, now=now, act=RequestAct.ANSWER.value)
    return case_file


def put_through(
    session: Session, details: RequestDetails, person_id: int, *, actor: Actor, now: datetime
) -> CaseFile:
    """Keep a question whose caller was put through at once to somebody, who has it in hand.

    Source: the declaration (a person at once, when one is needed). No mail leaves: the person is
    speaking to somebody. Raises the errors of `record`, `at_once_is_oral`, `person_cannot_answer`.
    """
    _check_oral(details)
    case_file, is_new = open_file(session, details, actor=actor, now=now)
    if not is_new:
        return case_file
    handled = _handled(session, case_file)
    check_person(session, case_file, person_id, handled.asked.topic)
    hand(session, handled, person_id, act=RequestAct.TAKE, actor=actor, now=now)
    name = session.get_one(Person, person_id).full_name
    transferred = Outcome.TRANSFERRED
    attempt = AttemptDetails(details.public_id, transferred.value, details.received_at, name)
    keep_attempt(session, handled, attempt, transferred, actor=actor, now=now)
    return case_file


def _check_oral(details: RequestDetails) -> None:
    if not rules.is_oral(details.channel):
        raise DomainError("at_once_is_oral")


def _check_media(details: RequestDetails, actor: Actor) -> None:
    if not rules.may_see(actor, details.topic):
        raise Refusal("media_apart", actor_id=actor.person_id)


def _handled(session: Session, case_file: CaseFile) -> Handled:
    return Handled(case_file, session.get_one(InformationRequest, case_file.id))
