"""Who may see and write the organization's applications; access given and taken back."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import Action, MemberRole
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import organizations as acts
from grants.queries import organizations
from grants.unit_of_work import saving
from grants.web.applicant.forms import ConfirmForm, RoleForm
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import current_actor
from grants.wording.problems import sentence

ROLE_WORDS = {
    MemberRole.RESPONSIBLE: "Responsable",
    MemberRole.WRITER: "Rédaction",
    MemberRole.READER: "Lecture",
}


def team() -> str:
    """The people of the organization, those who wait for an answer first."""
    actor = current_actor()
    people = organizations.team(db.session(), actor=actor)
    return render_template(
        "applicant/team.html",
        people=people,
        role_words=ROLE_WORDS,
        may_manage=actor.may(Action.MANAGE_TEAM),
    )


def member(public_id: str) -> str | tuple[str, int] | Response:
    """Give access to a person, or change what this person may do."""
    place = or_404(organizations.place(db.session(), public_id, actor=current_actor()))
    form, membership_id = RoleForm(role=place.role), place.id
    if form.validate_on_submit():
        if form.role.data not in list(MemberRole):
            form.role.errors = [sentence(DomainError("choice_required"))]
        else:
            try:
                with saving() as session:
                    acts.accept(
                        session,
                        membership_id,
                        MemberRole(form.role.data),
                        actor=current_actor(),
                        now=utc_now(),
                    )
            except DomainError as error:
                form.role.errors = [sentence(error)]
            else:
                flash("L’accès est à jour.", "ok")
                return redirect(url_for("applicant.team"), 303)
    return render_template(
        "applicant/member.html", place=place, form=form, errors=error_lines(form)
    )


def end_membership(public_id: str) -> str | tuple[str, int] | Response:
    """Refuse a request, take access back, or leave; confirmed on a page of its own."""
    place = or_404(organizations.place(db.session(), public_id, actor=current_actor()))
    refused, membership_id = "", place.id
    leaves = place.person_id == current_actor().person_id
    if ConfirmForm().validate_on_submit():
        try:
            with saving() as session:
                acts.end(session, membership_id, actor=current_actor(), now=utc_now())
        except DomainError as error:
            refused = sentence(error)
        else:
            flash("L’accès est retiré.", "ok")
            after = "applicant.dashboard" if leaves else "applicant.team"
            return redirect(url_for(after), 303)
    errors = [{"sentence": refused}] if refused else []
    return render_template("applicant/end_membership.html", place=place, errors=errors)
