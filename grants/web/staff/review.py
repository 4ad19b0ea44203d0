"""The review of a file, read by all its staff: documents, criteria, recommendations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from grants.domain.access import Action, Actor
from grants.domain.flow import Status
from grants.extensions import db
from grants.queries import case_history, reviews
from grants.wording import formats
from grants.wording import reviews as words
from grants.wording.decisions import recommended

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grants.models.case_files import CaseFile
    from grants.models.drafts import Attachment
    from grants.models.reviews import Assessment, DocumentCheck, Recommendation
    from grants.queries.reviews import Review

Tag = tuple[str, str]


@dataclass(frozen=True)
class ShownFile:
    """A file of the application and the address that opens it."""

    public_id: str
    name: str
    url: str


@dataclass(frozen=True)
class ShownDocument:
    """One document: what the program asks, the files that came, what was found."""

    key: str
    label: str
    need: str
    files: Sequence[ShownFile]
    tag: Tag
    note: str
    is_checked: bool


@dataclass(frozen=True)
class ShownAssessment:
    """What was found of a criterion, in words; `who` is empty before anything was."""

    tag: Tag
    note: str
    files: Sequence[ShownFile]
    who: str


@dataclass(frozen=True)
class ShownCriterion:
    """One criterion, what was found on this file, and on the first one when it is a revision."""

    code: str
    label: str
    is_priority: bool
    own: ShownAssessment
    first: ShownAssessment | None


def is_reviewed_by(case: CaseFile, actor: Actor) -> bool:
    """Whether this person may review the file now."""
    return (
        actor.may(Action.WORK_CASE)
        and case.advisor_id == actor.person_id
        and case.status == Status.UNDER_REVIEW
    )


def review_part(case: CaseFile, actor: Actor) -> dict[str, Any]:
    """All that the tab of the review shows."""
    session = db.session()
    review = reviews.review(session, case)
    return {
        "documents": documents(case, review),
        "criteria": criteria(case, review),
        "is_reviewer": is_reviewed_by(case, actor),
        "recommendations": [
            _recommendation(one) for one in reviews.recommendations(session, case.id)
        ],
    }


def documents(case: CaseFile, review: Review) -> list[ShownDocument]:
    """The documents of the program, in its order."""
    return [
        ShownDocument(
            key=one.document.key,
            label=one.document.label,
            need=words.NEEDS[one.document.need],
            files=files(case, one.files),
            tag=_check_tag(one.check),
            note=one.check.note if one.check else "",
            is_checked=one.check is not None,
        )
        for one in review.documents
    ]


def criteria(case: CaseFile, review: Review) -> list[ShownCriterion]:
    """The criteria of the program, in its order, with the names of those who assessed."""
    found = {one.criterion.code: one.assessment for one in review.criteria}
    before = {} if case.revision is None else reviews.assessments(db.session(), case.first.id)
    people = {one.person_id for one in [*found.values(), *before.values()] if one}
    names = case_history.names(db.session(), people) if people else {}
    return [
        ShownCriterion(
            code=one.criterion.code,
            label=one.criterion.label,
            is_priority=one.criterion.priority,
            own=assessment(case, one.assessment, names),
            first=None
            if case.revision is None
            else assessment(case, before.get(one.criterion.code), names),
        )
        for one in review.criteria
    ]


def assessment(
    case: CaseFile, found: Assessment | None, names: Mapping[int, str]
) -> ShownAssessment:
    """One assessment in words."""
    if found is None:
        return ShownAssessment(words.NOT_ASSESSED, "", [], "")
    return ShownAssessment(
        tag=words.FINDINGS[found.finding],
        note=found.note,
        files=files(case, found.evidence),
        who=f"{names.get(found.person_id, '')}, {formats.instant(found.assessed_at)}",
    )


def files(case: CaseFile, attachments: Sequence[Attachment]) -> list[ShownFile]:
    """Files of the application; a revision reads those of its first file."""
    return [
        ShownFile(
            file.public_id,
            file.filename,
            url_for(
                "staff.attachment", public_id=case.first.public_id, attachment_id=file.public_id
            ),
        )
        for file in attachments
    ]


def _check_tag(check: DocumentCheck | None) -> Tag:
    return words.DOCUMENT_STATES[check.finding] if check else words.NOT_CHECKED


def _recommendation(one: Recommendation) -> dict[str, str]:
    ended = formats.instant(one.ended_at) if one.ended_at else ""
    return {
        "title": recommended(one.outcome, one.amount_cents),
        "who": f"{one.person.full_name}, {formats.instant(one.made_at)}",
        "reasons": one.reasons,
        "ended": f"Retirée le {ended}. {words.end_reason(one.end_reason)}" if ended else "",
    }
