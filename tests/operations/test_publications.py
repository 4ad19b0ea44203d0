"""A period is published once it is over, explained, and computes the same for ever."""

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.domain.periods import Period, fiscal_year, fiscal_year_of
from grants.jobs import handlers
from grants.models.clocks import Clock
from grants.models.results import Publication
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import publications
from grants.operations.publications import PublicationDetails
from grants.queries import tallies
from grants.unit_of_work import saving
from tests.factories import make_staff, unique
from tests.jobs.rows import owe, row
from tests.queries.test_desk import statements
from tests.results_cases import Told, make_clock

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
YEAR = fiscal_year(2025)
JUNE = date(2025, 6, 13)
BEFORE = date(2024, 6, 14)
DAY = timedelta(days=1)
WHY = "Pointe de demandes en juin."


@pytest.fixture
def manager(session: Session) -> Actor:
    return make_staff(session, "Odile Marchand", "manager", title="Directrice")


@pytest.fixture
def year(session: Session) -> None:
    """Two kept, one late, one open, one withdrawn; the year before, one kept of two."""
    for told in (
        Told(JUNE, taken=2),
        Told(JUNE, taken=4),
        Told(JUNE, after=DAY, taken=6),
        Told(JUNE, after=None),
        Told(JUNE, event="withdrawn"),
        Told(BEFORE),
        Told(BEFORE, after=DAY, taken=6),
    ):
        make_clock(session, told)
    session.commit()


def details(**changes: object) -> PublicationDetails:
    asked = PublicationDetails(unique(), "SACA", YEAR.from_on, YEAR.until_on, {"SACA_ACK": WHY})
    return dataclasses.replace(asked, **changes)


def publish(actor: Actor, asked: PublicationDetails, now: datetime = NOW) -> Publication:
    with saving() as session:
        return publications.freeze(session, asked, actor=actor, now=now)


@pytest.mark.engine
@pytest.mark.usefixtures("year")
def test_what_is_published_computes_the_same_after_whatever_is_written_later(
    session: Session, manager: Actor
) -> None:
    asked = details()
    with statements() as said:
        published = publish(manager, asked)
    held = [one for one in said if "secretariat.id" in one and one.endswith("FOR UPDATE")]
    assert not held, "requests that name the secretariat come in meanwhile"
    again = publish(manager, asked)
    assert again.id == published.id
    ack = next(line for line in publications.sheet_of(published).rows if line.code == "SACA_ACK")
    assert (ack.kept, ack.due, ack.result, ack.previous, ack.variance) == (2, 4, 500, 500, -500)
    assert (ack.missed, ack.open_late, ack.excluded, ack.explanation) == (1, 1, 1, WHY)
    assert session.scalars(select(JournalEvent.kind)).all().count("results_published") == 1
    made_late = datetime.combine(JUNE - 10 * DAY, datetime.min.time(), UTC)
    make_clock(session, Told(JUNE, entered=NOW - made_late, known=NOW - made_late))
    stopped = {"stopped_at": NOW, "stop_event": "acknowledged", "stop_recorded_at": NOW}
    still_open = session.scalars(select(Clock).where(Clock.stopped_at.is_(None))).one()
    session.execute(update(Clock).where(Clock.id == still_open.id).values(taken=9, **stopped))
    session.commit()
    assert (
        publications.first_difference(session, session.get_one(Publication, published.id)) is None
    )


@pytest.mark.usefixtures("year")
def test_a_figure_that_moved_is_named(app: Flask, session: Session, manager: Actor) -> None:
    published = publish(manager, details())
    runner = app.test_cli_runner()
    assert runner.invoke(args=["publication", "verify"]).exit_code == 0
    make_clock(session, Told(JUNE))  # as if it had been on record all along
    session.commit()
    told = runner.invoke(args=["publication", "verify", published.public_id])
    assert told.exit_code == 1
    assert "SACA_ACK share, result\u00a0: publié 500, recalculé 600." in told.output
    listed = json.loads(runner.invoke(args=["publication", "list", "--json"]).output)
    assert [(one["number"], one["replaced"]) for one in listed] == [(1, False)]


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"explanations": {}}, "variance_unexplained"),
        ({"explanations": {"SACA_ACK": "x" * 1001}}, "text_too_long"),
        ({"until_on": date(2025, 3, 1)}, "period_order"),
        ({"from_on": date(2024, 1, 1)}, "period_too_long"),
        ({"until_on": date(2026, 11, 24), "from_on": date(2026, 4, 1)}, "period_not_over"),
        ({"secretariat": "SCT"}, "not_allowed"),
    ],
)
def test_what_cannot_be_published(manager: Actor, changes: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        publish(manager, details(**changes))
    assert refused.value.code == code


@pytest.mark.usefixtures("year")
def test_a_correction_is_another_number_and_says_why(session: Session, manager: Actor) -> None:
    publish(manager, details())
    with pytest.raises(DomainError, match="correction_reason_required"):
        publish(manager, details())
    corrected = publish(manager, details(reason="Deux dossiers inscrits en retard."))
    assert corrected.number == 2
    lead = make_staff(session, "Hélène Caron", "team_lead")
    with pytest.raises(DomainError, match="not_allowed"):
        publish(lead, details())


@pytest.mark.engine
def test_the_job_counts_both_years_and_the_page_reads_the_row(
    session: Session, manager: Actor
) -> None:
    now, office_id = utc_now(), manager.secretariat_id or 0
    year = fiscal_year_of(local_date(now))
    make_clock(session, Told(year.previous.from_on + 72 * DAY))
    session.commit()
    row_id = owe("figures.tally", office_id, now)
    handlers.run(row_id)
    assert row(session, row_id).state == "done"
    this_year, last_year = tallies.latest(session, office_id)
    assert (this_year.period, last_year.period) == (year, year.previous)
    assert last_year == tallies.count(session, office_id, year.previous, last_year.as_of)
    assert last_year.months["SACA_ACK"][2].kept == 1
    quarter = Period(year.from_on, year.from_on + 90 * DAY)
    assert tallies.of_year(session, office_id, quarter) is None


@pytest.mark.usefixtures("year")
def test_the_file_is_made_once_from_what_was_frozen(
    app: Flask, session: Session, manager: Actor
) -> None:
    published = publish(manager, details())
    published_id = published.id
    owed = session.scalars(select(OutboxRow).where(OutboxRow.kind == "pdf.publication")).one()
    for row_id in (owed.id, owe("pdf.publication", published_id, NOW)):
        session.execute(update(OutboxRow).values(not_before=datetime(2025, 1, 1, tzinfo=UTC)))
        session.commit()
        handlers.run(row_id)
        assert row(session, row_id).state == "done"
    kept = session.get_one(Publication, published_id)
    assert kept.storage_key is not None
    content = app.extensions["storage"].get(kept.storage_key)
    assert content.startswith(b"%PDF")
