"""The steps of what was sent without an account: what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from grants.domain.calendar import local_date
from grants.wording import formats
from grants.wording import promises as words

if TYPE_CHECKING:
    from datetime import date, datetime

    from grants.models.clocks import Clock
    from grants.queries.complaints import FollowedComplaint
    from grants.queries.information_requests import FollowedPromise, FollowedRequest

Step = dict[str, Any]

ACKNOWLEDGED, CALLED_BACK, ANSWERED = "acknowledged", "call_returned", "answered"
HOURS = "hours"
ENDS = {
    "redirected": "Orientation vers un autre organisme",
    "abandoned": "Demande fermée",
    "withdrawn": "Demande retirée",
}


def after_sending(received_at: datetime, clocks: Iterable[Clock], *, dated: bool) -> list[Step]:
    """What follows a request just sent; `dated` where the acknowledgement tells when the answer
    comes."""
    promised = {clock.commitment.stop_event: clock for clock in clocks}
    steps: list[Step] = [
        {"state": "done", "title": "Demande reçue", "detail": formats.instant(received_at)}
    ]
    if clock := promised.get(CALLED_BACK):
        detail = f"Au plus tard le {formats.instant(clock.due_at)}."
        steps.append({"state": "todo", "title": "Nous vous rappelons", "detail": detail})
    if clock := promised.get(ACKNOWLEDGED):
        detail = f"Au plus tard le {formats.date_long(clock.due_on)}."
        steps.append({"state": "todo", "title": "Nous accusons réception", "detail": detail})
    told = "L’accusé de réception vous dit pour quand." if dated else "Dès qu’elle est prête."
    steps.append({"state": "todo", "title": "Nous vous répondons", "detail": told})
    return steps


def of_message(message: FollowedComplaint, now: datetime) -> list[Step]:
    """Where the examination of a message stands, with the delays we aim at."""
    received = formats.instant(message.received_at)
    return _with_one_now(
        [
            {"state": "done", "title": "Message reçu", "detail": received},
            _aimed("Accusé de réception", message.acknowledge_due_on, message.acknowledged_at, now),
            _aimed("Examen et réponse", message.answer_due_on, message.concluded_at, now),
        ]
    )


def _aimed(title: str, due_on: date, done_at: datetime | None, now: datetime) -> Step:
    """A step with the day it is aimed at, and what became of it."""
    done_on, today = done_at and local_date(done_at), local_date(now)
    kept = done_on <= due_on if done_on else (False if today > due_on else None)
    outcome = f"Fait le {formats.date_short(done_on)}" if done_on else ""
    return {
        "state": "done" if done_on else "todo",
        "title": title,
        "promise": {
            "kept": kept,
            "promised": f"Au plus tard le {formats.date_short(due_on)}",
            "outcome": outcome or ("En retard" if kept is False else ""),
        },
    }


def _with_one_now(steps: list[Step]) -> list[Step]:
    """The same steps; the first that is not done is the one it stands at."""
    for step in steps:
        if step["state"] != "done":
            step["state"] = "now"
            break
    return steps


def of_request(request: FollowedRequest, now: datetime) -> list[Step]:
    """Where a request stands: received, called back, acknowledged, answered, with its dates."""
    received = formats.instant(request.received_at)
    steps: list[Step] = [{"state": "done", "title": "Demande reçue", "detail": received}]
    promises = {one.stop_event: one for one in request.promises}
    for event, title in ((CALLED_BACK, "Rappel"), (ACKNOWLEDGED, "Accusé de réception")):
        if one := promises.get(event):
            steps.append(_promised(title, one, now))
    return _with_one_now([*steps, _answered(request, promises.get(ANSWERED), now)])


def _answered(request: FollowedRequest, promise: FollowedPromise | None, now: datetime) -> Step:
    title = ENDS.get(request.status, "Réponse")
    if promise:
        step = _promised(title, promise, now)
    else:
        step = {"state": "todo", "title": title}
        if request.answer_due_on:
            step["detail"] = f"Annoncée pour le {formats.date_long(request.answer_due_on)}."
    if request.closed_at:
        step["state"] = "done"
        step["detail"] = formats.instant(request.closed_at)
    return step


def _promised(title: str, promise: FollowedPromise, now: datetime) -> Step:
    """A step with what was promised for it; a later date announced since stands below."""
    day = formats.date_short(promise.due_on)
    by = formats.instant(promise.due_at) if promise.unit == HOURS else day
    facts = (promise.due_at, promise.stopped_at, promise.stopped_by, now)
    step: Step = {
        "state": "done" if promise.stopped_at else "todo",
        "title": title,
        "promise": {
            "kept": words.is_kept(*facts),
            "promised": f"Promis au plus tard le {by}",
            "outcome": words.outcome(*facts),
        },
    }
    if promise.extended_on and not promise.stopped_at:
        step["detail"] = f"Reporté au {formats.date_long(promise.extended_on)}."
    return step
