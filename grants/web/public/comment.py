"""« Commenter ou porter plainte »: apart from everything, and shown nowhere but to its sender."""

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import VISITOR
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.operations import complaints
from grants.operations.complaints import ComplaintDetails
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.fields import error_lines, refuse
from grants.web.public.bodies import reachable_at
from grants.web.public.checks import OFFICE_HINTS, typed
from grants.web.public.forms import CommentForm
from grants.web.public.offices import talk_now
from grants.web.session import arrived_at

Answer = str | tuple[str, int] | Response
TOLD, SHOWN = "told", "shown_once"  # in the cookie: a message was sent; its number, to show once
OMBUDSMAN = "PC"
SENDER = ("requester", "email", "phone", "address")


def comment() -> Answer:
    """Say what is kept confidential, then take the message in."""
    form = CommentForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        tries.allow((Purpose.FORM_NETWORK, tries.network()))
        number = _filed(form)
    except DomainError as error:
        refuse(form.words, error)
        return _page(form), 429 if error.code == "too_many_tries" else 200
    may_follow = bool((form.email.data or "").strip()) and not form.is_anonymous()
    session[TOLD] = {"office": form.office.data, "may_follow": may_follow}
    session[SHOWN] = number
    return redirect(url_for("public.comment_received"), 303)


def _page(form: CommentForm) -> str:
    return render_template(
        "public/comment.html",
        form=form,
        errors=error_lines(form),
        office_hints=OFFICE_HINTS,
        offices=talk_now(),
        ombudsman=reachable_at(OMBUDSMAN),
    )


def _filed(form: CommentForm) -> str:
    """The number of the message. Nothing of who stays anonymous is kept, even typed."""
    sender = dict.fromkeys(SENDER, "") if form.is_anonymous() else typed(form, *SENDER)
    details = ComplaintDetails(
        public_id=form.public_id.data,
        secretariat_code=form.office.data,
        words=form.words.data,
        answer_by=form.answer_by.data,
        channel="web",
        received_at=arrived_at(),
        **sender,
        **typed(form, "about"),
    )
    with saving() as act:
        return complaints.file(act, details, actor=VISITOR, now=utc_now()).number


def comment_received() -> Answer:
    """The receipt: its number once, then only that the message arrived."""
    told = session.get(TOLD)
    if told is None:
        return redirect(url_for("public.comment"), 303)
    return render_template(
        "public/comment_received.html",
        number=session.pop(SHOWN, ""),
        may_follow=told["may_follow"],
        offices=talk_now(told["office"]),
    )
