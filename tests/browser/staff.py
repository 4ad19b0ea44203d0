"""What the staff do, one act per function, with the words of the screen."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.visitors import Visitor

PAPER_ORGANIZATION = "Horizons Kamouraska"


def assign(visitor: Visitor, organization: str, advisor: str) -> None:
    """The team lead gives a file to an advisor, whoever was proposed."""
    visitor.goto("/bureau/a-affecter")
    row = visitor.page.get_by_role("row").filter(has_text=organization)
    for box in visitor.page.get_by_role("checkbox").all():
        box.uncheck()
    row.get_by_role("checkbox").check()
    person = row.get_by_role("combobox")
    label = next(text for text in person.get_by_role("option").all_inner_texts() if advisor in text)
    person.select_option(label=label)
    row.get_by_role("textbox").fill("Connaît déjà le quartier")
    visitor.press("Affecter les dossiers choisis")
    expect(visitor.page.get_by_role("main")).to_contain_text("1 dossier affecté")


def open_case(visitor: Visitor, organization: str) -> None:
    """The advisor finds the file in the day's list and opens it."""
    visitor.goto("/bureau/")
    visitor.follow(organization)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(organization)


def explain_date(visitor: Visitor) -> None:
    """From the open file, by its promises, to the explanation of a date."""
    visitor.follow("Promesses et messages")
    visitor.follow("Comment cette date est calculée")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def type_paper(visitor: Visitor, today: date, neq: str) -> None:
    """The short form, typed from a sheet that came by post yesterday."""
    visitor.goto("/bureau/saisir")
    page, received = visitor.page, today - timedelta(days=1)
    page.get_by_label("Par la poste").check()
    page.get_by_label("Jour").fill(str(received.day))
    page.get_by_label("Mois").select_option(str(received.month))
    page.get_by_label("Année").fill(str(received.year))
    page.get_by_label("Heure de réception").fill("9 h 30")
    page.get_by_label("NEQ").fill(neq)
    page.get_by_label("Nom légal").fill(PAPER_ORGANIZATION)
    page.get_by_label("Adresse postale").fill("3, chemin du Quai, Rive-Claire")
    page.get_by_label("Code postal").fill("G0X 0X0")
    page.get_by_label("Appel").select_option(index=1)
    page.get_by_label("Montant demandé").fill("22 500,00 $")


def record_paper(visitor: Visitor, today: date, neq: str) -> None:
    """Record it, and be shown the new file."""
    type_paper(visitor, today, neq)
    visitor.press("Inscrire la demande")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(PAPER_ORGANIZATION)
