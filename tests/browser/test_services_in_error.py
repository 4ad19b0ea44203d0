"""Each form of requests, complaints, the directory and the offices refused, as the others are."""

import pytest

from tests.browser import service_states, states
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.refusing import Fault, empty, press, refuse
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.serial

AGENT, OTHER_AGENT, LEAD = "Fatou Diallo", "Carole Nadeau", "Hélène Caron"
OFFICER, MANAGER, ADMINISTRATOR = "Victor Plourde", "Louise Audet", "Étienne Lamontagne"
QUESTION = "/renseignements?office=SACA&topic={topic}&answer_by=email&step=continue"
SENT = "Envoyer ma demande"


def _wrong_code(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("textbox", name="Numéro").fill("REN-2026-9999-A")
    page.get_by_label("Adresse de courriel").fill("personne@nulle-part.exemple")
    visitor.press("Recevoir un code")
    page.get_by_label("Code").fill("123456")
    visitor.press("Voir ma demande")


def _a_tender_of_no_date(visitor: Visitor) -> None:
    visitor.page.locator("[name=tender_date-day]").fill("41")
    visitor.press(SENT)


def test_forms_of_anyone(arrive: Arrivals) -> None:
    """A question, a message, a follow-up, without what each one asks."""
    faults = [
        Fault("", "/renseignements", press("Continuer")),
        Fault("", QUESTION.format(topic="media"), press(SENT)),
        Fault("", QUESTION.format(topic="access"), press(SENT)),
        Fault("", QUESTION.format(topic="procurement"), _a_tender_of_no_date),
        Fault("", "/plaintes", press("Envoyer mon message")),
        Fault("", "/suivre", press("Recevoir un code")),
        Fault("", "/suivre", _wrong_code),
    ]
    refuse(arrive, faults)


def test_forms_of_requests(office: DemoOffice, arrive: Arrivals) -> None:
    """Every act on a request."""
    to_call = service_states.request(office, "SACA", "call_returned")
    to_answer = service_states.request(office, "SCT", "answered")
    saved = f"{service_states.REQUESTS}/reponses-types/nouvelle"
    faults = [
        Fault(AGENT, f"{service_states.REQUESTS}/inscrire", press("Inscrire la demande")),
        Fault(AGENT, f"{to_call}/appel", press("Inscrire l’appel")),
        Fault(AGENT, f"{to_call}/transferer", press("Transférer la demande")),
        Fault(AGENT, f"{to_call}/acces", empty("Passer à l’accès aux documents", "body")),
        Fault(AGENT, f"{to_call}/fermer", press("Fermer la demande")),
        Fault(OTHER_AGENT, f"{to_answer}/reporter", press("Reporter la date")),
        Fault(OTHER_AGENT, f"{to_answer}/diriger", press("Diriger la personne")),
        Fault(OTHER_AGENT, f"{to_answer}/repondre", press("Envoyer la réponse")),
        Fault(AGENT, saved, press("Enregistrer")),
    ]
    refuse(arrive, faults)


def test_forms_of_complaints(office: DemoOffice, arrive: Arrivals) -> None:
    """A complaint at the desk, and the acts of who handles it."""
    examined = service_states.complaint(office, "examining")
    concluded = service_states.complaint(office, "concluded")
    faults = [
        Fault(OTHER_AGENT, f"{service_states.COMPLAINTS}/deposer", press("Déposer la plainte")),
        Fault(OFFICER, f"{examined}/conclure", press("Conclure")),
        Fault(OFFICER, f"{examined}/personnes", press("Désigner cette personne")),
        Fault(OFFICER, f"{concluded}/suite", empty("Inscrire la suite", "outcome")),
    ]
    refuse(arrive, faults)


def test_forms_of_the_directory_and_absences(office: DemoOffice, arrive: Arrivals) -> None:
    """A resource without its name, a referral without consent, an absence without its days."""
    visitor = arrive()
    visitor.become(AGENT)
    visitor.goto(f"{states.place(office, states.UNDER_REVIEW).desk}/orienter")
    visitor.follow("Choisir")
    faults = [
        Fault(LEAD, "/bureau/ressources/ajouter", press("Enregistrer la ressource")),
        Fault(LEAD, "/bureau/absences/inscrire", press("Inscrire l’absence")),
        Fault(AGENT, visitor.page.url, press("Inscrire l’orientation")),
    ]
    refuse(arrive, faults)


def test_forms_of_management(arrive: Arrivals) -> None:
    """A day off that is none, a promise without words, a correction without reason, nobody."""
    faults = [
        Fault(MANAGER, "/gestion/jours-feries/2030", empty("Voir ce qui change", "days-0-on")),
        Fault(MANAGER, "/gestion/engagements/SCT_ACK", empty("Voir l’effet", "sentence")),
        Fault(MANAGER, "/gestion/publications/nouvelle", press("Relire avant de publier")),
        Fault(ADMINISTRATOR, "/administration/inviter", press("Envoyer l’invitation")),
    ]
    refuse(arrive, faults)
