"""What a volunteer does, one act per function, with the words of the screen."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from grants.demo.answers import Applicant
from grants.demo.stories import RESOLUTION
from tests.browser.typist import fill_section, questionnaire, volunteer_answers
from tests.browser.visitors import PATIENT_MS, TURN_MS, Visitor

PROGRAM, CALL = "dcd", "Appel de demandes"
PASSWORD = "quatre chemins de neige"
AMOUNT_CENTS = 48_500_00
CODE = re.compile(r"\b[0-9]{6}\b")


@dataclass(frozen=True)
class Volunteer:
    """Who applies, for whom."""

    name: str
    email: str
    organization: str
    neq: str
    paper_neq: str = ""


TELEPHONE = Volunteer(
    "Mireille Sansfaçon",
    "mireille@rive-haute.exemple",
    "Entraide Rive-Haute",
    "1145000006",
    "1145009999",
)
DESK = Volunteer("Réal L’Écuyer", "real@haut-bois.exemple", "Le Pivot du Haut-Bois", "1145000105")


def read_mail(visitor: Visitor, who: Volunteer, subject: str, already: int = 0) -> str:
    """Wait in *Courriels de la démonstration* for a mail to this person; its words.

    `already`: how many of these were there before.
    """
    visitor.goto("/")
    visitor.follow("Courriels de la démonstration")
    row = visitor.page.get_by_role("row").filter(has_text=who.email)
    mail = row.get_by_role("link", name=subject)
    for _ in range(PATIENT_MS // TURN_MS):
        if mail.count() > already:
            break
        visitor.page.wait_for_timeout(TURN_MS)
        visitor.follow("Actualiser")
    mail.first.click()
    return visitor.text()


def create_account(visitor: Visitor, who: Volunteer) -> None:
    """An account, its notice, and the code that comes by mail."""
    visitor.goto("/")
    visitor.follow("Se connecter")
    visitor.follow("Créer un compte")
    page = visitor.page
    page.get_by_label("Prénom et nom").fill(who.name)
    page.get_by_label("Adresse de courriel").fill(who.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    expect(page.get_by_role("heading", name="Avis sur la collecte")).to_be_visible()
    page.get_by_label("J’ai lu l’avis").check()
    visitor.press("Créer mon compte")
    found = CODE.search(read_mail(visitor, who, "code"))
    assert found is not None
    visitor.goto("/compte/code")
    page.get_by_label("Code").fill(f"{found[0][:3]} {found[0][3:]}")
    visitor.press("Entrer")


def create_organization(visitor: Visitor, who: Volunteer) -> None:
    """An organization that is not known yet, found by its NEQ."""
    visitor.follow("Trouver mon organisme")
    page, neq = visitor.page, who.neq
    page.get_by_label("NEQ").fill(f"{neq[:4]} {neq[4:7]} {neq[7:]}")
    visitor.press("Continuer")
    page.get_by_label("Nom légal").fill(who.organization)
    page.get_by_label("Courriel").fill(who.email)
    page.get_by_label("Téléphone").fill("418 555-0123")
    visitor.press("Inscrire l’organisme")


def start_application(visitor: Visitor) -> str:
    """A draft in an open call; the address of its task list."""
    visitor.follow("Voir les appels")
    visitor.follow(f"une demande, {CALL}")
    visitor.press("Commencer la demande")
    expect(visitor.page.get_by_role("main")).to_contain_text("pas encore envoyée")
    return visitor.page.url


def save_and_come_back(visitor: Visitor, tasks: str) -> None:
    """Half a sentence, saved as it is, found again from the dashboard."""
    unfinished = "Nous aidons les gens du quartier à"
    visitor.goto(f"{tasks}/sections/mission")
    visitor.page.locator("textarea").first.fill(unfinished)
    visitor.press("Enregistrer et revenir plus tard")
    visitor.goto("/mon-espace/")
    visitor.follow("Continuer la demande")
    visitor.goto(f"{tasks}/sections/mission")
    expect(visitor.page.locator("textarea").first).to_have_value(unfinished)


def fill_application(visitor: Visitor, tasks: str, who: Volunteer) -> None:
    """Every section, each by its address in the task list."""
    form = questionnaire(PROGRAM)
    applicant = Applicant(who.organization, who.neq, who.name, AMOUNT_CENTS, 1)
    answers = volunteer_answers(form, applicant)
    for section in form.sections:
        visitor.goto(f"{tasks}/sections/{section.key}")
        add_files(visitor)
        fill_section(visitor.page, section, answers)
        visitor.press("Enregistrer et continuer")


def add_files(visitor: Visitor, path: Path = RESOLUTION) -> None:
    """Each required document of the section, one after the other."""
    forms = visitor.page.locator("form").filter(has=visitor.page.locator("input.file"))
    required = forms.filter(has_not_text="(facultatif)").filter(has_not_text="Ajouter un autre")
    while required.count():
        required.first.locator("input.file").set_input_files(path)
        required.first.get_by_role("button", name="Envoyer ce fichier").click()
        visitor.page.get_by_text("Reçu", exact=True).first.wait_for()


def send(visitor: Visitor, tasks: str) -> str:
    """Check, then send; the number of the case file."""
    visitor.goto(f"{tasks}/verifier")
    visitor.press("Envoyer la demande")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("envoyée")
    return visitor.page.locator(".receipt__number").inner_text().strip()


def get_proof(visitor: Visitor, folder: Path) -> Path:
    """Refresh the confirmation until the proof is there, and download it."""
    confirmation = visitor.page.url
    link = visitor.page.get_by_role("link", name="Télécharger la preuve de dépôt")
    visitor.await_that(link, confirmation)
    with visitor.page.expect_download() as started:
        link.click()
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target
