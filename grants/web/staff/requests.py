"""Renseignements: who waits, the sheet of one request, and how its dates are computed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from grants import clock
from grants.domain.access import Action, Actor
from grants.domain.calendar import Calendar, end_of_day, local_date
from grants.domain.deadlines import OpeningSpan
from grants.domain.identity import show_phone
from grants.domain.information_requests import Topic, goes_to_amp, sees_media
from grants.domain.request_answers import access_due_on
from grants.domain.request_flow import CLOSED
from grants.domain.time_left import time_left
from grants.extensions import db
from grants.queries import (
    absences,
    calendars,
    case_files,
    case_history,
    commitments,
    information_requests,
    request_lists,
    request_mails,
)
from grants.queries.information_requests import Sheet
from grants.queries.request_lists import (
    MINE,
    NOBODY,
    REPLACED,
    TEAM,
    CallBack,
    Cursor,
    Filters,
)
from grants.web import computed_date
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff import request_parts
from grants.web.staff.case_parts import history
from grants.web.staff.referrals import referral_facts
from grants.wording import requests as words
from grants.wording import time_left as left_words

if TYPE_CHECKING:
    from grants.queries.request_lists import ListedRequest

WHOSE = {
    TEAM: "Toute l’équipe",
    MINE: "Mes demandes",
    REPLACED: "Demandes que je remplace",
    NOBODY: "Personne encore",
}
STATES = {"": "Ouvertes, par échéance", "toutes": "Toutes, les plus récentes d’abord"}
NO_CLOCK_YEAR = 9999
LONGEST_ID = 9  # digits: what any database takes


@dataclass(frozen=True)
class Dates:
    """What turns an instant into the time left: the days off, the office hours, now."""

    calendar: Calendar
    span: OpeningSpan
    now: datetime


def requests() -> str:
    """Who waits: for a call first, then by due date."""
    actor, now, session = current_actor(), clock.utc_now(), db.session()
    wanted = _filters(actor, now)
    calendar = calendars.calendar(session)
    first = wanted.after is None and not wanted.everything
    calls = request_lists.call_backs(session, wanted, actor=actor) if first else []
    page = request_lists.page(session, wanted, actor=actor)
    office = commitments.secretariat(session, "", secretariat_id=actor.secretariat_id)
    dates = Dates(calendar, commitments.opening_span(office), now)
    return render_template(
        "staff/requests.html",
        calls=[_call(one, now) for one in calls],
        rows=[_row(one, dates) for one in page.requests],
        wanted=wanted,
        topics=_topics(actor),
        whose=WHOSE,
        states=STATES,
        is_filtered=wanted != Filters(),
        next_url=_next_url(wanted, page),
        may_answer=_may_answer(),
    )


def request_sheet(public_id: str) -> str:
    """One request: what the rule says to do now, what was asked, done and said."""
    sheet, session = request_of(public_id), db.session()
    now, calendar = clock.utc_now(), calendars.calendar(session)
    case = sheet.case
    running = case_files.clocks(session, case.id)
    attempts = information_requests.attempts(session, case.id)
    refused = case.status in CLOSED and request_mails.answer_refused(session, case.id)
    act = request_parts.next_act(sheet, running, attempts, calendar, answer_refused=refused)
    return render_template(
        "staff/request.html",
        case=case,
        asked=sheet.asked,
        status=words.tag(case.status),
        topic=words.TOPICS[sheet.asked.topic],
        rows=request_parts.facts(sheet),
        next_act=act,
        acts=request_parts.acts(sheet, act, running) if _may_answer() else [],
        may_answer=_may_answer(),
        to_amp=goes_to_amp(sheet.asked.topic, sheet.asked.details),
        promises=request_parts.promises(running, calendar, now),
        attempts=attempts,
        **_trace(case.id, now),
        **referral_facts(case.id, public_id),
    )


def _trace(case_id: int, now: datetime) -> dict[str, Any]:
    """What was done and said, and the words for it."""
    session = db.session()
    return {
        "hands": information_requests.hands(session, case_id),
        "replies": information_requests.replies(session, case_id),
        "messages": request_parts.messages(case_history.messages(session, case_id)),
        "events": history(case_history.journal(session, case_id), now),
        "outcome_words": words.OUTCOMES,
        "reply_words": words.REPLIES,
        "channel_words": words.REPLY_CHANNELS,
    }


def request_clock(public_id: str, clock_id: int) -> str:
    """Comment cette date est calculée."""
    sheet, session = request_of(public_id), db.session()
    row = or_404(
        next((c for c in case_files.clocks(session, sheet.case.id) if c.id == clock_id), None)
    )
    calendar = calendars.calendar(session)
    shown = computed_date.explained(row, sheet.case.secretariat, calendar, now=clock.utc_now())
    return render_template("staff/request_clock.html", case=sheet.case, computed=shown)


def request_of(public_id: str) -> Sheet:
    """The request of a page, if this person may see it."""
    return or_404(information_requests.one(db.session(), public_id, actor=current_actor()))


def _may_answer() -> bool:
    """Whether acts are offered: management reads only."""
    return current_actor().may(Action.ANSWER_REQUEST)


def _filters(actor: Actor, now: datetime) -> Filters:
    """The filters of the URL; a damaged one asks for nothing."""
    given = request.args
    whose, topic = given.get("qui", TEAM), given.get("sujet", "")
    held_by: list[int] = []
    if whose == REPLACED:
        held_by = absences.replaced_by(db.session(), actor.person_id, local_date(now))
    wanted = Filters(
        whose=whose if whose in WHOSE else TEAM,
        held_by=tuple(held_by),
        topic=topic if topic in words.TOPICS else "",
        text=given.get("texte", "").strip()[:100],
        everything=given.get("etat") == "toutes",
    )
    place = given.get("apres", "")
    if wanted.everything:
        return replace(wanted, before=int(place[:LONGEST_ID]) if place.isdecimal() else None)
    return replace(wanted, after=_cursor(place))


def _cursor(text: str) -> Cursor | None:
    instant, _, row_id = text.rpartition("_")
    try:
        return datetime.fromisoformat(instant).astimezone(UTC), int(row_id[:LONGEST_ID])
    except (ValueError, OverflowError):
        return None


def _next_url(wanted: Filters, page: request_lists.Page) -> str:
    if page.next_after is None and page.next_before is None:
        return ""
    place = str(page.next_before)
    if page.next_after is not None:
        place = f"{page.next_after[0].isoformat()}_{page.next_after[1]}"
    return url_for(
        "staff.requests",
        qui=wanted.whose,
        sujet=wanted.topic or None,
        texte=wanted.text or None,
        etat="toutes" if wanted.everything else None,
        apres=place,
    )


def _topics(actor: Actor) -> dict[str, str]:
    """The topics this person may see."""
    hidden = set() if sees_media(actor.roles) else {"media"}
    return {code: name for code, name in words.TOPICS.items() if code not in hidden}


def _call(one: CallBack, now: datetime) -> dict[str, Any]:
    received = f"reçue {left_words.near(one.received_at, now)}"  # where no hour is promised
    states = {True: "late", False: "soon"}
    return {
        "request": one,
        "url": url_for("staff.request_sheet", public_id=one.public_id),
        "due": left_words.until(one.due_at, now) if one.due_at else received,
        "state": states[one.due_at < now] if one.due_at else "running",
        "phone": show_phone(one.phone),
        "last": left_words.near(one.last_attempt_at, now) if one.last_attempt_at else "",
    }


def _row(one: "ListedRequest", dates: Dates) -> dict[str, Any]:
    due_at, now, chip = _due_at(one, dates), dates.now, None
    if due_at is not None:
        start_on, due_on = local_date(one.received_at), local_date(due_at)
        left = time_left(now, min(start_on, due_on), due_on, due_at, dates.calendar)
        chip = left_words.chip(left, due_at, local_date(now))
    return {
        "request": one,
        "url": url_for("staff.request_sheet", public_id=one.public_id),
        "topic": words.TOPICS[one.topic],
        "channel": words.CHANNELS[one.channel],
        "status": words.tag(one.status),
        "chip": chip,
        "received": left_words.near(one.received_at, now),
    }


def _due_at(one: "ListedRequest", dates: Dates) -> datetime | None:
    """The first promise that runs; without one, the law's last day for a request of access."""
    if one.status in CLOSED:
        return None
    if one.next_due_at.year != NO_CLOCK_YEAR:
        return one.next_due_at
    if one.topic != Topic.ACCESS:
        return None
    return end_of_day(access_due_on(one.received_at, dates.calendar, dates.span))
