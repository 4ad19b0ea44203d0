"""What is looked at of requests for information after each act of a history, and at its end."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.domain.request_flow import RequestAct, replay
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment
from grants.models.requests import Transfer
from grants.operations.clocks import NEVER
from grants.queries import figures
from grants.queries.information_requests import for_follower
from tests.proofs.book import Book
from tests.proofs.request_book import Request

KIND = "information_request"
SET_APART = ("withdrawn", "duplicate", "moved", "unreachable")
A_WHILE = timedelta(days=12)  # then some promises are over and others still run


def hold(session: Session, book: Book) -> None:
    """Status, hands, what runs and the next date of each request are those of the book."""
    columns = select(CaseFile.id, CaseFile.status, CaseFile.advisor_id, CaseFile.next_due_at)
    found = {one.id: one for one in session.execute(columns.where(CaseFile.kind == KIND))}
    assert set(found) == set(book.requests)
    counted = select(Transfer.case_file_id, func.count()).group_by(Transfer.case_file_id)
    hands = dict(session.execute(counted).all())
    clocks = _clocks(session)
    for request in book.requests.values():
        row = found[request.id]
        assert (row.status, row.advisor_id) == (request.status, request.hand)
        assert hands.get(request.id, 0) == request.hands
        running = {code: one for code, one in clocks[request.id].items() if not one.stopped_at}
        assert set(running) == request.running
        dates = [one.extended_due_at or one.due_at for one in running.values()]
        assert row.next_due_at == min(dates, default=NEVER)
        _stop_once(request, clocks[request.id])


def _clocks(session: Session) -> dict[int, dict[str, Clock]]:
    """The clocks of requests, as the database has them now."""
    query = (
        select(ServiceCommitment.code, Clock)
        .join(Clock.commitment)
        .join(CaseFile, CaseFile.id == Clock.case_file_id)
        .where(CaseFile.kind == KIND)
    )
    found: dict[int, dict[str, Clock]] = defaultdict(dict)
    for code, clock in session.execute(query, execution_options={"populate_existing": True}):
        found[clock.case_file_id][code] = clock
    return found


def _stop_once(request: Request, clocks: Mapping[str, Clock]) -> None:
    """What was seen of a clock that stopped is what is seen of it ever after."""
    for code, one in clocks.items():
        if one.stopped_at:
            how = (one.stopped_at, one.stop_event, one.stop_recorded_at, one.taken, one.due_at)
            assert request.ended.setdefault(code, how) == how


def end_well(session: Session, book: Book, acts: Mapping[int, Sequence[str]]) -> None:
    """The journal gives the status; hand-offs and figures are those counted by hand."""
    for request in book.requests.values():
        told = [RequestAct(one) for one in acts.get(request.id, ())]
        assert replay(told) == request.status, f"journal of request {request.id}"
        shown = for_follower(session, request.id)
        assert shown is not None and shown.hand_offs == max(0, request.hands - 1)
    _same_figures(session)


def _same_figures(session: Session) -> None:
    """Each figure of the year, counted again one clock after the other."""
    office_id, last = session.execute(
        select(CaseFile.secretariat_id, func.max(CaseFile.touched_at)).group_by(
            CaseFile.secretariat_id
        )
    ).one()
    as_of = last + A_WHILE
    period = fiscal_year_of(local_date(last))
    clocks = defaultdict(list)
    rows = select(ServiceCommitment.code, Clock).join(Clock.commitment)
    for code, clock in session.execute(rows):
        if period.from_on <= clock.due_on <= period.until_on:
            clocks[code].append(clock)
    for one in figures.figures(session, office_id, period, as_of):
        ends = Counter(_end(clock, as_of) for clock in clocks[one.code])
        apart = {event: ends[event] for event in SET_APART if ends[event]}
        assert (one.kept, one.missed, one.open_late) == (ends["kept"], ends["late"], ends["open"])
        assert (one.due, dict(one.excluded)) == (one.kept + one.missed + one.open_late, apart)
        done = [clock for clock in clocks[one.code] if _is_done(clock, as_of)]
        assert one.median == _middle(sorted(clock.taken or 0 for clock in done))


def _end(clock: Clock, as_of: object) -> str:
    """How a promise ended, in a word: not due, open and late, set apart, late, or kept."""
    if clock.due_at >= as_of:
        return "to come"
    if clock.stopped_at is None:
        return "open"
    if clock.stopped_at > clock.due_at:
        return "late"
    return clock.stop_event if clock.stop_event in SET_APART else "kept"


def _is_done(clock: Clock, as_of: object) -> bool:
    """Whether it is among those whose length is told: done, on time or not."""
    return _end(clock, as_of) in ("kept", "late") and clock.stop_event not in SET_APART


def _middle(lengths: Sequence[int]) -> int | None:
    """The length that half of them reach or stay under."""
    return lengths[ceil(len(lengths) / 2) - 1] if lengths else None


LIES = {
    "a date": f"UPDATE case_file SET next_due_at = received_at WHERE kind = '{KIND}'",
    "a hand": (
        "INSERT INTO transfer (case_file_id, rank, person_id, given_by_id, given_at, reason)"
        " SELECT c.id, 7, p.id, p.id, c.received_at, 'x' FROM case_file c, person p"
        f" WHERE c.kind = '{KIND}' AND p.id = (SELECT min(id) FROM person)"
    ),
    "a stop": (
        "UPDATE clock SET stopped_at = received_at, stop_event = 'answered', taken = 0,"
        " stop_recorded_at = received_at WHERE stopped_at IS NULL AND case_file_id IN"
        f" (SELECT id FROM case_file WHERE kind = '{KIND}')"
    ),
}
