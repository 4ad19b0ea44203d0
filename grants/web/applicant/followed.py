"""A file as its organization follows it: what happened, what is promised, what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from grants.clock import utc_now
from grants.domain.access import Action, Actor
from grants.domain.calendar import local_date
from grants.domain.decisions import GRANTING
from grants.domain.flow import Status
from grants.extensions import db
from grants.queries import applications, commitments, decisions
from grants.queries import followed as money
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import promises, statuses, steps
from grants.wording.decisions import KINDS, OUTCOMES

if TYPE_CHECKING:
    from datetime import date

    from grants.models.case_files import CaseFile
    from grants.models.decisions import Decision

ACKNOWLEDGEMENT_CODES = ("SACA_ACK", "SCT_ACK")
PAYMENT_CODES = ("SACA_PAY",)
REVIEWED = (Status.RECOMMENDED, Status.GRANTED, Status.SIGNED, Status.PAID)


@dataclass(frozen=True)
class Followed:
    """A file as its organization sees it, with its steps and where its money stands."""

    row: CaseFile
    advisor: applications.AdvisorCard | None
    decision: Decision | None
    grant: money.Grant | None
    steps: list[dict[str, Any]]

    @property
    def is_unread(self) -> bool:
        """Whether a decision waits to be read: until then nothing here says what it is."""
        return self.decision is not None and self.decision.first_read_at is None


def load(public_id: str) -> Followed:
    """The file of this page; a foreign one answers as if it did not exist."""
    session = db.session()
    row = or_404(applications.one(session, public_id, actor=current_actor()))
    advisor = applications.advisor(session, row.advisor_id) if row.advisor_id else None
    decision = decisions.of_case(session, row.id)
    granted = decision is not None and decision.outcome in GRANTING
    grant = money.grant(session, row) if granted else None
    facts = steps.FileFacts(
        received_at=row.received_at,
        acknowledgement=_promise(row, ACKNOWLEDGEMENT_CODES),
        advisor=f"{advisor.name}, {advisor.title.lower()}" if advisor else "",
        decision_due_on=_decision_due_on(row),
        payment_delay=_payment_delay(row),
        is_revision=row.revision is not None,
        is_reviewed=decision is not None or row.status in REVIEWED,
        decision=_made(row, decision) if decision else None,
        money=_money(row, grant) if grant else None,
    )
    return Followed(row, advisor, decision, grant, steps.of_file(facts, utc_now()))


def state(followed: Followed) -> tuple[str, str]:
    """The word of the file's state and the kind of its tag."""
    if followed.is_unread:
        return statuses.DECISION_READY
    decision = followed.decision
    if decision is not None and followed.row.status in (Status.GRANTED, decision.outcome):
        return OUTCOMES[decision.outcome], KINDS[decision.outcome]
    return statuses.tag(followed.row.status)


def to_do(followed: Followed, actor: Actor) -> list[dict[str, str]]:
    """What the organization has to do now, once its decision was read; empty when nothing."""
    grant, row = followed.grant, followed.row
    if grant is None or followed.is_unread:
        return []
    found = []
    if grant.issued_at is not None and grant.received_at is None:
        found.append(_to_sign(row, on_screen=grant.on_screen))
    if not grant.has_account:
        found.append(_to_give(actor))
    return found


def _to_sign(row: CaseFile, *, on_screen: bool) -> dict[str, str]:
    text = (
        "La personne autorisée par votre conseil d’administration le lit, puis le signe ici."
        if on_screen
        else "Imprimez-le, faites-le signer, puis renvoyez-le-nous par la poste ou par courriel."
    )
    url = url_for("applicant.agreement", public_id=row.public_id)
    title = "Votre protocole d’entente est prêt"
    return {"title": title, "text": text, "url": url, "label": "Lire le protocole d’entente"}


def _to_give(actor: Actor) -> dict[str, str]:
    title = "Donnez vos coordonnées bancaires"
    if not actor.may(Action.GIVE_BANK_DETAILS):
        text = "Une personne responsable de votre organisme doit les donner avant le versement."
        return {"title": title, "text": text, "url": "", "label": ""}
    text = "Nous versons par dépôt direct. Nous vous appelons d’abord pour vérifier le compte."
    url = url_for("applicant.bank_details")
    return {"title": title, "text": text, "url": url, "label": "Donner les coordonnées bancaires"}


def _promise(row: CaseFile, codes: tuple[str, ...]) -> steps.RunningPromise | None:
    for clock in row.clocks:
        if clock.commitment.code in codes:
            url = url_for("applicant.clock", public_id=row.public_id, clock_id=clock.id)
            return steps.RunningPromise(clock.due_at, clock.stopped_at, url, clock.stop_event)
    return None


def _decision_due_on(row: CaseFile) -> date | None:
    """The date that the call announced; it says nothing of revisions."""
    return row.call.decision_due_on if row.call and row.revision is None else None


def _payment_delay(row: CaseFile) -> str:
    """The delay of payment that the declaration in force promises, in words."""
    on = local_date(row.received_at)
    for commitment in commitments.in_force(db.session(), row.secretariat_id, on):
        if commitment.code in PAYMENT_CODES and commitment.quantity and commitment.unit:
            return promises.delay(commitment.quantity, commitment.unit)
    return ""


def _made(row: CaseFile, decision: Decision) -> steps.Made:
    url = url_for("applicant.decision", public_id=row.public_id)
    grants_money = decision.outcome in GRANTING
    return steps.Made(decision.first_read_at, OUTCOMES[decision.outcome], grants_money, url)


def _money(row: CaseFile, grant: money.Grant) -> steps.Money:
    return steps.Money(
        issued_at=grant.issued_at,
        received_at=grant.received_at,
        promise=_promise(row, PAYMENT_CODES),
        paid=[(one.amount_cents, one.funds_on) for one in grant.paid if one.status == "released"],
        is_all=row.status == Status.PAID,
    )
