"""Components and layouts keep their contracts: strict HTML, words beside signs, nothing inline."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grants.domain.access import Actor, Role

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "grants" / "static"
LAYOUTS = ("layouts/public.html", "layouts/applicant.html", "layouts/staff.html")
SECRETARIAT = SimpleNamespace(
    name="Secrétariat à l’action communautaire autonome",
    address_lines=["430, chemin Sainte-Foy", "Québec (Québec)\u00a0 G1S 2J5"],
    phone_local="418 646-9270",
    phone_toll_free="1 800 577-2844",
    phone_local_e164="+14186469270",
    phone_toll_free_e164="+18005772844",
    email="saca@exemple.quebec",
    fax="418 555-0142",
    hours_sentence="Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h à 16 h 30.",
)
ACTOR = Actor(
    person_id=1,
    name="Odile M.",
    title="conseillère",
    roles=frozenset({Role.ADVISOR}),
    secretariat_id=1,
    organization_name="Comité Rive-Claire",
)
NAV = [
    SimpleNamespace(label="À faire", url="/a-faire", current=True),
    SimpleNamespace(label="Dossiers", url="/dossiers", current=False),
]
WEEK_DAYS = [
    {"label": "Aujourd’hui", "count": 3, "note": "dont 2 en retard", "url": "#r", "today": True},
    *({"label": f"jour {number}", "count": 1, "note": "rappel"} for number in range(4)),
]
STEPS = [
    {"state": "done", "title": "Demande reçue", "detail": "24 novembre 2026"},
    {
        "state": "now",
        "title": "Accusé",
        "promise": {"kept": None, "promised": "Promis avant le 1er décembre"},
        "url": "/date",
        "url_label": "Comment cette date est calculée",
    },
    {"state": "todo", "title": "Décision", "detail": "Au plus tard le 26 février 2027."},
]


def day(kind: str, number: str, **more: object) -> dict[str, object]:
    """One square of the calendar of a computed date."""
    return {"kind": kind, "weekday": "jeu.", "number": number, "month": "octobre", **more}


WEEKS = [
    {
        "days": [None, None, day("start", "8", note="Reçu"), day("count", "9", count=1), None],
        "weekend": {"label": "10 et 11", "note": "ne compte pas"},
    },
    {
        "days": [
            day("off", "12", note="Action de grâces"),
            day("count", "13", count=2),
            day("kept", "14", count=3, note="Versé"),
            day("count", "15", count=4),
            day("last", "16", count=5, note="Date promise"),
        ],
    },
]


def url_for(endpoint: str, **values: str) -> str:
    """The address a page would have."""
    return f"/static/{values['filename']}" if endpoint == "static" else f"/{endpoint}"


def environment(news: list[tuple[str, str]] | None = None) -> Environment:
    """The templates of the product and those of these tests, with every name required."""
    folders = [ROOT / "templates", Path(__file__).parent]
    env = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    env.globals.update(
        url_for=url_for, csrf_token=lambda: "jeton", get_flashed_messages=lambda **_: news or []
    )
    return env


def render(template: str, news: list[tuple[str, str]] | None = None, **facts: Any) -> str:
    """One whole page."""
    common = {
        "site": SimpleNamespace(name="Appui", secretariat=SECRETARIAT),
        "demo": True,
        "actor": None,
        "nav": [],
    }
    return environment(news).get_template(template).render({**common, **facts})


def gallery(layout: str = LAYOUTS[0], **facts: Any) -> str:
    """Every component in one page."""
    samples = {"week_days": WEEK_DAYS, "step_items": STEPS, "weeks": WEEKS, "whole_pages": True}
    return render("gallery.html", layout=layout, **{**samples, **facts})


def parsed(page: str) -> Any:
    """The page read by a parser that refuses any mistake."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def macro(file: str, name: str) -> Any:
    """One component, ready to call."""
    return getattr(environment().get_template(f"components/{file}.html").module, name)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("actor", [None, ACTOR], ids=["visitor", "signed-in"])
def test_every_component_is_strict_html_in_every_layout(layout: str, actor: object) -> None:
    tree = parsed(gallery(layout, actor=actor, nav=NAV if actor else []))
    assert tree.get("lang") == "fr-CA"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    for element in parsed(gallery("layouts/staff.html", actor=ACTOR, nav=NAV)).iter():
        names = [name for name in element.attrib if isinstance(name, str)]
        assert element.tag != "style"
        assert element.tag != "script" or (element.get("src") and not element.text)
        assert not [name for name in names if name == "style" or name.startswith("on")]
        sources = [element.get(name, "") for name in ("src", "srcset")]
        assert not [one for one in sources if one and not one.startswith("/static/")]


def test_every_sheet_and_script_of_a_page_exists() -> None:
    page = gallery("layouts/staff.html", actor=ACTOR, nav=NAV)
    paths = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    assert len(paths) > 10
    assert [path for path in paths if not (STATIC / path).is_file()] == []


def test_every_address_inside_the_sheets_exists() -> None:
    for sheet in (STATIC / "css").glob("*.css"):
        for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / address).resolve().is_file(), (sheet.name, address)


