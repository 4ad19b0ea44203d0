"""Each main form refused: its summary has the focus, and the page still passes axe."""

import pytest

from tests.browser import revising, states, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.refusing import Fault, empty, press, refuse
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.serial

NEW_NEQ = "1145000204"
MEMBER, AGENT = "Aline Saint-Onge", "Fatou Diallo"
DECIDER, PREPARER = "Irène Vallée", "Réjean Kirouac"


def _wrong_code(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Prénom et nom").fill("Ève Nadon")
    page.get_by_label("Adresse de courriel").fill("eve@nulle-part.exemple")
    page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    page.get_by_label("J’ai lu l’avis").check()
    visitor.press("Créer mon compte")
    page.get_by_label("Code").fill("12")
    visitor.press("Entrer")


def _all_tasks_at_fault(visitor: Visitor) -> None:
    visitor.follow("Continuer")
    visitor.goto(f"{visitor.page.url}/sections/amount")
    visitor.page.locator('[name="finished"][value="yes"]').check()
    visitor.page.locator("#amount_requested").fill("beaucoup")
    visitor.press("Enregistrer et continuer")


def _document_without_note(visitor: Visitor) -> None:
    visitor.page.locator('input[value="missing"]').first.check()
    visitor.press("Enregistrer la vérification")


def _criterion_without_note(visitor: Visitor) -> None:
    visitor.page.locator('input[value="not_met"]').check()
    visitor.page.get_by_label("Note").fill("")
    visitor.press("Enregistrer")


def _no_reason(visitor: Visitor) -> None:
    visitor.page.locator(".queue .row-title[href]").first.click()
    visitor.press("Relire la lettre")


def _no_grounds(visitor: Visitor) -> None:
    revising.open_decision(visitor, visitor.page.url)
    visitor.follow("Demander une révision")
    visitor.press("Demander la révision")


def _sign_unread(visitor: Visitor) -> None:
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    visitor.press("Signer le protocole")


def _nobody_answered(visitor: Visitor) -> None:
    visitor.page.get_by_role("main").get_by_role("row").get_by_role("link").first.click()
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    visitor.press("Afficher le compte")
    visitor.press("Confirmer ce compte")


FIRST_SLICE = [
    Fault("", "/compte/entrer", press("Continuer")),
    Fault("", "/compte/creer", _wrong_code),
    Fault("", "/compte/creer", press("Créer mon compte")),
    Fault("", "/compte/mot-de-passe-oublie", press("Recevoir un lien")),
    Fault(MEMBER, "/mon-espace/organisme?autre=1", press("Continuer")),
    Fault(MEMBER, f"/mon-espace/organisme/creer?neq={NEW_NEQ}", press("Inscrire l’organisme")),
    Fault(MEMBER, "/mon-espace/", _all_tasks_at_fault),
    Fault(AGENT, "/bureau/saisir", press("Inscrire la demande")),
]


def test_forms_of_a_request(arrive: Arrivals) -> None:
    """From the account to the request, on screen and on paper."""
    refuse(arrive, FIRST_SLICE)


def test_forms_of_organizations(office: DemoOffice, arrive: Arrivals) -> None:
    """A revision without grounds, an agreement not read, an account without numbers."""
    revisable = states.place(office, states.REVISABLE)
    to_sign = states.place(office, states.TO_SIGN)
    account = "/mon-espace/coordonnees-bancaires?changer=1"
    faults = [
        Fault(revisable.member, revisable.follow, _no_grounds),
        Fault(to_sign.member, f"{to_sign.follow}/protocole/signer", _sign_unread),
        Fault(to_sign.member, account, press("Enregistrer ce compte")),
    ]
    refuse(arrive, faults)


def test_forms_of_the_desk(office: DemoOffice, arrive: Arrivals) -> None:
    """A review, a decision, an agreement, without what each one asks."""
    reviewed = states.place(office, states.UNDER_REVIEW)
    granted = states.place(office, states.NOT_DRAFTED)
    to_sign = states.place(office, states.TO_SIGN)
    review, draft = f"{reviewed.desk}/analyse", f"{granted.desk}/protocole/rediger"
    returned = f"{to_sign.desk}/protocole/retour"
    back = f"{states.place(office, states.RECOMMENDED).desk}/renvoyer"
    faults = [
        Fault(reviewed.advisor, f"{review}/documents", _document_without_note),
        Fault(reviewed.advisor, f"{review}/criteres/AC1", _criterion_without_note),
        Fault(DECIDER, "/bureau/decisions", _no_reason),
        Fault(DECIDER, back, press("Renvoyer à l’analyse")),
        Fault(granted.advisor, draft, empty("Enregistrer", "resolution_number", "address")),
        Fault(AGENT, returned, press("Inscrire")),
    ]
    refuse(arrive, faults)


def test_forms_of_finance(office: DemoOffice, arrive: Arrivals) -> None:
    """A batch without a line, a date that is none, a return without its code, no answer."""
    batch = states.batch(office, "prepared")
    faults = [
        Fault(PREPARER, "/finances/", empty("Préparer le lot", "funds_on-day")),
        Fault(PREPARER, f"{batch}/date", empty("Changer la date", "funds_on-day")),
        Fault(PREPARER, states.released_payment(office), press("Inscrire")),
        Fault(PREPARER, "/finances/coordonnees", _nobody_answered),
    ]
    refuse(arrive, faults)
