"""Acts on files, from their sending to their decision and its revision."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.flow import Act, Status
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft
from grants.operations import applications, assignments, conflicts, decisions, reviews, revisions
from grants.operations.assignments import AssignmentDetails
from grants.operations.decisions import SendBackDetails
from grants.operations.reviews import AssessmentDetails, DocumentFinding, RecommendationDetails
from grants.operations.revisions import RevisionDetails
from grants.queries import reviews as review_queries
from tests.cases import AMOUNT
from tests.decided import ruling
from tests.factories import unique
from tests.proofs.book import ACT_OF, FIRST, GRANTS, POSSIBLE, REVISION, File
from tests.proofs.office import BLIND, EAGER, Office, choose

OUTCOMES = tuple(ACT_OF)
MOST_TIES = 2
WHY = "Voici pourquoi."


def send(office: Office, *_chance: int) -> None:
    """An organization sends its next draft."""
    if not office.drafts:
        return
    place, draft_id = office.drafts.pop(0)
    member = office.people.members[place]
    version = office.session.get_one(Draft, draft_id).version
    details, at = applications.SendDetails(version), office.now
    case = office.attempt(True, applications.send, draft_id, details, actor=member, arrived_at=at)
    _filed(office, case, FIRST, AMOUNT)


def _filed(office: Office, case: CaseFile | None, side: str, requested: int) -> None:
    if case is not None:
        file = File(case.id, case.organization_id, case.matter_id or 0, side, requested)
        office.book.files[file.id] = file


def assign(office: Office, pick: int, who: int, _also: int) -> None:
    """The team lead gives a file to somebody."""
    file = _one(office, pick, lambda one: one.can(Act.ASSIGN) and one.advisor is None)
    if file is not None:
        advisors = office.people.advisors
        advisor = office.pick_actor(advisors, lambda one: office.book.is_free(one, file), who)
        assign_to(office, file, advisor)


def assign_to(office: Office, file: File, advisor: Actor) -> None:
    """The act itself."""
    person = advisor.person_id or 0
    details = AssignmentDetails(person, reason=WHY)
    is_allowed = office.book.may_assign(person, file)
    was = file.advisor
    given = (assignments.assign, file.id, details)
    if office.attempt(is_allowed, *given, actor=office.people.lead) and was != person:
        office.book.joins(person, file)
        office.book.analysts.add((file.matter, person))
        file.advisor = person
        file.moves(Act.ASSIGN)


def review(office: Office, pick: int, _who: int, also: int) -> None:
    """The advisor looks at all documents and criteria; one criterion may not be met."""
    file = _one(office, pick, lambda one: one.status is Status.UNDER_REVIEW and not one.findings)
    if file is not None and file.advisor is not None:
        review_all(office, file, is_eligible=also % 4 != 3)


def review_all(office: Office, file: File, *, is_eligible: bool) -> None:
    """The act itself, in one transaction."""
    actor = office.actor(file.advisor or 0, office.people.advisors)
    mine = office.book.is_theirs(file.advisor, file)
    is_allowed = mine and file.status is Status.UNDER_REVIEW
    if office.attempt(is_allowed, _look, file.id, is_eligible, actor=actor):
        file.findings = "eligible" if is_eligible else "not"


def _look(
    session: Session, case_file_id: int, is_eligible: bool, *, actor: Actor, now: datetime
) -> bool:
    rules = review_queries.rules(session.get_one(CaseFile, case_file_id))
    found = [DocumentFinding(one.key, "received") for one in rules.documents]
    reviews.check_documents(session, case_file_id, found, actor=actor, now=now)
    for rank, one in enumerate(rules.criteria):
        finding = "met" if rank or is_eligible else "not_met"
        details = AssessmentDetails(one.code, finding, WHY)
        reviews.assess(session, case_file_id, details, actor=actor, now=now)
    return True


def recommend(office: Office, pick: int, who: int, also: int) -> None:
    """An advisor, not always the file's, recommends an outcome."""
    file = _one(office, pick, lambda one: one.can(Act.RECOMMEND) and bool(one.findings))
    if file is not None:
        advisors = office.people.advisors
        actor = office.pick_actor(advisors, lambda one: one == file.advisor, who)
        recommend_as(office, file, actor, _outcome(file, also))


def recommend_as(office: Office, file: File, actor: Actor, outcome: str) -> None:
    """The act itself, with the amount that goes with the outcome."""
    amount = _amount(file, outcome)
    details = RecommendationDetails(unique(), outcome, amount, WHY)
    is_allowed = office.book.may_recommend(actor.person_id or 0, file, outcome)
    if office.attempt(is_allowed, reviews.recommend, file.id, details, actor=actor):
        file.moves(Act.RECOMMEND)


