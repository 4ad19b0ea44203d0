"""The screens of a real office: requests, results, days off, absences, people, complaints."""

from datetime import date

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.queries import calendars
from grants.wording.formats import date_short
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tools.screens.camera import Photographer

AGENT, LEAD, MANAGER = "Fatou Diallo", "Hélène Caron", "Gisèle Hamelin"
ADMINISTRATOR, OFFICER = "Karim Belkacem", "Bernard Lessard"


def requests(camera: Photographer, visitor: Visitor) -> None:
    """Who waits, one request, and the short form of the telephone."""
    visitor.become(AGENT)
    camera.open(visitor, "renseignements", "/bureau/renseignements")
    visitor.page.locator(".queue .row-title[href]").first.click()
    camera.take(visitor, "demande-de-renseignements")
    visitor.goto("/bureau/renseignements/inscrire")
    page = visitor.page
    page.get_by_label("Nom de la personne").fill("Rolande Thivierge")
    page.get_by_role("textbox", name="Téléphone").fill("418 555-0160")
    page.get_by_label("Ce que la personne demande").fill(
        "Veut savoir si un club de lecture peut recevoir une subvention."
    )
    camera.take(visitor, "inscrire-une-demande")


def results(camera: Photographer, visitor: Visitor) -> None:
    """The results, a period about to be published, what was published and its report."""
    visitor.become(MANAGER)
    camera.open(visitor, "resultats", "/gestion/resultats")
    camera.open(visitor, "publier", "/gestion/publications/nouvelle")
    camera.open(visitor, "publications", "/gestion/publications")
    report = visitor.page.get_by_role("link", name="PDF").first.get_attribute("href")
    assert report is not None
    camera.take_paper(visitor.get(report), "rapport-annuel-1")


def calendar(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """A day off too many and the dates it would move; a shorter delay and its effect."""
    day = _next_business_day(office)
    visitor.become(MANAGER)
    visitor.goto(f"/gestion/jours-feries/{day.year}")
    visitor.press("Ajouter un jour")
    visitor.page.locator('[name$="-on"]').last.fill(date_short(day))
    visitor.page.locator('[name$="-title"]').last.fill("Jour de fermeture exceptionnelle")
    visitor.press("Voir ce qui change")
    camera.take(visitor, "jours-feries")
    visitor.goto("/gestion/engagements/SACA_ACK")
    sentence = visitor.page.get_by_label("Phrase de l’engagement")
    sentence.fill(sentence.input_value().replace("5 jours", "3 jours"))
    visitor.page.get_by_label("Délai", exact=True).fill("3")
    visitor.press("Voir l’effet")
    camera.take(visitor, "modifier-engagement")


def _next_business_day(office: DemoOffice) -> date:
    with office.session() as session:
        return calendars.calendar(session).next_business_day(local_date(utc_now()))


def people(camera: Photographer, visitor: Visitor) -> None:
    """Who is away; who may enter, and the health of the system; the complaints."""
    visitor.become(LEAD)
    camera.open(visitor, "absences", "/bureau/absences")
    visitor.become(ADMINISTRATOR)
    camera.open(visitor, "personnes", "/administration/")
    camera.open(visitor, "inviter", "/administration/inviter")
    camera.open(visitor, "sante", "/administration/sante")
    visitor.become(OFFICER)
    camera.open(visitor, "plaintes-registre", "/bureau/plaintes")
