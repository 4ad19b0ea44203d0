"""A made-up year of 5,000 files: every screen and file says what was written by hand."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import DayOff
from grants.domain.periods import Period
from grants.domain.results import PromiseFigures
from grants.jobs import handlers
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock, ClockMove
from grants.models.programs import Call
from grants.models.reference import Secretariat, ServiceCommitment
from grants.operations import acknowledgements, days_off, publications, request_ends
from grants.operations.acknowledgements import PostedLetter
from grants.operations.days_off import DaysOffDetails
from grants.operations.publications import PublicationDetails
from grants.operations.request_telling import Said
from grants.queries import days_off as held
from grants.queries import evidence, figures
from grants.unit_of_work import saving
from tests.factories import make_staff, sign_in, unique
from tests.jobs.rows import owe
from tests.year import arrivals, reading, stories, totals
from tests.year.stories import Total
from tests.year.totals import AFTER, BEFORE, NOW, YEAR

OFFICES = ("SACA", "SCT")
PERIODS = (BEFORE, YEAR, AFTER)
LATER = NOW + timedelta(days=1)
WHY = "Nous avons manqué de personnel."
VERIFY = ("publication", "verify")


def office_id(session: Session, code: str) -> int:
    return session.scalars(select(Secretariat.id).where(Secretariat.code == code)).one()


def known(session: Session, code: str, period: tuple[date, date]) -> dict[str, Total]:
    """What the product counts of a secretariat over a year, as known now."""
    found = figures.figures(session, office_id(session, code), Period(*period), NOW)
    return {one.code: as_total(one) for one in found}


def as_total(one: PromiseFigures) -> Total:
    return Total(
        one.due,
        one.kept,
        one.missed,
        one.open_late,
        one.share,
        one.median,
        one.nine_in_ten,
        one.extended,
        one.not_due,
        tuple(one.excluded.items()),
    )


def asked(code: str) -> dict[str, reading.Figures]:
    """What every screen and file must say of the year."""
    before = totals.of(code, BEFORE)
    return {promise: reading.told(one, before[promise]) for promise, one in totals.of(code).items()}


def same(found: dict[str, reading.Figures], code: str, where: str) -> None:
    """Each figure found is the one asked."""
    for promise, wanted in asked(code).items():
        shown = found[promise]
        assert shown == {name: wanted[name] for name in shown}, f"{where}, {promise}"
    assert set(found) == set(asked(code)), where


@pytest.fixture
def managers(session: Session) -> dict[str, Actor]:
    return {
        code: make_staff(session, f"Odile {code}", "manager", secretariat=code) for code in OFFICES
    }


@pytest.fixture
def published(session: Session, managers: dict[str, Actor]) -> dict[str, str]:
    """The year of each secretariat, published for good; by code, its public id."""
    return {code: publish(code, managers[code]) for code in OFFICES}


def publish(code: str, manager: Actor) -> str:
    why = dict.fromkeys(totals.of(code), WHY)
    details = PublicationDetails(unique(), code, *YEAR, why)
    with saving() as session:
        publications.freeze(session, details, actor=manager, now=NOW)
    return details.public_id


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens and the job believe that it is 16 April 2026."""
    for page in ("management.results", "public.results"):
        monkeypatch.setattr(f"grants.web.{page}.utc_now", lambda: NOW)
    monkeypatch.setattr("grants.clock.utc_now", lambda: NOW)


@pytest.mark.engine
def test_each_story_ended_as_written(session: Session, played: dict[str, int]) -> None:
    table = stories.read()
    assert session.scalar(select(func.count()).select_from(CaseFile)) == totals.FILES
    for story, (name, case_id) in zip(table, played.items(), strict=True):
        assert sorted(ends(session, case_id)) == sorted(map(typed, story.ends)), name
    for period in PERIODS:
        wanted = {code: stories.total(table, code, *period) for code in totals.TOTALS[period]}
        assert wanted == totals.TOTALS[period], "the table and its totals are the same hand's"
        for office in OFFICES:
            assert known(session, office, period) == totals.of(office, period)


def ends(session: Session, case_id: int) -> Iterator[tuple[object, ...]]:
    """What the product says became of the promises of one file."""
    query = (
        select(ServiceCommitment.code, Clock, figures.outcome(NOW))
        .join(Clock.commitment)
        .where(Clock.case_file_id == case_id)
    )
    for code, clock, rank in session.execute(query):
        outcome = figures.RANKED[rank].value
        taken = clock.taken if outcome in stories.DONE else None
        reason = clock.stop_event if outcome == "excluded" else ""
        yield code, clock.due_on, outcome, taken, reason, clock.extended_due_at is not None


def typed(end: stories.End) -> tuple[object, ...]:
    return end.code, end.due_on, end.outcome, end.taken, end.reason, end.extended


