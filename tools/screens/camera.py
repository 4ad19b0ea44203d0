"""Takes the page that a visitor has before them, or the first page of a PDF, with few colours."""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser.visitors import HEIGHT, NARROW, WIDE, Visitor

COLOURS = 64
TALLEST = 2600
PAPER_DPI = 80


class Photographer:
    """Keeps pictures in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, visitor: Visitor, slug: str) -> None:
        """Photograph the whole page at both widths."""
        for width in (WIDE, NARROW):
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            visitor.page.evaluate("document.fonts.ready")
            keep(visitor.page.screenshot(full_page=True), self.folder / f"{slug}-{width}.png")
        visitor.page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def open(self, visitor: Visitor, slug: str, path: str) -> None:
        """Open a page, and photograph it."""
        visitor.goto(path)
        self.take(visitor, slug)

    def take_paper(self, pdf: bytes, slug: str) -> None:
        """Photograph the first page of a PDF."""
        command = ["pdftoppm", "-png", "-r", str(PAPER_DPI), "-f", "1", "-l", "1", "-singlefile"]
        with tempfile.TemporaryDirectory(prefix="appui-paper-") as folder:
            paper = Path(folder) / "paper.pdf"
            paper.write_bytes(pdf)
            subprocess.run([*command, str(paper), str(paper.with_suffix(""))], check=True)
            keep(paper.with_suffix(".png").read_bytes(), self.folder / f"{slug}.png")


def keep(picture: bytes, target: Path) -> None:
    """Write a picture with a small palette, cut at a reasonable height."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    shown = whole.crop((0, 0, whole.width, min(whole.height, TALLEST)))
    palette = shown.quantize(COLOURS, dither=Image.Dither.NONE)
    palette.save(target, optimize=True)
