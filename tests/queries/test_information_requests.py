"""The queue of requests: who waits, in what order, page by page, and what a follower reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date, local_time
from grants.models.case_files import CaseFile
from grants.models.people import Account
from grants.models.requests import InformationRequest
from grants.operations import absences, request_hands, request_replies
from grants.operations.absences import AbsenceDetails
from grants.operations.request_hands import AttemptDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from grants.queries import (
    case_files,
    desk,
    information_requests,
    request_counts,
    request_lists,
)
from grants.queries.request_lists import MINE, NOBODY, REPLACED, Filters
from grants.unit_of_work import saving
from tests.factories import NOW, make_staff, unique
from tests.queries.test_desk import statements
from tests.request_cases import asked, make_request, told

HOUR = timedelta(hours=1)
TODAY = local_date(NOW)
OUTLET = {"details": {"outlet": "Le Canari"}}


@pytest.fixture
def agent(session: Session) -> Actor:
    return make_staff(session, "Rose Auger", "information_agent")


def names(session: Session, wanted: Filters, actor: Actor) -> list[str]:
    return [one.requester for one in request_lists.page(session, wanted, actor=actor).requests]


@pytest.mark.engine
def test_who_waits_for_a_call_comes_apart_with_the_hour(session: Session, agent: Actor) -> None:
    make_request(session, told(requester="Bruno"), agent)
    make_request(session, told(requester="Ana", received_at=NOW - HOUR), agent)
    pressed = make_request(session, told(requester="Zoé", urgent=True), agent)
    make_request(session, asked(requester="Louise"))
    calls = request_lists.call_backs(session, Filters(), actor=agent)
    assert [one.requester for one in calls] == ["Zoé", "Ana", "Bruno"]
    assert calls[1].due_at and local_time(calls[1].due_at).hour == 9
    assert names(session, Filters(), agent) == ["Louise"]
    attempt = AttemptDetails(unique(), "voice_mail", NOW)
    with saving() as saved:
        request_hands.log_attempt(saved, pressed.id, attempt, actor=agent, now=NOW + HOUR)
    again = request_lists.call_backs(session, Filters(whose=MINE), actor=agent)
    assert [(one.attempts, one.last_attempt_at) for one in again] == [(1, NOW)]
    reached = AttemptDetails(unique(), "answered", NOW + HOUR)
    with saving() as saved:
        request_hands.log_attempt(saved, pressed.id, reached, actor=agent, now=NOW + HOUR)
    assert len(request_lists.call_backs(session, Filters(), actor=agent)) == 2
    assert set(names(session, Filters(), agent)) == {"Zoé", "Louise"}


def test_the_filters_and_the_search_by_number_or_name(session: Session, agent: Actor) -> None:
    first = make_request(session, asked(requester="Éloïse Côté", topic="statistics"))
    make_request(session, asked(requester="Marc"))
    with saving() as saved:
        request_hands.take(saved, first.id, actor=agent, now=NOW)
    assert names(session, Filters(whose=MINE), agent) == ["Éloïse Côté"]
    assert names(session, Filters(whose=NOBODY), agent) == ["Marc"]
    assert names(session, Filters(topic="statistics"), agent) == ["Éloïse Côté"]
    assert names(session, Filters(text="cote"), agent) == ["Éloïse Côté"]
    assert names(session, Filters(text=first.number.lower()), agent) == ["Éloïse Côté"]
    assert names(session, Filters(everything=True), agent) == ["Marc", "Éloïse Côté"]


@pytest.mark.engine
def test_pages_follow_each_other_without_loss(
    session: Session, agent: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        make_request(session, asked(requester=str(number), received_at=NOW - number * HOUR))
    whole = names(session, Filters(), agent)
    monkeypatch.setattr(request_lists, "PAGE", 2)
    found, wanted = [], Filters()
    while True:
        page = request_lists.page(session, wanted, actor=agent)
        found += [one.requester for one in page.requests]
        if page.next_after is None:
            break
        wanted = Filters(after=page.next_after)
    assert found == whole and len(found) == 5


def test_a_page_takes_one_statement_however_many(session: Session, agent: Actor) -> None:
    for _ in range(3):
        make_request(session)
    with statements() as seen:
        request_lists.page(session, Filters(), actor=agent)
        request_lists.call_backs(session, Filters(), actor=agent)
        request_counts.waiting(session, now=NOW, actor=agent)
    assert len([one for one in seen if one.startswith("SELECT")]) == 3


@pytest.mark.engine
def test_the_desk_counts_what_waits_and_ignores_requests_elsewhere(
    session: Session, agent: Actor
) -> None:
    late = make_request(session, asked(received_at=NOW - timedelta(days=30)))
    make_request(session)
    with saving() as saved:
        request_hands.take(saved, late.id, actor=agent, now=NOW)
    found = request_counts.waiting(session, now=NOW, actor=agent)
    assert (found.mine, found.late, found.nobody) == (1, 1, 1)
    assert desk.page(session, agent, desk.Filters(desk.TEAM)).files == []
    assert desk.due_counts(session, agent, desk.TEAM, date(2026, 11, 24)) == {}
    assert case_files.one(session, late.public_id, actor=agent) is None


@pytest.mark.engine
def test_whoever_takes_the_place_of_an_absent_person_sees_what_they_may_see_of_their_requests(
    session: Session, agent: Actor
) -> None:
    away = make_staff(session, "Luce Absente", "information_agent")
    advisor = make_staff(session, "Noé Aide", "advisor")
    cases = [make_request(session), make_request(session, asked(topic="media", **OUTLET))]
    for case in cases:
        with saving() as saved:
            request_hands.take(saved, case.id, actor=away, now=NOW)
    details = AbsenceDetails(away.person_id, TODAY, TODAY, advisor.person_id, unique())
    with saving() as saved:
        absences.record_absence(saved, details, actor=away, now=NOW)
    found = request_counts.waiting(session, now=NOW, actor=advisor)
    assert found.replaced == 1, "a journalist’s request is not counted for an advisor"
    wanted = Filters(REPLACED, held_by=(away.person_id or 0,))
    assert len(request_lists.page(session, wanted, actor=advisor).requests) == 1
    assert len(request_lists.page(session, wanted, actor=agent).requests) == 2
    assert request_lists.page(session, Filters(REPLACED), actor=agent).requests == []
    later = request_counts.waiting(session, now=NOW + timedelta(days=1), actor=advisor)
    assert later.replaced == 0


@pytest.mark.engine
def test_what_a_person_who_left_had_in_hand_waits_for_somebody(
    session: Session, agent: Actor
) -> None:
    gone = make_staff(session, "Ida Partie", "information_agent")
    kept, left = make_request(session), make_request(session, asked(requester="Seule Ici"))
    for case, holder in ((kept, agent), (left, gone)):
        with saving() as saved:
            request_hands.take(saved, case.id, actor=holder, now=NOW)
    assert request_counts.waiting(session, now=NOW, actor=agent).nobody == 0
    with saving() as saved:
        saved.get_one(Account, gone.account_id).disabled_at = NOW
    assert request_counts.waiting(session, now=NOW, actor=agent).nobody == 1
    assert names(session, Filters(whose=NOBODY), agent) == ["Seule Ici"]


def test_the_same_person_is_found_by_address_telephone_or_name(
    session: Session, agent: Actor
) -> None:
    make_request(session)
    make_request(session, told(requester="aline  CANARI"), agent)
    search = {"since": NOW - HOUR, "actor": agent}
    given = {"email": "", "phone": "", "name": ""}
    for known, count in (
        ({"email": "aline@canari.exemple"}, 1),
        ({"phone": "+14185550177"}, 1),
        ({"name": "Aline Canari"}, 2),
        ({}, 0),
    ):
        assert len(request_lists.alike(session, **search, **(given | known))) == count


def test_media_is_for_those_who_answer_it(session: Session, agent: Actor) -> None:
    advisor = make_staff(session, "Odile Morin", "advisor")
    case = make_request(session, asked(topic="media", details={"outlet": "Le Canari"}))
    for actor, seen in ((agent, True), (advisor, False)):
        assert (information_requests.one(session, case.public_id, actor=actor) is None) != seen
        assert bool(names(session, Filters(), actor)) == seen
    office = case.secretariat_id
    who = information_requests.answerers(session, office, "media")
    assert [one.name for one in who] == ["Rose Auger"]
    assert len(information_requests.answerers(session, office, "general")) == 2


def test_a_follower_reads_dates_words_and_hands_but_not_the_person(
    session: Session, agent: Actor
) -> None:
    case_id = make_request(session).id
    said = Said(unique(), "phone", "Nous cherchons les chiffres.")
    with saving() as saved:
        dated = DatedDetails(said, date(2026, 12, 22))
        request_replies.acknowledge(saved, case_id, dated, actor=agent, now=NOW)
    followed = information_requests.for_follower(session, case_id)
    assert followed and followed.number == session.get_one(CaseFile, case_id).number
    assert followed.answer_due_on == date(2026, 12, 22)
    assert followed.holder and followed.holder.name == "Rose Auger"
    assert (followed.hand_offs, followed.status) == (0, "in_hand")
    assert [one.body for one in followed.replies] == ["Nous cherchons les chiffres."]
    assert {one.stop_event: one.stopped_by for one in followed.promises} == {
        "acknowledged": "acknowledged_by_phone",
        "answered": None,
    }
    asked_of = session.get_one(InformationRequest, case_id)
    assert asked_of.requester not in repr(followed) and asked_of.email not in repr(followed)
