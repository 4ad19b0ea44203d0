"""Whoever asks gets a number, a date and an answer: on a telephone without scripts, or called."""

import pytest
from playwright.sync_api import expect

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import answering, asking, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.desks import Desks
from tests.browser.visitors import NARROW
from tests.browser.volunteer import Volunteer

pytestmark = pytest.mark.serial

CITIZEN = Volunteer("Agathe Pomerleau", "agathe@chemin-nord.exemple", "", "")
AGENT, OTHER_AGENT, ADVISOR = "Carole Nadeau", "Yves Lapierre", "Odile Morin"
ANSWER = "Depuis le premier avril, et la directive dit comment."
CALLER, PHONE = "Wilfrid Castonguay", "418 555-0188"


def test_a_question_on_a_telephone_without_scripts(arrive: Arrivals) -> None:
    """Asked, acknowledged with a date, followed by a code, handed on, put off, answered."""
    person, desks = arrive(NARROW, scripts=False), Desks(arrive)
    number = asking.ask(person, "Le budget, le personnel", "Une politique", CITIZEN)
    agent = desks.of(AGENT)
    sheet = answering.open_request(agent, number)
    announced = answering.acknowledge(agent, sheet)
    assert announced in volunteer.read_mail(person, CITIZEN, f"{number}\u00a0: accusé")
    asking.follow(person, number, CITIZEN)
    assert announced in person.text() and AGENT in person.text()
    followed = person.page.url

    answering.transfer(agent, sheet, OTHER_AGENT)
    other = desks.of(OTHER_AGENT)
    answering.extend(other, sheet, local_date(utc_now()).year + 1)
    answering.answer(other, sheet, ANSWER)
    person.goto(followed)
    main = person.page.get_by_role("main")
    for words in (ANSWER, OTHER_AGENT, "1 fois", "Nous vous avons répondu", "15 juin"):
        expect(main).to_contain_text(words)
    assert ANSWER in volunteer.read_mail(person, CITIZEN, f"{number}\u00a0: notre réponse")


def test_a_caller_is_called_back(arrive: Arrivals) -> None:
    """Recorded with its due hour; a voice mail keeps no promise, an answer does; then closed."""
    desk = arrive()
    desk.become(ADVISOR)
    sheet = answering.record_call(desk, CALLER, PHONE, "Peut-on déposer deux demandes?")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("Rappeler la personne")
    expect(main.locator(".rule")).to_contain_text(" h ")
    answering.log_call(desk, sheet, "Message laissé")
    expect(main.locator(".rule")).to_contain_text("Rappeler la personne")
    answering.log_call(desk, sheet, "La personne a répondu")
    expect(main.locator(".rule")).not_to_contain_text("Rappeler la personne")
    answering.answer(desk, sheet, "Oui, une par programme.", way="Par téléphone")
    expect(main).to_contain_text("Répondue")
    expect(main.get_by_role("table", name="Appels faits")).to_contain_text("boîte vocale")
