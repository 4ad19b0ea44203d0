"""The guide has a page for each role, with pictures that exist and words that the screens say."""

import html
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from grants.domain.access import MemberRole, Role

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = {
    Role.ADVISOR: "conseil",
    Role.TEAM_LEAD: "equipe",
    Role.INFORMATION_AGENT: "renseignements",
    Role.DECIDER: "decision",
    Role.FINANCE_PREPARER: "versements-preparation",
    Role.FINANCE_APPROVER: "versements-approbation",
    Role.MANAGER: "gestion",
    Role.COMPLAINTS_OFFICER: "plaintes",
    Role.ADMINISTRATOR: "administration",
}
OF_THE_PUBLIC = {"organisme", "sans-compte"}
MEMBERS = {
    MemberRole.RESPONSIBLE: "Responsable",
    MemberRole.WRITER: "rédaction",
    MemberRole.READER: "lecture",
}
WIDE = 1280
SHORTEST_ALTERNATIVE = 20  # characters
PICTURE = re.compile(r"!\[([^]]*)]\(([^)]*)\)")
LINK = re.compile(r"(?<!!)\[[^]]*]\(([^)]*)\)")
BUTTON = re.compile(r"\*\*([^*]+)\*\*")
SPACES = re.compile(r"[\s\u00a0]+")
ESCAPED = (("\\u00a0", " "), ("&nbsp;", " "))


def _pages() -> list[Path]:
    return sorted(GUIDE.glob("*.md"))


def test_each_role_has_its_page() -> None:
    """Nobody is forgotten, and the table of contents leads to every page."""
    assert set(PAGES) == set(Role)
    assert set(MEMBERS) == set(MemberRole)
    assert {page.stem for page in _pages()} == {*PAGES.values(), *OF_THE_PUBLIC, "README"}
    contents = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert {page.name for page in _pages()} - {"README.md"} <= set(LINK.findall(contents))
    organization = (GUIDE / "organisme.md").read_text(encoding="utf-8")
    assert all(word in organization for word in MEMBERS.values())


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.stem)
def test_pictures_and_links_are_there(page: Path) -> None:
    """Each page shows at least one picture, wide and with an alternative text; no dead link."""
    text = page.read_text(encoding="utf-8")
    pictures = PICTURE.findall(text)
    assert pictures
    for words, target in pictures:
        assert len(words) >= SHORTEST_ALTERNATIVE, target
        with Image.open(page.parent / target) as picture:
            assert picture.width == WIDE, target
    missing = [to for to in LINK.findall(text) if not (page.parent / to).exists()]
    assert not missing


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.stem)
def test_buttons_are_named_as_on_the_screen(page: Path) -> None:
    """What stands in bold is a button or a link: the screens say it letter by letter."""
    said = _said()
    bold = BUTTON.findall(page.read_text(encoding="utf-8"))
    assert not [words for words in bold if _plain(words) not in said]


@cache
def _said() -> str:
    """Every word that a screen may say, read once."""
    places = (("templates", "*.html"), ("grants/web", "*.py"), ("grants/wording", "*.py"))
    files = (file for folder, kind in places for file in sorted((ROOT / folder).rglob(kind)))
    return _plain(" ".join(file.read_text(encoding="utf-8") for file in files))


def _plain(text: str) -> str:
    """Words with ordinary spaces, whatever wrote them."""
    for coded, plain in ESCAPED:
        text = text.replace(coded, plain)
    return SPACES.sub(" ", html.unescape(text))
