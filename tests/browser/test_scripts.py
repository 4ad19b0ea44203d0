"""The three scripts: errors brought to the reader, keys of the queue, the sign of a sending."""

import pytest
from playwright.sync_api import Route, expect

from grants.demo.stories import RESOLUTION
from tests.browser.conftest import Arrivals
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.serial


def test_the_summary_leads_to_the_field(arrive: Arrivals) -> None:
    """The summary has the focus after a refusal; its line brings to the control."""
    visitor = arrive()
    visitor.goto("/compte/entrer")
    visitor.press("Continuer")
    expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
    assert visitor.page.title().startswith("Erreur")
    visitor.page.locator("[data-error-summary] a").first.click()
    expect(visitor.page.get_by_label("Adresse de courriel")).to_be_focused()


def test_the_keys_of_the_queue(arrive: Arrivals) -> None:
    """j goes down, k goes up, e opens; a switch turns them off and stays off."""
    visitor = arrive()
    visitor.become("Odile Morin")
    visitor.goto("/bureau/")
    names = visitor.page.locator(".queue .row-title[href]").all_inner_texts()
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        visitor.page.keyboard.press(key)
        assert _focused_words(visitor) == names[place], key
    visitor.page.keyboard.press("e")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(names[1])

    visitor.goto("/bureau/")
    visitor.press("Désactiver les raccourcis")
    visitor.goto("/bureau/")
    visitor.page.keyboard.press("j")
    assert visitor.page.evaluate("document.activeElement === document.body")
    visitor.press("Activer les raccourcis")
    visitor.page.keyboard.press("j")
    assert _focused_words(visitor) == names[0]


def test_letters_typed_stay_letters(arrive: Arrivals) -> None:
    """In a box of search, j, k and e are letters."""
    visitor = arrive()
    visitor.become("Odile Morin")
    visitor.goto("/bureau/")
    box = visitor.page.get_by_role("searchbox")
    box.focus()
    visitor.page.keyboard.type("jke")
    expect(box).to_have_value("jke")


def test_a_sending_shows_that_it_goes(arrive: Arrivals) -> None:
    """While the answer is awaited: words, a sign, and a second press that sends nothing."""
    visitor = arrive()
    visitor.become("Théo Bélanger")
    visitor.goto("/mon-espace/")
    visitor.follow("Continuer")
    visitor.goto(f"{visitor.page.url}/sections/documents")
    sent = _unanswered_posts(visitor)
    form = visitor.page.locator("form[data-sending]").first
    button = form.locator("button")
    form.locator("input.file").set_input_files(RESOLUTION)
    for _ in range(2):
        button.click(force=True)
        expect(form.get_by_role("status")).to_have_text("Envoi du fichier en cours…")
        expect(form.locator("progress")).to_be_visible()
        expect(button).to_have_attribute("aria-disabled", "true")
    assert len(sent) == 1


def _unanswered_posts(visitor: Visitor) -> list[str]:
    """Posts of files get an answer without content, which leaves the page as it is."""
    sent: list[str] = []

    def swallow(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    visitor.page.route("**/documents/**", swallow)
    return sent


def _focused_words(visitor: Visitor) -> str:
    words: str = visitor.page.evaluate("document.activeElement.innerText")
    return words
