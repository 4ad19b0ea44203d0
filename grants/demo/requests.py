"""The requests for information of the demonstration, played in the order they came."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from grants.demo import request_acts
from grants.demo.offices import random_id
from grants.demo.request_acts import Asked
from grants.demo.request_plots import Plot
from grants.demo.request_words import ANSWERS, DETAILS, NAMES, QUESTIONS
from grants.demo.stage import DAY, Stage
from grants.domain.access import VISITOR
from grants.domain.information_requests import date_required
from grants.operations import information_requests, messages, request_intake
from grants.operations.information_requests import RequestDetails
from grants.unit_of_work import saving

HOURS = (9, 10, 11, 13, 14, 15, 16)
A_LITTLE = timedelta(minutes=5)


def play(stage: Stage, plots: Iterable[Plot]) -> int:
    """Play every request; return how many."""
    ordered = sorted(plots, key=lambda plot: -plot.days_ago)
    for rank, plot in enumerate(ordered):
        _play(stage, plot, rank)
    return len(ordered)


def _play(stage: Stage, plot: Plot, rank: int) -> None:
    if plot.hour is None:
        received_at = stage.now - plot.days_ago * DAY
    else:
        received_at = stage.office_hour(plot.days_ago, plot.hour)
    last = stage.later(received_at, plot.entered, 9) if plot.entered else received_at
    details = _details(plot, rank, received_at)
    asked = Asked(stage, _open(stage, plot, details, last), plot.topic, plot.by)
    if details.email and plot.mailed is not None:
        kind = messages.RECEIPT if date_required(plot.office) else messages.ACKNOWLEDGEMENT
        at = stage.later(last, plot.mailed, 8) if plot.mailed else last
        request_acts.settle_mail(asked, kind, at)
    since = last
    for hour, step in zip(HOURS, plot.steps, strict=False):
        last = max(stage.later(since, step.days, hour), min(last + A_LITTLE, stage.now))
        step.act(asked, stage.staff[step.who], last, **step.how)


def _details(plot: Plot, rank: int, received_at: datetime) -> RequestDetails:
    name = NAMES[rank % len(NAMES)]
    questions, has_phone = QUESTIONS[plot.topic], plot.by == "phone" or plot.wants_callback
    address = f"{10 + rank}, rue des Pionniers, Rive-Claire (Québec) G0X 0X0"
    return RequestDetails(
        public_id=random_id(),
        secretariat_code=plot.office,
        topic=plot.topic,
        question=plot.question or questions[rank % len(questions)],
        requester=name,
        email=f"personne{rank}@exemple.quebec" if plot.by == "email" else "",
        phone=f"418 555-01{rank % 100:02d}" if has_phone else "",
        address=address if plot.by == "post" else "",
        answer_by=plot.by,
        channel=plot.channel,
        received_at=received_at,
        wants_callback=plot.wants_callback,
        urgent=plot.urgent,
        details={**DETAILS.get(plot.topic, {}), **plot.details},
    )


def _open(stage: Stage, plot: Plot, details: RequestDetails, at: datetime) -> int:
    """The file, opened by its sender on the site or written down by the staff."""
    clerk = stage.staff[plot.answered_by or plot.clerk]
    with saving() as session:
        if plot.answered_by:
            words = ANSWERS[plot.topic]
            return request_intake.answer_at_once(session, details, words, actor=clerk, now=at).id
        if plot.put_through_to:
            to = stage.staff[plot.put_through_to].person_id or 0
            return request_intake.put_through(session, details, to, actor=clerk, now=at).id
        actor = VISITOR if plot.channel == "web" else clerk
        return information_requests.record(session, details, actor=actor, now=at).id
