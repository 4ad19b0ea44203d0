"""What a person may do now on a file: the buttons at the head of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from grants.domain.access import Action, Actor
from grants.domain.flow import TRANSITIONS, Act, Status
from grants.domain.next_step import Step
from grants.extensions import db
from grants.queries import reviews
from grants.web.staff.decision_parts import obstacle
from grants.web.staff.review import is_reviewed_by
from grants.wording import reviews as words

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile

READY = "Tout est vérifié et évalué\u00a0: préparez votre recommandation"
SECONDARY = "secondary"


@dataclass(frozen=True)
class HeadAct:
    """A button at the head of a file: what it says, where it leads, how it looks."""

    label: str
    url: str
    kind: str = ""


def left_to_review(case: "CaseFile", found: Sequence[Step]) -> str | None:
    """What the review still waits for, in words; empty when ready, None when it is not due."""
    if Step.REVIEW not in found:
        return None
    return words.left(reviews.review(db.session(), case).left)


def head_acts(
    case: "CaseFile", found: Sequence[Step], left: str | None, actor: Actor
) -> list[HeadAct]:
    """The acts that the rules ask for and that this person may do, the main one first."""
    if left is not None and is_reviewed_by(case, actor):
        return _review_acts(case.public_id, is_ready=not left)
    here = {"public_id": case.public_id}
    if Step.DECIDE in found and actor.may(Action.DECIDE) and not obstacle(case, actor):
        return [HeadAct("Prendre la décision", url_for("staff.decide", **here))]
    if Step.DRAFT_AGREEMENT in found and _is_advisor(case, actor):
        return [HeadAct("Rédiger le protocole", url_for("staff.draft_agreement", **here))]
    if Step.ISSUE_AGREEMENT in found and actor.may(Action.ISSUE_AGREEMENT):
        return [HeadAct("Délivrer le protocole", url_for("staff.issue_agreement", **here))]
    return []


def may_be_assigned(case: "CaseFile", actor: Actor) -> bool:
    """Whether this person may give the file to somebody, or to somebody else, as it stands."""
    return actor.may(Action.ASSIGN) and (Status(case.status), Act.ASSIGN) in TRANSITIONS


def _is_advisor(case: "CaseFile", actor: Actor) -> bool:
    return actor.may(Action.WORK_CASE) and case.advisor_id == actor.person_id


def _review_acts(public_id: str, *, is_ready: bool) -> list[HeadAct]:
    review = url_for("staff.review", public_id=public_id)
    if not is_ready:
        return [HeadAct("Poursuivre l’analyse", review)]
    recommend = url_for("staff.recommend", public_id=public_id)
    return [
        HeadAct("Préparer la recommandation", recommend),
        HeadAct("Revoir l’analyse", review, SECONDARY),
    ]
