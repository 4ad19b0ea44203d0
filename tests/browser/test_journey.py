"""From a volunteer's account to an advisor's desk, on a telephone without scripts and on a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import staff, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.visitors import NARROW, WIDE, Visitor
from tests.browser.volunteer import DESK, TELEPHONE, Volunteer

pytestmark = pytest.mark.serial

ADVISOR, LEAD, AGENT = "Odile Morin", "Hélène Caron", "Fatou Diallo"
PHONE = "418 646-9270, poste 4218"


def test_on_a_telephone_without_scripts(arrive: Arrivals, tmp_path: Path) -> None:
    """Account, notice, code, organization, application, proof, mail, assignment, desk, paper."""
    person = arrive(NARROW, scripts=False)
    number = _apply(person, TELEPHONE, tmp_path)
    words = volunteer.read_mail(person, TELEPHONE, number)
    assert number in words and "418 646-9270" in words

    desk = arrive(NARROW, scripts=False)
    _assign_and_open(desk, TELEPHONE, number)
    _named_to_the_organization(person)

    desk.become(AGENT)
    staff.record_paper(desk, local_date(utc_now()), TELEPHONE.paper_neq)
    expect(desk.page.get_by_role("main")).to_contain_text("22 500,00")


def test_at_a_desk_with_scripts(arrive: Arrivals, tmp_path: Path) -> None:
    """The same act by the same pages; scripts add comfort, never a step."""
    person = arrive(WIDE)
    number = _apply(person, DESK, tmp_path)
    desk = arrive(WIDE)
    _assign_and_open(desk, DESK, number)
    _named_to_the_organization(person)


def _apply(person: Visitor, who: Volunteer, folder: Path) -> str:
    """From nothing to the downloaded proof; the number of the file."""
    volunteer.create_account(person, who)
    volunteer.create_organization(person, who)
    tasks = volunteer.start_application(person)
    volunteer.save_and_come_back(person, tasks)
    volunteer.fill_application(person, tasks, who)
    number = volunteer.send(person, tasks)
    proof = volunteer.get_proof(person, folder)
    assert proof.read_bytes().startswith(b"%PDF-")
    return number


def _assign_and_open(desk: Visitor, who: Volunteer, number: str) -> None:
    """The lead gives the file away; the advisor finds it, opens it, and its date."""
    desk.become(LEAD)
    staff.assign(desk, who.organization, ADVISOR)
    desk.become(ADVISOR)
    staff.open_case(desk, who.organization)
    expect(desk.page.get_by_role("main")).to_contain_text(number)
    staff.explain_date(desk)
    expect(desk.page.get_by_role("main")).to_contain_text("jours ouvrables")


def _named_to_the_organization(person: Visitor) -> None:
    """The organization reads who has its file and how to reach them."""
    person.goto("/mon-espace/")
    person.follow(volunteer.CALL)
    assert ADVISOR in person.text()
    assert PHONE in person.text()
