"""What came after the sending: analysis, decision, revision, agreement, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass

from grants.demo import acts, agreement_acts, review_acts
from grants.demo.agreement_acts import Ordered
from grants.demo.fates import Agreement, Fate, Revision
from grants.demo.stage import DAY, Stage
from grants.extensions import db
from grants.models.case_files import CaseFile

OTHER_LEAD = "marc-andre"


@dataclass(frozen=True)
class Told:
    """A file, whose it is, who handles it and what becomes of it."""

    case_id: int
    member: int
    advisor: str
    fate: Fate


@dataclass(frozen=True)
class Waiting:
    """An issued agreement at the press."""

    told: Told
    ordered: Ordered
    plan: Agreement


def play(stage: Stage, stories: Iterable[Told]) -> None:
    """Decisions in the order of time, each with what it leads to; then what comes back signed."""
    waiting = []
    for told in sorted(stories, key=_when):
        waiting += _tell(stage, told)
    for one in sorted(waiting, key=lambda one: -(one.plan.signed or 0)):
        _return(stage, one)


def _when(told: Told) -> float:
    return -(told.fate.decided or told.fate.recommended or 0)


def _tell(stage: Stage, told: Told) -> list[Waiting]:
    """One file up to the press, and the revision of its decision; what is being printed."""
    decision_id, revision = _decide(stage, told), told.fate.revision
    waiting = _issue(stage, told)
    again = _ask(stage, told, revision, decision_id) if revision and decision_id else None
    return [*waiting, *_tell(stage, again)] if again else waiting


def _decide(stage: Stage, told: Told) -> int | None:
    """Analysis, recommendation, decision, reading: as far as they went."""
    case_id, fate, advisor = told.case_id, told.fate, stage.staff[told.advisor]
    if fate.recommended is None:
        review_acts.begin_review(case_id, advisor, stage.office_hour(3, 10))
        return None
    if fate.sent_back:
        review_acts.review(case_id, advisor, fate, stage.office_hour(fate.sent_back + 3, 11))
        decider = stage.staff[fate.decider]
        review_acts.send_back(case_id, decider, stage.office_hour(fate.sent_back, 14))
        review_acts.recommend(case_id, advisor, fate, stage.office_hour(fate.recommended, 11))
    else:
        review_acts.review(case_id, advisor, fate, stage.office_hour(fate.recommended, 11))
    return _rule(stage, told) if fate.decided else None


def _rule(stage: Stage, told: Told) -> int:
    fate, case_file = told.fate, db.session().get_one(CaseFile, told.case_id)
    page_url, at = stage.page_of(case_file.public_id), stage.office_hour(fate.decided or 0, 14)
    decider = stage.staff[fate.decider]
    decision = review_acts.decide(told.case_id, decider, fate, page_url, at)
    if fate.read:
        opened_at = stage.evening((fate.decided or 0) - 1)
        review_acts.read(decision.id, stage.members[told.member], opened_at)
    return decision.id


def _ask(stage: Stage, told: Told, revision: Revision, decision_id: int) -> Told | None:
    """The request for revision, given to somebody else; None while it waits for an advisor."""
    member, asked_at = stage.members[told.member], stage.evening(revision.asked)
    case_id = review_acts.ask_revision(decision_id, member, revision.grounds, asked_at)
    if revision.advisor is None or revision.fate is None:
        return None
    acts.acknowledge(case_id, asked_at + DAY / 2)
    assigned_at = stage.office_hour(revision.assigned, 9)
    acts.assign(case_id, stage.staff[revision.advisor], stage.staff[OTHER_LEAD], assigned_at)
    return Told(case_id, told.member, revision.advisor, revision.fate)


def _issue(stage: Stage, told: Told) -> list[Waiting]:
    """The agreement drafted, then issued by another person, if it went so far."""
    plan = told.fate.agreement
    if plan is None:
        return []
    advisor, member = stage.staff[told.advisor], stage.members[told.member]
    version_id = agreement_acts.draft(
        told.case_id,
        advisor,
        member,
        on_paper=plan.on_paper,
        at=stage.office_hour(plan.drafted, 9),
    )
    if plan.issued is None:
        return []
    delegate, at = stage.staff[told.fate.decider], stage.office_hour(plan.issued, 15)
    ordered = agreement_acts.issue(stage, told.case_id, version_id, delegate, at)
    return [Waiting(told, ordered, plan)]


def _return(stage: Stage, one: Waiting) -> None:
    """The file is there, then signed on screen of an evening, or back by post."""
    agreement_acts.keep(stage, one.ordered)
    if one.plan.signed is None:
        return
    if one.plan.on_paper:
        at = stage.office_hour(one.plan.signed, 16)
        agreement_acts.record_paper(stage, one.ordered, stage.staff["fatou"], at)
    else:
        at = stage.evening(one.plan.signed)
        agreement_acts.sign(one.ordered, stage.members[one.told.member], at)
