"""How a new member of the staff enters: the link of a mail, a password, an authenticator."""

import re

import pyotp

from tests.browser import volunteer
from tests.browser.visitors import Visitor
from tests.browser.volunteer import PASSWORD, Volunteer


def open_link(visitor: Visitor, who: Volunteer) -> None:
    """From the mail of the invitation to the page where a password is chosen."""
    volunteer.read_mail(visitor, who, "mot de passe")
    visitor.page.get_by_role("main").get_by_role("link", name="/compte/lien/").click()


def choose_password(visitor: Visitor) -> None:
    """A password of one's own."""
    visitor.page.get_by_label("mot de passe").first.fill(PASSWORD)
    visitor.press("Enregistrer ce mot de passe")


def sign_in(visitor: Visitor, who: Volunteer) -> None:
    """The first of the two proofs."""
    visitor.page.get_by_label("Adresse de courriel").fill(who.email)
    visitor.page.get_by_label("Mot de passe").fill(PASSWORD)
    visitor.press("Continuer")


def install(visitor: Visitor) -> None:
    """Read the secret of the page as a telephone does, and give its code."""
    secret = re.sub(r"\s", "", visitor.page.locator("code").first.inner_text())
    visitor.page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    visitor.press("Installer et entrer")
