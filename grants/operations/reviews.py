"""The review of a file by its advisor: documents, criteria, recommendation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, Status, advance
from grants.domain.program_rules import RequiredDocument
from grants.domain.reviews import (
    NOTE_MAX,
    check_amount,
    check_outcome,
    read_document_state,
    read_finding,
    short,
    unmet,
)
from grants.models.case_files import CaseFile
from grants.models.drafts import Attachment
from grants.models.reviews import Assessment, DocumentCheck, Recommendation
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.locking import lock
from grants.operations.trail import record
from grants.queries import applications, reviews


@dataclass(frozen=True)
class DocumentFinding:
    """What was found of one document: its key in the program, a state, and a note."""

    key: str
    finding: str
    note: str = ""


@dataclass(frozen=True)
class AssessmentDetails:
    """What was found of one criterion, why, and the public ids of the files it rests on.

    `seen` is the mark of the assessment that the page showed (`queries.reviews.mark`), None when
    the act does not depend on it.
    """

    criterion: str
    finding: str
    note: str = ""
    attachment_ids: Collection[str] = ()
    seen: str | None = None


@dataclass(frozen=True)
class RecommendationDetails:
    """What is recommended, how much in cents, and why. `public_id` comes from the page."""

    public_id: str
    outcome: str
    amount_cents: int
    reasons: str
    version: int | None = None


def check_documents(
    session: Session,
    case_file_id: int,
    findings: Sequence[DocumentFinding],
    version: int | None = None,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Record what was found of documents; return how many findings changed.

    Only the advisor of a file under review does it. `version` is that of the file as the page
    showed it, None when the act does not depend on it; the same findings posted twice change
    nothing. Raises `not_allowed`, `not_your_file`, `act_not_possible`, `stale_page`,
    `document_unknown`, `text_too_long` and those of `read_document_state`.
    """
    case_file = _under_review(session, case_file_id, actor)
    known = reviews.document_checks(session, case_file_id)
    changed = [one for one in findings if _differs(known.get(one.key), one)]
    if not changed:
        return 0
    _refuse_stale(case_file, version)
    _keep_checks(session, case_file, known, changed, now)
    record(
        session,
        "documents_checked",
        actor=actor,
        now=now,
        case_file_id=case_file_id,
        documents={one.key: one.finding for one in changed},
    )
    return len(changed)


