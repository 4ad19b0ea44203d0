"""The steps of an application, with what was promised for each and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.wording import formats, promises

Step = dict[str, Any]


@dataclass(frozen=True)
class Acknowledgement:
    """The promise of acknowledgement of a file, and the page that explains its date."""

    due_at: datetime
    stopped_at: datetime | None
    explained_url: str


@dataclass(frozen=True)
class FileFacts:
    """What the steps of one file are made of."""

    received_at: datetime
    acknowledgement: Acknowledgement | None
    advisor: str
    decision_due_on: date | None
    payment_delay: str


def of_file(facts: FileFacts, now: datetime) -> list[Step]:
    """The five steps of an application that was received."""
    received = formats.instant(facts.received_at)
    steps: list[Step] = [
        {"state": "done", "title": "Demande reçue", "detail": received},
        _acknowledged(facts.acknowledgement, now),
        _reviewed(facts),
        {"state": "todo", "title": "Décision et motifs", "detail": _decision(facts)},
        {
            "state": "todo",
            "title": "Protocole d’entente et versement",
            "detail": _payment(facts.payment_delay),
        },
    ]
    waiting = next((step for step in steps if step["state"] == "todo"), None)
    if waiting is not None and all(step["state"] != "now" for step in steps):
        waiting["state"] = "now"
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


def _acknowledged(promise: Acknowledgement | None, now: datetime) -> Step:
    if promise is None:
        return {"state": "todo", "title": "Accusé de réception"}
    return {
        "state": "done" if promise.stopped_at else "now",
        "title": "Accusé de réception",
        "promise": {
            "kept": promises.is_kept(promise.due_at, promise.stopped_at, now),
            "promised": promises.promised(promise.due_at),
            "outcome": promises.outcome(promise.due_at, promise.stopped_at, now),
        },
        "url": promise.explained_url,
        "url_label": "Comment cette date est calculée",
    }


def _reviewed(facts: FileFacts) -> Step:
    if facts.advisor:
        return {"state": "now", "title": "Analyse", "detail": f"Par {facts.advisor}."}
    detail = "Une conseillère ou un conseiller sera nommé; vous aurez son nom et son numéro."
    return {"state": "todo", "title": "Analyse", "detail": detail}


def _decision(facts: FileFacts) -> str:
    if facts.decision_due_on is None:
        return "Les motifs vous seront donnés par écrit."
    return f"Au plus tard le {formats.date_short(facts.decision_due_on)}."


def _payment(delay: str) -> str:
    if not delay:
        return ""
    return f"{delay} ou moins après la réception du protocole d’entente que vous aurez signé."
