"""The directory kept by staff, and the people sent on from it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.cli.setup import DATA, read_reference_files
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.directory import Entry, fingerprint
from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.directory import Referral, Resource
from grants.models.trail import JournalEvent
from grants.operations import directory as acts
from grants.operations import information_requests, reference, referrals
from grants.operations.directory import AddDetails, ChangeDetails
from grants.operations.information_requests import RequestDetails
from grants.operations.referrals import ReferralDetails
from grants.queries import directory
from grants.queries import referrals as made
from grants.queries.directory import FoundResource, Wanted
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff, unique

pytestmark = pytest.mark.engine
ENTRY = Entry(
    "community",
    "Zénith de l’Œuvre",
    "Repas chauds.",
    "418 555-0100",
    needs=("food",),
    regions=("05",),
    populations=("youth",),
)


def keeper(session: Session) -> Actor:
    return make_staff(session, "Marc Lavoie", "information_agent")


def added(actor: Actor, entry: Entry = ENTRY) -> FoundResource:
    with saving() as session:
        row = acts.add(session, AddDetails(unique(), entry), actor=actor, now=NOW)
        return directory.found(session, row)


def refused(code: str, error: pytest.ExceptionInfo[DomainError]) -> None:
    assert error.value.code == code


def kinds(session: Session, resource_id: int) -> list[str]:
    query = select(JournalEvent.kind).where(
        JournalEvent.facts.contains(f'"resource_id":{resource_id}')
    )
    return list(session.scalars(query.order_by(JournalEvent.id)))


def test_a_resource_is_added_once_and_changed_by_who_saw_it(session: Session) -> None:
    actor, details = keeper(session), AddDetails(unique(), ENTRY)
    for _ in range(2):
        with saving() as saved:
            row_id = acts.add(saved, details, actor=actor, now=NOW).id
    found = directory.one(session, details.public_id)
    assert found and (found.id, found.checked_on) == (row_id, local_date(NOW))
    later, other = NOW + timedelta(days=400), replace(ENTRY, needs=("food", "housing"))
    with saving() as saved, pytest.raises(DomainError) as error:
        acts.change(saved, row_id, ChangeDetails(other, "autre page"), actor=actor, now=later)
    refused("stale_page", error)
    for _ in range(2):
        with saving() as saved:
            seen = ChangeDetails(other, fingerprint(found.entry))
            acts.change(saved, row_id, seen, actor=actor, now=later)
    found = directory.active(session, details.public_id)
    assert found and found.entry.needs == ("food", "housing")
    assert found.checked_on == local_date(later), "who changes it has checked it"
    assert kinds(session, row_id) == ["resource_added", "resource_changed"]


def test_a_resource_is_confirmed_then_retired(session: Session) -> None:
    actor, later = keeper(session), NOW + timedelta(days=400)
    found = added(actor)
    for _ in range(2):
        with saving() as saved:
            row = acts.confirm(saved, found.id, actor=actor, now=later)
            assert (row.checked_on, row.checked_by_id) == (local_date(later), actor.person_id)
    for _ in range(2):
        with saving() as saved:
            acts.retire(saved, found.id, actor=actor, now=later)
    assert directory.active(session, found.public_id) is None
    kept = directory.one(session, found.public_id)
    assert kept and kept.is_retired and kept.entry == found.entry
    told = ["resource_added", "resource_confirmed", "resource_retired"]
    assert kinds(session, found.id) == told, "a second post leaves no second trace"
    with saving() as saved, pytest.raises(DomainError) as error:
        acts.confirm(saved, found.id, actor=actor, now=later)
    refused("resource_retired", error)


def test_who_does_not_keep_the_directory_changes_nothing_of_it(session: Session) -> None:
    advisor, found = make_staff(session, "Odile Morin", "advisor"), added(keeper(session))
    with saving() as saved, pytest.raises(DomainError) as error:
        acts.confirm(saved, found.id, actor=advisor, now=NOW)
    refused("not_allowed", error)
    with saving() as saved, pytest.raises(DomainError) as error:
        acts.add(saved, AddDetails(unique(), ENTRY), actor=advisor, now=NOW)
    refused("not_allowed", error)


def test_a_body_that_the_rules_name_stays(session: Session) -> None:
    actor = keeper(session)
    for code in ("AMP", "CAI", "PC", "ACCES"):
        found = directory.by_code(session, code)
        assert found
        with saving() as saved, pytest.raises(DomainError) as error:
            acts.retire(saved, found.id, actor=actor, now=NOW)
        refused("resource_named_by_rules", error)


def test_loading_again_takes_nothing_back(session: Session) -> None:
    actor, found = keeper(session), directory.by_code(session, "AMP")
    assert found
    other = replace(found.entry, purpose="Autre chose.")
    with saving() as saved:
        seen = fingerprint(found.entry)
        acts.change(saved, found.id, ChangeDetails(other, seen), actor=actor, now=NOW)
    number = len(session.scalars(select(Resource.id)).all())
    with saving() as saved:
        reference.load(saved, read_reference_files(DATA))
    again = directory.by_code(session, "AMP")
    assert again and again.entry == other
    assert len(session.scalars(select(Resource.id)).all()) == number


def test_a_search_by_need_region_and_population(session: Session) -> None:
    actor = keeper(session)
    here = added(actor)
    everywhere = added(actor, replace(ENTRY, name="Zénith partout", regions=(), populations=()))

    def found(**wanted: object) -> list[str]:
        page = directory.search(session, Wanted(text="zenith ", **wanted))
        return [one.public_id for one in page.resources]

    both = [here.public_id, everywhere.public_id]
    assert found(need="food", region="05", population="youth", kind="community") == both
    assert found(region="06") == found(population="men") == both[1:]
    assert found(need="rights") == found(kind="public_body") == []
    assert found(checked_by=local_date(NOW)) == both
    assert found(checked_by=local_date(NOW) - timedelta(days=1)) == []
    assert directory.search(session, Wanted(text="OEUVRE")).resources[0].name == ENTRY.name


def test_pages_of_the_directory_follow_each_other(session: Session) -> None:
    first = directory.search(session, Wanted())
    assert len(first.resources) == directory.PAGE and first.next_after
    rest = directory.search(session, Wanted(), first.next_after)
    names = [one.public_id for one in (*first.resources, *rest.resources)]
    everyone = session.scalars(select(Resource.public_id).where(Resource.retired_at.is_(None)))
    assert len(names) == len(set(names)) and set(names) == set(everyone)


def test_a_person_is_sent_on_once_from_a_file(session: Session) -> None:
    actor, case, found = keeper(session), make_case(session), added(keeper(session))
    case_id = case.id
    details = ReferralDetails(
        unique(), found.public_id, "given", handed_over=True, note="Appel fait"
    )
    for _ in range(2):
        with saving() as saved:
            referrals.refer(saved, case_id, details, actor=actor, now=NOW)
    again = replace(details, public_id=unique())
    with saving() as saved, pytest.raises(DomainError) as error:
        referrals.refer(saved, case_id, again, actor=actor, now=NOW)
    refused("already_referred", error)
    assert kinds(session, found.id) == ["resource_added", "referral_made"]


def test_what_became_of_a_referral_is_said_once_and_counted(session: Session) -> None:
    actor, case, found = keeper(session), make_case(session), added(keeper(session))
    case_id, details = case.id, ReferralDetails(unique(), found.public_id, "given", True)
    with saving() as saved:
        row_id = referrals.refer(saved, case_id, details, actor=actor, now=NOW).id
    after = NOW + timedelta(days=3)
    for _ in range(2):
        with saving() as saved:
            referrals.record_outcome(saved, row_id, "helped", actor=actor, now=after)
    with saving() as saved, pytest.raises(DomainError) as error:
        referrals.record_outcome(saved, row_id, "declined", actor=actor, now=after)
    refused("referral_outcome_known", error)
    [line] = made.of_case(session, case_id)
    assert (line.resource, line.outcome, line.handed_over) == (found.name, "helped", True)
    assert kinds(session, found.id)[1:] == ["referral_made", "referral_ended"]


def test_without_consent_only_coordinates_are_given(session: Session) -> None:
    actor, case, found = keeper(session), make_case(session), added(keeper(session))
    case_id, details = case.id, ReferralDetails(unique(), found.public_id, "refused", True)
    with saving() as saved, pytest.raises(DomainError) as error:
        referrals.refer(saved, case_id, details, actor=actor, now=NOW)
    refused("handed_over_without_consent", error)
    with saving() as saved:
        given = replace(details, handed_over=False)
        assert not referrals.refer(saved, case_id, given, actor=actor, now=NOW).handed_over
    other = ReferralDetails(unique(), unique(), "given")
    with saving() as saved, pytest.raises(DomainError) as error:
        referrals.refer(saved, case_id, other, actor=actor, now=NOW)
    refused("resource_unknown", error)


def test_a_file_of_others_sends_nobody_on(session: Session) -> None:
    case, found = make_case(session), added(keeper(session))
    case_id, details = case.id, ReferralDetails(unique(), found.public_id, "given")
    stranger = make_staff(session, "Luc Gagné", "information_agent", secretariat="SCT")
    decider = make_staff(session, "Irène Vallée", "decider")
    for actor in (stranger, decider):
        with saving() as saved, pytest.raises(DomainError) as error:
            referrals.refer(saved, case_id, details, actor=actor, now=NOW)
        refused("not_allowed", error)
    assert made.sent_from(session, case.public_id, actor=stranger) is None
    assert session.scalars(select(Referral)).all() == []


def asked(agent: Actor, topic: str = "general", **details: str) -> CaseFile:
    """A question taken down at the counter."""
    question = RequestDetails(
        public_id=unique(),
        secretariat_code="SACA",
        topic=topic,
        question="Où trouver de l’aide?",
        requester="Paule Roy",
        answer_by="phone",
        channel="counter",
        phone="418 555-0101",
        received_at=NOW,
        details=details,
    )
    with saving() as session:
        return information_requests.record(session, question, actor=agent, now=NOW)


def test_a_request_of_a_journalist_is_not_for_advisors(session: Session) -> None:
    agent, advisor = keeper(session), make_staff(session, "Odile Morin", "advisor")
    found, general = added(agent), asked(agent)
    media = asked(agent, "media", outlet="Le Fleuve", deadline="2026-12-01")
    files = {one: (one.id, one.public_id) for one in (general, media)}
    for file, actor, sees in (
        (general, advisor, True),
        (media, agent, True),
        (media, advisor, False),
    ):
        case_id, public_id = files[file]
        assert (made.sent_from(session, public_id, actor=actor) is not None) is sees
        details = ReferralDetails(unique(), found.public_id, "given")
        with saving() as saved:
            if sees:
                referrals.refer(saved, case_id, details, actor=actor, now=NOW)
                continue
            with pytest.raises(DomainError) as error:
                referrals.refer(saved, case_id, details, actor=actor, now=NOW)
            refused("not_allowed", error)
