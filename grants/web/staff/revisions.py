"""What a revision and its application show of each other on the pages of the staff."""

from typing import TYPE_CHECKING, Any

from flask import url_for

from grants.domain.access import Action, Actor
from grants.domain.calendar import start_of_day
from grants.domain.errors import DomainError
from grants.domain.revisions import obstacle
from grants.extensions import db
from grants.queries import decisions, revisions
from grants.wording import decisions as words
from grants.wording import formats

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile
    from grants.models.decisions import Decision

DECIDED = ("granted", "refused", "standby", "signed", "paid")


def revision_part(case: "CaseFile") -> dict[str, Any]:
    """What the page of a revision says first: the grounds, and the decision that is revised.

    Empty for an application. Nobody changes the first decision from here.
    """
    if case.revision is None:
        return {}
    revision = case.revision
    return {
        "grounds": _paragraphs(revision.grounds),
        "asked_by": revision.asked_by.full_name,
        "is_typed": case.channel != "web",
        "decision": _first_decision(revision.first),
    }


def _first_decision(first: "CaseFile") -> list[dict[str, Any]]:
    """The first decision as lines of a summary, to read only."""
    found = decisions.of_case(db.session(), first.id)
    if found is None:
        return []
    alternative = found.alternative_call.title if found.alternative_call else found.alternative
    lines = {
        "Décision": words.OUTCOMES[found.outcome],
        "Accordé": _amounts(found.granted_cents, found.requested_cents),
        "Lettre du": formats.date_long(found.letter_on),
        "Motifs": found.explanation,
        "Solution de rechange": alternative or found.no_alternative,
        "Décidée par": found.decided_by.full_name,
        "Sur la recommandation de": found.advised_by.full_name,
    }
    return [{"label": label, "lines": _paragraphs(text)} for label, text in lines.items() if text]


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _amounts(granted_cents: int, requested_cents: int) -> str:
    return f"{formats.money(granted_cents)}, sur {formats.money(requested_cents)} demandés"


def revision_asked(case: "CaseFile", actor: Actor) -> dict[str, str]:
    """The revision of this application, its number and its page; otherwise, where one may still
    be, the page on which this actor records one received on paper."""
    if case.revision is not None or case.status not in DECIDED:
        return {}
    found = revisions.asked(db.session(), case.id)
    if found is not None:
        url = url_for("staff.case_file", public_id=found.public_id)
        return {"number": found.number, "url": url, "on": formats.instant(found.received_at)}
    decision = decisions.of_case(db.session(), case.id)
    if not actor.may(Action.RECORD_PAPER) or decision is None or never_revised(decision):
        return {}
    return {"record_url": url_for("staff.record_revision", public_id=case.public_id)}


def never_revised(decision: "Decision") -> DomainError | None:
    """What refuses a revision however early it arrived; what came in time is recorded later."""
    revisable = revisions.revisable(db.session(), decision)
    return obstacle(revisable, start_of_day(decision.letter_on))
