"""Applications that came on paper, recorded in one short form: same file, same clocks."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.access import Actor
from grants.domain.calendar import at_local_time
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_neq, parse_phone, parse_postal_code
from grants.domain.money import parse_cents
from grants.domain.times import parse_time
from grants.extensions import db
from grants.operations import paper
from grants.operations.attachments import FileDetails
from grants.operations.paper import PaperDetails
from grants.queries import case_files, drafts, organizations, staff
from grants.unit_of_work import saving
from grants.web import uploads
from grants.web.session import current_actor
from grants.web.staff.forms import PaperForm, show_refusal, summary

LATE_ENTRY = timedelta(days=90)
REQUIRED = {"neq": parse_neq, "amount": parse_cents, "received_time": parse_time}
OPTIONAL = {"email": parse_email, "phone": parse_phone, "postal_code": parse_postal_code}
FIELDS = {
    "neq": "neq",
    "money": "amount",
    "amount": "amount",
    "email": "email",
    "phone": "phone",
    "postal": "postal_code",
    "legal": "legal_name",
    "call": "call",
    "time": "received_time",
    "file": "scan",
    "image": "scan",
    "storage": "scan",
    "channel": "channel",
    "choice": "channel",
    "*": "received_on",
}


@dataclass(frozen=True)
class Likely:
    """What looks like the same organization or the same application, to look at first."""

    files: Sequence[tuple[str, str]] = field(default_factory=list)
    organizations: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """What the page showed: recording goes on once the same was seen."""
        return ",".join(key for key, _ in (*self.files, *self.organizations))


def record_paper() -> str | Response:
    """Record an application that came by post, at the counter, by fax or by e-mail."""
    actor, now = current_actor(), clock.utc_now()
    calls = staff.calls(db.session(), now - LATE_ENTRY, actor=actor)
    form = PaperForm(public_id=secrets.token_hex(16))
    named = [SelectChoice(key, name) for key, _, name in calls]
    form.call.choices = [SelectChoice("", "Choisissez l’appel"), *named]
    likely = Likely()
    if form.is_submitted():
        call_id = next((row_id for key, row_id, _ in calls if key == form.call.data), 0)
        _check(form, call_id)
        opened, likely = _act(form, call_id, actor, now)
        if opened:
            return redirect(url_for("staff.case_file", public_id=opened), 303)
    return render_template(
        "staff/paper.html",
        form=form,
        has_calls=bool(calls),
        likely=likely,
        errors=summary(form),
    )


def _act(form: PaperForm, call_id: int, actor: Actor, now: datetime) -> tuple[str, Likely]:
    """The file that was opened, now or by an earlier post of the same page, or what to look at."""
    done = drafts.one(db.session(), form.public_id.data, actor=actor)
    if done is not None and done.case_file is not None:
        return done.case_file.public_id, Likely()
    if summary(form):
        return "", Likely()
    likely = _likely(form, call_id, actor)
    if likely.mark and form.seen.data != likely.mark:
        form.seen.data = likely.mark
        return "", likely
    return _recorded(form, call_id, actor, now), likely


def _check(form: PaperForm, call_id: int) -> None:
    """Put beside each field what cannot be read in it, all at once.

    A call that left the list while the page stood open is to be chosen again.
    """
    for name, read in REQUIRED.items():
        _try(form, read, form[name].data or "")
    for name, read in OPTIONAL.items():
        if (form[name].data or "").strip():
            _try(form, read, form[name].data)
    _try(form, parse_date, form.received_on.data)
    for name, chosen in (("channel", form.channel.data), ("call", call_id)):
        if not chosen:
            show_refusal(form, DomainError("choice_required"), {"*": name})


def _try(form: PaperForm, read: Callable[[Any], object], typed: object) -> None:
    try:
        read(typed)
    except DomainError as error:
        show_refusal(form, error, FIELDS)


def _likely(form: PaperForm, call_id: int, actor: Actor) -> Likely:
    """Files of the same organization in the same call; names that look alike, if it is new."""
    session = db.session()
    known = organizations.by_neq(session, parse_neq(form.neq.data))
    if known is not None:
        found = case_files.of_organization(session, known.id, call_id, actor=actor)
        return Likely(
            files=[(file.public_id, f"{file.organization}, {file.number}") for file in found]
        )
    alike = staff.similar_organizations(session, form.legal_name.data or "")
    return Likely(
        organizations=[(one.public_id, f"{one.legal_name}, NEQ {one.neq}") for one in alike]
    )


def _recorded(form: PaperForm, call_id: int, actor: Actor, now: datetime) -> str:
    """The public id of the file that was opened; empty when the form says what to repair."""
    scan: FileDetails | None = None
    try:
        scan = _scan()
        details = _details(form, call_id, scan)
        with saving() as session:
            case_file = paper.record(session, details, actor=actor, now=now)
            opened, number = case_file.public_id, case_file.number
    except DomainError as error:
        if scan is not None:
            uploads.storage().delete(scan.storage_key)
        show_refusal(form, _to_staff(error), FIELDS)
        return ""
    flash(f"La demande est inscrite sous le numéro {number}.", "ok")
    return opened


def _to_staff(error: DomainError) -> DomainError:
    """The refusal of a receipt outside its call, as staff may repair it."""
    if error.code == "call_not_open":
        return DomainError("call_opens_after_receipt", opens_at=error.facts["opens_at"])
    if error.code == "call_closed":
        return DomainError("call_closed_at_receipt", closes_at=error.facts["closes_at"])
    return error


def _details(form: PaperForm, call_id: int, scan: FileDetails | None) -> PaperDetails:
    received_on = parse_date(form.received_on.data)
    return PaperDetails(
        public_id=form.public_id.data,
        call_id=call_id,
        channel=form.channel.data,
        received_at=at_local_time(received_on, parse_time(form.received_time.data)),
        neq=form.neq.data,
        amount=form.amount.data,
        legal_name=form.legal_name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        answers={
            "address_line1": form.address.data or "",
            "postal_code": form.postal_code.data or "",
        },
        scan=scan,
    )


def _scan() -> FileDetails | None:
    """The scanned application, looked at and stored before the act that keeps it."""
    file = request.files.get("scan")
    if file is None or not file.filename:
        return None
    stored = uploads.receive(file)
    return FileDetails(
        public_id=secrets.token_hex(16),
        field_key=paper.SCAN,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
    )
