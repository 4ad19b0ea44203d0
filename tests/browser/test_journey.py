"""From a volunteer's account to the bank file, each step by its own role in its own browser:
with scripts at a desk; without, on a telephone, by way of a refusal and its revision."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import agreeing, paying, reviewing, revising, staff, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.visitors import NARROW, WIDE, Visitor
from tests.browser.volunteer import DESK, TELEPHONE, Volunteer
from tests.documents import bank_file_parser

pytestmark = pytest.mark.serial

ADVISOR, LEAD, AGENT, DECIDER = "Odile Morin", "Hélène Caron", "Fatou Diallo", "Irène Vallée"
OTHER_ADVISOR, OTHER_DECIDER = "Samuel Gagné", "Paul-Émile Gervais"
VERIFIER, PREPARER, APPROVER = "Réjean Kirouac", "Maëlle Deschamps", "Sylvio Tanguay"
PHONE = "418 646-9270, poste 4218"
HALF, HALF_CENTS = "24 250,00 $", volunteer.AMOUNT_CENTS // 2


@dataclass
class Office:
    """A browser for each member of the staff, opened when they first act."""

    arrive: Callable[[], Visitor]
    desks: dict[str, Visitor] = field(default_factory=dict)

    def desk(self, name: str) -> Visitor:
        """The browser of this person, who has entered."""
        if name not in self.desks:
            self.desks[name] = self.arrive()
            self.desks[name].become(name)
        return self.desks[name]


@dataclass(frozen=True)
class Case:
    """A file by its number and its two addresses: the organization's and the office's."""

    number: str
    follow: str
    desk: str


def test_on_a_telephone_without_scripts(
    office: DemoOffice, arrive: Arrivals, tmp_path: Path
) -> None:
    """Account to refusal, revision by others, agreement, bank file; then a request on paper."""
    person = arrive(NARROW, scripts=False)
    staffed = Office(lambda: arrive(NARROW, scripts=False))
    number = _apply(person, TELEPHONE, tmp_path)
    words = volunteer.read_mail(person, TELEPHONE, number)
    assert number in words and "418 646-9270" in words

    case = _assign_and_open(staffed, person, TELEPHONE, number)
    _named_to_the_organization(person)
    revision = _refused_then_revised(staffed, person, case)
    _to_the_bank(office, staffed, person, TELEPHONE, revision, OTHER_ADVISOR, OTHER_DECIDER)

    clerk = staffed.desk(AGENT)
    staff.record_paper(clerk, local_date(utc_now()), TELEPHONE.paper_neq)
    expect(clerk.page.get_by_role("main")).to_contain_text("22 500,00")


def test_at_a_desk_with_scripts(office: DemoOffice, arrive: Arrivals, tmp_path: Path) -> None:
    """The same acts by the same pages; scripts add comfort, never a step."""
    person, staffed = arrive(WIDE), Office(lambda: arrive(WIDE))
    number = _apply(person, DESK, tmp_path)
    case = _assign_and_open(staffed, person, DESK, number)
    _named_to_the_organization(person)
    reviewing.review(staffed.desk(ADVISOR), case.desk, reviewing.ACCEPTED)
    reviewing.decide(staffed.desk(DECIDER), number, reviewing.ACCEPTED)
    _to_the_bank(office, staffed, person, DESK, case, ADVISOR, DECIDER)


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


def _assign_and_open(office: Office, person: Visitor, who: Volunteer, number: str) -> Case:
    """The lead gives the file away; the advisor finds it, opens it, and its date."""
    staff.assign(office.desk(LEAD), who.organization, ADVISOR)
    desk = office.desk(ADVISOR)
    staff.open_case(desk, who.organization)
    expect(desk.page.get_by_role("main")).to_contain_text(number)
    opened = desk.page.url
    staff.explain_date(desk)
    expect(desk.page.get_by_role("main")).to_contain_text("jours ouvrables")
    person.goto("/mon-espace/")
    person.follow(volunteer.CALL)
    return Case(number, person.page.url, opened)


def _named_to_the_organization(person: Visitor) -> None:
    """The organization reads who has its file and how to reach them."""
    assert ADVISOR in person.text()
    assert PHONE in person.text()


def _refused_then_revised(office: Office, person: Visitor, case: Case) -> Case:
    """Refused; a revision is asked, given to another advisor, decided by another person."""
    reviewing.review(office.desk(ADVISOR), case.desk, reviewing.REFUSED)
    reviewing.decide(office.desk(DECIDER), case.number, reviewing.REFUSED)
    revising.read_refusal(person, case.follow, reviewing.REFUSED)
    number = revising.ask(person)
    revising.assign(office.desk(LEAD), number, OTHER_ADVISOR, not_to=ADVISOR)
    follow = person.page.url
    revision = Case(number, follow, case.desk.rpartition("/")[0] + "/" + follow.rpartition("/")[2])
    reviewing.review(office.desk(OTHER_ADVISOR), revision.desk, reviewing.ACCEPTED)
    revising.cannot_decide(office.desk(DECIDER), revision.desk)
    reviewing.decide(office.desk(OTHER_DECIDER), number, reviewing.ACCEPTED)
    return revision


def _to_the_bank(
    installed: DemoOffice,
    office: Office,
    person: Visitor,
    who: Volunteer,
    case: Case,
    advisor: str,
    delegate: str,
) -> None:
    """From a favourable decision to the bytes that the bank receives, and what is told then."""
    _read_favourable_decision(person, case)
    agreeing.draft(office.desk(advisor), case.desk, who)
    agreeing.issue(office.desk(delegate), case.number)
    agreeing.sign(person, case.follow, who, codes=1)
    paying.give_account(person, case.follow)
    payee = paying.verify_account(office.desk(VERIFIER), who)
    batch = paying.prepare(office.desk(PREPARER), who.organization)
    paying.approve(office.desk(APPROVER), batch)
    paying.release(office.desk(APPROVER), batch)
    number, content = paying.download(office.desk(PREPARER), batch)
    assert _printed(installed, number) == content
    (payment,) = bank_file_parser.parse(content).payments
    assert (payment.cents, payment.payee_name) == (HALF_CENTS, payee)
    assert HALF in volunteer.read_mail(person, who, "un versement est fait")
    person.goto(case.follow)
    assert HALF in person.text()


def _printed(installed: DemoOffice, number: str) -> bytes:
    """The bank file as the command prints it."""
    return installed.app.test_cli_runner().invoke(args=["batch", "file", number]).stdout_bytes


def _read_favourable_decision(person: Visitor, case: Case) -> None:
    """The organization opens its decision; before that, its page does not say what it is."""
    person.goto(case.follow)
    assert reviewing.ACCEPTED.explanation not in person.text()
    person.press("Lire la décision")
    expect(person.page.get_by_role("main")).to_contain_text(reviewing.ACCEPTED.explanation)
