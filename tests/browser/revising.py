"""A refusal read, a revision asked, given to somebody else, with the words of the screen."""

import re

from playwright.sync_api import expect

from tests.browser.reviewing import Ruling
from tests.browser.visitors import Visitor

GROUNDS = "La réserve dont parle la décision est promise au toit de notre maison."
NUMBER = re.compile(r"REV-[0-9]{4}-[0-9]{4}")


def open_decision(visitor: Visitor, follow: str) -> None:
    """Read a decision, for the first time or again."""
    visitor.goto(follow)
    first = visitor.page.get_by_role("button", name="Lire la décision")
    again = visitor.page.get_by_role("link", name="Décision et motifs")
    first.or_(again).first.click()
    visitor.page.wait_for_url("**/decision")


def read_refusal(visitor: Visitor, follow: str, ruling: Ruling) -> None:
    """The organization opens its decision: why, what helps, and how to ask again."""
    open_decision(visitor, follow)
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text(ruling.explanation)
    expect(main).to_contain_text(ruling.alternative)


def ask(visitor: Visitor) -> str:
    """From the decision: say why it should change; the number of the revision, acknowledged."""
    visitor.follow("Demander une révision")
    visitor.page.get_by_role("textbox").fill(GROUNDS)
    visitor.press("Demander la révision")
    found = NUMBER.search(visitor.text())
    assert found is not None
    receipt = visitor.page.locator("#messages").get_by_text("accusé de réception")
    visitor.await_that(receipt, visitor.page.url)
    return found[0]


def assign(visitor: Visitor, number: str, advisor: str, *, not_to: str) -> None:
    """The lead finds the revision and is offered everybody but who handled the first file."""
    visitor.goto("/bureau/a-affecter")
    row = visitor.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link").first.click()
    visitor.follow("Affecter le dossier")
    form = visitor.page.get_by_role("main").locator("form")
    assert form.get_by_role("radio", name=not_to).count() == 0
    form.get_by_role("radio", name=advisor).check()
    form.get_by_role("textbox").fill("N’a pas vu la première demande")
    visitor.press("Affecter le dossier")
    expect(visitor.page.get_by_role("main")).to_contain_text("le dossier est affecté")


def cannot_decide(visitor: Visitor, case: str) -> None:
    """Who decided first is told so, and has no form."""
    visitor.goto(f"{case}/decider")
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("Vous ne pouvez pas décider de ce dossier")
    expect(main.get_by_role("button", name="Relire")).to_have_count(0)
