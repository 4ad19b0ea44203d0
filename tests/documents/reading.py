"""What a PDF holds, read back: its words, its fonts, its structure."""

import subprocess

import pikepdf


def words(content: bytes) -> str:
    """The words of the pages, with ordinary spaces, in reading order."""
    command = ["pdftotext", "-raw", "-", "-"]
    shown = subprocess.run(command, input=content, capture_output=True, check=True)
    return " ".join(shown.stdout.decode().replace("\u00a0", " ").split())


def assert_only_our_fonts(document: pikepdf.Pdf) -> None:
    """Every font is one that we serve, and its file is inside."""
    for page in document.pages:
        for font in page.Resources.Font.values():
            inner = font.DescendantFonts[0]
            name = str(inner.BaseFont).lstrip("/").split("+")[-1]  # without its subset prefix
            assert name.startswith(("Open-Sans", "Roboto")), name
            assert "/FontFile2" in inner.FontDescriptor


def tags(node: pikepdf.Object) -> list[str]:
    """The kinds of every element of the structure tree, in order."""
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    inner = [tag for kid in kids if isinstance(kid, pikepdf.Dictionary) for tag in tags(kid)]
    return [str(node.S), *inner] if "/S" in node else inner
