"""A complaint from its first word to its conclusion, and nothing of it to anybody else."""

import pytest
from playwright.sync_api import expect

from tests.browser import asking, complaining, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.visitors import Visitor
from tests.browser.volunteer import Volunteer

pytestmark = pytest.mark.serial

CITIZEN = Volunteer("Philémon Cyr", "philemon@ile-aux-foins.exemple", "", "")
OFFICER, NAMED, ADVISOR = "Bernard Lessard", "Hélène Caron", "Odile Morin"
WORDS = "J’ai téléphoné trois fois un midi, et personne n’a répondu."
MAIL = "Votre message au"


def test_a_complaint_is_heard(arrive: Arrivals) -> None:
    """Filed with scripts, acknowledged, read by who is named, concluded, followed by a code."""
    person, officer = arrive(), arrive()
    number = asking.complain(person, "L’action communautaire", WORDS, CITIZEN)
    officer.become(OFFICER)
    sheet = complaining.open_complaint(officer, number)
    expect(officer.page.get_by_role("main")).to_contain_text(WORDS)
    complaining.acknowledge(officer)
    assert number in volunteer.read_mail(person, CITIZEN, MAIL)
    complaining.name_reader(officer, NAMED)
    complaining.conclude(officer)
    said = volunteer.read_mail(person, CITIZEN, MAIL, already=1)
    assert complaining.ANSWER in said and "Protecteur du citoyen" in said
    asking.follow(person, number, CITIZEN)
    assert complaining.ANSWER in person.text()
    assert complaining.FACTS not in person.text()

    named = arrive()
    named.become(NAMED)
    named.goto(sheet)
    expect(named.page.get_by_role("main")).to_contain_text(WORDS)
    _is_hidden_from_an_advisor(arrive(), sheet)


def _is_hidden_from_an_advisor(visitor: Visitor, sheet: str) -> None:
    """Its address answers like one that never was."""
    visitor.become(ADVISOR)
    pages = []
    for address in (sheet, sheet[:-6] + "000000"):
        assert visitor.status(address) == 404
        pages.append(visitor.text())
    assert pages[0] == pages[1]
    assert "Nous ne trouvons pas cette page" in pages[0]
