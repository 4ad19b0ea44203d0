"""Absences: recorded once, by whom they concern, never leaving files with nobody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.people import Absence, Account
from grants.operations import absences, assignments, replacements
from grants.operations.absences import AbsenceDetails
from grants.queries import absences as away
from grants.queries import desk
from grants.queries.desk import REPLACED, Filters
from grants.queries.replacements import files_of, handed_over
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff, unique
from tests.queries.test_desk import statements

TODAY, DAY = local_date(NOW), timedelta(days=1)
FRIDAY = TODAY + 3 * DAY


@pytest.fixture
def lead(session: Session) -> Actor:
    return make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Morin", "advisor")


@pytest.fixture
def samuel(session: Session) -> Actor:
    return make_staff(session, "Samuel Gagné", "advisor")


def record(
    person: Actor,
    substitute: Actor,
    actor: Actor,
    from_on: date = TODAY,
    until_on: date = FRIDAY,
    public_id: str = "",
) -> int:
    details = AbsenceDetails(
        person.person_id, from_on, until_on, substitute.person_id, public_id or unique()
    )
    with saving() as session:
        return absences.record_absence(session, details, actor=actor, now=NOW).id


def line(session: Session, absence_id: int, actor: Actor) -> away.AbsenceLine:
    public_id = session.get_one(Absence, absence_id).public_id
    found = away.one(session, public_id, actor=actor)
    assert found is not None
    return found


def test_one_s_own_is_recorded_once_and_another_s_only_by_a_lead(
    session: Session, lead: Actor, odile: Actor, samuel: Actor
) -> None:
    carried = unique()
    assert record(odile, samuel, odile, public_id=carried) == record(
        odile, samuel, odile, public_id=carried
    )
    with pytest.raises(Refusal, match="not_allowed"):
        record(samuel, lead, odile)
    record(lead, make_staff(session, "Rose Auger", "manager"), lead)
    elsewhere = make_staff(session, "Guy Hébert", "advisor", secretariat="SCT")
    for person, substitute, code in (
        (elsewhere, samuel, "not_allowed"),
        (samuel, elsewhere, "substitute_gone"),
        (samuel, samuel, "substitute_same"),
    ):
        with pytest.raises(DomainError, match=code):
            record(person, substitute, lead)
    session.get_one(Account, samuel.account_id).disabled_at = NOW
    session.commit()
    with pytest.raises(DomainError, match="substitute_gone"):
        record(make_staff(session, "Inès Roy", "advisor"), samuel, lead)


def test_a_substitute_who_is_away_too_is_refused_with_the_dates(
    session: Session, lead: Actor, odile: Actor, samuel: Actor
) -> None:
    ines = make_staff(session, "Inès Bouchard", "advisor")
    absence_id = record(samuel, ines, lead, FRIDAY, FRIDAY + 7 * DAY)
    with pytest.raises(DomainError, match="substitute_away") as refused:
        record(odile, samuel, lead)
    assert refused.value.facts["from_on"] == FRIDAY
    with pytest.raises(DomainError, match="absence_replaces"):
        record(ines, odile, lead, FRIDAY, FRIDAY)
    with saving() as saved:
        absences.cancel(saved, absence_id, actor=samuel, now=NOW)
    record(odile, samuel, lead)


@pytest.mark.engine
def test_two_who_replace_each_other_at_once_leave_one_at_work(
    live_app: Callable[..., Flask],
) -> None:
    app, together = live_app(), Barrier(2)
    with app.app_context():
        people = [make_staff(db.session(), name, "advisor") for name in ("Odile M", "Samuel G")]

    def work(person: Actor, substitute: Actor) -> str:
        with app.app_context():
            together.wait()
            try:
                record(person, substitute, person)
            except DomainError as error:
                return error.code
            finally:
                db.session.remove()
        return "recorded"

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(work, *people), pool.submit(work, *reversed(people))]
        results = {each.result() for each in both}
    assert "recorded" in results and results & {"substitute_away", "absence_replaces"}
    with app.app_context():
        assert db.session().scalar(select(func.count(Absence.id))) == 1


@pytest.mark.engine
def test_nobody_away_is_proposed_or_given_a_file(
    session: Session, lead: Actor, odile: Actor, samuel: Actor
) -> None:
    case = make_case(session)
    absence_id = record(odile, samuel, lead)
    assert assignments.proposal(session, case, now=NOW).person_id == samuel.person_id
    details, case_id = assignments.AssignmentDetails(odile.person_id, "Connaît"), case.id
    with pytest.raises(Refusal, match="person_not_possible"), saving() as saved:
        assignments.assign(saved, case_id, details, actor=lead, now=NOW)
    tomorrow = NOW + 4 * DAY
    assert assignments.proposal(session, case, now=tomorrow).person_id == odile.person_id
    with saving() as saved:
        absences.cancel(saved, absence_id, actor=lead, now=NOW)
    assert assignments.proposal(session, case, now=NOW).person_id == odile.person_id


@pytest.mark.engine
def test_the_substitute_sees_the_files_in_the_same_statements(
    session: Session, lead: Actor, odile: Actor, samuel: Actor
) -> None:
    case_id = make_case(session, advisor=odile).id
    wanted = Filters(REPLACED, today=TODAY)
    with statements() as without:
        assert desk.page(session, samuel, wanted).files == []
    record(odile, samuel, lead)
    with statements() as during:
        assert [one.id for one in desk.page(session, samuel, wanted).files] == [case_id]
    assert _reads(without) == _reads(during) == 1
    assert sum(desk.due_counts(session, samuel, REPLACED, TODAY).values()) == 1
    after = Filters(REPLACED, today=FRIDAY + DAY)
    assert desk.page(session, samuel, after).files == []
    assert away.replaced_by(session, samuel.person_id, TODAY) == [odile.person_id]
    assert away.replaced_by(session, samuel.person_id, FRIDAY + DAY) == []


@pytest.mark.engine
def test_files_pass_to_the_substitute_and_back(
    session: Session, lead: Actor, odile: Actor, samuel: Actor
) -> None:
    case, other = make_case(session, advisor=odile), make_case(session, advisor=samuel)
    absence_id = record(odile, samuel, lead)
    absence = line(session, absence_id, lead)
    later = NOW + timedelta(hours=1)
    passing = replacements.hand_over(session, absence, actor=lead)
    _pass(passing, lead, later)
    assert files_of(session, odile.person_id, actor=lead) == []
    assert [one.id for one in handed_over(session, absence, actor=lead)] == [case.id]
    back = replacements.give_back(session, absence, actor=lead)
    with pytest.raises(Refusal, match="person_not_possible"):
        _pass(back, lead, later)  # still away
    with saving() as saved:
        absences.cancel(saved, absence_id, actor=lead, now=later)
    _pass(back, lead, later + DAY)
    holders = dict(session.execute(select(CaseFile.id, CaseFile.advisor_id)).all())
    assert holders == {case.id: odile.person_id, other.id: samuel.person_id}
    assert handed_over(session, absence, actor=lead) == []
    with pytest.raises(DomainError, match="absence_cancelled"):
        replacements.hand_over(session, line(session, absence_id, lead), actor=lead)
    with pytest.raises(Refusal, match="not_allowed"):
        replacements.give_back(session, absence, actor=odile)


def _reads(seen: list[str]) -> int:
    return sum(statement.startswith("SELECT") for statement in seen)


def _pass(passing: replacements.Passing, actor: Actor, now: datetime) -> None:
    for file in passing.files:
        with saving() as session:
            replacements.pass_one(session, file, passing, actor=actor, now=now)
