"""How each file of the year came, through the operations that open files, then its whole story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.models.case_files import CaseFile
from grants.models.programs import Call
from grants.operations import declarations, information_requests, paper, request_intake
from grants.operations.declarations import AmendDetails, wording_of
from grants.operations.information_requests import RequestDetails
from grants.operations.paper import PaperDetails
from grants.queries import commitments
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import make_call, make_member, make_staff, unique
from tests.request_cases import asked
from tests.year.acts import Played, play
from tests.year.copying import repeat
from tests.year.stories import Story, instant

OPENED, LONG = instant("2025-02-01", "09:00"), 500  # days that the one call stays open
AMENDED, SECOND = instant("2025-09-15", "10:00"), date(2025, 10, 1)
NEXT_BUSINESS_DAY = "next-business-day"

WAYS: Mapping[str, Mapping[str, str]] = {
    "web": {"email": "aline@canari.exemple", "address": "12, rue des Pins", "answer_by": "email"},
    "email": {"email": "aline@canari.exemple", "answer_by": "email"},
    "exhibit": {"email": "aline@canari.exemple", "answer_by": "email"},
    "post": {"email": "", "address": "12, rue des Pins", "answer_by": "post"},
    "phone": {"email": "", "phone": "418 555-0177", "answer_by": "phone"},
    "counter": {"email": "", "answer_by": "none"},
}


@dataclass(frozen=True)
class Office:
    """Who works on the year: the agents of each secretariat, and the call that is open."""

    session: Session
    agents: Mapping[str, Sequence[Actor]]
    call: Call


@dataclass(frozen=True)
class Came:
    """The words of the table on how a file came."""

    kind: str
    channel: str
    received_at: datetime
    entered_at: datetime
    note: str

    @classmethod
    def read(cls, words: Sequence[str]) -> "Came":
        """`web 2025-03-24 10:00`, then `entered` and an instant, or a note, if anything."""
        kind, channel, day, clock, *rest = words
        received_at = instant(day, clock)
        is_later = rest[:1] == ["entered"]
        entered_at = instant(*rest[1:3]) if is_later else received_at
        return cls(kind, channel, received_at, entered_at, "" if is_later else "".join(rest))


def write(session: Session, stories: Sequence[Story]) -> dict[str, int]:
    """Play every story once and repeat it; the id of the file played, by name of story."""
    office = _office(session)
    amend(session)
    return {one.name: _told(office, one) for one in stories}


def amend(session: Session) -> None:
    """The second version of the declaration of SACA: acknowledgements received otherwise."""
    manager = make_staff(session, "Odile Marchand", "manager", title="Directrice")
    last = commitments.newest(session, manager.secretariat_id or 0)
    (kept,) = [one for one in last.commitments if one.code == "SACA_ACK"]
    wording = replace(wording_of(kept), receipt_policy=NEXT_BUSINESS_DAY)
    details = AmendDetails("SACA_ACK", wording, SECOND, last.id)
    with saving() as saved:
        declarations.amend(saved, details, actor=manager, now=AMENDED)


def _office(session: Session) -> Office:
    agents = {
        code: [
            make_staff(session, f"Agente {code} {rank}", "information_agent", secretariat=code)
            for rank in range(3)
        ]
        for code in ("SACA", "SCT")
    }
    return Office(session, agents, make_call(session, now=OPENED, days=LONG))


def _told(office: Office, story: Story) -> int:
    came = Came.read(story.came)
    file = _application(office, came) if came.kind == "application" else _request(office, came)
    for act in story.acts:
        play(file, act)
    repeat(office.session, file.case_id, story.count)
    office.session.commit()
    return file.case_id


def _application(office: Office, came: Came) -> Played:
    session, agents = office.session, office.agents["SACA"]
    if came.channel != "web":
        case_file = on_paper(office.call.id, came.received_at, agents[0], came.entered_at)
        return Played(session, case_file.id, agents, None, "")
    member = make_member(session)
    case_file = make_case(session, member, now=came.received_at, call=office.call)
    return Played(session, case_file.id, agents, member, "")


def on_paper(call_id: int, received_at: datetime, agent: Actor, entered_at: datetime) -> CaseFile:
    """An application that came by post and was entered later."""
    details = PaperDetails(
        public_id=unique(),
        call_id=call_id,
        channel="post",
        received_at=received_at,
        neq=f"11{int(unique()[:7], 16) % 10**8:08d}",
        amount="48 500,00",
        legal_name="Comité logement Rive-Claire",
        email="info@rive-claire.exemple",
    )
    with saving() as session:
        return paper.record(session, details, actor=agent, now=entered_at)


def _request(office: Office, came: Came) -> Played:
    session, agents = office.session, office.agents[came.kind]
    details = asked(
        secretariat_code=came.kind,
        channel=came.channel,
        received_at=came.received_at,
        **WAYS[came.channel],
    )
    others = select(CaseFile.number).where(CaseFile.secretariat_id == agents[0].secretariat_id)
    known = session.scalars(others.where(CaseFile.kind == "information_request").limit(1)).first()
    case_file = _opened(details, came, agents)
    return Played(session, case_file.id, agents, None, known or "")


def _opened(details: RequestDetails, came: Came, agents: Sequence[Actor]) -> CaseFile:
    actor = VISITOR if came.channel == "web" else agents[0]
    with saving() as session:
        if came.note == "at-once":
            return request_intake.answer_at_once(
                session, details, "Voici.", actor=actor, now=came.entered_at
            )
        if came.note == "put-through":
            return request_intake.put_through(
                session, details, agents[1].person_id or 0, actor=actor, now=came.entered_at
            )
        return information_requests.record(session, details, actor=actor, now=came.entered_at)
