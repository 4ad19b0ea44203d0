"""The audiences, and what every template knows without being told."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from grants.domain.access import VISITOR, Action, Actor
from grants.extensions import db
from grants.queries import commitments
from grants.web.account.urls import blueprint as account
from grants.web.admin.urls import blueprint as admin
from grants.web.applicant.urls import blueprint as applicant
from grants.web.filters import FILTERS
from grants.web.finance.urls import blueprint as finance
from grants.web.management.urls import blueprint as management
from grants.web.public.urls import blueprint as public
from grants.web.staff.urls import blueprint as staff
from grants.wording import contacts

SECRETARIAT = "SACA"

STAFF_NAV = (
    ("staff.today", "À faire", Action.READ_CASE),
    ("staff.decisions", "À décider", Action.DECIDE),
    ("staff.agreements", "À délivrer", Action.ISSUE_AGREEMENT),
    ("staff.unassigned", "À affecter", Action.ASSIGN),
    ("staff.case_files", "Dossiers", Action.READ_CASE),
    ("staff.record_paper", "Saisir une demande", Action.RECORD_PAPER),
    ("staff.requests", "Renseignements", Action.READ_REQUEST),
    ("staff.access_requests", "Accès", Action.ADMIT_MEMBER),
    ("staff.resources", "Ressources", Action.READ_DIRECTORY),
    ("staff.complaints", "Plaintes", Action.HANDLE_COMPLAINT),
    ("staff.file_complaint", "Déposer une plainte", Action.FILE_COMPLAINT),
    ("finance.to_pay", "À payer", Action.READ_PAYMENTS),
    ("finance.batches", "Lots", Action.READ_PAYMENTS),
    ("finance.schedule", "Calendrier", Action.READ_PAYMENTS),
    ("finance.bank_details", "Coordonnées bancaires", Action.VERIFY_BANK_DETAILS),
    ("management.results", "Résultats", Action.READ_RESULTS),
    ("management.publications", "Publications", Action.READ_RESULTS),
    ("management.commitments", "Engagements", Action.EDIT_COMMITMENTS),
    ("management.days_off", "Jours fériés", Action.CONFIRM_DAYS_OFF),
    ("admin.people", "Personnes", Action.MANAGE_PEOPLE),
    ("admin.health", "Santé", Action.READ_HEALTH),
    ("staff.absences", "Absences", Action.RECORD_OWN_ABSENCE),
)
MEMBER_NAV = (
    ("applicant.dashboard", "Tableau de bord", Action.HAVE_ACCOUNT),
    ("applicant.calls", "Appels de demandes", Action.READ_OWN),
    ("applicant.organization", "Organisme", Action.HAVE_ACCOUNT),
    ("applicant.team", "Équipe et accès", Action.READ_OWN),
)
FOOTER = (
    ("public.promises", "Ce que nous promettons"),
    ("public.programs", "Les trois programmes"),
    ("public.open_data", "Données ouvertes"),
    ("public.resources", "Trouver une ressource"),
)


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation."""

    label: str
    url: str
    current: bool


def register(app: Flask) -> None:
    """Tie blueprints, filters and context to the application."""
    for blueprint in (public, account, applicant, staff, finance, management, admin):
        app.register_blueprint(blueprint)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    actor = g.get("actor", VISITOR)
    return {
        "actor": None if actor == VISITOR else actor,
        "demo": current_app.config["SETTINGS"].demo,
        "nav": _nav(actor),
        "footer_links": [{"label": label, "url": url_for(endpoint)} for endpoint, label in FOOTER],
        "site": g.get("site") or _site(),
    }


def _nav(actor: Actor) -> list[NavItem]:
    lines = STAFF_NAV if actor.is_staff else MEMBER_NAV
    return [
        NavItem(label, url_for(endpoint), request.endpoint == endpoint)
        for endpoint, label, action in lines
        if actor.may(action)
    ]


def _site() -> dict[str, Any]:
    """The secretariat in the footer, from data: the staff's own, else that of the programs."""
    secretariat = commitments.secretariat(
        db.session(), SECRETARIAT, secretariat_id=g.get("actor", VISITOR).secretariat_id
    )
    secretariat_block = contacts.block(secretariat.name, secretariat.contact)
    site: dict[str, Any] = {"name": "Appui", "secretariat": secretariat_block}
    g.site = site
    return site
