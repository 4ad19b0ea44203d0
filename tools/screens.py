"""Photograph the main screens of a running demonstration, at two widths, into docs/screens/."""

import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import reviewing, staff, states, volunteer
from tests.browser.office import DemoOffice, demo_office
from tests.browser.visitors import HEIGHT, NARROW, WIDE, Visitor, chromium

SCREENS = Path(__file__).resolve().parent.parent / "docs" / "screens"
WHO = volunteer.TELEPHONE
COLOURS = 64
TALLEST = 2600
PROOF_DPI = 80
ADVISOR, LEAD, AGENT = "Odile Morin", "Hélène Caron", "Fatou Diallo"
DECIDER, PREPARER, APPROVER = "Irène Vallée", "Réjean Kirouac", "Sylvio Tanguay"


class Photographer:
    """Takes the page that a visitor has before them, wide then narrow."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, visitor: Visitor, slug: str) -> None:
        """Photograph the whole page at both widths, with few colours so that it stays small."""
        for width in (WIDE, NARROW):
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            visitor.page.evaluate("document.fonts.ready")
            keep(visitor.page.screenshot(full_page=True), self.folder / f"{slug}-{width}.png")
        visitor.page.set_viewport_size({"width": WIDE, "height": HEIGHT})


def keep(picture: bytes, target: Path) -> None:
    """Write a picture with a small palette, cut at a reasonable height."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    shown = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    palette = shown.quantize(COLOURS, dither=Image.Dither.NONE)
    palette.save(target, optimize=True)


def public_pages(camera: Photographer, visitor: Visitor) -> None:
    """What anyone sees."""
    for slug, path in (
        ("accueil", "/"),
        ("programme", "/programmes/DCD"),
        ("se-connecter", "/compte/entrer"),
    ):
        visitor.goto(path)
        camera.take(visitor, slug)


def application(camera: Photographer, visitor: Visitor, folder: Path) -> None:
    """From the account of a volunteer to the proof of deposit."""
    volunteer.create_account(visitor, WHO)
    volunteer.create_organization(visitor, WHO)
    tasks = volunteer.start_application(visitor)
    volunteer.fill_application(visitor, tasks, WHO)
    visitor.goto(f"{tasks}/sections/amount")
    camera.take(visitor, "section")
    visitor.goto(f"{tasks}/sections/documents")
    camera.take(visitor, "pieces")
    visitor.goto(f"{tasks}/verifier")
    camera.take(visitor, "verifier")
    volunteer.send(visitor, tasks)
    proof = volunteer.get_proof(visitor, folder)
    camera.take(visitor, "confirmation")
    command = ["pdftoppm", "-png", "-r", str(PROOF_DPI), "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*command, str(proof), str(folder / "proof")], check=True)
    keep((folder / "proof.png").read_bytes(), camera.folder / "preuve-1.png")


def organization(camera: Photographer, visitor: Visitor) -> None:
    """The space of an organization that has a draft and files under way."""
    visitor.become("Aline Saint-Onge")
    visitor.goto("/mon-espace/")
    camera.take(visitor, "tableau-de-bord")
    visitor.follow("Continuer")
    camera.take(visitor, "liste-des-taches")


def desk(camera: Photographer, visitor: Visitor) -> None:
    """The desks of the team lead, the advisor and the information agent."""
    visitor.become(LEAD)
    visitor.goto("/bureau/a-affecter")
    camera.take(visitor, "a-affecter")
    staff.assign(visitor, WHO.organization, ADVISOR)
    visitor.become(ADVISOR)
    visitor.goto("/bureau/")
    camera.take(visitor, "a-faire")
    visitor.page.locator(".queue .row-title[href]").first.click()
    camera.take(visitor, "dossier")
    staff.explain_date(visitor)
    camera.take(visitor, "date-expliquee")
    visitor.become(AGENT)
    staff.type_paper(visitor, local_date(utc_now()), WHO.paper_neq)
    camera.take(visitor, "saisie-papier")


def decisions(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """The review of a file, its decision, and the letter that would leave."""
    reviewed = states.place(office, states.UNDER_REVIEW)
    visitor.become(reviewed.advisor)
    visitor.goto(f"{reviewed.desk}/analyse")
    camera.take(visitor, "analyse")
    visitor.become(DECIDER)
    visitor.goto("/bureau/decisions")
    visitor.page.locator(".queue .row-title[href]").first.click()
    camera.take(visitor, "decider")
    reviewing.read_letter(visitor, reviewing.REFUSED)
    camera.take(visitor, "lettre")


def agreement(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """A decision as its organization reads it, the agreement, its signature, the account."""
    to_sign = states.place(office, states.TO_SIGN)
    visitor.become(to_sign.member)
    visitor.goto(f"{to_sign.follow}/decision")
    camera.take(visitor, "decision-recue")
    visitor.goto(f"{to_sign.follow}/protocole")
    camera.take(visitor, "protocole")
    visitor.follow("Signer le protocole")
    visitor.follow("Confirmer mon identité")
    visitor.press("Confirmer mon identité (démonstration)")
    camera.take(visitor, "signer")
    visitor.goto("/mon-espace/coordonnees-bancaires")
    camera.take(visitor, "coordonnees-bancaires")


def payments(camera: Photographer, visitor: Visitor, office: DemoOffice) -> None:
    """What is to pay, and a batch before its approval."""
    visitor.become(PREPARER)
    visitor.goto("/finances/")
    camera.take(visitor, "a-payer")
    visitor.become(APPROVER)
    visitor.goto(states.batch(office, "prepared"))
    camera.take(visitor, "lot")


def photograph(office: DemoOffice, folder: Path) -> None:
    """Every screen, each person in a browser of their own."""
    camera = Photographer(folder)
    with chromium() as browser, tempfile.TemporaryDirectory() as scratch:
        anyone, member, aline, clerk, payee = (Visitor(browser, office.base_url) for _ in range(5))
        public_pages(camera, anyone)
        application(camera, member, Path(scratch))
        organization(camera, aline)
        desk(camera, clerk)
        decisions(camera, clerk, office)
        agreement(camera, payee, office)
        payments(camera, clerk, office)
        member.follow("Suivre ce dossier")
        camera.take(member, "suivi")


def main() -> None:
    """Start a demonstration, photograph it, end it."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="appui-screens-") as folder,
        demo_office(Path(folder) / "demonstration") as office,
    ):
        photograph(office, SCREENS)
    pictures = sorted(SCREENS.glob("*.png"))
    total = sum(picture.stat().st_size for picture in pictures)
    sys.stdout.write(f"{len(pictures)} pictures, {total / 1e6:.1f} MB, in docs/screens/\n")


if __name__ == "__main__":
    main()
