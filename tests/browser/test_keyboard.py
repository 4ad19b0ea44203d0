"""The acts that bind money or a signature, and those of the telephone, from the keyboard alone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import reviewing, states
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.serial

DECIDER, APPROVER, AGENT = "Irène Vallée", "Sylvio Tanguay", "Fatou Diallo"
CALLER = "Zoé Thériault"
MOST_STOPS = 120
SEEN = """reached => {
    const style = getComputedStyle(reached), box = reached.getBoundingClientRect();
    const shows = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return shows && box.top >= 0 && box.bottom <= window.innerHeight;
}"""


def test_an_agreement_is_signed(office: DemoOffice, arrive: Arrivals) -> None:
    """Proof of identity, the box, the button."""
    to_sign, visitor = states.place(office, states.TO_SIGN), arrive()
    visitor.become(to_sign.member)
    visitor.goto(f"{to_sign.follow}/protocole/signer")
    _press(visitor, visitor.page.get_by_role("link", name="Confirmer mon identité"), "Enter")
    _press(visitor, visitor.page.get_by_role("button", name="Confirmer mon identité"), "Enter")
    _press(visitor, visitor.page.get_by_role("checkbox"), "Space")
    _press(visitor, visitor.page.get_by_role("button", name="Signer le protocole"), "Enter")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("est signé")


def test_a_decision_is_taken(office: DemoOffice, arrive: Arrivals) -> None:
    """From the letter read again, the act."""
    visitor = arrive()
    visitor.become(DECIDER)
    visitor.goto("/bureau/decisions")
    visitor.page.locator(".queue .row-title[href]").first.click()
    reviewing.read_letter(visitor, reviewing.REFUSED)
    act = visitor.page.get_by_role("button", name="Prendre la décision")
    _press(visitor, act, "Enter")
    expect(visitor.page.get_by_role("main")).to_contain_text("la décision est prise")


def test_a_batch_is_approved(office: DemoOffice, arrive: Arrivals) -> None:
    """The button that says the amount."""
    visitor = arrive()
    visitor.become(APPROVER)
    visitor.goto(states.batch(office, "prepared"))
    _press(visitor, visitor.page.get_by_role("button", name="Approuver le lot"), "Enter")
    expect(visitor.page.get_by_role("main")).to_contain_text("Le lot est approuvé")


def test_a_call_is_recorded_and_answered(arrive: Arrivals) -> None:
    """Typed from the first field, where the page puts the keyboard; then the answer given."""
    visitor = arrive()
    visitor.become(AGENT)
    visitor.goto("/bureau/renseignements/inscrire")
    page, keyboard = visitor.page, visitor.page.keyboard
    expect(page.get_by_label("Nom de la personne")).to_be_focused()
    keyboard.type(CALLER)
    _type(visitor, page.get_by_label("Téléphone", exact=True), "418 555-0004")
    _type(visitor, page.get_by_label("Ce que la personne demande"), "Quand ferme l’appel?")
    _press(visitor, page.get_by_role("button", name="Inscrire la demande"), "Enter")
    expect(page.get_by_role("main")).to_contain_text("La demande est inscrite")
    _press(visitor, page.get_by_role("link", name="Répondre", exact=True), "Enter")
    _type(visitor, page.get_by_label("Ce que vous dites"), "Le 15 janvier.")
    _reach(visitor, page.get_by_role("radio", name="Par téléphone"))
    _press(visitor, page.get_by_role("button", name="Envoyer la réponse"), "Enter")
    expect(page.get_by_role("main")).to_contain_text("la réponse est donnée")


def _type(visitor: Visitor, control: Locator, words: str) -> None:
    _reach(visitor, control)
    visitor.page.keyboard.type(words)


def _press(visitor: Visitor, control: Locator, key: str) -> None:
    """Go to a control by Tab from where the keyboard is, and use it."""
    _reach(visitor, control)
    visitor.page.keyboard.press(key)


def _reach(visitor: Visitor, control: Locator) -> None:
    """Go to a control by Tab, and see that it has the focus."""
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        if control.evaluate("reached => reached === document.activeElement"):
            break
    else:
        raise AssertionError("the keyboard never reaches it")
    assert control.evaluate(SEEN), "the focus cannot be seen"
