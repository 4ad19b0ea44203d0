"""Analyses, decisions and revisions of the demonstration."""

from dataclasses import replace
from datetime import datetime, timedelta

from grants.demo import acts
from grants.demo.fates import IN_PART, STANDBY, Fate
from grants.demo.offices import random_id
from grants.demo.review_words import (
    ALTERNATIVE,
    EXPLANATIONS,
    GROUNDS,
    MISSING_NOTE,
    NO_ALTERNATIVE,
    NOTES,
    REASONS,
    UNCHANGED_NOTE,
    UNMET,
    UNMET_NOTE,
)
from grants.domain.access import Actor
from grants.domain.decisions import GRANTING, NEEDS_ALTERNATIVE
from grants.domain.reviews import REQUIRED
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.operations import decisions, messages, reviews, revisions
from grants.operations.decisions import DecisionDetails
from grants.operations.reviews import AssessmentDetails, DocumentFinding, RecommendationDetails
from grants.queries import applications
from grants.queries import decisions as decided
from grants.queries import reviews as reviewed
from grants.unit_of_work import saving

MINUTE = timedelta(minutes=1)
WHOLE = 100  # percent
DOLLAR = 100  # cents
LOOKED_AT_FIRST = 5  # criteria of an analysis that is under way
RESOLUTION = "board_resolution"


def begin_review(case_id: int, advisor: Actor, at: datetime) -> None:
    """Check the documents and assess the first criteria; one of them still to document."""
    case_file = db.session().get_one(CaseFile, case_id)
    rules = reviewed.rules(case_file)
    with saving() as session:
        found = _documents(case_file)
        reviews.check_documents(session, case_id, found, actor=advisor, now=at)
        for rank, criterion in enumerate(rules.criteria[:LOOKED_AT_FIRST], start=1):
            is_last = rank == LOOKED_AT_FIRST
            finding, note = ("to_document", GROUNDS) if is_last else ("met", "")
            details = AssessmentDetails(criterion.code, finding, note)
            reviews.assess(session, case_id, details, actor=advisor, now=at + rank * MINUTE)


def review(case_id: int, advisor: Actor, fate: Fate, at: datetime) -> None:
    """Go through everything and recommend what the file is going to get."""
    case_file = db.session().get_one(CaseFile, case_id)
    evidence = [file.public_id for file in applications.files(db.session(), case_file.first.id)]
    with saving() as session:
        found = _documents(case_file)
        reviews.check_documents(session, case_id, found, actor=advisor, now=at - 40 * MINUTE)
        for rank, criterion in enumerate(reviewed.rules(case_file).criteria):
            details = _assessment(criterion.code, fate, evidence)
            seen_at = at - (30 - rank) * MINUTE
            reviews.assess(session, case_id, details, actor=advisor, now=seen_at)
    recommend(case_id, advisor, fate, at)


def recommend(case_id: int, advisor: Actor, fate: Fate, at: datetime) -> None:
    """Say what should be decided, once the analysis is whole."""
    case_file = db.session().get_one(CaseFile, case_id)
    amount = _part(case_file, fate.percent)
    details = RecommendationDetails(random_id(), fate.outcome, amount, EXPLANATIONS[fate.outcome])
    with saving() as session:
        reviews.recommend(session, case_id, details, actor=advisor, now=at)


def _part(case_file: CaseFile, percent: int) -> int:
    """That part of what is asked, in whole dollars."""
    asked = reviewed.requested_cents(db.session(), case_file)
    return asked if percent == WHOLE else asked * percent // WHOLE // DOLLAR * DOLLAR


def _documents(case_file: CaseFile) -> list[DocumentFinding]:
    """Everything came, but what did not change, and one list that was asked for again."""
    found = []
    for rank, document in enumerate(reviewed.rules(case_file).documents):
        if document.need != REQUIRED:
            found.append(DocumentFinding(document.key, "not_needed", UNCHANGED_NOTE))
        elif (rank + case_file.id) % 9 == 0 and document.key != RESOLUTION:
            found.append(DocumentFinding(document.key, "missing", MISSING_NOTE))
        else:
            found.append(DocumentFinding(document.key, "received"))
    return found


def _assessment(code: str, fate: Fate, evidence: list[str]) -> AssessmentDetails:
    if fate.outcome in NEEDS_ALTERNATIVE and code == UNMET:
        return AssessmentDetails(code, "not_met", UNMET_NOTE, evidence)
    if fate.outcome in (IN_PART, STANDBY) and code in NOTES:
        return AssessmentDetails(code, "partly_met", NOTES[code], evidence)
    return AssessmentDetails(code, "met", attachment_ids=evidence if code == UNMET else ())


def send_back(case_id: int, decider: Actor, at: datetime) -> None:
    """The decider asks the advisor to look again."""
    details = decisions.SendBackDetails("Précisez ce que la part recommandée permettrait de faire.")
    with saving() as session:
        decisions.send_back(session, case_id, details, actor=decider, now=at)


def decide(case_id: int, decider: Actor, fate: Fate, page_url: str, at: datetime) -> Decision:
    """Decide what was recommended; the mail leaves at once."""
    case_file = db.session().get_one(CaseFile, case_id)
    details = DecisionDetails(
        public_id=random_id(),
        outcome=fate.outcome,
        granted_cents=_part(case_file, fate.percent) if fate.outcome in GRANTING else 0,
        reason_codes=REASONS[fate.outcome],
        explanation=EXPLANATIONS[fate.outcome],
        page_url=page_url,
    )
    details = _with_help(details, case_file, fate.helped, at)
    with saving() as session:
        decision = decisions.decide(session, case_id, details, actor=decider, now=at)
    acts.deliver(case_id, messages.DECISION, at + 2 * MINUTE)
    return decision


def _with_help(
    details: DecisionDetails, case_file: CaseFile, helped: str, at: datetime
) -> DecisionDetails:
    """What a refusal points to: another call, a resource near, or why there is none."""
    if helped == "call":
        call = decided.other_calls(db.session(), case_file.first.application.call, at)[0]
        return replace(details, alternative_call_id=call.id)
    if helped == "resource":
        return replace(details, alternative=ALTERNATIVE)
    return replace(details, no_alternative=NO_ALTERNATIVE) if helped == "nothing" else details


def read(decision_id: int, member: Actor, at: datetime) -> None:
    """The organization opens its letter."""
    with saving() as session:
        decisions.read(session, decision_id, actor=member, now=at)


def ask_revision(decision_id: int, member: Actor, grounds: str, at: datetime) -> int:
    """The organization asks other people to look again; the id of the new file."""
    details = revisions.RevisionDetails(random_id(), grounds)
    with saving() as session:
        asked = revisions.ask(session, decision_id, details, actor=member, arrived_at=at, now=at)
        return asked.id
