"""Decisions: by another person, once, with their letter, their money and their trace."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile, Participant
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.messages import Message
from grants.models.people import ConflictOfInterest
from grants.models.reviews import Recommendation
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import assignments, decisions
from grants.operations.assignments import AssignmentDetails
from grants.operations.decisions import DecisionDetails, SendBackDetails
from grants.unit_of_work import saving
from tests.cases import AMOUNT, assign, make_case
from tests.decided import (
    DECIDED_AT,
    PART,
    make_decided,
    make_decider,
    make_not_eligible,
    ruling,
)
from tests.factories import NOW, make_call, make_member, make_staff
from tests.money_cases import PLENTY, make_envelope, make_recommended, recommendation
from tests.revision_cases import make_revision

pytestmark = pytest.mark.engine
LETTER_ON = local_date(DECIDED_AT)


@pytest.fixture
def irene(session: Session) -> Actor:
    return make_decider(session)


@pytest.fixture
def case(session: Session) -> CaseFile:
    return make_recommended(session)


def decide(case: CaseFile, actor: Actor, details: DecisionDetails | None = None) -> Decision:
    case_id = case.id
    with saving() as saved:
        return decisions.decide(saved, case_id, details or ruling(), actor=actor, now=DECIDED_AT)


def refused(case: CaseFile, actor: Actor, details: DecisionDetails | None = None) -> str:
    with pytest.raises(DomainError) as error:
        decide(case, actor, details)
    return error.value.code


def last_event(session: Session, kind: str) -> dict[str, object]:
    query = select(JournalEvent.facts).where(JournalEvent.kind == kind)
    facts: dict[str, object] = json.loads(session.scalars(query).all()[-1])
    return facts


def test_a_grant_takes_its_money_and_leaves_the_file_open(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    decision = make_decided(session, decider=irene, outcome="accepted_in_part", case=case)
    entry = session.scalars(select(EnvelopeEntry)).one()
    envelope = session.get_one(Envelope, entry.envelope_id)
    assert (entry.amount_cents, entry.decision_id, envelope.used_cents) == (PART, decision.id, PART)
    assert decision.available_after_cents == PLENTY - PART
    assert (case.status, case.closed_at) == ("granted", None)
    assert decision.recourse_until == LETTER_ON + timedelta(days=30)
    assert session.get_one(Participant, (case.matter_id, irene.person_id)).side == "first"
    facts = last_event(session, "decision_made")
    assert (facts["act"], facts["granted_cents"], facts["available_after_cents"]) == (
        "grant",
        PART,
        PLENTY - PART,
    )


@pytest.mark.parametrize(
    ("outcome", "until"), [("accepted", None), ("standby", 30), ("refused", 30)]
)
def test_the_last_day_of_recourse_stands_where_something_was_not_granted(
    session: Session, irene: Actor, outcome: str, until: int | None
) -> None:
    decision = make_decided(session, decider=irene, outcome=outcome)
    expected = LETTER_ON + timedelta(days=until) if until else None
    assert decision.recourse_until == expected


def test_a_refusal_closes_the_file_and_is_told_by_mail_and_letter(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    decision = decide(case, irene)
    assert (case.status, case.closed_at) == ("refused", DECIDED_AT)
    message = session.scalars(select(Message).where(Message.kind == "decision")).one()
    assert message.case_file_id == case.id and message.sent_at is None
    owed = select(OutboxRow).where(OutboxRow.key == f"letter:{decision.public_id}")
    assert session.scalars(owed).one().ref == decision.id
    letter = json.loads(decision.letter)
    assert letter["reasons"] == ["Un critère du programme n’est pas rempli"]
    assert letter["explanation"][1] == "Voici ce que dit la règle."
    assert letter["recourse"]["last_on"] == decision.recourse_until.isoformat()
    assert letter["contact"]["name"] == "Odile Morin"
    assert letter["decided_by"] == {"name": "Irène Vallée", "role": "Directrice"}


def test_whom_only_the_post_reaches_has_five_days_more(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    session.execute(update(Message).values(recipient=""))
    case.organization.email = ""
    session.commit()
    assert decide(case, irene).recourse_until == LETTER_ON + timedelta(days=35)
    assert session.scalars(select(Message).where(Message.kind == "decision")).all() == []


def test_a_second_post_finds_the_first_decision(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    details = ruling()
    first, again = decide(case, irene, details).id, decide(case, irene, details).id
    assert first == again
    assert session.scalar(select(func.count()).select_from(Decision)) == 1
    assert refused(case, irene) == "act_not_possible"


def test_nobody_decides_on_their_own_recommendation(session: Session) -> None:
    both = make_staff(session, "Odile Morin", "advisor", "decider")
    case = make_recommended(session, advisor=both)
    assert refused(case, both) == "own_recommendation"


def test_nobody_decides_what_they_analysed_or_gave_to_analyse(session: Session) -> None:
    both = make_staff(session, "Luc Gagnon", "advisor", "team_lead", "decider")
    odile = make_staff(session, "Odile Morin", "advisor")
    analysed = make_case(session, None, both)
    assign(session, analysed, odile, NOW + timedelta(minutes=20))
    given, details = (
        make_case(session),
        AssignmentDetails(odile.person_id or 0, "Connaît la région"),
    )
    given_id = given.id
    with saving() as saved:
        assignments.assign(saved, given_id, details, actor=both, now=NOW)
    for case in (analysed, given):
        session.add(recommendation(case, odile, "refused", 0))
        case.status = "recommended"
    session.commit()
    assert [refused(case, both) for case in (analysed, given)] == ["part_in_analysis"] * 2


def test_money_is_for_those_who_meet_the_criteria(session: Session, irene: Actor) -> None:
    case = make_not_eligible(session)
    make_envelope(session, case)
    granting = [ruling("accepted", AMOUNT), ruling("accepted_in_part", PART), ruling("standby")]
    assert {refused(case, irene, one) for one in granting} == {"outcome_not_eligible"}
    assert decide(case, irene).outcome == "refused"


def test_the_id_of_another_page_decides_nothing(session: Session, irene: Actor) -> None:
    taken = make_decided(session, decider=irene).public_id
    forged = ruling(public_id=taken)
    assert refused(make_recommended(session), irene, forged) == "not_allowed"


def test_only_a_decider_of_the_secretariat_without_a_tie_decides(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    assert refused(case, make_staff(session, "Samuel Gagné", "advisor")) == "not_allowed"
    other = make_staff(session, "Yves Lapierre", "decider", secretariat="SCT")
    assert refused(case, other) == "not_allowed"
    session.add(
        ConflictOfInterest(
            person_id=irene.person_id,
            organization_id=case.organization_id,
            reason="Ma sœur y travaille",
            declared_at=DECIDED_AT,
        )
    )
    session.commit()
    assert refused(case, irene) == "conflict_declared"


def test_a_page_out_of_date_and_a_bad_ruling_decide_nothing(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    assert refused(case, irene, ruling(version=case.version + 1)) == "stale_page"
    assert refused(case, irene, ruling(no_alternative="")) == "alternative_required"
    assert refused(case, irene, ruling("upheld")) == "outcome_required"
    same = ruling(no_alternative="", alternative_call_id=case.call_id)
    assert refused(case, irene, same) == "alternative_call_unknown"
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    assert session.get(Participant, (case.matter_id, irene.person_id)) is None


def test_another_call_is_named_in_the_letter(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    call = make_call(session, "PRJ")
    details = ruling(no_alternative="", alternative_call_id=call.id, alternative="La Ruche")
    letter = json.loads(decide(case, irene, details).letter)
    assert call.title in letter["alternatives"][0]["text"]
    assert letter["alternatives"][1]["text"] == "La Ruche"


def test_an_envelope_gives_what_it_has_and_no_more(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    all_of_it = ruling("accepted", AMOUNT)
    assert refused(case, irene, all_of_it) == "no_envelope"
    envelope = make_envelope(session, case, AMOUNT - 1)
    assert refused(case, irene, all_of_it) == "envelope_short"
    part = decide(case, irene, ruling("accepted_in_part", AMOUNT - 1))
    assert part.available_after_cents == 0
    session.refresh(envelope)
    assert envelope.used_cents == AMOUNT - 1


def test_foreseeing_says_what_would_be_and_writes_nothing(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    make_envelope(session, case)
    details, case_id = ruling("accepted", AMOUNT), case.id
    with saving() as saved:
        seen = decisions.foresee(saved, case_id, details, actor=irene, now=DECIDED_AT)
    assert seen.envelope is not None
    assert (seen.sheet.granted_cents, seen.envelope.left_cents) == (AMOUNT, PLENTY)
    assert session.scalar(select(func.count()).select_from(Decision)) == 0
    decision = decide(case, irene, details)
    assert json.loads(decision.letter) == seen.sheet.to_data()


def test_a_file_sent_back_keeps_its_ended_recommendation(
    session: Session, irene: Actor, case: CaseFile
) -> None:
    case_id, details = case.id, SendBackDetails("Le budget ne suit pas", case.version)
    for _ in range(2):
        with saving() as saved:
            decisions.send_back(saved, case_id, details, actor=irene, now=DECIDED_AT)
    ended = session.scalars(select(Recommendation)).one()
    assert (ended.ended_at, ended.end_reason) == (DECIDED_AT, "Le budget ne suit pas")
    assert (case.status, case.closed_at) == ("under_review", None)
    assert last_event(session, "sent_back")["act"] == "send_back"
    assert refused(case, irene) == "act_not_possible"


def test_the_first_reading_is_kept(session: Session, irene: Actor) -> None:
    member = make_member(session)
    decision_id = make_decided(session, member, irene).id
    for hours, name in ((1, member), (2, member)):
        with saving() as saved:
            at = DECIDED_AT + timedelta(hours=hours)
            decisions.read(saved, decision_id, actor=name, now=at)
    decision = session.get_one(Decision, decision_id)
    assert decision.first_read_at == DECIDED_AT + timedelta(hours=1)
    assert decision.first_read_by_id == member.person_id
    with pytest.raises(Refusal, match="not_allowed"), saving() as saved:
        decisions.read(saved, decision_id, actor=make_member(session), now=DECIDED_AT)


def test_who_took_part_first_takes_none_in_the_revision(session: Session, irene: Actor) -> None:
    """A revision adds to the first decision: at most what was not granted, by other people."""
    revision = make_revision(session, decider=irene)
    marc = make_staff(session, "Marc Élie", "advisor")
    session.add(
        Participant(matter_id=revision.matter_id, person_id=marc.person_id, side="revision")
    )
    session.flush()
    session.add(recommendation(revision, marc, "accepted", AMOUNT))
    revision.status = "recommended"
    session.commit()
    assert refused(revision, irene, ruling("upheld")) == "part_in_first_handling"
    make_envelope(session, revision)
    other = make_decider(session, "Paul-Émile Gervais")
    decision = decide(revision, other, ruling("accepted", AMOUNT))
    assert (decision.side, decision.recourse_until) == ("revision", None)
    assert json.loads(decision.letter)["of_number"] == revision.first.number
