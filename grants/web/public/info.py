"""Pages of plain information: promises, accessibility, personal information."""

from flask import render_template

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import commitments
from grants.wording import contacts

CODES = ("SACA", "SCT")


def promises() -> str:
    """The sentences of each secretariat's declaration, word for word."""
    session, today = db.session(), local_date(utc_now())
    offices = [commitments.secretariat(session, code) for code in CODES]
    declarations = [
        {
            "office": contacts.block(office.name, office.contact),
            "commitments": commitments.in_force(session, office.id, today),
        }
        for office in offices
    ]
    return render_template("public/promises.html", declarations=declarations)


def accessibility() -> str:
    """How accessible these pages are, and whom to tell about an obstacle."""
    return render_template("public/accessibility.html")


def privacy() -> str:
    """Why personal information is asked for, who sees it, and one's rights."""
    return render_template("public/privacy.html")
