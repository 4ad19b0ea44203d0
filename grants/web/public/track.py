"""Following what one sent without an account: number and e-mail, then a mailed code.

A wrong number and a wrong person see the same pages. What may be read stands nowhere in the
address: the browser holds the public id of its code, for one hour after the right answer.
"""

from flask import current_app, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.errors import DomainError
from grants.domain.identity import show_phone
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import tracking as codes
from grants.queries import complaints, information_requests, tracking
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.errors import or_404
from grants.web.fields import error_lines, refuse
from grants.web.public.bodies import reachable_at
from grants.web.public.forms import CodeForm, TrackForm
from grants.web.public.offices import talk_now
from grants.wording import request_steps, requests

Answer = str | tuple[str, int] | Response
WAITING, FOLLOWING = "tracking", "following"  # in the cookie: the code asked, the code answered
OMBUDSMAN = "PC"


def track() -> Answer:
    """Ask for a code. The next page is the same for every number and address."""
    form = TrackForm()
    if not form.validate_on_submit():
        return _asking(form)
    try:
        tries.allow((Purpose.FORM_NETWORK, tries.network()))
    except DomainError as error:
        refuse(form.number, error)
        return _asking(form), 429
    with saving() as act:
        asked = codes.ask_code(act, form.number.data, form.email.data, now=utc_now())
    session.pop(FOLLOWING, None)
    session[WAITING] = asked
    tries.even_out()
    return redirect(url_for("public.track_code"), 303)


def _asking(form: TrackForm) -> str:
    return render_template("public/track.html", form=form, errors=error_lines(form))


def track_code() -> Answer:
    """The six digits of the mail, five tries."""
    asked = session.get(WAITING)
    if asked is None:
        return redirect(url_for("public.track"), 303)
    form = CodeForm()
    if not form.validate_on_submit():
        return _answering(form)
    try:
        _answered(asked, form.code.data)
    except DomainError as error:
        refuse(form.code, error)
        return _answering(form), 429 if error.code == "too_many_tries" else 200
    return redirect(url_for("public.followed"), 303)


def _answered(asked: str, typed: str) -> None:
    """Let this browser read for an hour. Errors: too_many_tries, code_wrong."""
    tries.allow((Purpose.CODE, asked), (Purpose.FORM_NETWORK, tries.network()))
    key: bytes = current_app.config["CREDENTIAL_KEY"]
    with saving() as act:
        right = codes.use_code(act, asked, typed, key=key, now=utc_now())
    if not right:
        raise DomainError("code_wrong")
    session.pop(WAITING)
    session[FOLLOWING] = asked


def _answering(form: CodeForm) -> str:
    return render_template("public/track_code.html", form=form, errors=error_lines(form))


def followed() -> Answer:
    """Where it stands, for the browser that answered the code less than an hour ago."""
    found = tracking.followed(db.session(), session.get(FOLLOWING, ""), now=utc_now())
    if found is None:
        flash("Cette page s’est fermée après une heure. Demandez un autre code.", "info")
        return redirect(url_for("public.track"), 303)
    if found.complaint_id is not None:
        return _message(found.complaint_id)
    return _request(found.case_file_id or 0)


def _request(case_file_id: int) -> str:
    asked = or_404(information_requests.for_follower(db.session(), case_file_id))
    return render_template(
        "public/follow_request.html",
        asked=asked,
        word=requests.FOLLOWED[asked.status],
        topic_label=requests.TOPICS[asked.topic],
        kinds=requests.REPLIES,
        ways=requests.REPLY_CHANNELS,
        show_phone=show_phone,
        steps=request_steps.of_request(asked, utc_now()),
        offices=talk_now(asked.secretariat_code),
    )


def _message(complaint_id: int) -> str:
    complaint = or_404(complaints.for_follower(db.session(), complaint_id))
    return render_template(
        "public/follow_message.html",
        complaint=complaint,
        ways=requests.REPLY_CHANNELS,
        steps=request_steps.of_message(complaint, utc_now()),
        offices=talk_now(complaint.secretariat.code),
        ombudsman=reachable_at(OMBUDSMAN),
    )


def stop_following() -> Response:
    """Close the page on a computer that others use."""
    session.pop(FOLLOWING, None)
    flash("La page est fermée\u00a0: demandez un autre code pour y revenir.", "ok")
    return redirect(url_for("public.track"), 303)
