"""From description to form and back: nothing typed is lost, every error has its place."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectChoice, StringField

from grants.domain.forms.checking import section_problems
from grants.domain.forms.description import FieldType, Section
from grants.web.fields import DatePartsField, SummaryLine, error_lines
from grants.web.form_engine import (
    RowButton,
    SectionForm,
    apply_row_button,
    is_finished,
    raw_answers,
    row_button,
    section_form,
    show_limits,
    show_problems,
)
from grants.wording import answers as answer_words
from tests.forms_sample import PROGRAMS, TERMS, complete_answers, definition

FORM = definition("prj")
AMOUNT = FORM.section("amount")
SECTIONS = [
    (program, section.key) for program in PROGRAMS for section in definition(program).sections
]
PAGE = (
    '{% from "components/fields.html" import section_fields %}'
    '{% from "components/answers.html" import answers %}'
    '<!DOCTYPE html><html lang="fr-CA"><title>x</title><form>{{ section_fields(form) }}</form>'
    "{{ answers(sheet, 2, edit_url) }}"
)
templates = Environment(
    loader=FileSystemLoader("templates"), autoescape=True, undefined=StrictUndefined
)


def html(form: SectionForm) -> str:
    """The section as a page draws it, refused when it is not valid HTML."""
    shown = [answer_words.section_sheet(form.section, raw_answers(form), {})]
    page = templates.from_string(PAGE).render(form=form, sheet=shown, edit_url="/s/{}".format)
    html5lib.HTMLParser(strict=True).parse(page)
    return page


def posted(form: SectionForm) -> MultiDict[str, str]:
    """What a browser would send for a form, read from its HTML."""
    tree = html5lib.parse(html(form), namespaceHTMLElements=False)
    pairs: list[tuple[str, str]] = []
    for node in tree.iter():
        name = node.get("name")
        if node.tag == "select":
            chosen = [option for option in node.iter("option") if option.get("selected") == ""]
            pairs += [(name, (chosen or [*node.iter("option")])[0].get("value"))]
        elif node.tag == "textarea":
            pairs.append((name, (node.text or "").removeprefix("\n")))
        elif node.tag == "input" and _is_sent(node.attrib):
            pairs.append((name, node.get("value")))
    return MultiDict(pairs)


def _is_sent(attributes: dict[str, str]) -> bool:
    return attributes["type"] not in ("radio", "checkbox") or "checked" in attributes


@pytest.mark.parametrize(("program", "key"), SECTIONS)
def test_a_full_section_survives_the_browser(program: str, key: str) -> None:
    section = definition(program).section(key)
    answers = {**complete_answers(definition(program)), "_finished": [key]}
    form = section_form(section, answers)
    again = section_form(section, {}, posted(form))
    assert is_finished(again)
    assert _same(raw_answers(again)) == _same(raw_answers(form))
    assert section_problems(section, raw_answers(again), {"board_resolution": 1}, TERMS) == []


def _same(raw: dict[str, object]) -> str:
    """Browsers send line ends of their own, and the dollar sign stands beside the field."""
    return repr(raw).replace("\\r\\n", "\\n").replace("\\xa0$", "").replace(" $", "")


@pytest.mark.parametrize(("program", "key"), SECTIONS)
def test_every_problem_of_an_empty_section_leads_to_a_control(program: str, key: str) -> None:
    section = definition(program).section(key)
    form = section_form(section, {"mailing_same": "no", "priority_requested": "yes"})
    show_problems(form, section_problems(section, raw_answers(form), {}, TERMS))
    page = html(form)
    for line in form.summary:
        if section.field(line.anchor.split("-")[0]).type is not FieldType.FILE:
            assert page.count(f'id="{line.anchor}"') == 1
    assert page.count('<p class="error"') == sum(
        1 for q in section.fields if q.key in form and form[q.key].errors
    )


@pytest.mark.parametrize(("program", "key"), SECTIONS)
def test_controls_are_named_and_leave_checking_to_us(program: str, key: str) -> None:
    page = html(section_form(definition(program).section(key)))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(ids)
    for attribute in (" required", " placeholder=", " maxlength=", " style="):
        assert attribute not in page


def test_an_error_is_tied_to_its_control() -> None:
    form = section_form(FORM.section("identification"), {"neq": "114455667"})
    show_problems(form, section_problems(form.section, raw_answers(form), {}, TERMS))
    [control] = re.findall(r'<input[^>]* id="neq"[^>]*>', html(form))
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="neq-hint neq-error"' in control
    assert (
        SummaryLine(
            "neq",
            "Numéro d’entreprise du Québec (NEQ)\u00a0: écrivez les dix chiffres "
            "du NEQ (vous en avez écrit 9).",
        )
        in form.summary
    )


def test_a_faulty_cell_is_named_with_its_line() -> None:
    form = section_form(AMOUNT, {"amount_use": [{}, {"poste": "rent", "montant": "mille"}]})
    show_problems(form, section_problems(AMOUNT, raw_answers(form), {}, TERMS))
    [line] = [line for line in form.summary if line.anchor == "amount_use-1-montant"]
    assert ", ligne 2, montant\u00a0: écrivez le montant en chiffres" in line.sentence
    page = html(form)
    assert 'aria-describedby="amount_use-1-montant-error"' in page
    assert 'aria-label="Montant, ligne 2"' in page
    assert 'Retirer<span class="visually-hidden"> la ligne 2, Loyer</span>' in page


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ("40 000", ["Total", "Montant demandé", "À retrancher"]),
        ("60 000", ["Total", "Montant demandé", "Reste à répartir"]),
        ("beaucoup", ["Total"]),
    ],
)
def test_totals_are_computed_by_the_server(asked: str, labels: list[str]) -> None:
    answers = {**complete_answers(FORM), "amount_requested": asked}
    totals = section_form(AMOUNT, answers)["amount_use"].totals
    assert [label for label, _ in totals] == labels
    assert totals[0][1] == "48\u00a0500,00\u00a0$"


def test_the_limits_of_the_program_are_said_in_the_hint() -> None:
    form = section_form(AMOUNT)
    show_limits(form, TERMS)
    assert "Entre 15\u00a0000,00\u00a0$ et 60\u00a0000,00\u00a0$. Écrivez-le" in html(form)


def test_enter_in_a_table_takes_nothing_away() -> None:
    buttons = re.findall(r'<button[^>]*value="([^"]*)"', html(section_form(AMOUNT)))
    assert buttons[0] == "recalculate:amount_use"


@pytest.mark.parametrize(
    ("value", "button"),
    [
        ("add:amount_use", RowButton("add", "amount_use", 0)),
        ("remove:amount_use:1", RowButton("remove", "amount_use", 1)),
        ("recalculate:amount_use", RowButton("recalculate", "amount_use", 0)),
        ("", None),
        ("drop:amount_use", None),
        ("remove:amount_use:²", None),
        ("remove:amount_use:99999999999", None),
    ],
)
def test_the_pressed_button_is_read(value: str, button: RowButton | None) -> None:
    assert row_button(MultiDict({"row": value})) == button


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        ("add:amount_use", [{"a": "1"}, {"a": "2"}, {}]),
        ("remove:amount_use:0", [{"a": "2"}]),
        ("remove:amount_use:7", [{"a": "1"}, {"a": "2"}]),
        ("recalculate:amount_use", [{"a": "1"}, {"a": "2"}]),
        ("add:name", [{"a": "1"}, {"a": "2"}]),
        ("add:nothing", [{"a": "1"}, {"a": "2"}]),
    ],
)
def test_rows_are_added_and_taken_away(value: str, rows: list[dict[str, str]]) -> None:
    raw: dict[str, object] = {"amount_use": [{"a": "1"}, {"a": "2"}], "name": "x"}
    assert apply_row_button(raw, MultiDict({"row": value})) == {"amount_use": rows, "name": "x"}


def test_rows_posted_with_gaps_keep_their_order() -> None:
    data = {"amount_use-10-montant": "3", "amount_use-2-montant": "2", "amount_use-²-montant": "9"}
    form = section_form(AMOUNT, {}, MultiDict({**data, "amount_use-0-other": "x"}))
    assert raw_answers(form)["amount_use"] == [{"montant": "2"}, {"montant": "3"}]


def test_a_month_that_is_none_stays_on_the_page() -> None:
    form = section_form(
        FORM.section("declarations"), {"resolution_date": ["9", "brumaire", "an II"]}
    )
    assert '<option value="brumaire" selected>' in html(form)
    assert raw_answers(section_form(form.section, {}, posted(form)))["resolution_date"] == [
        "9",
        "brumaire",
        "an II",
    ]


def test_a_stored_iso_date_is_shown_in_parts() -> None:
    form = section_form(FORM.section("declarations"), {"resolution_date": "2026-11-09"})
    assert raw_answers(form)["resolution_date"] == ["9", "11", "2026"]


def test_one_class_per_published_section() -> None:
    first, again = section_form(AMOUNT), section_form(definition("prj").section("amount"))
    assert type(first) is type(again)
    assert type(first) is not type(section_form(definition("dcd").section("amount")))


texts = st.text(st.characters(codec="utf-8"), max_size=30)
cells = st.dictionaries(st.sampled_from(["poste", "precision", "montant"]), texts)


@given(st.sampled_from(FORM.sections), st.data())
def test_any_text_posted_is_stored_as_typed(section: Section, data: st.DataObject) -> None:
    names = [*section_form(section).data, "amount_use-0-montant", "resolution_date-day", "row"]
    sent = MultiDict(data.draw(st.lists(st.tuples(st.sampled_from(names), texts))))
    form = section_form(section, {}, sent)
    raw = raw_answers(form)
    for question in section.fields:
        if question.key in sent and isinstance(raw[question.key], str):
            typed = sent[question.key].replace("\x00", "")
            assert raw[question.key] == typed or question.type is FieldType.ATTEST
    stored = section_form(section, raw)
    assert raw_answers(stored) == raw
    show_problems(stored, section_problems(section, raw, {}, TERMS))
    assert apply_row_button(raw, sent).keys() == raw.keys()


@given(st.lists(cells, max_size=4))
def test_any_rows_survive_storage(rows: list[dict[str, str]]) -> None:
    sent = MultiDict(
        (f"amount_use-{place}-{key}", text)
        for place, row in enumerate(rows)
        for key, text in row.items()
    )
    raw = raw_answers(section_form(AMOUNT, {}, sent))
    expected = [{key: text.replace("\x00", "") for key, text in row.items()} for row in rows if row]
    assert raw["amount_use"] == expected
    assert raw_answers(section_form(AMOUNT, raw)) == raw


@given(
    st.dictionaries(
        st.sampled_from([q.key for q in FORM.fields]),
        st.none() | st.integers() | texts | st.lists(texts) | st.lists(cells),
    )
)
def test_any_stored_shape_can_be_shown(answers: dict[str, object]) -> None:
    for section in FORM.sections:
        section_form(section, answers)
    assert len(answer_words.sheet(FORM, answers, {})) == len(FORM.sections)


def test_the_errors_of_any_form_become_a_summary() -> None:
    class Contact(Form):
        name = StringField("Nom")
        means = RadioField("Moyen", choices=[SelectChoice("a", "A")])
        day = DatePartsField("Jour")

    form = Contact()
    form["name"].errors = ["Écrivez un nom."]
    form["means"].errors = ["Choisissez."]
    form["day"].errors = ["Complétez.", "Vérifiez."]
    assert [line.anchor for line in error_lines(form)] == ["name", "means-0", "day-day", "day-day"]
