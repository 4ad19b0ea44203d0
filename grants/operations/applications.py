"""Applications received: sent once from a draft, recorded from paper, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from grants.domain import flow
from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.forms import checking
from grants.domain.forms.description import FieldType, FormDefinition
from grants.domain.forms.reading import Value, read
from grants.domain.identity import parse_email
from grants.models.case_files import Application, CaseFile, Matter
from grants.models.drafts import Attachment, Draft
from grants.models.programs import MAX_CENTS
from grants.operations import case_numbers, clocks, messages
from grants.operations.drafts import demand_open, touch, writable
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.trail import owed, record
from grants.queries import calendars, drafts, programs

FIRST_SIDE = "first"
AMOUNT = "amount_requested"

_NEW_MATTER = insert(Matter).returning(Matter.id)


@dataclass(frozen=True)
class SendDetails:
    """The draft as the person read it before sending: its version."""

    version: int


@dataclass(frozen=True)
class WithdrawDetails:
    """The file as the page showed it: its version."""

    version: int


@dataclass(frozen=True)
class Receipt:
    """When an application truly arrived, when it is recorded, and who is told; maybe nobody."""

    received_at: datetime
    now: datetime
    recipient: str


@dataclass(frozen=True)
class Received:
    """What a sending freezes: the values read, the amount asked, the files."""

    values: Mapping[str, Value]
    amount_cents: int
    files: Sequence[Attachment]

    def fingerprint(self) -> str:
        """SHA-256 of the answers and of every file's own SHA-256, in order."""
        listed = [[file.field_key, file.size, file.sha256] for file in self.files]
        return checking.fingerprint({"answers": self.values, "files": listed})


def send(
    session: Session,
    draft_id: int,
    details: SendDetails,
    *,
    actor: Actor,
    arrived_at: datetime,
    now: datetime,
) -> CaseFile:
    """Receive an application that an organization sends; decided by the instant of arrival.

    Errors: `already_sent` (fact `case_public_id`) for a repeat, `stale_page`, `incomplete`
    (fact `count`); refusals `call_not_open` and `call_closed` (our decision, rule R6).
    """
    demand(actor, Action.WRITE_OWN)
    draft = writable(session, draft_id, actor, details.version)
    demand_open(draft.call, arrived_at, actor)
    form = programs.definition(draft.call.form_version)
    counts = drafts.file_counts(session, draft.id)
    limits = programs.amount_terms(draft.call.terms)
    problems = checking.form_problems(form, draft.answers, counts, limits)
    if problems:
        raise DomainError("incomplete", count=len(problems))
    values = checking.typed(form, draft.answers)
    received = Received(values, _amount(values), drafts.files(session, draft.id))
    return _receive(session, draft, received, actor, Receipt(arrived_at, now, actor.email))


def receive_paper(
    session: Session, draft_id: int, details: SendDetails, *, actor: Actor, now: datetime
) -> CaseFile:
    """Record a paper application with its true channel and receipt: same file, same clocks.

    Paper is what it is, so missing answers are accepted; the amount must be readable. Errors:
    `already_sent`, `stale_page`, `amount_unreadable`; refusals `call_not_open`, `call_closed`,
    judged on the true receipt.
    """
    demand(actor, Action.RECORD_PAPER)
    draft = writable(session, draft_id, actor, details.version)
    if draft.received_at is None:
        raise DomainError("receipt_missing")
    demand_open(draft.call, draft.received_at, actor)
    form = programs.definition(draft.call.form_version)
    values = _readable(form, draft)
    received = Received(values, _amount(values), drafts.files(session, draft.id))
    receipt = Receipt(draft.received_at, now, _address(values, draft))
    return _receive(session, draft, received, actor, receipt)