def test_posted_forms_carry_the_token() -> None:
    page = parsed(gallery(actor=ACTOR))
    forms = [form for form in page.iter("form") if form.get("method") == "post"]
    assert len(forms) == 4
    assert all(form.find(".//input[@name='csrf_token']") is not None for form in forms)


def test_errors_come_first_and_in_the_title() -> None:
    errors = [
        SimpleNamespace(anchor="montant", sentence="Écrivez le montant en chiffres"),
        SimpleNamespace(anchor="total", sentence="Les totaux doivent être égaux"),
    ]
    tree = parsed(gallery(errors=errors))
    assert tree.find(".//title").text == "Erreur\u00a0: Composants – Appui"
    main = tree.find(".//main")
    summary = main[0][0]
    assert summary.get("class") == "error-summary narrow"
    assert [link.get("href") for link in summary.iter("a")] == ["#montant", "#total"]
    assert "Il y a 2 choses à corriger" in "".join(summary.itertext())


def test_news_is_announced_once() -> None:
    page = render("layouts/public.html", news=[("ok", "Le message est envoyé")])
    notice = parsed(page).find(".//main")[0][0]
    assert notice.get("role") == "status"
    assert "notice--ok" in notice.get("class")


def test_typed_text_is_never_markup() -> None:
    assert "Comité &lt;Rive&gt;" in gallery()


def test_pips_are_one_per_working_day_and_silent() -> None:
    chip = macro("deadline", "deadline")("soon", "1 jour", 5, 4)
    assert chip.count("<i") == 5
    assert chip.count('class="past"') == 4
    assert 'aria-hidden="true"' in chip
    assert "1 jour</span>" in chip


@pytest.mark.parametrize("state", ["late", "paused"])
def test_late_and_paused_show_a_sign_and_words(state: str) -> None:
    chip = macro("deadline", "deadline")(state, "2 jours de retard", 5, 7)
    assert f"deadline--{state}" in chip
    assert "<svg" in chip
    assert "<i" not in chip


def test_long_delays_show_a_clock() -> None:
    assert "<i" not in macro("deadline", "deadline")("running", "52 jours", 60, 8)


@pytest.mark.parametrize(("kept", "state"), [(True, "kept"), (False, "missed"), (None, "due")])
def test_a_promise_says_what_became_of_it(kept: bool | None, state: str) -> None:
    chip = macro("status", "promise")(kept, "Promis le 16", "Fait le 14")
    assert f"promise--{state}" in chip
    assert ("<svg" in chip) is (kept is True)


def test_steps_say_their_state_in_words() -> None:
    page = macro("steps", "steps")(STEPS)
    assert "Terminé\u00a0: " in page
    assert 'aria-current="step"' in page
    assert "promise--due" in page


def test_tables_stay_tables_when_stacked() -> None:
    tree = parsed(gallery())
    for table in tree.iter("table"):
        assert table.get("role") == "table"
        assert table.find("caption") is not None
        assert {row.get("role") for row in table.iter("tr")} == {"row"}
        assert {cell.get("role") for cell in table.iter("td")} <= {"cell"}


def test_the_computed_date_says_each_day() -> None:
    page = macro("calendar", "calendar_table")("Octobre 2026", WEEKS)
    assert page.count("jour\u00a0") == 5
    assert 'class="count last"' in page
    assert "ne compte pas" in page


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 429, 500])
@pytest.mark.parametrize("actor", [None, ACTOR], ids=["visitor", "staff"])
def test_each_refusal_says_what_to_do_and_whom_to_call(code: int, actor: object) -> None:
    page = render("errors/error.html", code=code, actor=actor, nav=NAV if actor else [])
    tree = parsed(page)
    assert len(list(tree.iter("h1"))) == 1
    assert f"Erreur {code}" in page
    assert page.count("+14186469270") >= 1
    assert ('class="staff"' in page) is (actor is not None)


def test_the_footer_says_how_to_reach_the_secretariat() -> None:
    footer = "".join(parsed(gallery()).find(".//footer").itertext())
    for fact in (SECRETARIAT.phone_local, SECRETARIAT.phone_toll_free, SECRETARIAT.fax):
        assert fact in footer
    assert SECRETARIAT.hours_sentence in footer
    assert "Nos engagements" not in footer
    links = [SimpleNamespace(label="Données ouvertes", url="/donnees")]
    assert "Nos engagements" in gallery(footer_links=links)


def test_a_failure_gives_its_reference() -> None:
    page = render("errors/error.html", code=500, reference="A1B2", sentence="Le disque est plein.")
    assert "A1B2" in page
    assert "Le disque est plein." in page


def test_no_bare_space_before_a_colon() -> None:
    page = gallery("layouts/staff.html", actor=ACTOR, nav=NAV)
    words = "".join(parsed(page).find(".//footer").itertext())
    assert " :" not in words
    for file in (ROOT / "templates" / "components").glob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", file.read_text(), flags=re.DOTALL)
        assert " :" not in text, file.name
