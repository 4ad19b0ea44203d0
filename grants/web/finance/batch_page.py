"""What the page of a batch says: its steps, its lines, its totals, what one may do with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for

from grants import clock
from grants.domain.access import Action, Actor
from grants.domain.bank_accounts import masked_end
from grants.domain.calendar import local_date
from grants.domain.payments import RECENT, Bar, bar, batch_status
from grants.extensions import db
from grants.queries import batches
from grants.queries.batches import BatchLine, Sums
from grants.web.finance.pay_lines import recent_change
from grants.web.identity import confirmed_until
from grants.wording import formats
from grants.wording.bank_returns import label as return_label
from grants.wording.payments import BARS, BATCH_TAGS, PAYMENT_TAGS
from grants.wording.time_left import near

if TYPE_CHECKING:
    from grants.models.payments import Batch

PREPARED, APPROVED, RELEASED, CANCELLED = "prepared", "approved", "released", "cancelled"
NOT_YET = "Pas encore"


@dataclass(frozen=True)
class Standing:
    """A batch as this person stands before it."""

    batch: "Batch"
    sums: Sums
    approvers: list[str]
    bar: Bar | None
    is_failed: bool
    changed: int
    actor: Actor

    @property
    def is_asked(self) -> bool:
        """The file is asked for and not there yet."""
        return self.batch.status == APPROVED and self.batch.file_number is not None


@dataclass(frozen=True)
class Notice:
    """One banner above the lines."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class ShownLine:
    """One payment, ready to print; the account is masked."""

    public_id: str
    reference: str
    organization: str
    under: str
    account: str
    payee_name: str
    change: tuple[str, ...]
    tag: tuple[str, str]
    returned: str
    may_return: bool
    amount_cents: int


def standing(batch: "Batch", actor: Actor) -> Standing:
    """Everything about a batch that depends on who looks."""
    session = db.session()
    known = batches.hands(session, batch)
    return Standing(
        batch=batch,
        sums=batches.sums(session, batch.id),
        approvers=[one.name for one in batches.approvers(session, batch, known)],
        bar=bar(actor.person_id, known),
        is_failed=batch.file_number is not None and batches.file_failed(session, batch),
        changed=batches.changed_accounts(session, batch.id, clock.utc_now() - RECENT),
        actor=actor,
    )


def facts(found: Standing) -> dict[str, Any]:
    """The head, the steps, the banners, the acts and the control totals."""
    batch, now = found.batch, clock.utc_now()
    return {
        "batch": batch,
        "sums": found.sums,
        "prepared": near(batch.prepared_at, now),
        "status": BATCH_TAGS[batch_status(batch.status, found.sums.returned)],
        "stages": _stages(found, now),
        "notices": _notices(found),
        "acts": _acts(found),
        "controls": controls(batch, found.sums),
        "confirm_url": url_for(
            "account.confirm_identity", next=url_for("finance.batch", public_id=batch.public_id)
        ),
    }


def shown_line(line: BatchLine) -> ShownLine:
    """One line in words."""
    returned = ""
    if line.return_code and line.returned_on:
        returned = f"{formats.date_short(line.returned_on)}, code {return_label(line.return_code)}"
    return ShownLine(
        public_id=line.public_id,
        reference=line.reference,
        organization=line.organization,
        under=line.case_number,
        account=masked_end(line.account_end),
        payee_name=line.payee_name,
        change=recent_change(line.changed_at, clock.utc_now()),
        tag=PAYMENT_TAGS[line.status],
        returned=returned,
        may_return=line.status == RELEASED,
        amount_cents=line.amount_cents,
    )


def controls(batch: "Batch", sums: Sums) -> list[dict[str, Any]]:
    """The totals that the screen, the file and the control list share."""
    number = NOT_YET if batch.file_number is None else f"{batch.file_number:04d} (norme 005)"
    digest = batch.file_sha256 or ""
    groups = " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
    return [
        {"label": "Versements", "value": formats.number(sums.payments)},
        {"label": "Total", "value": formats.money(sums.total_cents), "strong": True},
        {"label": "Fichier", "value": number},
        {"label": "Empreinte du fichier (SHA-256)", "value": groups or NOT_YET},
    ]


def _stages(found: Standing, now: datetime) -> list[dict[str, str]]:
    batch = found.batch
    done = {CANCELLED: 1, PREPARED: 1, APPROVED: 2, RELEASED: 3}[batch.status]
    if batch.status == RELEASED and batch.funds_on <= local_date(now):
        done = 4
    details = (
        f"{batch.prepared_by.full_name}, {near(batch.prepared_at, now)}",
        _approval(found, now),
        _file(found, now),
        formats.date_short(batch.funds_on),
    )
    titles = (
        "Préparé",
        "Approuvé par une autre personne",
        "Fichier créé",
        "Fonds disponibles",
    )
    stopped = batch.status == CANCELLED
    return [
        {"state": _state(place, done, stopped=stopped), "title": title, "detail": detail}
        for place, (title, detail) in enumerate(zip(titles, details, strict=True))
    ]


