"""The rules of the third slice tried again through the operations of the product."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta

from sqlalchemy import select

from grants.domain.calendar import DayOff
from grants.domain.commitment_changes import Wording
from grants.domain.errors import DomainError
from grants.models.base import Base
from grants.models.clocks import Clock, ClockMove
from grants.models.complaints import Complaint, ComplaintEvent
from grants.models.directory import Resource
from grants.models.reference import ServiceCommitment
from grants.models.requests import CallAttempt, InformationRequest, Reply, Transfer
from grants.models.results import Publication
from grants.operations import (
    absences,
    complaint_acts,
    days_off,
    declarations,
    information_requests,
    publications,
    referrals,
    request_ends,
    request_hands,
    request_replies,
)
from grants.operations.absences import AbsenceDetails
from grants.operations.days_off import DaysOffDetails
from grants.operations.declarations import AmendDetails, wording_of
from grants.operations.documents import Stored
from grants.operations.publications import PublicationDetails
from grants.operations.referrals import ReferralDetails
from grants.operations.request_ends import RedirectDetails
from grants.operations.request_hands import TransferDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from grants.queries import commitments
from grants.queries import days_off as days_off_queries
from grants.unit_of_work import saving
from tests.complaint_cases import CONCLUSION
from tests.factories import unique
from tests.proofs import asked_attacks, promised_attacks
from tests.proofs.scene import Attempt, Scene
from tests.request_cases import told

YEAR, APRIL = 2026, date(2027, 4, 1)
NINE = {"sentence": "Nous accusons réception dans les 9 jours ouvrables.", "quantity": 9}


def rewrite(table: type[Base], name: str, **changes: object) -> Attempt:
    """The row called `name` changed through the mapped class, as a careless operation would."""

    def attempt(scene: Scene) -> None:
        with saving() as session:
            row = session.get_one(table, scene[name], populate_existing=True)
            for column, value in changes.items():
                setattr(row, column, value)

    return attempt


def _said(channel: str = "phone", body: str = "Voici.") -> Said:
    return Said(unique(), channel, body)


def _by(who: str, operation: Callable[..., object], name: str, *given: object) -> Attempt:
    """An act of somebody on the row called `name`."""
    return lambda scene: scene.act(operation, scene[name], *given, actor=scene.staff(who))


def _extend_open(scene: Scene) -> None:
    later = DatedDetails(_said(), date(2027, 3, 1))
    scene.act(request_replies.extend, scene["open"], later, actor=scene.staff("agent"))


def _confirm(who: str, version: int | None) -> Attempt:
    """Another day off in the year; `version` of the page, the present one unless told."""

    def attempt(scene: Scene) -> None:
        held = days_off_queries.one_year(scene.session, YEAR)
        assert held is not None
        days = (*held.days, DayOff(date(YEAR, 12, 29), "Fermeture"))
        details = DaysOffDetails(YEAR, days, held.version if version is None else version)
        scene.act(days_off.confirm, details, actor=scene.staff(who))

    return attempt


def _give_to_stranger(scene: Scene) -> None:
    details = TransferDetails(scene["decider"], "Décidez.")
    scene.act(request_hands.transfer, scene["open"], details, actor=scene.staff("agent"))


def _hand_over_silently(scene: Scene) -> None:
    agent, other = scene.staff("agent"), scene["other_agent"]
    scene.act(request_hands.take, scene["open"], actor=agent)
    details = TransferDetails(other, "  ")
    scene.act(request_hands.transfer, scene["open"], details, actor=agent)


def _redirect_to(kind: str) -> Attempt:
    def attempt(scene: Scene) -> None:
        found = select(Resource.public_id).where(Resource.kind == kind).limit(1)
        body = scene.session.scalars(found).first() or unique()
        details = RedirectDetails(_said(), body)
        scene.act(request_ends.redirect, scene["open"], details, actor=scene.staff("agent"))

    return attempt


def _record_nothing(scene: Scene) -> None:
    details, actor = told(question=" "), scene.staff("agent")
    scene.act(information_requests.record, details, actor=actor)


def _refer(name: str, consent: str, *, handed_over: bool = False) -> Attempt:
    def attempt(scene: Scene) -> None:
        resource = scene.session.get_one(Resource, scene[name]).public_id
        details = ReferralDetails(unique(), resource, consent, handed_over)
        scene.act(referrals.refer, scene["open"], details, actor=scene.staff("agent"))

    return attempt


def _amend(who: str, *, on: date = APRIL, version: int = 0, **changes: object) -> Attempt:
    """A promise of the actor's declaration rewritten, from the page of the last version."""

    def attempt(scene: Scene) -> None:
        actor = scene.staff(who)
        last = commitments.newest(scene.session, actor.secretariat_id or 0)
        kept = next(one for one in last.commitments if one.code == "SACA_ACK")
        wording = Wording(**{**asdict(wording_of(kept)), **(changes or NINE)})
        details = AmendDetails(kept.code, wording, on, version or last.id)
        scene.act(declarations.amend, details, actor=actor)

    return attempt


