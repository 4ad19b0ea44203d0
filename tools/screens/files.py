"""The screens of applications, from the account of a volunteer to the bank file."""

import tempfile
from pathlib import Path

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import reviewing, staff, states, volunteer
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tools.screens.camera import Photographer

WHO = volunteer.TELEPHONE
ADVISOR, LEAD, AGENT = "Odile Morin", "Hélène Caron", "Fatou Diallo"
DECIDER, PREPARER, APPROVER = "Irène Vallée", "Réjean Kirouac", "Sylvio Tanguay"


def application(camera: Photographer, visitor: Visitor) -> None:
    """From the account of a volunteer to the proof of deposit."""
    volunteer.create_account(visitor, WHO)
    volunteer.create_organization(visitor, WHO)
    tasks = volunteer.start_application(visitor)
    volunteer.fill_application(visitor, tasks, WHO)
    camera.open(visitor, "section", f"{tasks}/sections/amount")
    camera.open(visitor, "pieces", f"{tasks}/sections/documents")
    camera.open(visitor, "verifier", f"{tasks}/verifier")
    volunteer.send(visitor, tasks)
    with tempfile.TemporaryDirectory(prefix="appui-proof-") as folder:
        proof = volunteer.get_proof(visitor, Path(folder)).read_bytes()
    camera.take(visitor, "confirmation")
    camera.take_paper(proof, "preuve-1")


def organization(camera: Photographer, visitor: Visitor) -> None:
    """The space of an organization that has a draft and files under way."""
    visitor.become("Aline Saint-Onge")
    camera.open(visitor, "tableau-de-bord", "/mon-espace/")
    visitor.follow("Continuer")
    camera.take(visitor, "liste-des-taches")


def desk(camera: Photographer, visitor: Visitor) -> None:
    """The desks of the team lead, the advisor and the information agent."""
    visitor.become(LEAD)
    camera.open(visitor, "a-affecter", "/bureau/a-affecter")
    staff.assign(visitor, WHO.organization, ADVISOR)
    visitor.become(ADVISOR)
    camera.open(visitor, "a-faire", "/bureau/")
    visitor.page.locator(".queue .row-title[href]").first.click()
    camera.take(visitor, "dossier")
    staff.explain_date(visitor)
    camera.take(visitor, "date-expliquee")
    visitor.become(AGENT)
    staff.type_paper(visitor, local_date(utc_now()), WHO.paper_neq)
    camera.take(visitor, "saisie-papier")


def decisions(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """The review of a file, its decision, and the letter that would leave."""
    reviewed = states.place(office, states.UNDER_REVIEW)
    visitor.become(reviewed.advisor)
    camera.open(visitor, "analyse", f"{reviewed.desk}/analyse")
    visitor.become(DECIDER)
    visitor.goto("/bureau/decisions")
    visitor.page.locator(".queue .row-title[href]").first.click()
    camera.take(visitor, "decider")
    reviewing.read_letter(visitor, reviewing.REFUSED)
    camera.take(visitor, "lettre")


def agreement(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """A decision as its organization reads it, the agreement, its signature, the account."""
    to_sign = states.place(office, states.TO_SIGN)
    visitor.become(to_sign.member)
    camera.open(visitor, "decision-recue", f"{to_sign.follow}/decision")
    camera.open(visitor, "protocole", f"{to_sign.follow}/protocole")
    visitor.follow("Signer le protocole")
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    camera.take(visitor, "signer")
    camera.open(visitor, "coordonnees-bancaires", "/mon-espace/coordonnees-bancaires")


def payments(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """What is to pay, and a batch before its approval."""
    visitor.become(PREPARER)
    camera.open(visitor, "a-payer", "/finances/")
    visitor.become(APPROVER)
    camera.open(visitor, "lot", states.batch(office, "prepared"))


def follow_up(camera: Photographer, visitor: Visitor) -> None:
    """The file of the volunteer, once assigned."""
    visitor.follow("Suivre ce dossier")
    camera.take(visitor, "suivi")
