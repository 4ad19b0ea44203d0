"""An agreement drafted, issued and signed, with the words of the screen."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor
from tests.browser.volunteer import CODE, PASSWORD, Volunteer, read_mail

SIGNATORY_ROLE, RESOLUTION_NUMBER = "Présidente", "2026-14"


def draft(visitor: Visitor, case: str, who: Volunteer) -> None:
    """The advisor completes what the application does not say."""
    visitor.goto(case)
    visitor.follow("Rédiger le protocole")
    page = visitor.page
    page.get_by_role("radio", name=who.name).check()
    page.get_by_label("Fonction de la personne qui signe").fill(SIGNATORY_ROLE)
    page.get_by_label("Numéro de la résolution").fill(RESOLUTION_NUMBER)
    visitor.press("Enregistrer et relire le texte")
    expect(page.get_by_role("main")).to_contain_text("Le protocole est rédigé")


def issue(visitor: Visitor, number: str) -> None:
    """The delegate reads it, proves again who acts, and signs for the minister."""
    visitor.goto("/bureau/protocoles")
    row = visitor.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link").first.click()
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    visitor.press("Signer pour la ministre et délivrer")
    expect(visitor.page.get_by_role("main")).to_contain_text("Le protocole est délivré")


def sign(visitor: Visitor, follow: str, who: Volunteer, codes: int) -> None:
    """The responsible person reads the file the worker made, proves who signs, and signs."""
    visitor.await_link("Lire le protocole d’entente", follow)
    visitor.follow("Lire le protocole d’entente")
    assert visitor.get(f"{follow}/protocole/fichier").startswith(b"%PDF-")
    visitor.follow("Signer le protocole")
    prove_identity(visitor, who, codes)
    visitor.page.locator("[name=read]").check()
    visitor.press("Signer le protocole")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("est signé")


def prove_identity(visitor: Visitor, who: Volunteer, codes: int) -> None:
    """The password again, then the code of a mail that comes after those already there."""
    visitor.follow("Confirmer mon identité")
    visitor.page.get_by_label("Mot de passe").fill(PASSWORD)
    visitor.press("Continuer")
    expect(visitor.page.get_by_label("Code")).to_be_visible()
    here = visitor.page.url
    found = CODE.search(read_mail(visitor, who, "code", already=codes))
    assert found is not None
    visitor.goto(here)
    visitor.page.get_by_label("Code").fill(found[0])
    visitor.press("Confirmer mon identité")
