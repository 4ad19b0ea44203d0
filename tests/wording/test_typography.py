"""The French that people read follows the typography of Québec: pages, mails, words and data.

Everything is read from the sources. In templates the Jinja lexer parts text from logic and the
HTML parser keeps what is read or said; in Python the strings that are not docstrings are kept.
"""

import ast
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[2]
GRANTS = ROOT / "grants"
SPOKEN = {"alt", "aria-label", "content", "data-sending", "placeholder", "title"}
UNSAID = {"code", "script", "style"}
VALUE = "\ufffc"  # stands for what a template or a format writes in

WRONG = {
    "a no-break space stands before a colon": re.compile(r"(?<!\xa0):(?=\s|$)"),
    "no space stands before ; ! ?": re.compile(r"[\s\u202f][;!?](?!\w)"),
    "an apostrophe is ’": re.compile(r"[^\W\d_]'(?!s\b)[^\W\d_]"),
    "no-break spaces stand inside « »": re.compile(r"«(?!\xa0)|(?<!\xa0)»"),
    "a no-break space stands before a unit": re.compile(r"\d (?:[$%]|(?:h|min|[kM]o|ans)\b)"),
    "a no-break space stands inside a number": re.compile(r"\d \d{3}(?!\d|-)"),
    "an ellipsis is …, and follows its word": re.compile(r"\.\.\.|\s…"),
    "no narrow space": re.compile(r"\w\u202f|\u202f[\w:;!?»]"),
}
NOT_READ = re.compile(r"%s|-src ")  # a line of the log, a policy of the headers


class _Reader(HTMLParser):
    """Keeps the text of a page and the attributes that are read or said."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.current = ""
        self.unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unsaid += tag in UNSAID
        self.parts += [value for name, value in attrs if value and name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.unsaid -= tag in UNSAID

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self.current += data


def _of_template(path: Path) -> Iterator[str]:
    """The text of a template, then the strings of its expressions."""
    text = ""
    for _, kind, value in Environment().lex(path.read_text(encoding="utf-8")):
        if kind == "variable_begin":
            text += VALUE
        elif kind == "data":
            text += value
        elif kind == "string":
            yield ast.literal_eval(value)
    reader = _Reader()
    reader.feed(text)
    yield from (reader.current, *reader.parts)


def _of_module(path: Path) -> Iterator[str]:
    """The strings of a module, with a mark where a format writes; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(part) for node in ast.walk(tree) for part in _not_strings_of_their_own(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in told:
            yield node.value if isinstance(node.value, str) else ""


def _part(part: ast.expr) -> str:
    """A part of a formatted text: its words, the space named NBSP, or the mark."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    named = part.value if isinstance(part, ast.FormattedValue) else part
    return "\xa0" if isinstance(named, ast.Name) and named.id == "NBSP" else VALUE


def _not_strings_of_their_own(node: ast.AST) -> list[ast.expr]:
    """The parts of a formatted text, or a docstring."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    return [node.value] if isinstance(node, ast.Expr) else []


def _of_data(path: Path) -> Iterator[str]:
    """Every text of a JSON file."""
    waiting = [json.loads(path.read_text(encoding="utf-8"))]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list | dict):
            waiting += one.values() if isinstance(one, dict) else one


READERS = {".html": _of_template, ".txt": _of_template, ".py": _of_module, ".json": _of_data}
PLACES = {
    "pages, mails and papers": "templates/**/*.*",
    "words": "grants/wording/*.py",
    "subjects of mails": "grants/mail/*.py",
    "labels and news": "grants/web/**/*.py",
    "questionnaires and reference data": "grants/data/**/*.json",
    "demonstration": "grants/demo/**/*.py",
    "settings": "grants/settings.py",
}
FAULTY = """{# l'eau : x #}<p class="a : b" title="Oui ?">L'eau : 15 Mo {{ "un : deux" }}</p>"""


def test_faults_are_found_in_text_in_attributes_and_in_expressions(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(FAULTY, encoding="utf-8")
    found = [
        (words[:5], rule)
        for words in _of_template(page)
        for rule, wrong in WRONG.items()
        if wrong.search(words)
    ]
    assert [start for start, _ in found] == ["un : ", "L'eau", "L'eau", "L'eau", "Oui ?"]


@pytest.mark.parametrize("pattern", PLACES.values(), ids=PLACES)
def test_the_typography_of_quebec(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {rule}: {words[max(hit.start() - 25, 0) : hit.end() + 15]!r}"
        for path in sorted(ROOT.glob(pattern))
        for words in READERS[path.suffix](path)
        if not NOT_READ.search(words)
        for rule, wrong in WRONG.items()
        for hit in wrong.finditer(words)
    ]
    assert not found, "\n".join(found)
