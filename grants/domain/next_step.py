"""What the rules say to do now on a file, and why: the first line of the case page and the desk.

Source of the order: the declaration's promise of acknowledgement comes before everything, then
somebody must handle the file, then it is reviewed (our decision).
"""

from dataclasses import dataclass
from enum import StrEnum


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
    NOTHING = "nothing"


@dataclass(frozen=True)
class Situation:
    """What the rules look at: is the file open, has it somebody, has its mail gone."""

    is_open: bool
    is_assigned: bool
    acknowledgement: Mail


_MAIL_STEPS = {
    Mail.FAILED: Step.ACKNOWLEDGEMENT_FAILED,
    Mail.RETRYING: Step.ACKNOWLEDGEMENT_RETRYING,
    Mail.QUEUED: Step.ACKNOWLEDGEMENT_QUEUED,
    Mail.MISSING: Step.ACKNOWLEDGEMENT_MISSING,
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
    if not situation.is_open:
        return (Step.NOTHING,)
    mail = situation.acknowledgement
    mail_step = (_MAIL_STEPS[mail],) if mail in _MAIL_STEPS else ()
    work = (Step.REVIEW,) if situation.is_assigned else (Step.ASSIGN,)
    return mail_step + work if mail in _BLOCKING else work + mail_step
