"""Each main form refused: its summary has the focus, and the page still passes axe."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser import revising, states, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.inspection import Findings
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.serial

NEW_NEQ = "1145000204"
MEMBER, AGENT = "Aline Saint-Onge", "Fatou Diallo"
DECIDER, PREPARER = "Irène Vallée", "Réjean Kirouac"
Act = Callable[[Visitor], None]


@dataclass(frozen=True)
class Fault:
    """Who makes it, on which page, by which act."""

    name: str
    path: str
    act: Act


def _press(label: str) -> Act:
    def press(visitor: Visitor) -> None:
        visitor.press(label)

    return press


def _empty(label: str, *names: str) -> Act:
    """Empty these fields, then press."""

    def press(visitor: Visitor) -> None:
        for name in names:
            visitor.page.locator(f'[name="{name}"]').fill("")
        visitor.press(label)

    return press


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
    Fault("", "/compte/entrer", _press("Continuer")),
    Fault("", "/compte/creer", _wrong_code),
    Fault("", "/compte/creer", _press("Créer mon compte")),
    Fault("", "/compte/mot-de-passe-oublie", _press("Recevoir un lien")),
    Fault(MEMBER, "/mon-espace/organisme?autre=1", _press("Continuer")),
    Fault(MEMBER, f"/mon-espace/organisme/creer?neq={NEW_NEQ}", _press("Inscrire l’organisme")),
    Fault(MEMBER, "/mon-espace/", _all_tasks_at_fault),
    Fault(AGENT, "/bureau/saisir", _press("Inscrire la demande")),
]


def test_forms_of_a_request(arrive: Arrivals) -> None:
    """From the account to the request, on screen and on paper."""
    _refuse(arrive, FIRST_SLICE)


def test_forms_of_organizations(office: DemoOffice, arrive: Arrivals) -> None:
    """A revision without grounds, an agreement not read, an account without numbers."""
    revisable = states.place(office, states.REVISABLE)
    to_sign = states.place(office, states.TO_SIGN)
    account = "/mon-espace/coordonnees-bancaires?changer=1"
    faults = [
        Fault(revisable.member, revisable.follow, _no_grounds),
        Fault(to_sign.member, f"{to_sign.follow}/protocole/signer", _sign_unread),
        Fault(to_sign.member, account, _press("Enregistrer ce compte")),
    ]
    _refuse(arrive, faults)


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
        Fault(DECIDER, back, _press("Renvoyer à l’analyse")),
        Fault(granted.advisor, draft, _empty("Enregistrer", "resolution_number", "address")),
        Fault(AGENT, returned, _press("Inscrire")),
    ]
    _refuse(arrive, faults)


def test_forms_of_finance(office: DemoOffice, arrive: Arrivals) -> None:
    """A batch without a line, a date that is none, a return without its code, no answer."""
    batch = states.batch(office, "prepared")
    faults = [
        Fault(PREPARER, "/finances/", _empty("Préparer le lot", "funds_on-day")),
        Fault(PREPARER, f"{batch}/date", _empty("Changer la date", "funds_on-day")),
        Fault(PREPARER, states.released_payment(office), _press("Inscrire")),
        Fault(PREPARER, "/finances/coordonnees", _nobody_answered),
    ]
    _refuse(arrive, faults)


def _refuse(arrive: Arrivals, faults: list[Fault]) -> None:
    findings, people = Findings(), dict[str, Visitor]()
    for rank, fault in enumerate(faults):
        visitor = _visitor(arrive, people, fault.name)
        visitor.goto(fault.path)
        fault.act(visitor)
        expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
        findings.inspect(visitor, f"{rank} {fault.path} in error")
    assert [each for each in findings.problems if "same title" not in each] == []


def _visitor(arrive: Arrivals, people: dict[str, Visitor], name: str) -> Visitor:
    """The browser of this person; a new one for whoever has no name."""
    if not name:
        return arrive()
    if name not in people:
        people[name] = arrive()
        people[name].become(name)
    return people[name]
