"""Acts on requests for information, from the question to its end."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from grants.domain.access import VISITOR, Actor
from grants.domain.request_flow import RequestAct, RequestStatus
from grants.models.directory import Resource
from grants.operations import information_requests, request_ends, request_hands, request_replies
from grants.operations.information_requests import RequestDetails
from grants.operations.request_ends import AbandonDetails, RedirectDetails
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from tests.factories import unique
from tests.proofs.office import Office, choose
from tests.proofs.request_book import ACK, ANSWER, CALLBACK, Request, day_of, is_open
from tests.request_cases import asked, told

MOST = 5
CHANNELS = ("counter", "phone", "email")
OUTCOMES = ("no_answer", "voice_mail", "no_answer", "answered")
WHY = "Voici pourquoi."
AMP = select(Resource.public_id).where(Resource.code == "AMP")


def ask(office: Office, _pick: int, who: int, also: int) -> None:
    """Somebody asks: through the site, by telephone, or by a letter of some days ago."""
    if len(office.book.requests) < MOST:
        ask_by(office, ("web", "phone", "post")[also % 3], days=who % 5)


def ask_by(office: Office, channel: str, days: int = 0) -> None:
    """The act itself."""
    by_web, by_phone = channel == "web", channel == "phone"
    actor = VISITOR if by_web else office.people.agents[0]
    details = _question(channel, office, days)
    case = office.attempt(True, information_requests.record, details, actor=actor)
    assert case is not None
    promised = {ACK, CALLBACK} if by_phone else {ACK}
    office.book.requests[case.id] = Request(
        id=case.id,
        number=case.number,
        received_at=details.received_at,
        has_email=by_web,
        wants_call=by_phone,
        running=promised,
        is_acknowledged=by_web,
    )


def _question(channel: str, office: Office, days: int) -> RequestDetails:
    received_at = office.now - timedelta(days=days)
    if channel == "web":
        return asked(received_at=office.now)
    if channel == "phone":
        return told(received_at=received_at)
    by_post = {"email": "", "address": "12, rue du Moulin", "answer_by": "post"}
    return asked(channel="post", received_at=received_at, **by_post)


def take(office: Office, pick: int, who: int, _also: int) -> None:
    """Somebody takes a request, which somebody else may have."""
    request = _one(office, pick, lambda one: one.hand is None)
    if request is not None:
        actor = _somebody(office, who)
        is_free = request.status is RequestStatus.RECEIVED
        is_allowed = request.is_open and (is_free or request.hand == actor.person_id)
        if _does(office, request, actor, is_allowed, request_hands.take):
            request.acted_on(actor.person_id or 0)


def transfer(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody gives a request to somebody else, sometimes to who may not answer it."""
    request = _one(office, pick, lambda one: one.is_open)
    if request is None or (request.hand and also % 4 != 1):
        return
    actor, other = _somebody(office, who), _somebody(office, also).person_id or 0
    has_it = request.hand == other
    is_allowed = has_it or (request.is_open and other in office.book.answerers)
    details = TransferDetails(other, WHY)
    done = _does(office, request, actor, is_allowed, request_hands.transfer, details)
    if done and not has_it:
        request.given_to(other)


