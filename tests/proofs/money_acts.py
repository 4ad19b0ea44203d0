"""Acts on money: accounts, batches, their release, and what the bank sends back."""

import functools
from collections.abc import Callable

from sqlalchemy import select

from grants.domain.access import Actor
from grants.domain.bank_accounts import BankAccount
from grants.domain.calendar import local_date
from grants.domain.flow import Act, Status
from grants.jobs.bank_files import bank_file
from grants.models.payments import Payment as PaymentRow
from grants.operations import bank_details, batches, payment_returns
from grants.operations.bank_details import BankDetailsGiven, VerificationDetails
from grants.operations.batches import (
    AddDetails,
    BatchDetails,
    ReleaseDetails,
    RemoveDetails,
    Seen,
)
from grants.operations.payment_returns import ReturnDetails
from grants.unit_of_work import saving
from tests.factories import unique
from tests.proofs.book import NEEDS_NEW_ACCOUNT, Account, Batch, Part, Payment
from tests.proofs.office import Office, choose


def give_account(office: Office, pick: int, who: int, _also: int) -> None:
    """An organization gives an account, or another one where the first is not verified yet."""
    is_eager = who % 4 == 3
    needed = choose(
        office.people.members, lambda one: is_eager or _needs_account(office, one), pick
    )
    if needed is not None:
        give_for(office, needed)


def _needs_account(office: Office, member: Actor) -> bool:
    account = office.book.newest(member.organization_id or 0)
    return account is None or account.is_refused


def give_for(office: Office, member: Actor) -> None:
    """The act itself; all accounts end alike, so that one changed in place would be seen."""
    organization = member.organization_id or 0
    known = office.book.accounts.setdefault(organization, [])
    number = f"{len(known) + 10:04d}567"
    details = BankDetailsGiven(unique(), BankAccount("815", "30214", number))
    given = (bank_details.give, organization, details)
    made = office.attempt(True, *given, actor=member)
    if made is not None:
        known.append(Account(made.id, member.person_id or 0))


def verify_account(office: Office, pick: int, who: int, _also: int) -> None:
    """Finance confirms an account, not always the newest."""
    filed = {file.organization for file in office.book.files.values()}
    known = [
        (organization, account)
        for organization, accounts in office.book.accounts.items()
        for account in accounts
        if organization in filed
    ]
    row = choose(known, lambda one: one[1].verified_by is None, pick)
    if row is not None:
        preparers = office.people.preparers
        verify_for(office, *row, preparers[who % len(preparers)])


def verify_for(office: Office, organization: int, account: Account, actor: Actor) -> None:
    """The act itself."""
    is_newest = office.book.newest(organization) is account
    is_allowed = is_newest and account.verified_by in (None, actor.person_id)
    details = VerificationDetails("COMITE LOGEMENT", "Lise Gendron")
    if office.attempt(is_allowed, bank_details.verify, account.id, details, actor=actor):
        account.verified_by = actor.person_id


