"""An account given and verified, a payment prepared, approved and released."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor
from tests.browser.volunteer import Volunteer

TRANSIT, INSTITUTION, ACCOUNT = "10203", "815", "0123457"
LINK_OF_BATCH = "Télécharger le fichier bancaire"


def give_account(visitor: Visitor, follow: str) -> None:
    """The responsible person types the numbers of a cheque."""
    visitor.goto(follow)
    visitor.follow("Donner les coordonnées bancaires")
    page = visitor.page
    page.get_by_label("Numéro de transit").fill(TRANSIT)
    page.get_by_label("Numéro de l’institution").fill(INSTITUTION)
    page.get_by_label("Numéro du compte").fill(ACCOUNT)
    visitor.press("Enregistrer ce compte")
    expect(page.get_by_role("main")).to_contain_text(ACCOUNT[-3:])


def verify_account(visitor: Visitor, who: Volunteer) -> str:
    """A second person proves who looks, reads the account aloud, confirms; the payee's name."""
    visitor.goto("/finances/coordonnees")
    visitor.follow(who.organization)
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    visitor.press("Afficher le compte")
    page = visitor.page
    expect(page.get_by_role("main")).to_contain_text(ACCOUNT)
    payee = page.get_by_label("Nom du bénéficiaire").input_value()
    page.get_by_label("Qui a répondu?").fill(f"{who.name}, présidente")
    visitor.press("Confirmer ce compte")
    expect(page.get_by_role("main")).to_contain_text("vous pouvez y verser")
    return payee


def prepare(visitor: Visitor, organization: str) -> str:
    """One line of what is ready becomes a batch; its address."""
    visitor.goto("/finances/?etat=prets")
    visitor.page.get_by_role("row").filter(has_text=organization).get_by_role("checkbox").check()
    visitor.press("Préparer le lot")
    expect(visitor.page.get_by_role("main")).to_contain_text("une autre personne doit l’approuver")
    return visitor.page.url


def approve(visitor: Visitor, batch: str) -> None:
    """Another person approves what the page shows."""
    visitor.goto(batch)
    visitor.press("Approuver le lot")
    expect(visitor.page.get_by_role("main")).to_contain_text("Le lot est approuvé")


def release(visitor: Visitor, batch: str) -> None:
    """The approver proves who acts and asks for the file; the worker makes it."""
    visitor.goto(batch)
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    visitor.press("Créer le fichier bancaire")
    visitor.await_that(visitor.page.get_by_role("button", name=LINK_OF_BATCH), batch)


def download(visitor: Visitor, batch: str) -> tuple[str, bytes]:
    """The number of the batch and the bytes of its file."""
    visitor.goto(batch)
    number = visitor.page.get_by_role("heading", level=1).inner_text().strip()
    with visitor.page.expect_download() as started:
        visitor.press(LINK_OF_BATCH)
    return number, started.value.path().read_bytes()
