"""The organization one acts for: found by its NEQ, created, joined, corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.errors import DomainError
from grants.domain.identity import parse_neq, show_phone
from grants.extensions import db
from grants.operations import organizations as acts
from grants.operations.organizations import OrganizationDetails
from grants.queries import organizations
from grants.unit_of_work import saving
from grants.web.applicant.forms import ConfirmForm, NeqForm, OrganizationForm, show_refusal
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import choose_organization, current_actor

if TYPE_CHECKING:
    from grants.models.organizations import Organization

Answer = str | tuple[str, int] | Response


def organization() -> Answer:
    """The facts of one's organization; without one, the question of its NEQ."""
    actor = current_actor()
    own = organizations.own(db.session(), actor=actor)
    if own is None or "autre" in request.args:
        return _ask_neq()
    return render_template(
        "applicant/organization.html",
        organization=own,
        phone=show_phone(own.phone),
        may_change=actor.may(Action.MANAGE_TEAM),
        may_give_account=actor.may(Action.GIVE_BANK_DETAILS),
    )


def _ask_neq() -> Answer:
    form = NeqForm()
    if form.validate_on_submit():
        try:
            neq = parse_neq(form.neq.data or "")
        except DomainError as error:
            show_refusal(form, error)
        else:
            known = organizations.by_neq(db.session(), neq)
            target = "applicant.join_organization" if known else "applicant.create_organization"
            return redirect(url_for(target, neq=neq), 303)
    return render_template("applicant/find_organization.html", form=form, errors=error_lines(form))


def create_organization() -> Answer:
    """Name an organization that is not known yet; one becomes responsible for it."""
    form = OrganizationForm(neq=request.args.get("neq", ""))
    if form.validate_on_submit():
        try:
            with saving() as session:
                created = acts.create(session, _details(form), actor=current_actor(), now=utc_now())
                public_id = created.public_id
        except DomainError as error:
            if error.code == "organization_known":
                return redirect(url_for("applicant.join_organization", neq=form.neq.data), 303)
            show_refusal(form, error)
        else:
            choose_organization(public_id)
            return redirect(url_for("applicant.dashboard"), 303)
    return render_template(
        "applicant/create_organization.html", form=form, errors=error_lines(form)
    )


def join_organization() -> Answer:
    """Ask the responsible person of a known organization for access."""
    session, neq = db.session(), request.args.get("neq", "")
    known = or_404(organizations.by_neq(session, neq))
    form, organization_id = ConfirmForm(), known.id
    if form.validate_on_submit():
        with saving() as writing:
            acts.ask_to_join(writing, organization_id, actor=current_actor(), now=utc_now())
        flash("Votre demande d’accès est envoyée à l’organisme.", "ok")
        return redirect(url_for("applicant.dashboard"), 303)
    return render_template("applicant/join_organization.html", organization=known, neq=neq)


def edit_organization() -> Answer:
    """Correct the name, e-mail and phone of one's organization."""
    own = or_404(organizations.own(db.session(), actor=current_actor()))
    form, stale = _filled(own), False
    if form.validate_on_submit():
        try:
            with saving() as session:
                acts.update(session, _details(form), actor=current_actor(), now=utc_now())
        except DomainError as error:
            stale = error.code == "stale_page"
            show_refusal(form, error)
        else:
            return redirect(url_for("applicant.organization"), 303)
    return render_template(
        "applicant/edit_organization.html",
        form=form,
        seen=acts.facts_mark(own) if stale else request.form.get("seen", acts.facts_mark(own)),
        theirs=own if stale else None,
        phone=show_phone(own.phone),
        errors=error_lines(form),
    )


def _filled(own: Organization) -> OrganizationForm:
    """The form with the facts as people read them."""
    return OrganizationForm(
        neq=own.neq, legal_name=own.legal_name, email=own.email, phone=show_phone(own.phone)
    )


def _details(form: OrganizationForm) -> OrganizationDetails:
    return OrganizationDetails(
        neq=form.neq.data or "",
        legal_name=form.legal_name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        seen=request.form.get("seen", ""),
    )
