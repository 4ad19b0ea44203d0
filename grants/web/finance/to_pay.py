"""À payer: what waits and why, what is ready; the lines chosen become a batch."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.access import Action
from grants.domain.agreements import fiscal_year
from grants.domain.calendar import Calendar, local_date
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import batches as acts
from grants.operations.batches import AddDetails, BatchDetails
from grants.queries import batches, calendars, desk, payable, payments
from grants.queries.payments import ALL, BLOCKED, READY, Cursor, Filters, Totals
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.fields import SummaryLine, error_lines
from grants.web.finance.batch_forms import PrepareForm, refuse
from grants.web.finance.envelope_lines import envelope_lines
from grants.web.finance.pay_lines import Group, PayLine, pay_line, split
from grants.web.session import current_actor
from grants.wording import formats
from grants.wording.agreements import year as year_words
from grants.wording.problems import sentence

STATES = {ALL: "Tous les versements", READY: "Prêts seulement", BLOCKED: "Retenus seulement"}
FIELDS = {"date": "funds_on", "funds": "funds_on", "year": "funds_on"}
LONGEST_ID = 9
RECALCULATE = "recalculer"


@dataclass(frozen=True)
class Choice:
    """What a person ticked: instalments by id, how many, and what they come to."""

    ids: Sequence[int]
    names: frozenset[str]
    count: int
    cents: int


def to_pay() -> str:
    """What may be paid today, and what waits."""
    return _page(_form(), _filters(request.args), Choice((), frozenset(), 0, 0), ())


def prepare_batch() -> str | Response:
    """Sum up the lines chosen, or make a batch of them."""
    form, wanted = _form(), _filters(request.form)
    choice = _choice(form, wanted)
    if request.form.get("geste") == RECALCULATE:
        return _page(form, wanted, choice, ())
    try:
        public_id = _prepared(form, choice)
    except DomainError as error:
        inside = refuse(form, error, FIELDS)
        errors = error_lines(form) if inside else [SummaryLine("", sentence(error))]
        return _page(form, wanted, choice, errors)
    return redirect(url_for("finance.batch", public_id=public_id), 303)


def _prepared(form: PrepareForm, choice: Choice) -> str:
    """The batch that the lines chosen are in now, by its public id."""
    actor, now = current_actor(), clock.utc_now()
    if form.into.data:
        batch_id = or_404(batches.one(db.session(), form.into.data, actor=actor)).id
        with saving() as session:
            acts.add(session, batch_id, AddDetails(choice.ids), actor=actor, now=now)
        flash("Les versements choisis sont dans le lot.", "ok")
        return str(form.into.data)
    funds_on = parse_date(form.funds_on.data)
    details = BatchDetails(form.public_id.data or "", funds_on, choice.ids)
    with saving() as session:
        batch = acts.prepare(session, details, actor=actor, now=now)
        public_id, number = batch.public_id, batch.number
    flash(f"Le lot {number} est préparé\u00a0: une autre personne doit l’approuver.", "ok")
    return public_id


def _choice(form: PrepareForm, wanted: Filters) -> Choice:
    session, actor = db.session(), current_actor()
    names = frozenset(request.form.getlist("versement"))
    ids = set(payable.ids_of(session, names, actor=actor))
    if form.everything.data:
        ids |= set(payments.ready_ids(session, actor, wanted.program))
    count, cents = payments.chosen(session, ids, actor=actor)
    return Choice(sorted(ids), names, count, cents)


def _form() -> PrepareForm:
    now = clock.utc_now()
    calendar = calendars.calendar(db.session())
    form = PrepareForm(
        public_id=secrets.token_hex(16),
        funds_on=write_parts(_usual_date(local_date(now), calendar)),
    )
    open_batches = batches.in_preparation(db.session(), actor=current_actor())
    form.into.choices = [
        SelectChoice("", "Un nouveau lot"),
        *(SelectChoice(public_id, f"Lot {number}") for public_id, number in open_batches),
    ]
    return form


def _usual_date(today: date, calendar: Calendar) -> date:
    """Two business days ahead: time to approve, and for the bank (our decision)."""
    return calendar.next_business_day(calendar.next_business_day(today))


def _filters(asked: "MultiDict[str, str]") -> Filters:
    state = asked.get("etat", ALL)
    return Filters(
        state=state if state in STATES else ALL,
        program=asked.get("programme", ""),
        after=asked.get("apres", type=_cursor),
    )


def _cursor(text: str) -> Cursor:
    """Where a page begins; ValueError, so the first page, for what is no cursor of ours."""
    ready, due_on, row_id = text.split("_")
    return ready == "1", date.fromisoformat(due_on), int(row_id[:LONGEST_ID])


def _page(form: PrepareForm, wanted: Filters, choice: Choice, errors: Sequence[SummaryLine]) -> str:
    session, actor, now = db.session(), current_actor(), clock.utc_now()
    page = payments.page(session, actor, wanted)
    calendar, year = calendars.calendar(session), fiscal_year(local_date(now))
    totals = payments.totals(session, actor, wanted)
    programs = desk.programs(session, actor)
    shown = [pay_line(line, calendar, now, choice.names) for line in page.lines]
    return render_template(
        "finance/to_pay.html",
        form=form,
        errors=errors,
        groups=_groups(shown, totals),
        choice=choice,
        totals=totals,
        wanted=wanted,
        states=STATES,
        programs=programs,
        cursor=_written(wanted.after),
        next_cursor=_written(page.next_after),
        heading=_heading(now, year),
        may_prepare=actor.may(Action.PREPARE_BATCH),
        envelopes=envelope_lines(session, year, programs),
        year=year_words(year),
    )


def _groups(lines: Sequence[PayLine], totals: Totals) -> list[Group]:
    """The lines of the page in their groups; the sums are those of all pages."""
    waiting, ready = split(lines)
    groups = (
        Group("retenus", "Retenus", waiting, totals.blocked, totals.blocked_cents),
        Group("prets", "Prêts", ready, totals.ready, totals.ready_cents),
    )
    return [group for group in groups if group.lines]


def _written(cursor: Cursor | None) -> str:
    return f"{int(cursor[0])}_{cursor[1].isoformat()}_{cursor[2]}" if cursor else ""


def _heading(now: datetime, year: int) -> str:
    day = formats.date_long(local_date(now))
    return f"{day[:1].upper()}{day[1:]} · exercice {year_words(year)}"
