"""What the rules say to do now on a file, and why: the first line of the case page and the desk.

Source of the order: the declaration's promise of acknowledgement comes before everything, then
somebody must handle the file, then it goes from review to decision, agreement and payment (our
decision).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grants.domain.flow import CLOSED, Status


class Mail(StrEnum):
    """What became of the acknowledgement of a file."""

    GONE = "gone"
    QUEUED = "queued"
    RETRYING = "retrying"
    FAILED = "failed"
    MISSING = "missing"
    REPLACED = "replaced"


class Step(StrEnum):
    """An act that a file waits for; its words are in `grants.wording.next_steps`."""

    ACKNOWLEDGEMENT_FAILED = "acknowledgement_failed"
    ACKNOWLEDGEMENT_RETRYING = "acknowledgement_retrying"
    ACKNOWLEDGEMENT_QUEUED = "acknowledgement_queued"
    ACKNOWLEDGEMENT_MISSING = "acknowledgement_missing"
    ASSIGN = "assign"
    REVIEW = "review"
    DECIDE = "decide"
    DRAFT_AGREEMENT = "draft_agreement"
    ISSUE_AGREEMENT = "issue_agreement"
    AWAIT_SIGNATURE = "await_signature"
    PAY = "pay"
    NOTHING = "nothing"


class AgreementState(StrEnum):
    """How far the agreement of a granted file is."""

    NONE = "none"
    DRAFTED = "drafted"
    ISSUED = "issued"


@dataclass(frozen=True)
class Situation:
    """What the rules look at: where the file stands, has it somebody, has its mail gone."""

    status: str
    is_assigned: bool
    acknowledgement: Mail
    agreement: AgreementState = AgreementState.NONE


_MAIL_STEPS = {
    Mail.FAILED: Step.ACKNOWLEDGEMENT_FAILED,
    Mail.RETRYING: Step.ACKNOWLEDGEMENT_RETRYING,
    Mail.QUEUED: Step.ACKNOWLEDGEMENT_QUEUED,
    Mail.MISSING: Step.ACKNOWLEDGEMENT_MISSING,
}
_WORK: Mapping[str, Step] = {
    Status.UNDER_REVIEW: Step.REVIEW,
    Status.RECOMMENDED: Step.DECIDE,
    Status.SIGNED: Step.PAY,
}
_AGREEMENT = {
    AgreementState.NONE: Step.DRAFT_AGREEMENT,
    AgreementState.DRAFTED: Step.ISSUE_AGREEMENT,
    AgreementState.ISSUED: Step.AWAIT_SIGNATURE,
}
_ENDED = {"failed": Mail.FAILED, "done": Mail.REPLACED}  # done but not sent: another one served
_BLOCKING = (Mail.FAILED, Mail.RETRYING, Mail.MISSING)


def mail_state(sent: bool, outbox_state: str | None, attempts: int) -> Mail:
    """What became of a message: `sent` when the mail server or the post has it.

    `outbox_state` is that of the row that carries it, None when no mail was ever owed;
    `attempts` counts the tries so far, the present one included.
    """
    if sent:
        return Mail.GONE
    if outbox_state is None:
        return Mail.MISSING
    if outbox_state in _ENDED:
        return _ENDED[outbox_state]
    tried = attempts - (outbox_state == "taken")
    return Mail.RETRYING if tried > 0 else Mail.QUEUED


def steps(situation: Situation) -> tuple[Step, ...]:
    """What to do, first things first; never empty.

    A mail that merely waits its turn leaves by itself, so it comes after the acts of people.
    """
    if situation.status in CLOSED:
        return (Step.NOTHING,)
    mail = situation.acknowledgement
    mail_step = (_MAIL_STEPS[mail],) if mail in _MAIL_STEPS else ()
    work = _work(situation)
    return mail_step + work if mail in _BLOCKING else work + mail_step


def agreement_state(*, is_drafted: bool, is_issued: bool) -> AgreementState:
    """How far an agreement is, from what is known of its present version."""
    if not is_drafted:
        return AgreementState.NONE
    return AgreementState.ISSUED if is_issued else AgreementState.DRAFTED


def _work(situation: Situation) -> tuple[Step, ...]:
    """The acts of people: what the state asks for, once somebody handles the file.

    What is granted or signed goes on while it waits for somebody.
    """
    step = _WORK.get(situation.status)
    if situation.status == Status.GRANTED:
        step = _AGREEMENT[situation.agreement]
    if situation.is_assigned and step:
        return (step,)
    goes_on = situation.status in (Status.GRANTED, Status.SIGNED)
    return (Step.ASSIGN, step) if step and goes_on else (Step.ASSIGN,)