def prepare(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody prepares a batch of one to three parts."""
    preparers, parts = office.people.preparers, list(office.book.parts.values())
    wanted = {
        part.id: part
        for step in range(also % 3 + 1)
        if (part := choose(parts, office.book.may_pay, pick + step * 5)) is not None
    }
    if wanted:
        prepare_of(office, list(wanted.values()), preparers[who % len(preparers)])


def prepare_of(office: Office, parts: list[Part], actor: Actor) -> None:
    """The act itself."""
    details = BatchDetails(unique(), office.funds_on, [part.id for part in parts])
    is_allowed = all(office.book.may_pay(part) for part in parts)
    made = office.attempt(is_allowed, batches.prepare, details, actor=actor)
    if made is not None:
        person = actor.person_id or 0
        office.book.batches[made.id] = Batch(made.id, person, person)
        _written(office, made.id, parts)


def _written(office: Office, batch_id: int, parts: list[Part]) -> None:
    query = select(PaymentRow.instalment_id, PaymentRow.id, PaymentRow.bank_details_id)
    rows = office.session.execute(query.where(PaymentRow.batch_id == batch_id))
    known = {one.id for part in parts for one in part.payments}
    for instalment_id, payment_id, account_id in rows:
        part = office.book.parts[instalment_id]
        if part in parts and payment_id not in known:
            part.payments.append(Payment(payment_id, batch_id, account_id))


def add_line(office: Office, pick: int, who: int, _also: int) -> None:
    """Somebody adds a part to a batch."""
    batch = _one(office, pick, lambda one: one.is_open)
    part = choose(list(office.book.parts.values()), office.book.may_pay, pick // 7)
    if batch is None or part is None:
        return
    actor = office.people.preparers[who % len(office.people.preparers)]
    held = any(one.id == part.id for one, _ in office.book.lines(batch) if _.status != "returned")
    is_allowed = held or (batch.is_open and office.book.may_pay(part))
    given = (batches.add, batch.id, AddDetails([part.id]))
    if office.attempt(is_allowed, *given, actor=actor) and not held:
        batch.edited(actor.person_id or 0)
        _written(office, batch.id, [part])


def remove_line(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody takes a payment out of a batch."""
    batch = _one(office, pick, lambda one: one.is_open)
    lines = office.book.lines(batch) if batch else []
    if batch is None or not lines or also % 4 != 1:
        return
    payment = lines[pick // 7 % len(lines)][1]
    actor = office.people.preparers[who % len(office.people.preparers)]
    given = (batches.remove, batch.id, RemoveDetails(payment.id))
    if office.attempt(batch.is_open, *given, actor=actor):
        batch.edited(actor.person_id or 0)
        payment.status = "cancelled"


def cancel(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody gives a batch up; rarely."""
    batch = _one(office, pick, lambda one: one.is_open)
    if batch is None or also % 5 != 1:
        return
    actor = office.people.preparers[who % len(office.people.preparers)]
    is_done = batch.status == "cancelled"
    is_allowed = is_done or batch.is_open
    given = (batches.cancel, batch.id, Seen(batch.content))
    office.attempt(is_allowed, *given, actor=actor)
    if is_allowed and not is_done:
        batch.edited(actor.person_id or 0)
        batch.status = "cancelled"
        for _part, payment in office.book.lines(batch):
            payment.status = "cancelled"


def approve(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody approves a batch, sometimes as it was before."""
    batch = _one(office, pick, lambda one: one.status == "prepared")
    if batch is not None:
        may = functools.partial(office.book.may_approve, batch=batch, content=batch.content)
        actor = office.pick_actor(office.people.approvers, may, who)
        approve_as(office, batch, actor, batch.content - (also % 7 == 6))


def approve_as(office: Office, batch: Batch, actor: Actor, content: int) -> None:
    """The act itself."""
    person = actor.person_id or 0
    is_done = batch.status == "approved" and batch.approved_by == person
    right = batch.status == "prepared" and office.book.may_approve(person, batch, content)
    given = (batches.approve, batch.id, Seen(content))
    office.attempt(is_done or right, *given, actor=actor)
    if right:
        batch.status, batch.approved_by = "approved", person


def take_approval_back(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody takes an approval back."""
    batch = _one(office, pick, lambda one: one.status == "approved" and one.is_open)
    if batch is None or also % 4 != 1:
        return
    actor = office.people.approvers[who % len(office.people.approvers)]
    is_allowed = batch.status == "prepared" or batch.is_open
    office.attempt(is_allowed, batches.send_back, batch.id, Seen(batch.content), actor=actor)
    if is_allowed and batch.status == "approved":
        batch.status, batch.approved_by = "prepared", None


def ask_release(office: Office, pick: int, who: int, also: int) -> None:
    """Somebody asks for the bank file, sometimes without having said again who they are."""
    batch = _one(office, pick, lambda one: one.status == "approved" and one.is_open)
    if batch is not None:
        may = functools.partial(office.book.may_approve, batch=batch, content=batch.content)
        actor = office.pick_actor(office.people.approvers, may, who)
        ask_release_as(office, batch, actor, is_confirmed=also % 6 != 5)


def ask_release_as(
    office: Office, batch: Batch, actor: Actor, *, is_confirmed: bool = True
) -> None:
    """The act itself."""
    person = actor.person_id or 0
    right = batch.status == "approved" and is_confirmed
    right = right and office.book.may_approve(person, batch, batch.content)
    details = ReleaseDetails(batch.content, office.confirm(actor, really=is_confirmed))
    given = (batches.ask_release, batch.id, details)
    if office.attempt(batch.is_asked or right, *given, actor=actor):
        batch.is_asked = True


def run_job(office: Office, pick: int, *_chance: int) -> None:
    """The job makes the file of a batch; made already, it changes nothing."""
    batch = _one(office, pick, lambda one: one.status == "approved" and one.is_asked)
    if batch is not None and batch.is_asked:
        release(office, batch)


def release(office: Office, batch: Batch) -> None:
    """The act itself, as a worker does it: outside, then in one transaction."""
    office.tick()
    effect = bank_file(batch.id)
    with saving() as session:
        effect.record(session)
    if batch.status == "released":
        return
    batch.status = "released"
    for part, payment in office.book.lines(batch):
        payment.status = "released"
        file = office.book.files[part.file]
        every = [office.book.parts[one] for one in file.live.parts] if file.live else []
        paid = all(one.live is not None and one.live.status == "released" for one in every)
        if paid and file.status is Status.SIGNED:
            file.moves(Act.PAY)


def record_return(office: Office, pick: int, who: int, also: int) -> None:
    """The bank sends a payment back, for its account or for another reason."""
    every = [(part, one) for part in office.book.parts.values() for one in part.payments]
    row = choose(every, lambda one: one[1].status == "released", pick)
    if row is None or who % 3 != 1:
        return
    part, payment = row
    actor = office.people.preparers[who % len(office.people.preparers)]
    code = list(NEEDS_NEW_ACCOUNT)[also % 2]
    is_done = payment.status == "returned" and payment.code == code
    is_allowed = is_done or payment.status == "released"
    details = ReturnDetails(code, local_date(office.now))
    given = (payment_returns.record_return, payment.id, details)
    if office.attempt(is_allowed, *given, actor=actor) and not is_done:
        payment.status, payment.code = "returned", code
        file = office.book.files[part.file]
        file.moves(Act.RETURN_PAYMENT)
        for account in office.book.accounts[file.organization]:
            account.is_refused |= account.id == payment.account and NEEDS_NEW_ACCOUNT[code]


def _one(office: Office, pick: int, sensible: Callable[[Batch], bool]) -> Batch | None:
    return choose(list(office.book.batches.values()), sensible, pick)


ACTS: tuple[Callable[..., None], ...] = (
    give_account,
    verify_account,
    prepare,
    add_line,
    remove_line,
    cancel,
    approve,
    take_approval_back,
    ask_release,
    run_job,
    record_return,
)
