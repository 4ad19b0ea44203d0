"""Days off confirmed: open clocks computed again with a trace, everything else untouched."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import DayOff, end_of_day
from grants.domain.days_off import proposed_days_off
from grants.domain.deadlines import compute
from grants.domain.errors import DomainError, Refusal
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock, ClockMove
from grants.models.reference import CalendarYear, ServiceCommitment
from grants.models.trail import JournalEvent
from grants.operations import applications, clocks, days_off
from grants.operations.applications import SendDetails
from grants.operations.days_off import DaysOffDetails
from grants.queries import calendars
from grants.queries import days_off as queries
from grants.unit_of_work import saving
from tests.cases import make_case, make_draft
from tests.factories import NOW, make_member, make_staff

pytestmark = pytest.mark.engine

CLOSED = DayOff(date(2026, 11, 30), "Fermeture des bureaux")  # a Monday, six days after NOW


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_staff(session, "Solange Vachon", "manager", title="Gestionnaire")


def details(session: Session, year: int, *more: DayOff) -> DaysOffDetails:
    held = queries.one_year(session, year)
    assert held is not None
    return DaysOffDetails(year, (*held.days, *more), held.version)


def confirm(wanted: DaysOffDetails, actor: Actor, now: datetime = NOW) -> int:
    with saving() as session:
        return days_off.confirm(session, wanted, actor=actor, now=now)


def acknowledgement(session: Session, case: CaseFile) -> Clock:
    return session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()


def test_open_clocks_move_with_a_trace(session: Session, manager: Actor) -> None:
    case = make_case(session)
    clock = acknowledgement(session, case)
    assert clock.due_on == date(2026, 12, 1)
    before = calendars.calendar(session).version
    assert confirm(details(session, 2026, CLOSED), manager) == 1
    assert clock.due_on == date(2026, 12, 2) and clock.due_at == end_of_day(clock.due_on)
    assert clock.calendar_version == before + 1 and case.next_due_at == clock.due_at
    move = session.scalars(select(ClockMove)).one()
    assert (move.clock_id, move.moved_at, move.moved_by_id) == (clock.id, NOW, manager.person_id)
    assert (move.from_due_on, move.to_due_on) == (date(2026, 12, 1), date(2026, 12, 2))
    kinds = ("due_date_moved", "days_off_confirmed")
    told = session.scalars(select(JournalEvent).where(JournalEvent.kind.in_(kinds))).all()
    assert {one.kind: one.case_file_id for one in told} == {kinds[0]: case.id, kinds[1]: None}
    assert confirm(details(session, 2026), manager) == 0, "the same days again move nothing"


def test_what_is_stopped_past_announced_or_another_year_stays(
    session: Session, manager: Actor
) -> None:
    kept, late, waiting = (make_case(session, now=NOW - timedelta(days=days)) for days in (1, 9, 0))
    with saving() as saved:
        clocks.settle(saved, kept, event="withdrawn", now=NOW)
        promised = ServiceCommitment.code == "SACA_ANSWER"
        answer = saved.scalars(select(ServiceCommitment).where(promised)).one()
        told = _announced(waiting, answer)
        saved.add(told)
    rows = session.scalars(select(Clock).order_by(Clock.id)).all()
    before = {one.id: (one.due_on, one.due_at, one.calendar_version) for one in rows}
    assert confirm(details(session, 2026, CLOSED), manager) == 1
    moving = acknowledgement_of(session, waiting)
    for one in rows:
        same = (one.due_on, one.due_at, one.calendar_version) == before[one.id]
        assert same == (one.id != moving.id)
    assert acknowledgement(session, late).due_on == date(2026, 11, 20)
    moved_on = moving.due_at
    assert confirm(details(session, 2029), manager) == 0 and moving.due_at == moved_on


def acknowledgement_of(session: Session, case: CaseFile) -> Clock:
    code = ServiceCommitment.code == "SACA_ACK"
    query = select(Clock).join(Clock.commitment).where(Clock.case_file_id == case.id, code)
    return session.scalars(query).one()


def _announced(case: CaseFile, commitment: ServiceCommitment) -> Clock:
    due_on = date(2026, 12, 15)
    return Clock(
        case_file_id=case.id,
        commitment_id=commitment.id,
        received_at=NOW,
        start_on=NOW.date(),
        due_on=due_on,
        due_at=end_of_day(due_on),
        calendar_version=1,
        provisional=False,
        recorded_at=NOW,
    )


@pytest.mark.parametrize("seed", [5])
def test_the_same_as_computing_anew_from_receipt(
    session: Session, manager: Actor, seed: int
) -> None:
    random = Random(seed)
    cases = [make_case(session, now=NOW - timedelta(hours=random.randrange(90))) for _ in range(4)]
    added = {date(2026, 11, 25) + timedelta(days=random.randrange(9)) for _ in range(4)}
    days = [DayOff(on, "Fermeture") for on in sorted(added) if on.weekday() < 5]
    effect = queries.effect(
        session, 2026, details(session, 2026, *days).days, actor=manager, now=NOW
    )
    assert confirm(details(session, 2026, *days), manager) == effect.moved
    calendar = calendars.calendar(session)
    for case in cases:
        clock = acknowledgement(session, case)
        (one,) = [one for one in queries.running(session, 2026) if one.clock_id == clock.id]
        anew = compute(one.received_at, one.delay, calendar, one.span)
        assert (clock.due_on, clock.due_at) == (anew.due_on, anew.due_at)
        assert case.next_due_at == anew.due_at


def test_a_day_taken_away_never_makes_anybody_late(session: Session, manager: Actor) -> None:
    wanted = details(session, 2026, CLOSED)
    confirm(wanted, manager, NOW - timedelta(days=10))
    clock = acknowledgement(session, make_case(session))
    assert clock.due_on == date(2026, 12, 2)
    last_day = datetime(2026, 12, 2, 20, tzinfo=UTC)
    without = details(session, 2026)
    given = [day for day in without.days if day != CLOSED]
    assert confirm(DaysOffDetails(2026, given, without.version), manager, last_day) == 0
    assert clock.due_on == date(2026, 12, 2), "not before the day of the change"


def test_an_extension_that_the_new_date_reaches_falls(session: Session, manager: Actor) -> None:
    case = make_case(session)
    clock = acknowledgement(session, case)
    clock.extended_due_at = end_of_day(date(2026, 12, 2))
    session.commit()
    confirm(details(session, 2026, CLOSED), manager)
    assert clock.extended_due_at is None and case.next_due_at == clock.due_at


def test_a_proposed_year_becomes_firm(session: Session, manager: Actor) -> None:
    session.get_one(CalendarYear, 2026).confirmed = False
    session.commit()
    clock = acknowledgement(session, make_case(session))
    assert clock.provisional
    assert confirm(details(session, 2026), manager) == 0
    assert not clock.provisional and session.get_one(CalendarYear, 2026).confirmed


def test_a_new_year_is_written_once(session: Session, manager: Actor) -> None:
    wanted = DaysOffDetails(2033, proposed_days_off(2033), 0)
    confirm(wanted, manager)
    held = queries.one_year(session, 2033)
    assert held is not None and (held.confirmed, held.version) == (True, 1)
    assert held.days == proposed_days_off(2033)
    with pytest.raises(DomainError, match="stale_page"):
        confirm(wanted, manager)


def test_two_managers_never_write_over_each_other(session: Session, manager: Actor) -> None:
    seen = details(session, 2026, CLOSED)
    confirm(details(session, 2026), manager)
    with pytest.raises(DomainError, match="stale_page"):
        confirm(seen, manager)
    assert queries.one_year(session, 2026) != seen


def test_who_may_confirm(session: Session) -> None:
    lead = make_staff(session, "Hélène Caron", "team_lead")
    with pytest.raises(Refusal, match="not_allowed"):
        confirm(details(session, 2026), lead)


def test_the_cost_does_not_grow_with_the_clocks(session: Session, manager: Actor) -> None:
    asked: list[str] = []

    def ask(number: int) -> int:
        for _ in range(number):
            make_case(session)
        asked.clear()
        day = DayOff(date(2026, 11, 25) + timedelta(days=number), "Fermeture")
        confirm(details(session, 2026, day), manager)
        return len(asked)

    engine = session.connection().engine

    @event.listens_for(engine, "before_cursor_execute")
    def told(*_facts: object) -> None:
        asked.append("one")

    try:
        assert ask(1) == ask(2)
    finally:
        event.remove(engine, "before_cursor_execute", told)
    assert session.scalar(select(func.count()).select_from(ClockMove))


def test_a_receipt_in_flight_moves_too(live_app: Callable[..., Flask]) -> None:
    """The change of days off waits for an act that began with the days of before."""
    app = live_app()
    with app.app_context():
        session = db.session()
        manager = make_staff(session, "Solange Vachon", "manager")
        member = make_member(session)
        draft = make_draft(session, member)
        sent, draft_id = SendDetails(draft.version), draft.id
        wanted = details(session, 2026, CLOSED)
        with ThreadPoolExecutor(1) as elsewhere:
            with saving() as saved:
                case = applications.send(
                    saved, draft_id, sent, actor=member, arrived_at=NOW, now=NOW
                )
                saved.flush()
                changing = elsewhere.submit(_in(app, confirm), wanted, manager)
                with pytest.raises(TimeoutError):
                    changing.result(timeout=0.5)
            assert changing.result(timeout=20) == 1
        session.expire_all()
        assert acknowledgement(session, case).due_on == date(2026, 12, 2)


def _in(app: Flask, act: Callable[..., int]) -> Callable[..., int]:
    def inside(*given: object) -> int:
        with app.app_context():
            return act(*given)

    return inside


@pytest.mark.parametrize("column", ["due_on = '2027-01-05'", "stop_event = 'other'"])
def test_the_database_alone_keeps_a_stopped_clock(session: Session, column: str) -> None:
    case = make_case(session)
    session.execute(text("UPDATE clock SET due_on = '2027-01-05'"))  # it runs: it may move
    with saving() as saved:
        clocks.settle(saved, case, event="withdrawn", now=NOW)
    attack = column.replace("05", "06")
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(f"UPDATE clock SET {attack}"))
