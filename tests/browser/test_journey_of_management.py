"""What management confirms, changes and publishes; whom the administration lets in and out."""

import json
import re

import pytest
from playwright.sync_api import expect

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from tests.browser import entering, managing
from tests.browser.conftest import Arrivals
from tests.browser.visitors import Visitor
from tests.browser.volunteer import Volunteer

pytestmark = pytest.mark.serial

MANAGER, ADMINISTRATOR = "Gisèle Hamelin", "Karim Belkacem"
NEW = Volunteer("Noémie Arsenault", "noemie@secretariat.exemple", "", "")


def test_management_confirms_changes_and_publishes(arrive: Arrivals) -> None:
    """Days off with what they move, a commitment with its effect, a period in five formats."""
    visitor = arrive()
    visitor.become(MANAGER)
    year = managing.confirm_days_off(visitor)
    visitor.goto(f"/gestion/jours-feries/{year}")
    expect(visitor.page.get_by_role("main")).to_contain_text("Confirmée, version")
    managing.edit_commitment(visitor, "SACA_ACK", 93)
    expect(visitor.page.get_by_role("main")).to_contain_text("À venir")

    managing.publish(visitor, _last_quarter())
    files = managing.download(visitor)
    assert files["PDF"].startswith(b"%PDF-") and files["XLSX"].startswith(b"PK")
    assert managing.MISSED in files["CSV"].decode()
    assert managing.MISSED in json.dumps(json.loads(files["JSON"]), ensure_ascii=False)
    reader, published = arrive(), visitor.page.url.rpartition("/")[2]
    reader.goto("/engagements/saca")
    reader.page.locator(f"a[href$='{published}']").first.click()
    expect(reader.page.get_by_role("main")).to_contain_text(managing.MISSED)


def _last_quarter() -> str:
    """The newest quarter that is over, as the list of periods names it."""
    today = local_date(utc_now())
    year = fiscal_year_of(today).from_on
    over = ((today.year - year.year) * 12 + today.month - year.month) // 3
    return f"{year.year}-T{over}" if over else f"{year.year - 1}-T4"


def test_the_administration_lets_in_and_out(arrive: Arrivals) -> None:
    """Invited, given another role, removed: each page of theirs obeys at once."""
    administrator, person = arrive(), arrive()
    administrator.become(ADMINISTRATOR)
    _invite(administrator)
    entering.open_link(person, NEW)
    entering.choose_password(person)
    entering.sign_in(person, NEW)
    entering.install(person)
    here = person.page.url
    navigation = person.page.get_by_role("navigation").get_by_role("link", name="Plaintes")
    expect(navigation).to_have_count(0)

    sheet = _give_role(administrator, "Plaintes")
    person.goto(here)
    expect(navigation).to_have_count(1)
    administrator.goto(sheet)
    administrator.follow("Retirer l’accès")
    administrator.press("Retirer l’accès")
    expect(administrator.page.get_by_role("main")).to_contain_text("n’a plus accès à Appui")
    person.goto(here)
    expect(person.page).to_have_url(re.compile("/compte/entrer"))


def _invite(visitor: Visitor) -> None:
    visitor.goto("/administration/inviter")
    page = visitor.page
    page.get_by_label("Prénom et nom").fill(NEW.name)
    page.get_by_label("Courriel au travail").fill(NEW.email)
    page.get_by_label("Titre du poste").fill("Conseillère")
    page.get_by_role("checkbox", name="Analyse").check()
    visitor.press("Envoyer l’invitation")
    expect(page.get_by_role("main")).to_contain_text("Invitation envoyée")


def _give_role(visitor: Visitor, role: str) -> str:
    """One role more; the address of the person's page."""
    visitor.goto("/administration/")
    visitor.follow(NEW.name)
    visitor.page.get_by_role("checkbox", name=f"{role}\u00a0:").check()
    visitor.press("Enregistrer")
    expect(visitor.page.get_by_role("main")).to_contain_text("c’est enregistré")
    return visitor.page.url