def _state(place: int, done: int, *, stopped: bool) -> str:
    if place < done:
        return "done"
    return "now" if place == done and not stopped else "todo"


def _approval(found: Standing, now: datetime) -> str:
    batch = found.batch
    if batch.approved_by and batch.approved_at:
        return f"{batch.approved_by.full_name}, {near(batch.approved_at, now)}"
    if batch.status == CANCELLED:
        return "Lot annulé"
    return f"Peut être approuvé par {_names(found)}" if found.approvers else "Personne ne le peut"


def _file(found: Standing, now: datetime) -> str:
    batch = found.batch
    if batch.file_number is None:
        return NOT_YET
    number = f"Numéro {batch.file_number:04d}"
    return f"{number}, {near(batch.released_at, now)}" if batch.released_at else f"{number} réservé"


def _names(found: Standing) -> str:
    """ "Maëlle Dufour ou Sylvio Tardif"."""
    *first, last = found.approvers
    return f"{', '.join(first)} ou {last}" if first else last


def _acts(found: Standing) -> dict[str, bool]:
    """What this person may do now; the operations ask again."""
    batch, actor = found.batch, found.actor
    approves = actor.may(Action.APPROVE_BATCH)
    prepares = actor.may(Action.PREPARE_BATCH)
    may_release = approves and batch.status == APPROVED and not found.is_asked and not found.bar
    is_confirmed = confirmed_until() is not None
    return {
        "approve": approves and batch.status == PREPARED and not found.bar,
        "confirm": may_release and not is_confirmed,
        "release": may_release and is_confirmed,
        "retry": approves and found.is_asked and found.is_failed,
        "download": batch.status == RELEASED,
        "send_back": approves and batch.status == APPROVED and not found.is_asked,
        "edit": prepares and batch.status in (PREPARED, APPROVED) and not found.is_asked,
        "record_return": prepares and batch.status == RELEASED,
    }


def _notices(found: Standing) -> list[Notice]:
    notices = [_changed(found), _barred(found), _waiting(found), _next(found)]
    return [told for told in notices if told]


def _changed(found: Standing) -> Notice | None:
    """A change of account is looked at before money leaves; the lines say which and when."""
    if not found.changed or found.batch.status not in (PREPARED, APPROVED):
        return None
    title = f"Comptes modifiés depuis {RECENT.days}\u00a0jours\u00a0: {found.changed}"
    text = "Assurez-vous que la vérification par téléphone a joint un numéro déjà connu."
    return Notice("waiting", title, text)


def _barred(found: Standing) -> Notice | None:
    """Why this person may not approve, and who may."""
    if found.batch.status != PREPARED:
        return None
    if not found.approvers:
        text = "La règle écarte toutes les personnes qui approuvent\u00a0: parlez-en à la gestion."
        return Notice("waiting", "Personne ne peut approuver ce lot", text)
    other = f"Une autre personne doit l’approuver\u00a0: {_names(found)}."
    if found.bar:
        text = f"{BARS[found.bar]} {other}"
        return Notice("info", "Vous ne pouvez pas approuver ce lot", text)
    if not found.actor.may(Action.APPROVE_BATCH):
        return Notice("info", "Vous ne pouvez pas approuver ce lot", other)
    return None


def _waiting(found: Standing) -> Notice | None:
    """What becomes of a file that was asked for."""
    if not found.is_asked:
        return None
    if found.is_failed:
        text = "Rien n’est parti. Essayez de nouveau; si cela se répète, appelez le soutien."
        return Notice("waiting", "Nous n’avons pas pu créer le fichier", text)
    text = "Il sera prêt dans la minute\u00a0: rechargez cette page pour le télécharger."
    return Notice("info", "Le fichier bancaire est en préparation", text)


def _next(found: Standing) -> Notice | None:
    """The step after an approval, and after a release."""
    batch = found.batch
    if batch.status == RELEASED:
        text = "Remettez-le à la banque. Chaque téléchargement donne exactement le même fichier."
        return Notice("ok", "Le fichier bancaire est créé", text)
    if batch.status == APPROVED and not found.is_asked and found.actor.may(Action.APPROVE_BATCH):
        text = "Confirmez d’abord votre identité, puis créez le fichier."
        return None if found.bar else Notice("info", "Il reste à créer le fichier bancaire", text)
    return None
