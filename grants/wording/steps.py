"""The steps of an application, with what was promised for each and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.wording import formats, promises

Step = dict[str, Any]


@dataclass(frozen=True)
class RunningPromise:
    """A promise of a file, when and by what it stopped, and the page that explains its date."""

    due_at: datetime
    stopped_at: datetime | None
    explained_url: str
    stop_event: str | None = None


@dataclass(frozen=True)
class Made:
    """A decision: when it was first read (None before), what it is in a word, where it stands."""

    read_at: datetime | None
    word: str
    grants: bool
    url: str


@dataclass(frozen=True)
class Money:
    """What follows a grant: the agreement, then its payments as amount and day of the funds."""

    issued_at: datetime | None
    received_at: datetime | None
    promise: RunningPromise | None
    paid: Sequence[tuple[int, date]]
    is_all: bool


@dataclass(frozen=True)
class FileFacts:
    """What the steps of one file are made of."""

    received_at: datetime
    acknowledgement: RunningPromise | None
    advisor: str
    decision_due_on: date | None
    payment_delay: str
    is_revision: bool = False
    is_reviewed: bool = False
    decision: Made | None = None
    money: Money | None = None


def of_file(facts: FileFacts, now: datetime) -> list[Step]:
    """The steps of a file that was received, up to what it has come to."""
    received = "Demande de révision reçue" if facts.is_revision else "Demande reçue"
    steps: list[Step] = [
        {"state": "done", "title": received, "detail": formats.instant(facts.received_at)},
        _acknowledged(facts.acknowledgement, now),
        _reviewed(facts),
        _decided(facts),
        *_paid(facts, now),
    ]
    return _with_one_now(steps)


def _with_one_now(steps: list[Step]) -> list[Step]:
    """The same steps, with one that the file stands at: the first that is not done."""
    for rank, step in enumerate(steps):
        if step["state"] != "done":
            step["state"] = "now"
            for later in steps[rank + 1 :]:
                later["state"] = "todo" if later["state"] == "now" else later["state"]
            break
    return steps


def of_program(delays: Mapping[str, str], decision_due_on: date | None) -> list[Step]:
    """The same steps before anything is sent; `delays` are the promised ones by code."""
    acknowledged, paid = delays.get("SACA_ACK", ""), delays.get("SACA_PAY", "")
    decision = "Les motifs sont toujours donnés par écrit."
    if decision_due_on:
        decision = f"Au plus tard le {formats.date_short(decision_due_on)}. {decision}"
    return [
        {
            "state": "todo",
            "title": "Vous envoyez la demande",
            "detail": "Vous recevez aussitôt un numéro et une preuve de dépôt.",
        },
        {
            "state": "todo",
            "title": "Nous accusons réception",
            "detail": f"En {acknowledged} ou moins." if acknowledged else "",
        },
        {
            "state": "todo",
            "title": "Nous analysons",
            "detail": "Une conseillère ou un conseiller suit la demande avec vous.",
        },
        {"state": "todo", "title": "Vous recevez la décision", "detail": decision},
        {"state": "todo", "title": "Nous versons la subvention", "detail": _payment(paid)},
    ]


def _acknowledged(promise: RunningPromise | None, now: datetime) -> Step:
    if promise is None:
        return {"state": "todo", "title": "Accusé de réception"}
    return _promised("Accusé de réception", promise, now)


def _promised(title: str, promise: RunningPromise, now: datetime) -> Step:
    """A step with its promised date, what became of it, and how it was computed."""
    facts = (promise.due_at, promise.stopped_at, promise.stop_event, now)
    return {
        "state": "done" if promise.stopped_at else "now",
        "title": title,
        "promise": {
            "kept": promises.is_kept(*facts),
            "promised": promises.promised(promise.due_at),
            "outcome": promises.outcome(*facts),
        },
        "url": promise.explained_url,
        "url_label": "Comment cette date est calculée",
    }


def _reviewed(facts: FileFacts) -> Step:
    state = "done" if facts.is_reviewed else ("now" if facts.advisor else "todo")
    title = "Révision par d’autres personnes" if facts.is_revision else "Analyse"
    if facts.advisor:
        return {"state": state, "title": title, "detail": f"Par {facts.advisor}."}
    detail = "Une conseillère ou un conseiller sera nommé; vous aurez son nom et son numéro."
    return {"state": state, "title": title, "detail": "" if facts.is_reviewed else detail}


def _decided(facts: FileFacts) -> Step:
    title, made = "Décision et motifs", facts.decision
    if made is None:
        return {"state": "todo", "title": title, "detail": _due(facts)}
    if made.read_at is None:
        return {"state": "now", "title": title, "detail": "Elle est prête\u00a0: lisez-la ici."}
    return {
        "state": "done",
        "title": title,
        "detail": f"{made.word}. Lue le {formats.instant(made.read_at)}.",
        "url": made.url,
        "url_label": "Relire la décision",
    }


def _due(facts: FileFacts) -> str:
    if facts.is_reviewed:
        return "L’analyse est terminée\u00a0: une autre personne décide."
    if facts.decision_due_on is None:
        return "Les motifs vous seront donnés par écrit."
    return f"Au plus tard le {formats.date_short(facts.decision_due_on)}."


def _paid(facts: FileFacts, now: datetime) -> list[Step]:
    """What follows the decision: nothing after a no, in general words until it was read."""
    made, money = facts.decision, facts.money
    if made and made.read_at and not made.grants:
        return []
    if made is None or made.read_at is None or money is None:
        title = "Protocole d’entente et versement"
        return [{"state": "todo", "title": title, "detail": _payment(facts.payment_delay)}]
    return [_agreed(money), _funded(facts, money, now)]


def _agreed(money: Money) -> Step:
    title = "Protocole d’entente"
    if money.received_at is not None:
        detail = f"Reçu signé le {formats.instant(money.received_at)}."
        return {"state": "done", "title": title, "detail": detail}
    if money.issued_at is None:
        detail = "Nous le préparons\u00a0: nous vous écrivons dès qu’il est prêt."
        return {"state": "now", "title": title, "detail": detail}
    return {"state": "now", "title": title, "detail": "Il est prêt\u00a0: à lire et à signer."}


def _funded(facts: FileFacts, money: Money, now: datetime) -> Step:
    """The payments: the date promised for the first, the day of the funds of each."""
    title = "Versement de la subvention"
    if money.promise is None:
        return {"state": "todo", "title": title, "detail": _payment(facts.payment_delay)}
    step = _promised(title, money.promise, now)
    days = [
        f"{formats.money(cents)}, disponibles le {formats.date_short(on)}"
        for cents, on in money.paid
    ]
    step["detail"] = f"{'; '.join(days)}." if days else ""
    step["state"] = "done" if money.is_all else "now"
    return step


def _payment(delay: str) -> str:
    if not delay:
        return ""
    return f"{delay} ou moins après la réception du protocole d’entente que vous aurez signé."
