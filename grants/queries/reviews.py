"""The review of a file as staff read it: documents, criteria, recommendations, history."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from grants.domain import program_rules
from grants.domain.decisions import left_to_grant
from grants.domain.program_rules import Criterion, ProgramRules, RequiredDocument
from grants.domain.reviews import Left, left, unmet
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.drafts import Attachment
from grants.models.reviews import Assessment, DocumentCheck, Recommendation
from grants.queries import applications, case_history

ASSESSED = "criterion_assessed"  # the kind of journal line that one assessment leaves


@dataclass(frozen=True)
class ReviewedDocument:
    """One document of the program, the files that came for it, and what was found of it."""

    document: RequiredDocument
    files: Sequence[Attachment]
    check: DocumentCheck | None


@dataclass(frozen=True)
class ReviewedCriterion:
    """One criterion of the program and what was found of it, None until then."""

    criterion: Criterion
    assessment: Assessment | None


@dataclass(frozen=True)
class Review:
    """All that is known of the review of a file, and what it still waits for."""

    documents: Sequence[ReviewedDocument]
    criteria: Sequence[ReviewedCriterion]
    findings: Mapping[str, str]
    left: Left


@dataclass(frozen=True)
class PastFinding:
    """What was found of a criterion at some time, by whom."""

    finding: str
    at: datetime
    person: str


def rules(case_file: CaseFile) -> ProgramRules:
    """The rules of the program, from the terms of the file's call."""
    if case_file.call is None:
        raise ValueError(f"{case_file.number} answers no call, so no program rules it")
    return program_rules.read(case_file.call.terms.rules)


def review(session: Session, case_file: CaseFile) -> Review:
    """The documents and criteria of the program with what was found of each on this file.

    A revision has its own findings; the files are always those of the application.
    """
    wanted = rules(case_file)
    checks = document_checks(session, case_file.id)
    found = assessments(session, case_file.id)
    files = _files_by_key(session, case_file.first.id)
    states = {key: check.finding for key, check in checks.items()}
    findings = {code: one.finding for code, one in found.items()}
    return Review(
        documents=[
            ReviewedDocument(one, files.get(one.key, []), checks.get(one.key))
            for one in wanted.documents
        ],
        criteria=[ReviewedCriterion(one, found.get(one.code)) for one in wanted.criteria],
        findings=findings,
        left=left(wanted, states, findings),
    )


def document_checks(session: Session, case_file_id: int) -> dict[str, DocumentCheck]:
    """What was found of each document, by key."""
    query = select(DocumentCheck).where(DocumentCheck.case_file_id == case_file_id)
    return {check.document_key: check for check in session.scalars(query)}


def assessments(session: Session, case_file_id: int) -> dict[str, Assessment]:
    """What was found of each criterion, by code, with the files it rests on."""
    query = (
        select(Assessment)
        .options(selectinload(Assessment.evidence))
        .where(Assessment.case_file_id == case_file_id)
    )
    return {one.criterion: one for one in session.scalars(query)}


def unmet_criteria(session: Session, case_file: CaseFile) -> list[Criterion]:
    """The required criteria that the review of this file found not met."""
    found = assessments(session, case_file.id)
    return unmet(rules(case_file), {code: one.finding for code, one in found.items()})


def recommendations(session: Session, case_file_id: int) -> Sequence[Recommendation]:
    """Every recommendation of a file with its author, the latest first, ended ones included."""
    query = (
        select(Recommendation)
        .options(joinedload(Recommendation.person))
        .where(Recommendation.case_file_id == case_file_id)
        .order_by(Recommendation.id.desc())
    )
    return session.scalars(query).all()


def recommended_by(session: Session, public_id: str) -> Recommendation | None:
    """The recommendation that a page already made, by the id that the page carried."""
    return session.scalar(select(Recommendation).where(Recommendation.public_id == public_id))


def requested_cents(session: Session, case_file: CaseFile) -> int:
    """What is asked for on this file, in cents.

    A revision asks for what the first decision did not grant (`domain.decisions.left_to_grant`).
    """
    first = case_file.first
    asked = first.application.amount_cents
    if first.id == case_file.id:
        return asked
    granted = select(Decision.granted_cents).where(Decision.case_file_id == first.id)
    return left_to_grant(asked, session.scalar(granted) or 0)


def past_findings(session: Session, case_file_id: int, criterion: str) -> list[PastFinding]:
    """What was found of a criterion over time, from the journal, newest first."""
    return [
        PastFinding(str(line.facts["finding"]), line.at, line.actor or "")
        for line in case_history.journal(session, case_file_id)
        if line.kind == ASSESSED and line.facts.get("criterion") == criterion
    ]


def mark(assessment: Assessment | None) -> str:
    """What tells one state of an assessment from another; empty before the first."""
    return assessment.assessed_at.isoformat() if assessment else ""


def _files_by_key(session: Session, case_file_id: int) -> dict[str, list[Attachment]]:
    files: dict[str, list[Attachment]] = defaultdict(list)
    for file in applications.files(session, case_file_id):
        files[file.field_key].append(file)
    return files
