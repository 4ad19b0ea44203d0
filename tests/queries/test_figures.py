"""Figures from the clocks: each end counted as the rule says, as of an instant, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.periods import Period, fiscal_year
from grants.domain.results import Outcome, PromiseFigures, simulate
from grants.models.reference import Secretariat
from grants.queries import figure_lists, figures
from tests.factories import make_staff
from tests.queries.test_desk import statements
from tests.results_cases import Told, make_clock

YEAR = fiscal_year(2025)
AFTER = datetime(2026, 4, 20, tzinfo=UTC)
JUNE, LAST = date(2025, 6, 13), date(2026, 3, 31)
DAY = timedelta(days=1)


def office_id(session: Session, code: str = "SACA") -> int:
    return session.scalars(select(Secretariat.id).where(Secretariat.code == code)).one()


def acks(session: Session, period: Period = YEAR, as_of: datetime = AFTER) -> PromiseFigures:
    found = figures.figures(session, office_id(session), period, as_of)
    return next(one for one in found if one.code == "SACA_ACK")


MIXED = (
    Told(JUNE, taken=2),
    Told(JUNE, after=timedelta(), taken=5),  # the last second is in time
    Told(LAST, after=DAY, taken=6),
    Told(LAST, after=None),
    Told(JUNE, event="withdrawn"),
    Told(JUNE, event="moved"),
    Told(JUNE, event="moved"),
    Told(JUNE, after=DAY, event="unreachable", taken=40),
    Told(date(2025, 3, 31)),
    Told(date(2026, 4, 1)),
    Told(JUNE, code="SCT_ACK"),
)


@pytest.mark.engine
def test_each_end_counts_as_the_rule_says(session: Session) -> None:
    for told in MIXED:
        make_clock(session, told)
    with statements() as asked:
        found = {one.code: one for one in figures.figures(session, office_id(session), YEAR, AFTER)}
    assert sum("clock" in one for one in asked) == 2, "the aggregate, and those put off"
    assert sorted(found) == ["SACA_ACK", "SACA_ANSWER", "SACA_CALLBACK", "SACA_PAY"]
    assert [found[code].share for code in sorted(found)] == [400, None, None, None]
    ack = found["SACA_ACK"]
    assert (ack.due, ack.kept, ack.missed, ack.open_late) == (5, 2, 2, 1)
    assert ack.excluded == {"moved": 2, "withdrawn": 1}
    assert (ack.median, ack.nine_in_ten, ack.variance) == (5, 6, -600)


@pytest.mark.engine
def test_another_delay_is_tried_on_the_same_clocks(session: Session) -> None:
    for told in MIXED:
        make_clock(session, told)
    shape = figures.histogram(session, office_id(session), YEAR, AFTER, code="SACA_ACK")
    assert shape is not None
    assert (shape.done, shape.never) == ({2: 1, 5: 1, 6: 1}, 2)
    assert [simulate(shape, days) for days in (1, 2, 5, 6)] == [0, 200, 400, 600]


@pytest.mark.engine
def test_what_is_written_later_changes_nothing_as_of_then(session: Session) -> None:
    frozen = AFTER
    before = acks(session, as_of=frozen)
    late = datetime(2026, 6, 1, tzinfo=UTC)
    received = datetime.combine(JUNE - 10 * DAY, datetime.min.time(), UTC)
    make_clock(session, Told(JUNE, entered=late - received, known=late - received))
    assert acks(session, as_of=frozen) == before
    make_clock(session, Told(JUNE, known=timedelta(days=400)))
    then, now = acks(session, as_of=frozen), acks(session, as_of=frozen + timedelta(days=400))
    assert (then.due, then.kept, then.open_late) == (1, 0, 1)
    assert (now.due, now.kept, now.open_late) == (2, 2, 0)


@pytest.mark.engine
def test_a_promise_counts_once_its_moment_has_passed_and_months_add_up(session: Session) -> None:
    for told in (Told(JUNE), Told(JUNE, after=DAY), Told(LAST), Told(LAST, after=None)):
        make_clock(session, told)
    early = datetime(2026, 3, 31, 20, tzinfo=UTC)
    running = acks(session, as_of=early)
    assert (running.due, running.kept, running.not_due, running.share) == (2, 1, 2, 500)
    months = figures.by_month(session, office_id(session), YEAR, AFTER)["SACA_ACK"]
    assert [(one.from_on, one.due, one.kept) for one in months if one.due] == [
        (date(2025, 6, 1), 2, 1),
        (date(2026, 3, 1), 2, 1),
    ]
    assert len(months) == 12
    assert sum(one.due for one in months) == acks(session).due
    quarter = Period(date(2025, 4, 1), date(2025, 6, 30))
    assert acks(session, quarter).due == 2


@pytest.mark.engine
def test_a_list_holds_each_clock_of_its_figure_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_lists, "PAGE", 2)
    wanted = {make_clock(session, Told(JUNE + rank * DAY, after=DAY)).id for rank in (3, 0, 0, 1)}
    make_clock(session, Told(JUNE))
    lead = make_staff(session, "Hélène Caron", "team_lead")
    seen: list[figure_lists.Behind] = []
    after = None
    while True:
        page = figure_lists.behind(
            session, YEAR, AFTER, "SACA_ACK", (Outcome.MISSED,), actor=lead, after=after
        )
        seen += page.clocks
        after = page.next_after
        if after is None:
            break
    assert len(seen) == 4 and {one.id for one in seen} == wanted
    assert [one.due_on for one in seen] == sorted(one.due_on for one in seen)
    assert all(one.opens and one.outcome is Outcome.MISSED for one in seen)
    advisor = make_staff(session, "Odile Morin", "advisor")
    nothing = figure_lists.behind(
        session, YEAR, AFTER, "SACA_ACK", (Outcome.MISSED,), actor=advisor
    )
    assert nothing.clocks == []