def attempt(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody calls the person, some days ago at times, mostly in vain."""
    request = _one(office, pick, lambda one: one.wants_call and one.is_open)
    if request is None:
        return
    actor, outcome = _somebody(office, who), OUTCOMES[also % len(OUTCOMES)]
    made_at = office.now - timedelta(days=also % 3)
    is_allowed = request.is_open and made_at >= request.received_at
    details = AttemptDetails(unique(), outcome, made_at)
    if _does(office, request, actor, is_allowed, request_hands.log_attempt, details):
        request.acted_on(actor.person_id or 0)
        request.called(made_at, reached=outcome == "answered")


def acknowledge(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody acknowledges, announcing when the answer comes or not."""
    request = _one(office, pick, lambda one: one.is_open and one.announced is None)
    if request is None:
        return
    channel, due_on = CHANNELS[also % 3], _some_day(office, also) if also % 5 else None
    is_new = request.announced is None if due_on else not request.is_acknowledged
    is_good = is_new and (due_on is None or _may_announce(office, due_on))
    details = DatedDetails(_said(channel), due_on)
    if _says(office, request, who, is_good, request_replies.acknowledge, details, channel):
        request.is_acknowledged = True
        if due_on:
            request.announced = due_on
            request.running.add(ANSWER)
        if channel != "email":
            request.running.discard(ACK)


def extend(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody puts the answer off, to a later day or not."""
    request = _one(office, pick, lambda one: one.is_open and one.announced is not None)
    if request is None:
        return
    channel, due_on = CHANNELS[also % 3], _some_day(office, also)
    is_later = request.announced is not None and due_on > request.announced
    is_good = is_later and _may_announce(office, due_on)
    details = DatedDetails(_said(channel), due_on)
    if _says(office, request, who, is_good, request_replies.extend, details, channel):
        request.announced = due_on


def move(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody treats a request as one for access to documents; rarely, for little runs after."""
    request = _one(office, pick, lambda one: one.is_open and not one.is_moved)
    if request is None or also % 4 == 1:
        return
    channel = CHANNELS[also % 3]
    details, is_good = _said(channel), not request.is_moved
    if _says(office, request, who, is_good, request_replies.move_to_access, details, channel):
        request.is_moved = True
        request.running.clear()


def redirect(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody sends the person to another body, sometimes to one that is not there."""
    request, channel = _one(office, pick, lambda one: one.is_open), CHANNELS[also % 3]
    if request is not None:
        is_good = also % 4 != 1
        body = office.session.scalars(AMP).one() if is_good else unique()
        details = RedirectDetails(_said(channel), body)
        if _says(office, request, who, is_good, request_ends.redirect, details, channel):
            request.ends(RequestAct.REDIRECT, channel)


def answer(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody answers, sometimes with nothing."""
    request, channel = _one(office, pick, lambda one: one.is_open), CHANNELS[also % 3]
    if request is not None:
        body = WHY if also % 4 != 1 else " "
        details = _said(channel, body)
        if _says(office, request, who, body == WHY, request_ends.answer, details, channel):
            request.ends(RequestAct.ANSWER, channel)


def abandon(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody gives a request up: asked twice, or a person who cannot be reached."""
    request = _one(office, pick, lambda one: one.is_open)
    if request is None:
        return
    others = [one.number for one in office.book.requests.values() if one is not request]
    reason = "duplicate" if also % 3 == 1 else "unreachable"
    details = AbandonDetails(reason, others[0] if others else "REN-2026-999999")
    is_done = request.status is RequestStatus.ABANDONED
    is_true = bool(others) if reason == "duplicate" else _is_lost(office, request)
    is_allowed = is_done or (request.is_open and is_true)
    actor = _somebody(office, who)
    if _does(office, request, actor, is_allowed, request_ends.abandon, details) and not is_done:
        request.acted_on(actor.person_id or 0)
        request.ends(RequestAct.ABANDON)


def withdraw(office: Office, pick: int, who: int, also: int) -> None:
    """The person takes the question back; rarely, for it ends there."""
    request = _one(office, pick, lambda one: one.is_open)
    if request is not None and also % 4 == 1:
        is_done = request.status is RequestStatus.WITHDRAWN
        given, actor = (request_ends.withdraw, None), _somebody(office, who)
        if _does(office, request, actor, is_done or request.is_open, *given) and not is_done:
            request.ends(RequestAct.WITHDRAW)


def _says(
    office: Office,
    request: Request,
    who: int,
    is_good: bool,
    operation: Callable[..., Any],
    details: object,
    channel: str,
) -> bool:
    """Words to the person: whoever says them takes the request, and they may be the call."""
    is_allowed = is_good and request.is_open and (channel != "email" or request.has_email)
    actor = _somebody(office, who)
    if not _does(office, request, actor, is_allowed, operation, details):
        return False
    request.acted_on(actor.person_id or 0)
    request.told(channel, office.now)
    return True


def _does(
    office: Office,
    request: Request,
    actor: Actor,
    is_allowed: bool,
    operation: Callable[..., Any],
    *given: object,
) -> bool:
    """Whether it was done: the rules allow it, and this person may answer requests at all."""
    may = is_allowed and actor.person_id in office.book.answerers
    office.attempt(may, operation, request.id, *given, actor=actor)
    return may


def _is_lost(office: Office, request: Request) -> bool:
    return request.is_out_of_reach(office.book.days_off)


def _said(channel: str, body: str = WHY) -> Said:
    return Said(unique(), channel, body)


def _some_day(office: Office, also: int) -> date:
    """A business day to come, mostly; else another day, or one that is over."""
    return office.funds_on + timedelta(days=(0, 7, 14, 5, -9)[also // 3 % 5])


def _may_announce(office: Office, due_on: date) -> bool:
    return due_on > day_of(office.now) and is_open(due_on, office.book.days_off)


def _somebody(office: Office, who: int) -> Actor:
    people = office.people
    return office.pick_actor([*people.agents, people.deciders[0]], _answers(office), who)


def _answers(office: Office) -> Callable[[int], bool]:
    return lambda person: person in office.book.answerers


def _one(office: Office, pick: int, sensible: Callable[[Request], bool]) -> Request | None:
    return choose(list(office.book.requests.values()), sensible, pick)


ACTS: tuple[Callable[..., None], ...] = (
    ask,
    take,
    transfer,
    attempt,
    acknowledge,
    extend,
    move,
    redirect,
    answer,
    abandon,
    withdraw,
)