def test_hands_and_months_too(session: Session) -> None:
    measures = {
        measure.key: (measure.value, measure.of)
        for code in OFFICES
        for one in evidence.evidence(session, office_id(session, code), Period(*YEAR), NOW)
        for measure in one.measures
        if (code, measure.key) != ("SCT", "redirected")
    }
    assert measures["few_hands"] == totals.HANDS
    assert measures["redirected"] == (totals.REDIRECTED, None)
    months = figures.by_month(session, office_id(session, "SACA"), Period(*YEAR), NOW)
    ack = totals.of("SACA")["SACA_ACK"]
    assert sum(one.due for one in months["SACA_ACK"]) == ack.due
    assert sum(one.kept for one in months["SACA_ACK"]) == ack.kept


@pytest.mark.usefixtures("_today")
def test_screens_say_what_was_written(
    client: FlaskClient, session: Session, managers: dict[str, Actor]
) -> None:
    for code in OFFICES:
        handlers.run(owe("figures.tally", office_id(session, code), NOW))
        codes = sorted(totals.of(code))
        page = client.get(f"/engagements/{code.lower()}").get_data(as_text=True)
        this, last = reading.public(page, codes)
        same(last, code, "public page")
        for promise, wanted in totals.of(code, AFTER).items():
            told = reading.told(wanted, totals.NOTHING)
            assert this[promise] == {name: told[name] for name in this[promise]}, promise
        sign_in(client, session, managers[code])
        period = {"du": YEAR[0].isoformat(), "au": YEAR[1].isoformat()}
        answer = client.get("/gestion/resultats", query_string=period)
        same(reading.management(answer.get_data(as_text=True), codes), code, "management")
    content = client.get("/donnees-ouvertes/engagements_resultats.csv").data
    both = reading.open_data(content, "2025-2026")
    for code in OFFICES:
        same({one: both[one] for one in totals.of(code)}, code, "open data")


def test_what_is_published_says_it_too(client: FlaskClient, published: dict[str, str]) -> None:
    for code, public_id in published.items():
        url, codes = f"/engagements/publications/{public_id}", sorted(totals.of(code))
        same(reading.published(client.get(url).get_data(as_text=True), codes), code, "page")
        same(reading.csv_file(client.get(f"{url}/csv").data), code, "CSV")
        same(reading.json_file(client.get(f"{url}/json").data), code, "JSON")
        same(reading.xlsx_file(client.get(f"{url}/xlsx").data), code, "XLSX")


@pytest.mark.usefixtures("published")
def test_what_is_written_later_changes_nothing_published(
    app: Flask, session: Session, managers: dict[str, Actor], played: dict[str, int]
) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=VERIFY).exit_code == 0
    act_later(session, managers["SACA"], played)
    for office in OFFICES:
        assert known(session, office, YEAR) == totals.of(office)
    assert runner.invoke(args=VERIFY).exit_code == 0
    now = figures.figures(session, office_id(session, "SACA"), Period(*YEAR), LATER)
    ack, answers = as_total(now[0]), as_total(now[1])
    assert (ack.due, ack.missed, ack.open_late) == (3_946, 271, 12), "one came, one was closed"
    assert (answers.missed, answers.open_late) == (7, 3)
    one = Clock.case_file_id == played["letter posted the day after"]
    session.execute(text("DROP TRIGGER clock_recorded"))  # by somebody who owns the table
    session.execute(update(Clock).where(one).values(recorded_at=LATER))
    session.commit()
    told = runner.invoke(args=VERIFY)
    assert told.exit_code == 1 and "SACA_ACK" in told.output


def act_later(session: Session, manager: Actor, played: dict[str, int]) -> None:
    """The day after: a late letter, a late answer, a file entered late, a day off more."""
    agent = make_staff(session, "Rose Auger", "information_agent")
    letter = PostedLetter(date(2026, 4, 17))
    said = Said(unique(), "post", "Voici.", posted_on=date(2026, 4, 17))
    with saving() as saved:
        late = played["never acknowledged"]
        acknowledgements.record_posted(saved, late, letter, actor=agent, now=LATER)
    with saving() as saved:
        request_ends.answer(
            saved, played["a date announced, no answer"], said, actor=agent, now=LATER
        )
    call_id = session.scalars(select(Call.id)).one()
    arrivals.on_paper(call_id, stories.instant("2025-06-02", "09:00"), agent, LATER)
    year = held.one_year(session, 2026)
    assert year
    days = [*year.days, DayOff(date(2026, 4, 20), "Jour ajouté")]
    with saving() as saved:
        details = DaysOffDetails(2026, days, year.version)
        assert days_off.confirm(saved, details, actor=manager, now=LATER) == 58
    assert session.scalar(select(func.count()).select_from(ClockMove)) == 58
