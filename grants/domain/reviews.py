"""The review of a file: documents, criteria, what may be recommended and for how much.

Source: the policy's criteria and the programs' sheets; where they are silent, our decisions:
a note says why whatever is not in order is not; a document that is missing is weighed by the
advisor, an unmet criterion closes the door to money.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grants.domain.decisions import GRANTING, Outcome, granted, possible
from grants.domain.errors import DomainError
from grants.domain.program_rules import Criterion, ProgramRules, RequiredDocument

REQUIRED = "required"  # the need of a document that every request must have
DOCUMENT_NOTE_MAX, NOTE_MAX = 500, 4_000


class DocumentState(StrEnum):
    """What was found of one document."""

    RECEIVED = "received"
    MISSING = "missing"
    UNUSABLE = "unusable"
    NOT_NEEDED = "not_needed"


class Finding(StrEnum):
    """What was found of one criterion."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    TO_DOCUMENT = "to_document"


NEEDS_ELIGIBLE = GRANTING | {Outcome.STANDBY}


@dataclass(frozen=True)
class Left:
    """What a review still waits for before a recommendation."""

    documents: Sequence[RequiredDocument]
    criteria: Sequence[Criterion]

    @property
    def is_nothing(self) -> bool:
        """Whether the recommendation may be made."""
        return not self.documents and not self.criteria


def read_document_state(document: RequiredDocument, state: str, note: str) -> DocumentState:
    """A finding about a document, with the note it must have.

    A document that the program always requires is never "not needed" (our decision). Raises
    `document_state_required`, `document_always_needed`, `document_note_required`,
    `text_too_long`.
    """
    short(note, DOCUMENT_NOTE_MAX)
    if state not in set(DocumentState):
        raise DomainError("document_state_required")
    if state == DocumentState.NOT_NEEDED and document.need == REQUIRED:
        raise DomainError("document_always_needed")
    if state != DocumentState.RECEIVED and not note.strip():
        raise DomainError("document_note_required")
    return DocumentState(state)


def read_finding(finding: str, note: str) -> Finding:
    """A finding about a criterion, with the note it must have.

    Raises `choice_required`, `criterion_note_required`, `text_too_long`.
    """
    short(note, NOTE_MAX)
    if finding not in set(Finding):
        raise DomainError("choice_required")
    if finding != Finding.MET and not note.strip():
        raise DomainError("criterion_note_required")
    return Finding(finding)


def short(text: str, limit: int) -> str:
    """A text without the blanks around it. Raises `text_too_long`."""
    text = text.strip()
    if len(text) > limit:
        raise DomainError("text_too_long", length=len(text), limit=limit)
    return text


def left(rules: ProgramRules, documents: Mapping[str, str], criteria: Mapping[str, str]) -> Left:
    """What is left to do: documents not checked, criteria not assessed or still to document.

    `documents` and `criteria` give what was found, by key and by code. A criterion that only
    ranks a request may stay unassessed, but not half done.
    """
    to_check = [one for one in rules.documents if one.key not in documents]
    to_assess = [one for one in rules.criteria if _is_left(one, criteria.get(one.code))]
    return Left(to_check, to_assess)


def _is_left(criterion: Criterion, finding: str | None) -> bool:
    return finding == Finding.TO_DOCUMENT or (finding is None and not criterion.priority)


def unmet(rules: ProgramRules, criteria: Mapping[str, str]) -> list[Criterion]:
    """The criteria that a request must meet and does not; one met in part is not among them."""
    found = [one for one in rules.criteria if criteria.get(one.code) == Finding.NOT_MET]
    return [one for one in found if not one.priority]


def check_outcome(outcome: str, side: str, failed: Sequence[Criterion]) -> Outcome:
    """An outcome that the side and the criteria allow.

    Money and the standby register are for eligible requests only, so a required criterion that
    is not met forbids them (declaration of the standby register; our decision for the rest).
    Raises `outcome_required`, `outcome_not_eligible`.
    """
    if outcome not in possible(side):
        raise DomainError("outcome_required")
    if failed and outcome in NEEDS_ELIGIBLE:
        raise DomainError("outcome_not_eligible", criterion=failed[0].label)
    return Outcome(outcome)


def check_amount(outcome: str, amount_cents: int, requested_cents: int) -> int:
    """The amount in cents that goes with an outcome.

    All that is asked when accepted, less but not nothing when accepted in part, nothing
    otherwise. Raises `amount_not_of_outcome`, `amount_not_in_part`.
    """
    if amount_cents != granted(outcome, amount_cents, requested_cents):
        raise DomainError("amount_not_of_outcome")
    if outcome == Outcome.ACCEPTED_IN_PART and not 0 < amount_cents < requested_cents:
        raise DomainError("amount_not_in_part", requested=requested_cents)
    return amount_cents
