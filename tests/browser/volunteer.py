"""What a volunteer does, one act per function, with the words of the screen."""

import re
from pathlib import Path

from playwright.sync_api import expect

from grants.demo.answers import Applicant
from grants.demo.stories import RESOLUTION
from tests.browser.typist import fill_section, questionnaire, volunteer_answers
from tests.browser.visitors import Visitor

NAME = "Mireille Sansfaçon"
EMAIL = "mireille@rive-haute.exemple"
PASSWORD = "quatre chemins de neige"
ORGANIZATION = "Entraide Rive-Haute"
NEQ = "1145000006"
AMOUNT_CENTS = 48_500_00
RECEIPT_LIMIT_MS = 30_000
CODE = re.compile(r"\b[0-9]{6}\b")


def read_mail(visitor: Visitor, subject: str) -> str:
    """Wait in *Courriels de la démonstration* for a mail to the volunteer; its words."""
    mail = visitor.page.get_by_role("row").filter(has_text=EMAIL).get_by_role("link", name=subject)
    visitor.goto("/demonstration/courriels")
    for _ in range(60):
        if mail.count():
            break
        visitor.page.wait_for_timeout(250)
        visitor.goto("/demonstration/courriels")
    mail.first.click()
    return visitor.text()


def create_account(visitor: Visitor) -> None:
    """An account, its notice, and the code that comes by mail."""
    visitor.goto("/")
    visitor.follow("Se connecter")
    visitor.follow("Créer un compte")
    page = visitor.page
    page.get_by_label("Prénom et nom").fill(NAME)
    page.get_by_label("Adresse de courriel").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    expect(page.get_by_role("heading", name="Avis sur la collecte")).to_be_visible()
    page.get_by_label("J’ai lu l’avis").check()
    visitor.press("Créer mon compte")
    found = CODE.search(read_mail(visitor, "code"))
    assert found is not None
    visitor.goto("/compte/code")
    page.get_by_label("Code").fill(f"{found[0][:3]} {found[0][3:]}")
    visitor.press("Entrer")


def create_organization(visitor: Visitor) -> None:
    """An organization that is not known yet, found by its NEQ."""
    visitor.goto("/mon-espace/organisme")
    page = visitor.page
    page.get_by_label("NEQ").fill(f"{NEQ[:4]} {NEQ[4:7]} {NEQ[7:]}")
    visitor.press("Continuer")
    page.get_by_label("Nom").fill(ORGANIZATION)
    page.get_by_label("ourriel").fill(EMAIL)
    page.get_by_label("Téléphone").fill("418 555-0123")
    visitor.press("Inscrire l’organisme")


def start_application(visitor: Visitor) -> str:
    """A draft in the first open call of the rights program; its address."""
    visitor.goto("/mon-espace/appels")
    visitor.follow("une demande, Appel de cette année")
    visitor.press("Commencer la demande")
    return visitor.page.url


def fill_application(visitor: Visitor, tasks: str, program: str) -> None:
    """Every section, in the order in which the pages lead."""
    form = questionnaire(program)
    applicant = Applicant(ORGANIZATION, NEQ, NAME, AMOUNT_CENTS, 1)
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
    link = visitor.page.get_by_role("link", name="Télécharger la preuve de dépôt")
    for _ in range(RECEIPT_LIMIT_MS // 500):
        if link.count():
            break
        visitor.page.wait_for_timeout(500)
        visitor.page.reload()
    with visitor.page.expect_download() as started:
        link.click()
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target