def assess(
    session: Session,
    case_file_id: int,
    details: AssessmentDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Assessment:
    """Record what was found of one criterion; the latest finding stands, each is journaled.

    Only the advisor of a file under review does it. The same finding posted twice is one.
    Raises `not_allowed`, `not_your_file`, `act_not_possible`, `stale_page`, `criterion_unknown`,
    `evidence_unknown`, `text_too_long` and those of `read_finding`.
    """
    case_file = _under_review(session, case_file_id, actor)
    _check_finding(case_file, details)
    evidence = _evidence(session, case_file, details.attachment_ids)
    known = reviews.assessments(session, case_file_id).get(details.criterion)
    said = (details.finding, details.note.strip(), evidence)
    if known and _says(known) == said:
        return known
    if details.seen not in (None, reviews.mark(known)):
        raise DomainError("stale_page")
    assessment = known or Assessment(criterion=details.criterion, **_place(case_file))
    session.add(assessment)
    assessment.finding, assessment.note, assessment.evidence = said
    assessment.person_id, assessment.assessed_at = case_file.advisor_id or 0, now
    session.flush()
    found = {"criterion": details.criterion, "finding": details.finding, "files": len(evidence)}
    record(session, reviews.ASSESSED, actor=actor, now=now, case_file_id=case_file_id, **found)
    return assessment


def recommend(
    session: Session,
    case_file_id: int,
    details: RecommendationDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Recommendation:
    """Recommend an outcome, an amount and its reasons: the file goes to somebody who decides.

    Only the advisor of a file under review does it, once every document is checked and every
    criterion assessed. A second post of the same page finds the recommendation made. Raises
    `not_allowed`, `not_your_file`, `act_not_possible`, `stale_page`, `review_not_complete`,
    `recommendation_reasons_required`, `text_too_long` and those of `check_outcome` and
    `check_amount`.
    """
    demand(actor, Action.WORK_CASE, case_file_id=case_file_id)
    case_file = _own(session, case_file_id, actor)
    known = reviews.recommended_by(session, details.public_id)
    if known and known.case_file_id != case_file_id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    if known:
        return known
    _refuse_stale(case_file, details.version)
    who = {"actor_id": actor.person_id, "case_file_id": case_file_id}
    status = advance(case_file.status, Act.RECOMMEND, **who)
    _check_recommendation(session, case_file, details)
    made = _recommendation(session, case_file, details, now)
    case_file.status, case_file.touched_at = status.value, now
    session.flush()
    _tell(session, made, actor, now)
    return made


def _tell(session: Session, made: Recommendation, actor: Actor, now: datetime) -> None:
    """Write a recommendation in the journal."""
    record(
        session,
        "recommendation_made",
        actor=actor,
        now=now,
        case_file_id=made.case_file_id,
        act=Act.RECOMMEND.value,
        recommendation_id=made.id,
        outcome=made.outcome,
        amount_cents=made.amount_cents,
    )


def _own(session: Session, case_file_id: int, actor: Actor) -> CaseFile:
    """The file, locked, once it is known to be the actor's."""
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    if case_file.advisor_id != actor.person_id:
        raise Refusal("not_your_file", actor_id=actor.person_id, case_file_id=case_file_id)
    return case_file


def _under_review(session: Session, case_file_id: int, actor: Actor) -> CaseFile:
    demand(actor, Action.WORK_CASE, case_file_id=case_file_id)
    case_file = _own(session, case_file_id, actor)
    if case_file.status != Status.UNDER_REVIEW:
        raise Refusal("act_not_possible", actor_id=actor.person_id, case_file_id=case_file_id)
    return case_file


def _refuse_stale(case_file: CaseFile, version: int | None) -> None:
    if version not in (None, case_file.version):
        raise DomainError("stale_page")


def _differs(known: DocumentCheck | None, found: DocumentFinding) -> bool:
    return known is None or (known.finding, known.note) != (found.finding, found.note.strip())


def _keep_checks(
    session: Session,
    case_file: CaseFile,
    known: Mapping[str, DocumentCheck],
    changed: Sequence[DocumentFinding],
    now: datetime,
) -> None:
    """Write what was found of each document, once the rules let it; the file is touched."""
    asked = {one.key: one for one in reviews.rules(case_file).documents}
    for one in changed:
        _check_document(asked, one)
        check = known.get(one.key) or DocumentCheck(document_key=one.key, **_place(case_file))
        session.add(check)
        check.finding, check.note = one.finding, one.note.strip()
        check.person_id, check.checked_at = case_file.advisor_id or 0, now
    case_file.touched_at = now
    session.flush()


def _check_document(asked: Mapping[str, RequiredDocument], found: DocumentFinding) -> None:
    if found.key not in asked:
        raise DomainError("document_unknown")
    read_document_state(asked[found.key], found.finding, found.note)


def _check_finding(case_file: CaseFile, details: AssessmentDetails) -> None:
    if details.criterion not in {one.code for one in reviews.rules(case_file).criteria}:
        raise DomainError("criterion_unknown")
    read_finding(details.finding, details.note)


def _says(known: Assessment) -> tuple[str, str, list[Attachment]]:
    return known.finding, known.note, list(known.evidence)


def _place(case_file: CaseFile) -> dict[str, Any]:
    """What ties a part of the review to its file, its matter and its side."""
    return {
        "case_file_id": case_file.id,
        "matter_id": case_file.matter_id,
        "side": case_file.side,
    }


def _evidence(
    session: Session, case_file: CaseFile, public_ids: Collection[str]
) -> list[Attachment]:
    """The files of the application that these ids name, in the order they were added."""
    files = applications.files(session, case_file.first.id)
    found = [file for file in files if file.public_id in public_ids]
    if len(found) != len(set(public_ids)):
        raise DomainError("evidence_unknown")
    return found


def _check_recommendation(
    session: Session, case_file: CaseFile, details: RecommendationDetails
) -> None:
    """Refuse what the rules refuse, what is left to review first."""
    review = reviews.review(session, case_file)
    if not review.left.is_nothing:
        raise DomainError("review_not_complete")
    failed = unmet(reviews.rules(case_file), review.findings)
    check_outcome(details.outcome, case_file.side or "", failed)
    requested = reviews.requested_cents(session, case_file)
    check_amount(details.outcome, details.amount_cents, requested)
    if not short(details.reasons, NOTE_MAX):
        raise DomainError("recommendation_reasons_required")


def _recommendation(
    session: Session, case_file: CaseFile, details: RecommendationDetails, now: datetime
) -> Recommendation:
    made = Recommendation(
        public_id=details.public_id,
        person_id=case_file.advisor_id,
        outcome=details.outcome,
        amount_cents=details.amount_cents,
        reasons=details.reasons.strip(),
        made_at=now,
        **_place(case_file),
    )
    session.add(made)
    session.flush()
    return made