def _outcome(file: File, also: int) -> str:
    """Mostly money, then the other outcomes of this side, sometimes one of the other side."""
    if also % 3:
        return GRANTS[also // 3 % len(GRANTS)]
    possible = OUTCOMES if also % EAGER == BLIND - 1 else POSSIBLE[file.side]
    return possible[also // EAGER % len(possible)]


def _amount(file: File, outcome: str) -> int:
    return {"accepted": file.requested, "accepted_in_part": file.requested // 2}.get(outcome, 0)


def send_back(office: Office, pick: int, who: int, also: int) -> None:
    """A decider gives a file back to its analysis."""
    file = _one(office, pick, lambda one: one.can(Act.SEND_BACK))
    if file is None or also % 3 != 1:
        return
    may = office.book.may_send_back
    actor = office.pick_actor(office.people.deciders, lambda one: may(one, file), who)
    person = actor.person_id or 0
    is_allowed = may(person, file)
    given = (decisions.send_back, file.id, SendBackDetails(WHY))
    office.attempt(is_allowed, *given, actor=actor)
    if is_allowed:
        office.book.joins(person, file)
        file.moves(Act.SEND_BACK)


def decide(office: Office, pick: int, who: int, also: int) -> None:
    """A decider decides, in every way, sometimes without telling what helps after a no."""
    file = _one(office, pick, lambda one: one.can(Act.GRANT))
    if file is not None:
        how, free = "nothing" if who % 7 == 3 else "aucune", office.book.is_free
        actor = office.pick_actor(office.people.deciders, lambda one: free(one, file), who)
        decide_as(office, file, actor, _outcome(file, also), how)


def decide_as(office: Office, file: File, actor: Actor, outcome: str, how: str = "aucune") -> None:
    """The act itself."""
    person, cents = actor.person_id or 0, _amount(file, outcome)
    none = "" if how == "nothing" or outcome in GRANTS else WHY
    details = ruling(outcome, cents, no_alternative=none)
    is_allowed = office.book.may_decide(person, file, outcome, cents, how)
    made = office.attempt(is_allowed, decisions.decide, file.id, details, actor=actor)
    if made is not None:
        office.book.joins(person, file)
        office.book.left -= cents
        file.outcome, file.granted, file.decision = outcome, cents, made.id
        file.moves(ACT_OF[outcome])


def ask_revision(office: Office, pick: int, *_chance: int) -> None:
    """The organization asks that a decision be looked at again."""
    file = _one(office, pick, office.book.may_revise)
    if file is None or file.decision is None:
        return
    member, at = office.member_of(file.organization), office.now
    details, is_allowed = RevisionDetails(unique(), WHY), office.book.may_revise(file)
    given = (revisions.ask, file.decision, details)
    case = office.attempt(is_allowed, *given, actor=member, arrived_at=at)
    if case is not None:
        file.is_revised = True
        _filed(office, case, REVISION, file.requested - file.granted)


def withdraw(office: Office, pick: int, who: int, _also: int) -> None:
    """The organization takes its request back; rarely, for it ends a history of its own."""
    file = _one(office, pick, lambda one: one.status is Status.RECEIVED)
    if file is None or who % 4 != 1:
        return
    member = office.member_of(file.organization)
    version = office.session.get_one(CaseFile, file.id, populate_existing=True).version
    details = applications.WithdrawDetails(version)
    is_done = file.status is Status.WITHDRAWN
    is_allowed = is_done or file.can(Act.WITHDRAW)
    office.attempt(is_allowed, applications.withdraw, file.id, details, actor=member)
    if is_allowed and not is_done:
        file.moves(Act.WITHDRAW)


def declare_conflict(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody declares a tie with an organization: its files leave their hands."""
    file = _one(office, pick, lambda one: one.advisor is not None)
    staff = [*office.people.advisors, *office.people.deciders]
    if file is None or len(office.book.ties) >= MOST_TIES or also % 4 != 1:
        return
    actor = staff[who % len(staff)]
    person, details = actor.person_id or 0, conflicts.ConflictDetails(WHY)
    office.attempt(True, conflicts.declare, file.id, details, actor=actor)
    office.book.ties.add((person, file.organization))
    for one in office.book.files.values():
        is_theirs = one.organization == file.organization and one.advisor == person
        if is_theirs and one.can(Act.UNASSIGN):
            one.advisor = None
            one.moves(Act.UNASSIGN)


def _one(office: Office, pick: int, sensible: Callable[[File], bool]) -> File | None:
    return choose(list(office.book.files.values()), sensible, pick)


ACTS: tuple[Callable[..., None], ...] = (
    send,
    assign,
    review,
    recommend,
    send_back,
    decide,
    ask_revision,
    withdraw,
    declare_conflict,
)
