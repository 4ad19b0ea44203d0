"""Asking for a revision: one file apart, nothing of the first one touched, other people only."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import end_of_day, start_of_day
from grants.domain.case_number import is_valid
from grants.domain.errors import DomainError, Refusal
from grants.extensions import db
from grants.models import Base
from grants.models.case_files import CaseFile, Participant, Revision
from grants.models.clocks import Clock
from grants.models.decisions import Decision
from grants.models.messages import Message
from grants.models.trail import JournalEvent
from grants.operations import assignments, revisions
from grants.operations.assignments import AssignmentDetails
from grants.operations.revisions import PaperRevision, RevisionDetails
from grants.queries import decisions
from grants.unit_of_work import saving
from tests.factories import make_member, make_organization, make_staff, unique
from tests.money_cases import make_granted, make_refused
from tests.revision_cases import ASKED_AT, GROUNDS, make_revision

pytestmark = pytest.mark.engine

FIRST_ROWS = (
    "case_file",
    "application",
    "recommendation",
    "decision",
    "clock",
    "message",
    "assignment",
    "participant",
    "attachment",
    "envelope_entry",
)


def decision_of(session: Session, case: CaseFile) -> Decision:
    found = decisions.of_case(session, case.id)
    assert found is not None
    return found


def ask(
    session: Session,
    first: CaseFile,
    member: Actor,
    public_id: str = "",
    grounds: str = GROUNDS,
    at: datetime = ASKED_AT,
) -> CaseFile:
    decision_id, details = (
        decision_of(session, first).id,
        RevisionDetails(public_id or unique(), grounds),
    )
    with saving() as saved:
        return revisions.ask(saved, decision_id, details, actor=member, arrived_at=at, now=at)


def rows(session: Session) -> dict[str, set[tuple[object, ...]]]:
    """Every row of the tables that a first handling is made of."""
    tables = [Base.metadata.tables[name] for name in FIRST_ROWS]
    session.expire_all()
    found = {}
    for table in tables:
        columns = [column for column in table.columns if column.name not in ("answers", "facts")]
        found[table.name] = {tuple(row) for row in session.execute(select(*columns))}
    return found


def test_a_revision_has_its_own_file_and_leaves_the_first_as_it_was(session: Session) -> None:
    member = make_member(session)
    first = make_refused(session, member)
    before = rows(session)
    revision = ask(session, first, member)
    after = rows(session)
    assert {name: before[name] - after[name] for name in before} == dict.fromkeys(before, set())
    added = {name: len(after[name] - before[name]) for name in after}
    assert {name for name, count in added.items() if count} == {"case_file", "clock", "message"}
    assert is_valid(revision.number) and revision.number.startswith("REV-2026-0001-")
    assert (revision.kind, revision.side, revision.status) == ("revision", "revision", "received")
    assert (revision.matter_id, revision.call_id) == (first.matter_id, first.call_id)
    assert (revision.received_at, revision.channel) == (ASKED_AT, "web")
    assert revision.first is first and not revision.application
    stored = session.get_one(Revision, revision.id)
    assert (stored.grounds, stored.asked_by_id) == (GROUNDS, member.person_id)


def test_the_acknowledgement_is_promised_and_owed_no_other_delay_is(session: Session) -> None:
    member = make_member(session)
    revision = ask(session, make_refused(session, member), member)
    promised = session.scalars(select(Clock).where(Clock.case_file_id == revision.id)).all()
    assert [clock.commitment.code for clock in promised] == ["SACA_ACK"]
    assert revision.next_due_at == promised[0].due_at
    owed = session.scalars(select(Message).where(Message.case_file_id == revision.id)).one()
    assert (owed.kind, owed.recipient) == ("acknowledgement", member.email)
    events = select(JournalEvent.kind).where(JournalEvent.case_file_id == revision.id)
    assert list(session.scalars(events)) == ["revision_asked"]


def test_the_instant_of_arrival_decides_not_the_one_of_the_record(session: Session) -> None:
    member = make_member(session)
    first = make_refused(session, member)
    last_day = decision_of(session, first).recourse_until
    assert last_day is not None
    late = end_of_day(last_day) + timedelta(seconds=1)
    with pytest.raises(Refusal, match="revision_too_late"):
        ask(session, first, member, at=late)
    decision_id, details = decision_of(session, first).id, RevisionDetails(unique(), GROUNDS)
    with saving() as saved:
        in_time = revisions.ask(
            saved, decision_id, details, actor=member, arrived_at=end_of_day(last_day), now=late
        )
    assert (in_time.received_at, in_time.entered_at) == (end_of_day(last_day), late)


def test_the_same_page_opens_one_revision_and_another_page_none(session: Session) -> None:
    member = make_member(session)
    first, public_id = make_refused(session, member), unique()
    opened = ask(session, first, member, public_id)
    assert ask(session, first, member, public_id, at=ASKED_AT + timedelta(days=400)) is opened
    with pytest.raises(Refusal, match="revision_asked_already"):
        ask(session, first, member)
    with pytest.raises(Refusal, match="not_allowed"):
        ask(session, first, member, first.public_id)
    assert session.scalar(select(func.count(Revision.case_file_id))) == 1


def test_only_the_organization_asks_and_says_why(session: Session) -> None:
    member = make_member(session)
    first = make_refused(session, member)
    stranger = make_member(session, make_organization(session, "Maison des aînées"))
    reader = make_member(session, role="reader")
    for actor in (stranger, reader, make_staff(session, "Odile Roy", "advisor")):
        with pytest.raises(Refusal, match="not_allowed"):
            ask(session, first, actor)
    with pytest.raises(DomainError, match="grounds_required"):
        ask(session, first, member, grounds=" \n ")
    with pytest.raises(DomainError, match="text_too_long"):
        ask(session, first, member, grounds="a" * 5_001)
    whole = make_granted(session, member)
    with pytest.raises(Refusal, match="revision_all_granted"):
        ask(session, whole, member)


def test_a_reduction_is_revised_too(session: Session) -> None:
    member = make_member(session)
    reduced = make_granted(session, member, amount_cents=10_000_00)
    assert ask(session, reduced, member).first.status == "granted"


def receive(decision_id: int, at: datetime, channel: str, actor: Actor, now: datetime) -> CaseFile:
    details = PaperRevision(unique(), GROUNDS, channel, at)
    with saving() as saved:
        return revisions.receive_paper(saved, decision_id, details, actor=actor, now=now)


def test_paper_is_judged_on_its_true_receipt(session: Session) -> None:
    member, clerk = make_member(session), make_staff(session, "Rose Auger", "information_agent")
    decision = decision_of(session, make_refused(session, member))
    decision_id, last_day = decision.id, decision.recourse_until or date.max
    now, hour = end_of_day(last_day) + timedelta(days=3), timedelta(hours=1)
    in_time, too_soon = start_of_day(last_day), start_of_day(decision.letter_on) - hour
    elsewhere = make_staff(session, "Paul Roy", "information_agent", secretariat="SCT")
    for code, received_at, channel, actor in (
        ("channel_unknown", in_time, "web", clerk),
        ("receipt_in_future", now + hour, "post", clerk),
        ("revision_before_decision", too_soon, "post", clerk),
        ("revision_too_late", end_of_day(last_day) + hour, "post", clerk),
        ("not_allowed", in_time, "post", elsewhere),
    ):
        with pytest.raises(DomainError, match=code):
            receive(decision_id, received_at, channel, actor, now)
    revision = receive(decision_id, in_time, "post", clerk, now)
    assert (revision.channel, revision.received_at, revision.entered_at) == ("post", in_time, now)
    owed = session.scalars(select(Message).where(Message.case_file_id == revision.id)).one()
    assert owed.recipient == member.email


def test_whoever_took_part_in_the_first_side_is_barred_from_the_revision(
    session: Session,
) -> None:
    lead = make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")
    odile = make_staff(session, "Odile Marchand", "advisor")
    irene = make_staff(session, "Irène Vallée", "decider", "advisor", title="Directrice")
    revision = make_revision(session, advisor=odile, decider=irene)
    assert revision.first.advisor_id == odile.person_id
    taken = session.scalars(select(Participant.person_id).where(Participant.side == "first"))
    assert set(taken) == {odile.person_id, irene.person_id}
    with pytest.raises(DomainError, match="nobody_possible"):
        _assign(revision, odile, lead)
    marc = make_staff(session, "Marc Élie", "advisor", title="Conseiller")
    for barred in (odile, irene):
        with pytest.raises(Refusal, match="person_not_possible"):
            _assign(revision, barred, lead)
    assert assignments.proposal(session, revision, now=ASKED_AT).person_id == marc.person_id
    _assign(revision, marc, lead)
    assert (revision.advisor_id, revision.status) == (marc.person_id, "under_review")


def _assign(case: CaseFile, to: Actor, lead: Actor) -> None:
    details, case_id = AssignmentDetails(to.person_id or 0, "Connaît la région"), case.id
    with saving() as saved:
        assignments.assign(saved, case_id, details, actor=lead, now=ASKED_AT)


ATTACKS = {
    "advisor of the first file": "UPDATE case_file SET advisor_id = :barred WHERE id = :revision",
    "assignment": (
        "INSERT INTO assignment (case_file_id, matter_id, side, person_id, proposed_id,"
        " assigned_by_id, assigned_at, reason) SELECT id, matter_id, side, :barred, :barred,"
        " :barred, received_at, '' FROM case_file WHERE id = :revision"
    ),
    "assignment under the first side": (
        "INSERT INTO assignment (case_file_id, matter_id, side, person_id, proposed_id,"
        " assigned_by_id, assigned_at, reason) SELECT id, matter_id, 'first', :barred, :barred,"
        " :barred, received_at, '' FROM case_file WHERE id = :revision"
    ),
    "second side": (
        "INSERT INTO participant (matter_id, person_id, side)"
        " SELECT matter_id, :barred, 'revision' FROM case_file WHERE id = :revision"
    ),
    "changed side": "UPDATE participant SET side = 'revision' WHERE person_id = :barred",
    "second revision": (
        "INSERT INTO revision (case_file_id, kind, matter_id, side, first_id, first_side, grounds,"
        " asked_by_id) SELECT case_file_id, kind, matter_id, side, first_id, first_side, grounds,"
        " asked_by_id FROM revision"
    ),
    "grounds rewritten": "UPDATE revision SET grounds = 'x'",
    "revision deleted": "DELETE FROM revision",
}


def test_the_database_alone_refuses(session: Session) -> None:
    odile = make_staff(session, "Odile Marchand", "advisor")
    ids = {"revision": make_revision(session, advisor=odile).id, "barred": odile.person_id}
    harmful = []
    for attack, statement in ATTACKS.items():
        with suppress(DBAPIError), session.begin_nested():
            session.execute(text(statement), ids)
            harmful.append(attack)
    assert harmful == []


def test_eight_posts_at_once_open_one_revision(live_app: Callable[..., Flask]) -> None:
    app, wait, answers = live_app(), Barrier(8), list[str]()
    with app.app_context():
        member = make_member(db.session())
        decision_id = decision_of(db.session(), make_refused(db.session(), member)).id
        db.session.remove()

    def post(page: str) -> None:
        details, at = RevisionDetails(page, GROUNDS), {"arrived_at": ASKED_AT, "now": ASKED_AT}
        with app.app_context():
            wait.wait()
            try:
                with saving() as saved:
                    revisions.ask(saved, decision_id, details, actor=member, **at)
                answers.append(page)
            except Refusal as refusal:
                answers.append(refusal.code)
            db.session.remove()

    at_once(post, [unique()] * 4 + [unique() for _ in range(4)])
    with app.app_context():
        opened = db.session().scalars(select(CaseFile).where(CaseFile.kind == "revision")).one()
        assert (set(answers), len(answers)) == ({opened.public_id, "revision_asked_already"}, 8)
        db.session.remove()


def at_once(act: Callable[[str], None], pages: list[str]) -> None:
    threads = [Thread(target=act, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
