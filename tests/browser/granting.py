"""From a volunteer's account to the bank file, each step by its own role in its own browser."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import agreeing, paying, reviewing, revising, staff, volunteer
from tests.browser.desks import Desks
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tests.browser.volunteer import Volunteer
from tests.documents import bank_file_parser

ADVISOR, LEAD, DECIDER = "Odile Morin", "Hélène Caron", "Irène Vallée"
OTHER_ADVISOR, OTHER_DECIDER = "Samuel Gagné", "Paul-Émile Gervais"
VERIFIER, PREPARER, APPROVER = "Réjean Kirouac", "Maëlle Deschamps", "Sylvio Tanguay"
PHONE = "418 646-9270, poste 4218"
HALF, HALF_CENTS = "24 250,00 $", volunteer.AMOUNT_CENTS // 2


@dataclass(frozen=True)
class Case:
    """A file by its number and its two addresses: the organization's and the office's."""

    number: str
    follow: str
    desk: str


def apply(person: Visitor, who: Volunteer, folder: Path) -> str:
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


def assign_and_open(desks: Desks, person: Visitor, who: Volunteer, number: str) -> Case:
    """The lead gives the file away; the advisor finds it, opens it, and its date."""
    staff.assign(desks.of(LEAD), who.organization, ADVISOR)
    desk = desks.of(ADVISOR)
    staff.open_case(desk, who.organization)
    expect(desk.page.get_by_role("main")).to_contain_text(number)
    opened = desk.page.url
    staff.explain_date(desk)
    expect(desk.page.get_by_role("main")).to_contain_text("jours ouvrables")
    person.goto("/mon-espace/")
    person.follow(volunteer.CALL)
    return Case(number, person.page.url, opened)


def named_to_the_organization(person: Visitor) -> None:
    """The organization reads who has its file and how to reach them."""
    assert ADVISOR in person.text()
    assert PHONE in person.text()


def refused_then_revised(desks: Desks, person: Visitor, case: Case) -> Case:
    """Refused; a revision is asked, given to another advisor, decided by another person."""
    reviewing.review(desks.of(ADVISOR), case.desk, reviewing.REFUSED)
    reviewing.decide(desks.of(DECIDER), case.number, reviewing.REFUSED)
    revising.read_refusal(person, case.follow, reviewing.REFUSED)
    number = revising.ask(person)
    revising.assign(desks.of(LEAD), number, OTHER_ADVISOR, not_to=ADVISOR)
    follow = person.page.url
    revision = Case(number, follow, case.desk.rpartition("/")[0] + "/" + follow.rpartition("/")[2])
    reviewing.review(desks.of(OTHER_ADVISOR), revision.desk, reviewing.ACCEPTED)
    revising.cannot_decide(desks.of(DECIDER), revision.desk)
    reviewing.decide(desks.of(OTHER_DECIDER), number, reviewing.ACCEPTED)
    return revision


def to_the_bank(
    installed: DemoOffice,
    desks: Desks,
    person: Visitor,
    who: Volunteer,
    case: Case,
    advisor: str,
    delegate: str,
) -> None:
    """From a favourable decision to the bytes that the bank receives, and what is told then."""
    _read_favourable_decision(person, case)
    agreeing.draft(desks.of(advisor), case.desk, who)
    agreeing.issue(desks.of(delegate), case.number)
    agreeing.sign(person, case.follow, who, codes=1)
    paying.give_account(person, case.follow)
    payee = paying.verify_account(desks.of(VERIFIER), who)
    batch = paying.prepare(desks.of(PREPARER), who.organization)
    paying.approve(desks.of(APPROVER), batch)
    paying.release(desks.of(APPROVER), batch)
    number, content = paying.download(desks.of(PREPARER), batch)
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
