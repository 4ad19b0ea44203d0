"""Start a demonstration, photograph it into docs/screens/, end it."""

import sys
import tempfile
from pathlib import Path

from tests.browser.office import DemoOffice, demo_office
from tests.browser.visitors import Visitor, chromium
from tools.screens import files, public
from tools.screens import office as office_life
from tools.screens.camera import Photographer

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"


def photograph(office: DemoOffice, camera: Photographer) -> None:
    """Every screen, each person in a browser of their own."""
    with chromium() as browser:
        anyone, member, aline, clerk, payee = (Visitor(browser, office.base_url) for _ in range(5))
        public.pages(camera, anyone)
        public.question(camera, anyone)
        office_life.people(camera, clerk)
        office_life.requests(camera, clerk)
        office_life.results(camera, clerk)
        office_life.calendar(camera, clerk, office)
        files.application(camera, member)
        files.organization(camera, aline)
        files.desk(camera, clerk)
        files.decisions(camera, clerk, office)
        files.agreement(camera, payee, office)
        files.payments(camera, clerk, office)
        files.follow_up(camera, member)


def main() -> None:
    """Take every picture, and say how many there are."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="appui-screens-") as folder,
        demo_office(Path(folder) / "demonstration") as office,
    ):
        photograph(office, Photographer(SCREENS))
    pictures = sorted(SCREENS.glob("*.png"))
    total = sum(picture.stat().st_size for picture in pictures)
    sys.stdout.write(f"{len(pictures)} pictures, {total / 1e6:.1f} MB, in docs/screens/\n")


if __name__ == "__main__":
    main()
