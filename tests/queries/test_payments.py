"""À payer: each instalment once, in order, in a fixed number of statements; the year's calendar."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.bank_file import MOST_CENTS
from grants.models.agreements import Instalment
from grants.queries import payable, payments, schedule
from grants.queries.payable import Line
from grants.queries.payments import BLOCKED, READY, Filters
from tests import batch_cases
from tests.batch_cases import make_agreed, make_batch, make_payable
from tests.factories import unique
from tests.money_cases import make_issued
from tests.queries.test_desk import statements


@pytest.fixture
def rejean(session: Session) -> Actor:
    return batch_cases.make_preparer(session)


@pytest.fixture
def lines(session: Session) -> list[Instalment]:
    """Every state: ready, in a batch, no account, unverified, unsigned, on condition, too large."""
    ready, held = make_payable(session), make_payable(session)
    make_agreed(session)
    changed = make_payable(session)
    version = batch_cases.version_of(session, changed)
    batch_cases.another_account(session, version.organization_id)
    make_issued(session)
    make_batch(session, batch_cases.make_preparer(session), held)
    kept = {name: getattr(ready, name) for name in ("agreement_version_id", "planned_on")}
    session.add(
        Instalment(
            public_id=unique(), rank=3, fiscal_year=2027, amount_cents=MOST_CENTS + 1, **kept
        )
    )
    session.commit()
    return [ready, held, changed]


def seen(session: Session, actor: Actor, wanted: Filters) -> list[Line]:
    found: list[Line] = []
    while True:
        page = payments.page(session, actor, wanted)
        found += page.lines
        if page.next_after is None:
            return found
        wanted = Filters(wanted.state, wanted.program, page.next_after)


@pytest.mark.engine
def test_each_uncovered_instalment_once_blocked_first(
    session: Session, rejean: Actor, lines: list[Instalment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payments, "PAGE", 2)
    with statements() as asked:
        found = seen(session, rejean, Filters())
    ids = set(session.scalars(select(Instalment.id))) - {lines[1].id}
    assert len(found) == len(ids) and {line.id for line in found} == ids
    order = [(not line.blocks, line.due_on, line.id) for line in found]
    assert order == sorted(order)
    assert sum(one.startswith("SELECT") for one in asked) == (len(found) + 1) // 2
    assert [line.id for line in found if not line.blocks] == [lines[0].id]
    sql_and_rules_say_the_same(session, rejean)


def sql_and_rules_say_the_same(session: Session, rejean: Actor) -> None:
    ready = seen(session, rejean, Filters(READY))
    blocked = seen(session, rejean, Filters(BLOCKED))
    assert ready and not any(line.blocks for line in ready)
    assert blocked and all(line.blocks for line in blocked)
    sums = payments.totals(session, rejean, Filters())
    assert (sums.ready, sums.blocked) == (len(ready), len(blocked))
    assert sums.ready_cents == sum(line.amount_cents for line in ready)
    assert sums.blocked_cents == sum(line.amount_cents for line in blocked)
    assert payments.ready_ids(session, rejean) == sorted(line.id for line in ready)


def test_nobody_sees_another_secretariat(session: Session) -> None:
    line = make_payable(session)
    other = batch_cases.make_staff(session, "Nadia", "finance_preparer", secretariat="SCT")
    assert seen(session, other, Filters()) == []
    assert list(payable.lines(session, [line.id], actor=other)) == []


def test_the_calendar_holds_every_instalment(
    session: Session, rejean: Actor, lines: list[Instalment]
) -> None:
    cells = schedule.of_year(session, 2027, actor=rejean)
    states = {state: sum(one.count for one in cells if one.state == state) for state in STATES}
    assert states == {"planned": 9, "payable": 1, "in_batch": 1, "paid": 0}
    assert {one.month.month for one in cells} == {4, 10}
    assert schedule.years(session, actor=rejean) == [2027]


STATES = (schedule.PLANNED, schedule.PAYABLE, schedule.IN_BATCH, schedule.PAID)
