"""Every page that anyone may open passes axe at both widths, and those of an account."""

import pytest

from grants.clock import utc_now
from grants.domain.access import SYSTEM, Role
from grants.operations import accounts
from grants.unit_of_work import saving
from tests.browser import asking, entering, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.walk import Walk

pytestmark = pytest.mark.serial

PART = "public"
BY_FLOW = {
    "account.code",
    "account.confirm_factor",
    "account.confirm_identity",
    "account.enrol",
    "account.set_password",
    "account.totp",
    "public.asked",
    "public.comment_received",
    "public.followed",
    "public.track_code",
}
STAFF = volunteer.Volunteer("Anaïs Pépin", "anais@secretariat.exemple", "", "")
CITIZEN = volunteer.Volunteer("Ovide Rancourt", "ovide@nulle-part.exemple", "", "")
OFFICE = "L’action communautaire"
CALCULATED = "/engagements/calcul"


def test_accessibility_of_everybody(arrive: Arrivals, walk: Walk) -> None:
    """What anyone reaches from the home page, the pages of an account and the mailbox."""
    seeds = ["/", "/compte/mot-de-passe-oublie/courriel", "/compte/avis", CALCULATED]
    walk.go(arrive(), [*seeds, "/jours-feries", "/engagements/declarations"])
    walk.finish()


def test_a_question_and_its_follow_up(arrive: Arrivals, walk: Walk) -> None:
    """The question itself, its receipt, the code, and where it stands."""
    visitor, look = arrive(), walk.findings.inspect
    visitor.goto("/renseignements?office=SCT&topic=procurement&answer_by=phone&step=continue")
    look(visitor, "public.ask, a supplier")
    number = asking.ask(visitor, OFFICE, "Une politique", CITIZEN)
    look(visitor, "public.asked")
    visitor.goto("/suivre")
    visitor.page.get_by_role("textbox", name="Numéro").fill(number)
    visitor.page.get_by_label("Adresse de courriel").fill(CITIZEN.email)
    visitor.press("Recevoir un code")
    look(visitor, "public.track_code")
    asking.follow(visitor, number, CITIZEN, already=1)
    look(visitor, "public.followed, a request")
    number = asking.complain(visitor, OFFICE, "Personne ne répond.", CITIZEN)
    visitor.goto("/plaintes/recu")
    look(visitor, "public.comment_received")
    asking.follow(visitor, number, CITIZEN, already=2)
    look(visitor, "public.followed, a message")
    walk.finish()


def test_a_second_factor(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """The link of the mail, a password, both pages of the codes, and who it is asked again."""
    visitor, look = arrive(), walk.findings.inspect
    _invite(office)
    entering.open_link(visitor, STAFF)
    look(visitor, "account.set_password")
    entering.choose_password(visitor)
    entering.sign_in(visitor, STAFF)
    look(visitor, "account.enrol")
    entering.install(visitor)
    visitor.goto("/compte/confirmer?next=/bureau/")
    look(visitor, "account.confirm_identity")
    visitor.page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    visitor.press("Continuer")
    look(visitor, "account.confirm_factor")
    visitor.goto("/bureau/")
    visitor.press("Quitter")
    visitor.goto("/compte/entrer")
    entering.sign_in(visitor, STAFF)
    look(visitor, "account.totp")
    walk.finish()


def _invite(office: DemoOffice) -> None:
    roles = frozenset({Role.ADVISOR})
    details = accounts.StaffDetails(STAFF.name, STAFF.email, "SACA", "Conseillère", roles)
    with office.session(), saving() as session:
        accounts.create_staff(session, details, actor=SYSTEM, now=utc_now())


def test_every_page_was_looked_at(walk: Walk) -> None:
    """No page of this part escaped the walks above."""
    assert walk.missed() == set()
