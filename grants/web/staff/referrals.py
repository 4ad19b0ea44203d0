"""Sending somebody on to a resource: from a file of any kind, then what came of it."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Action
from grants.domain.calendar import local_date
from grants.domain.directory import needs_check
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import referrals as acts
from grants.operations.referrals import ReferralDetails
from grants.queries import directory, referrals
from grants.unit_of_work import saving
from grants.web.directory import listed, one_line
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.directory_forms import (
    REFERRAL_FIELDS,
    OutcomeForm,
    ReferForm,
    new_id,
    page_id,
)
from grants.web.staff.forms import show_refusal, summary
from grants.wording.directory import CONSENTS_SHORT, OUTCOMES

if TYPE_CHECKING:
    from grants.queries.directory import FoundResource
    from grants.queries.referrals import MadeReferral, SentFrom

REQUEST = "information_request"


def referral_facts(case_file_id: int, public_id: str) -> dict[str, Any]:
    """What `staff/_referrals.html` shows: the referrals of a file, and the way to make one."""
    today = local_date(clock.utc_now())
    may_refer = current_actor().may(Action.REFER)
    return {
        "referrals": [
            _line(made, may_refer, is_old=needs_check(made.checked_on, today))
            for made in referrals.of_case(db.session(), case_file_id)
        ],
        "refer_url": url_for("staff.refer", public_id=public_id) if may_refer else "",
    }


def refer(public_id: str) -> str | Response:
    """Choose a resource for the person behind this file, then record what she agreed to."""
    file = or_404(referrals.sent_from(db.session(), public_id, actor=current_actor()))
    form = ReferForm() if request.method == "POST" else _start()
    found = directory.active(db.session(), form.resource.data or "")
    if form.is_submitted() and _referred(form, file):
        flash(f"Orientation vers {found.name if found else 'la ressource'} inscrite.", "ok")
        return redirect(url_for("staff.refer", public_id=public_id), 303)
    if found is None:
        return _choice(file, form)
    return _consent(file, found, form)


def referral(public_id: str) -> str | Response:
    """What came of a referral, said once."""
    file, made = or_404(referrals.one(db.session(), public_id, actor=current_actor()))
    form = OutcomeForm()
    if form.is_submitted() and _ended(form, made):
        flash(f"Suite de l’orientation vers {made.resource} inscrite.", "ok")
        return redirect(url_for("staff.refer", public_id=file.public_id), 303)
    return render_template(
        "staff/referral.html",
        file=file,
        made=made,
        consent=CONSENTS_SHORT[made.consent],
        outcome=OUTCOMES.get(made.outcome or "", ""),
        form=form,
        errors=summary(form),
    )


def _start() -> ReferForm:
    return ReferForm(public_id=new_id(), resource=request.args.get("ressource", ""))


def _choice(file: "SentFrom", form: ReferForm) -> str:
    """The directory to choose from, after what the file already has."""
    return render_template(
        "staff/refer.html",
        file=file,
        back=_page_of(file),
        **referral_facts(file.id, file.public_id),
        **listed("staff.refer", public_id=file.public_id),
        errors=[{"sentence": one["sentence"]} for one in summary(form)],
    )


def _consent(file: "SentFrom", found: "FoundResource", form: ReferForm) -> str:
    """The question asked of the person, beside the resource that was chosen."""
    line = one_line(found)
    return render_template(
        "staff/refer_to.html", file=file, line=line, form=form, errors=summary(form)
    )


def _referred(form: ReferForm, file: "SentFrom") -> bool:
    actor, now = current_actor(), clock.utc_now()
    details = ReferralDetails(
        public_id=page_id(form.public_id),
        resource=form.resource.data or "",
        consent=form.consent.data or "",
        handed_over=form.handed_over.data,
        note=(form.note.data or "").replace("\r\n", "\n"),
    )
    try:
        with saving() as session:
            acts.refer(session, file.id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, REFERRAL_FIELDS)
        return False
    return True


def _ended(form: OutcomeForm, made: "MadeReferral") -> bool:
    actor, now = current_actor(), clock.utc_now()
    try:
        with saving() as session:
            outcome = form.outcome.data or ""
            acts.record_outcome(session, made.id, outcome, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, {"*": "outcome"})
        return False
    return True


def _line(made: "MadeReferral", may_refer: bool, *, is_old: bool) -> dict[str, Any]:
    """A referral in words; `url` is the page where its end is recorded."""
    return {
        "made": made,
        "consent": CONSENTS_SHORT[made.consent],
        "outcome": OUTCOMES.get(made.outcome or "", ""),
        "is_old": is_old,
        "url": url_for("staff.referral", public_id=made.public_id) if may_refer else "",
    }


def _page_of(file: "SentFrom") -> str:
    endpoint = "staff.request_sheet" if file.kind == REQUEST else "staff.case_file"
    return url_for(endpoint, public_id=file.public_id)