def withdraw(
    session: Session, case_file_id: int, details: WithdrawDetails, *, actor: Actor, now: datetime
) -> None:
    """Take an application back at the organization's word; its trace stays.

    What was still promised stops as withdrawn: the figures set it apart, unless it was late.
    Withdrawing twice changes nothing. Errors: `stale_page`, `act_not_possible`.
    """
    demand(actor, Action.WRITE_OWN, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    if case_file.organization_id != actor.organization_id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    if case_file.status == flow.Status.WITHDRAWN:
        return
    if case_file.version != details.version:
        raise DomainError("stale_page")
    case_file.status = flow.advance(
        case_file.status,
        flow.Act.WITHDRAW,
        actor_id=actor.person_id,
        case_file_id=case_file.id,
    ).value
    case_file.closed_at = case_file.touched_at = now
    clocks.settle(session, case_file, event="withdrawn", now=now)
    act = flow.Act.WITHDRAW.value
    record(
        session, "application_withdrawn", actor=actor, now=now, case_file_id=case_file.id, act=act
    )


def _receive(
    session: Session, draft: Draft, received: Received, actor: Actor, receipt: Receipt
) -> CaseFile:
    """Open the case file of a draft: number, frozen answers, files, clocks, what is owed."""
    case_file = _open_case_file(session, draft, receipt)
    calendar = calendars.calendar(session)
    clocks.start(session, case_file, calendar, event=clocks.RECEIVED, now=receipt.now)
    session.add(_application(case_file, draft, received, actor))
    for file in received.files:
        file.draft_id, file.case_file_id = None, case_file.id
    draft.case_file_id = case_file.id
    touch(draft, actor, receipt.now)
    _owe(session, case_file, receipt)
    record(
        session,
        "application_received",
        actor=actor,
        now=receipt.now,
        case_file_id=case_file.id,
        number=case_file.number,
        call=draft.call_id,
        channel=draft.channel,
    )
    return case_file


def _owe(session: Session, case_file: CaseFile, receipt: Receipt) -> None:
    """Owe the proof, and the acknowledgement where it can leave by e-mail."""
    now, recipient = receipt.now, receipt.recipient
    if recipient:
        messages.owe_message(session, case_file, messages.ACKNOWLEDGEMENT, recipient, now=now)
    key = f"proof:{case_file.public_id}"
    owed(session, "pdf.deposit_proof", case_file.id, key=key, now=now)


def _open_case_file(session: Session, draft: Draft, receipt: Receipt) -> CaseFile:
    program, entered_at = draft.call.program, max(receipt.now, receipt.received_at)
    number = case_numbers.next_number(session, program.code, draft.call.year)
    case_file = CaseFile(
        public_id=draft.case_public_id,
        number=number,
        kind="application",
        secretariat_id=program.secretariat_id,
        organization_id=draft.organization_id,
        channel=draft.channel,
        received_at=receipt.received_at,
        entered_at=entered_at,
        status=flow.START.value,
        matter_id=session.connection().scalar(_NEW_MATTER),
        side=FIRST_SIDE,
        call_id=draft.call_id,
        next_due_at=clocks.NEVER,
        touched_at=entered_at,
    )
    session.add(case_file)
    session.flush()
    return case_file


def _application(
    case_file: CaseFile, draft: Draft, received: Received, actor: Actor
) -> Application:
    return Application(
        case_file_id=case_file.id,
        kind="application",
        call_id=draft.call_id,
        form_version_id=draft.call.form_version_id,
        answers=dict(received.values),
        amount_cents=received.amount_cents,
        fingerprint=received.fingerprint(),
        sent_by_id=person_of(actor),
    )


def _amount(values: Mapping[str, Value]) -> int:
    """The amount asked, in cents. Errors: `amount_unreadable`, `money_too_large`."""
    amount = values.get(AMOUNT)
    if type(amount) is not int or amount <= 0:
        raise DomainError("amount_unreadable")
    if amount > MAX_CENTS:
        raise DomainError("money_too_large", limit=MAX_CENTS)
    return amount


def _address(values: Mapping[str, Value], draft: Draft) -> str:
    """Where to write: the contact's e-mail when it can be read, else the organization's."""
    try:
        return parse_email(str(values.get("contact_email", "")))
    except DomainError:
        return draft.organization.email


def _readable(form: FormDefinition, draft: Draft) -> dict[str, Value]:
    """What can be read of a paper application; the rest is frozen as it was typed."""
    values: dict[str, Value] = {}
    for question in form.fields:
        answer = draft.answers.get(question.key)
        if question.type is FieldType.FILE or not question.is_shown(draft.answers):
            continue
        try:
            value = read(question, answer)
        except DomainError:
            value = answer
        if value is not None:
            values[question.key] = value
    return values
