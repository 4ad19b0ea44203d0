"""The desk's reads: whose files, in what order, page by page, in a fixed number of statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.next_step import AgreementState, Mail
from grants.extensions import db
from grants.models.case_files import Assignment, CaseFile
from grants.models.messages import Message
from grants.models.trail import OutboxRow
from grants.operations.clocks import NEVER
from grants.operations.trail import record
from grants.queries import case_files, case_history, desk, progress, staff
from grants.queries.desk import MINE, NOBODY, SOMEBODY, TEAM, Filters
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_call, make_member, make_organization, make_staff
from tests.money_cases import make_granted, make_issued

DAY = timedelta(days=1)
pytestmark = pytest.mark.engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = db.session().get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Marchand", "advisor")


@pytest.fixture
def many(session: Session, odile: Actor) -> list[int]:
    """One hundred and twenty files of one advisor: one file multiplied, some without a date."""
    case = make_case(session, advisor=odile)
    for _ in range(119):
        session.execute(COPY_MATTER)
    first = session.scalar(select(func.min(CaseFile.matter_id))) or 0
    session.execute(COPY_SIDE, {"matter": first, "person": odile.person_id})
    session.execute(COPY_CASE, {"matter": first, "case": case.id})
    session.execute(COPY_APPLICATION, {"case": case.id})
    third = CaseFile.id % 3
    session.execute(update(CaseFile).where(third == 0).values(next_due_at=NOW + DAY))
    session.execute(update(CaseFile).where(third == 1).values(next_due_at=NEVER))
    session.commit()
    return list(session.scalars(select(CaseFile.id).order_by(CaseFile.next_due_at, CaseFile.id)))


COPY_MATTER = text("INSERT INTO matter (id) VALUES ((SELECT max(id) + 1 FROM matter))")
COPY_SIDE = text(
    "INSERT INTO participant (matter_id, person_id, side)"
    " SELECT id, :person, 'first' FROM matter WHERE id > :matter"
)
COPY_CASE = text(
    "INSERT INTO case_file (public_id, number, kind, secretariat_id, organization_id, channel,"
    " received_at, entered_at, status, matter_id, side, call_id, advisor_id, next_due_at,"
    " touched_at, version) SELECT 'copy' || m.id, 'DCD-' || m.id, kind, secretariat_id,"
    " organization_id, channel, received_at, entered_at, status, m.id, side, call_id,"
    " advisor_id, next_due_at, touched_at, 1 FROM case_file, matter m"
    " WHERE case_file.id = :case AND m.id > :matter"
)
COPY_APPLICATION = text(
    "INSERT INTO application (case_file_id, kind, call_id, form_version_id, answers,"
    " amount_cents, fingerprint, sent_by_id) SELECT c.id, 'application', c.call_id,"
    " form_version_id, answers, amount_cents, fingerprint, sent_by_id FROM application,"
    " case_file c WHERE case_file_id = :case AND c.id <> :case"
)


def test_pages_of_fifty_give_every_file_once_in_order(
    session: Session, odile: Actor, many: list[int]
) -> None:
    seen, after = [], None
    for expected in (50, 50, 20):
        page = desk.page(session, odile, Filters(after=after))
        assert len(page.files) == expected
        seen += [file.id for file in page.files]
        after = page.next_after
    assert after is None
    assert seen == many


def test_a_page_costs_the_same_number_of_statements(
    session: Session, odile: Actor, many: list[int]
) -> None:
    with statements() as seen:
        ids = [file.id for file in desk.page(session, odile, Filters()).files]
        progress.progress(session, ids)
        progress.last_events(session, ids)
        desk.due_counts(session, odile, MINE)
    assert len([one for one in seen if one.lstrip().upper().startswith("SELECT")]) == 4


def test_counts_by_date_hold_every_open_file(
    session: Session, odile: Actor, many: list[int]
) -> None:
    counts = desk.due_counts(session, odile, MINE)
    assert sum(counts.values()) == 120
    assert list(counts) == sorted(counts)
    assert counts[NEVER] == 40


def test_whose_files(session: Session, odile: Actor) -> None:
    hers, nobodys = make_case(session, advisor=odile), make_case(session)
    found = {
        whose: {file.id for file in desk.page(session, odile, Filters(whose)).files}
        for whose in (MINE, TEAM, NOBODY, SOMEBODY)
    }
    assert found[MINE] == found[SOMEBODY] == {hers.id}
    assert found[NOBODY] == {nobodys.id}
    assert found[TEAM] == {hers.id, nobodys.id}


def test_another_secretariat_sees_nothing(session: Session, odile: Actor) -> None:
    case = make_case(session, advisor=odile)
    stranger = make_staff(session, "Paul Roy", "team_lead", secretariat="SCT")
    for whose in (TEAM, NOBODY, SOMEBODY):
        assert desk.page(session, stranger, Filters(whose)).files == []
    assert case_files.one(session, case.public_id, actor=stranger) is None
    assert case_files.page(session, case_files.Filters(), actor=stranger).files == []
    assert case_files.several(session, [case.public_id], actor=stranger) == []


def test_new_files_stand_apart_unless_they_press(session: Session, odile: Actor) -> None:
    old, new, pressing = (make_case(session, advisor=odile) for _ in range(3))
    held = {case.id: case.id for case in (old, new, pressing)}
    week_ago = update(Assignment).where(Assignment.case_file_id == old.id)
    session.execute(week_ago.values(assigned_at=NOW - 7 * DAY))
    for case in (old, new):
        session.execute(update(CaseFile).where(CaseFile.id == case.id).values(next_due_at=NEVER))
    session.commit()
    wanted = Filters(new_since=NOW - DAY, soon_until=NOW + 10 * DAY)
    assert [file.id for file in desk.new_files(session, odile, wanted)] == [held[new.id]]
    shown = [file.id for file in desk.page(session, odile, wanted).files]
    assert shown == [pressing.id, old.id]


def test_the_desk_knows_when_a_mail_has_not_left(session: Session, odile: Actor) -> None:
    case = make_case(session, advisor=odile)
    assert progress.progress(session, [case.id])[case.id].acknowledgement is Mail.QUEUED
    session.execute(update(OutboxRow).values(attempts=3, last_error="TimeoutError"))
    session.commit()
    found = progress.progress(session, [case.id])[case.id]
    assert (found.acknowledgement, found.attempts) == (Mail.RETRYING, 3)
    session.execute(update(Message).values(sent_at=NOW + DAY))
    session.commit()
    assert progress.progress(session, [case.id])[case.id].acknowledgement is Mail.GONE
    assert {one.state for one in case_history.messages(session, case.id)} == {Mail.GONE}


def test_the_desk_knows_how_far_an_agreement_is(session: Session) -> None:
    granted = make_granted(session).id
    issued = make_issued(session).agreement.case_file_id
    found = progress.progress(session, [granted, issued])
    assert found[granted].agreement is AgreementState.NONE
    assert found[issued].agreement is AgreementState.ISSUED


def test_the_newest_event_of_each_file(session: Session, odile: Actor) -> None:
    first, second = make_case(session), make_case(session, advisor=odile)
    events = progress.last_events(session, [first.id, second.id])
    assert events[first.id].kind == "application_received"
    assert events[second.id].kind == "advisor_assigned"


@pytest.mark.parametrize("typed", ["elephant", "Éléphant BLEU", "l'elephant"])
def test_a_name_is_found_without_its_accents(session: Session, odile: Actor, typed: str) -> None:
    organization = make_organization(session, "Théâtre de L’Éléphant bleu")
    case = make_case(session, make_member(session, organization))
    make_case(session)
    found = case_files.page(session, case_files.Filters(text=typed), actor=odile)
    assert [file.id for file in found.files] == [case.id]


def test_a_number_is_found_however_it_is_typed(session: Session, odile: Actor) -> None:
    case = make_case(session)
    for typed in (case.number, case.number.lower().replace("-", ""), case.number[:8]):
        found = case_files.page(session, case_files.Filters(text=typed), actor=odile)
        assert [file.id for file in found.files] == [case.id]
    for nothing in ("%", "_", "DCD-1999"):
        found = case_files.page(session, case_files.Filters(text=nothing), actor=odile)
        assert found.files == []


def test_the_list_filters_and_goes_page_by_page(
    session: Session, odile: Actor, many: list[int]
) -> None:
    first = case_files.page(session, case_files.Filters(status="under_review"), actor=odile)
    assert (len(first.files), first.next_before) == (50, first.files[-1].id)
    rest = case_files.Filters(before=first.next_before)
    assert case_files.page(session, rest, actor=odile).files[0].id < first.files[-1].id
    none = case_files.Filters(program="SPA")
    assert case_files.page(session, none, actor=odile).files == []


def test_candidates_carry_their_open_files_and_their_ties(session: Session, odile: Actor) -> None:
    case = make_case(session, advisor=odile)
    everybody = staff.advisors(session, odile.secretariat_id, local_date(NOW))
    assert [(one.name, one.open_files) for one in everybody] == [("Odile Marchand", 1)]
    subject = staff.subjects(session, [case.id])[case.id]
    seen = staff.candidates(session, everybody, [subject])[case.id]
    assert [(one.conflict, one.barred) for one in seen] == [(False, False)]


def test_the_last_act_shown_is_an_act_of_somebody(session: Session, odile: Actor) -> None:
    case_id = make_case(session).id
    with saving() as saved:
        for kind in progress.NOT_NEWS:
            record(saved, kind, actor=odile, now=NOW + DAY, case_file_id=case_id)
    assert progress.last_events(session, [case_id])[case_id].kind == "application_received"


def test_calls_for_paper_hold_those_closed_lately(session: Session, odile: Actor) -> None:
    closed = make_call(session, days=-3)
    keys = {key for key, _, _ in staff.calls(session, NOW - 10 * DAY, actor=odile)}
    assert closed.public_id in keys
    lately = {key for key, _, _ in staff.calls(session, NOW, actor=odile)}
    assert closed.public_id not in lately


def test_organizations_that_look_alike_are_proposed(session: Session) -> None:
    make_organization(session, "Maison des aînés du Grand-Pré")
    make_organization(session, "Comité logement Rive-Claire")
    found = staff.similar_organizations(session, "La maison des aines de Grand-Pre inc.")
    assert [one.legal_name for one in found] == ["Maison des aînés du Grand-Pré"]
    assert staff.similar_organizations(session, "L’an 1") == []