def _publish(who: str, until_on: date) -> Attempt:
    def attempt(scene: Scene) -> None:
        from_on = until_on - timedelta(days=364)
        details = PublicationDetails(unique(), "SACA", from_on, until_on, {})
        scene.act(publications.freeze, details, actor=scene.staff(who))

    return attempt


def _replace_file(scene: Scene) -> None:
    stored = Stored(unique(), "d" * 64, 9)
    with saving() as session:
        if not publications.keep_file(session, scene["publication"], stored):
            raise DomainError("kept_already")


def _absent(substitute: str, until_on: date = date(2027, 1, 15)) -> Attempt:
    def attempt(scene: Scene) -> None:
        details = AbsenceDetails(
            scene["agent"], date(2027, 1, 11), until_on, scene[substitute], unique()
        )
        scene.act(absences.record_absence, details, actor=scene.staff("agent"))

    return attempt


def _conclude(name: str, **changes: str) -> Attempt:
    details = replace(CONCLUSION, **changes)
    return _by("officer", complaint_acts.conclude, name, details)


ACTS: Mapping[str, Mapping[str, Attempt]] = {
    asked_attacks.CLOCK.name: {
        "answers again": _by("agent", request_ends.answer, "answered", _said()),
        "withdraws the answered": _by("agent", request_ends.withdraw, "answered", None),
        "acknowledges the answered": _by(
            "agent", request_replies.acknowledge, "answered", DatedDetails(_said())
        ),
        "puts off the answered": _by(
            "agent", request_replies.extend, "answered", DatedDetails(_said(), date(2027, 3, 1))
        ),
        "stopped anew": rewrite(Clock, "clock", stop_event="withdrawn"),
    },
    asked_attacks.TRACE.name: {
        "moved by an agent": _confirm("agent", None),
        "moved from an old page": _confirm("manager", 999),
        "puts off what was never announced": _extend_open,
        "trace rewritten": rewrite(ClockMove, "move", from_due_on=date(2027, 1, 1)),
    },
    asked_attacks.ASKED.name: {
        "asks nothing": _record_nothing,
        "moves twice": _by("agent", request_replies.move_to_access, "moved", _said()),
        "question rewritten": rewrite(InformationRequest, "open", question="Rien."),
        "topic rewritten": rewrite(InformationRequest, "open", topic="media"),
    },
    asked_attacks.KINDS.name: {
        "an application taken as a request": _by("agent", request_hands.take, "case_one"),
        "an application answered": _by("agent", request_ends.answer, "case_one", _said()),
        "an application handed over": _by(
            "agent", request_hands.transfer, "case_one", TransferDetails(0, "Parce que.")
        ),
    },
    asked_attacks.SPOKEN.name: {
        "given to who may not answer": _give_to_stranger,
        "handed over without a reason": _hand_over_silently,
        "answers nothing": _by("agent", request_ends.answer, "open", _said(body=" ")),
        "transfers the answered": _by(
            "agent", request_hands.transfer, "answered", TransferDetails(0, "Parce que.")
        ),
        "hand rewritten": rewrite(Transfer, "transfer", reason="Aucune."),
        "call rewritten": rewrite(CallAttempt, "attempt", outcome="answered"),
        "answer rewritten": rewrite(Reply, "reply", body="Peut-être."),
    },
    asked_attacks.BODY.name: {
        "to a community resource": _redirect_to("community"),
        "to nobody": _redirect_to("nobody"),
    },
    promised_attacks.REFERRAL.name: {
        "handed over against a refusal": _refer("other_resource", "refused", handed_over=True),
        "without a word on consent": _refer("other_resource", ""),
        "twice to the same": _refer("resource", "given"),
        "outcome told again": _by("agent", referrals.record_outcome, "referral", "helped"),
    },
    promised_attacks.PROMISES.name: {
        "rewritten by an agent": _amend("agent"),
        "rewritten from an old page": _amend("manager", version=999_999),
        "rewritten for yesterday": _amend("manager", on=date(2026, 4, 1)),
        "no delay at all": _amend("manager", quantity=None),
        "delay rewritten": rewrite(ServiceCommitment, "commitment", quantity=99),
    },
    promised_attacks.PUBLISHED.name: {
        "before it is over": _publish("manager", date(2027, 3, 31)),
        "by an agent": _publish("agent", date(2026, 3, 31)),
        "PDF replaced": _replace_file,
        "figures rewritten": rewrite(Publication, "publication", content="{}"),
    },
    promised_attacks.ABSENT.name: {
        "one's own substitute": _absent("agent"),
        "over before it begins": _absent("other_agent", date(2027, 1, 8)),
        "replaced by another office's": _absent("elsewhere"),
    },
    promised_attacks.COMPLAINT.name: {
        "without a finding": _conclude("filed", finding=""),
        "without a recommendation": _conclude("filed", recommendation=" "),
        "before it is examined": _by("officer", complaint_acts.close, "filed"),
        "concluded anew": _conclude("concluded", finding="unfounded"),
        "by an agent": _by("agent", complaint_acts.start, "filed"),
        "finding taken out": rewrite(Complaint, "concluded", finding=None),
        "its journal rewritten": rewrite(ComplaintEvent, "complaint_event", kind="forged"),
    },
}
