"""Answers of any shape are read or refused, and what was read is read again as itself."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.errors import DomainError
from grants.domain.forms.checking import AmountTerms, form_problems, section_state, typed
from grants.domain.forms.description import Choice, Field, FieldType
from grants.domain.forms.reading import clean, is_blank, read
from tests.forms_sample import definition

CHOICES = (Choice("a", "A"), Choice("b", "B"))
TEXT_TYPES = [kind for kind in FieldType if kind not in (FieldType.ROWS, FieldType.FILE)]
FORM = definition("prj")

texts = st.text(max_size=40) | st.text("0123456789 .,$-@RGSJ\u00a0\r\n\x00", max_size=40)
rows = st.lists(st.dictionaries(st.sampled_from(["poste", "montant", "precision"]), texts))
raw_answers = texts | st.lists(texts) | rows


def field(kind: FieldType, **more: object) -> Field:
    """A question of that type, with choices when it needs some."""
    choices = CHOICES if kind in (FieldType.CHOICE, FieldType.MULTI) else ()
    return Field("q", kind, "Question", choices=choices, **more)


@pytest.mark.parametrize(
    ("question", "answer", "value"),
    [
        (field(FieldType.TEXT), "  Comite\u0301 \x00 Rive-Claire ", "Comité Rive-Claire"),
        (field(FieldType.AREA), "Un\r\ndeux\rtrois ", "Un\ndeux\ntrois"),
        (field(FieldType.INT), "1 250", 1250),
        (field(FieldType.MONEY), "12 500,00 $", 1_250_000),
        (field(FieldType.DATE), ["9", "11", "2026"], "2026-11-09"),
        (field(FieldType.DATE), "1er avril 2026", "2026-04-01"),
        (field(FieldType.CHOICE), "b", "b"),
        (field(FieldType.MULTI), ["b", "a", "b", ""], ["a", "b"]),
        (field(FieldType.BOOL), "no", False),
        (field(FieldType.ATTEST), "yes", True),
        (field(FieldType.TEL), "418 646-9270", "+14186469270"),
        (field(FieldType.POSTAL), "g1s 2j5", "G1S2J5"),
        (field(FieldType.TEXT), " \n ", None),
        (field(FieldType.DATE), ["", " ", ""], None),
        (FORM.section("amount").field("amount_use"), [{"poste": ""}, {}], None),
        (
            FORM.section("amount").field("amount_use"),
            [{}, {"poste": "rent", "montant": "8500", "precision": " "}],
            [{"poste": "rent", "montant": 850_000}],
        ),
    ],
)
def test_each_type_has_its_value(question: Field, answer: object, value: object) -> None:
    assert read(question, answer) == value
    assert read(question, value) == value


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        (field(FieldType.AREA, max_length=3), "quatre", "text_too_long"),
        (field(FieldType.INT), "-1", "int_format"),
        (field(FieldType.INT), "9" * 5000, "above_maximum"),
        (field(FieldType.INT, maximum=60), "61", "above_maximum"),
        (field(FieldType.INT, minimum=1), "0", "below_minimum"),
        (field(FieldType.MONEY, minimum=1), "0,00", "money_below_minimum"),
        (field(FieldType.MONEY), "9.999", "money_decimals"),
        (field(FieldType.CHOICE), "c", "choice_unknown"),
        (field(FieldType.MULTI), ["a", "c"], "choice_unknown"),
        (field(FieldType.BOOL), "peut-être", "bool_unknown"),
        (field(FieldType.DATE), ["31", "2", "2026"], "date_impossible"),
    ],
)
def test_what_cannot_be_read_says_why(question: Field, answer: object, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read(question, answer)
    assert refusal.value.code == code


@given(st.sampled_from(TEXT_TYPES), raw_answers)
def test_no_answer_breaks_the_reading(kind: FieldType, answer: object) -> None:
    question = field(kind)
    try:
        value = read(question, answer)
    except DomainError:
        return
    assert (value is None) or read(question, value) == value


@given(rows)
def test_no_row_breaks_the_reading(answer: object) -> None:
    question = FORM.section("amount").field("amount_use")
    try:
        value = read(question, answer)
    except DomainError:
        return
    assert read(question, value) == value


@given(st.dictionaries(st.sampled_from([q.key for q in FORM.fields]), raw_answers))
def test_no_draft_breaks_the_checks(answers: dict[str, object]) -> None:
    terms = AmountTerms(0, 100)
    problems = form_problems(FORM, answers, {}, terms)
    assert problems, "the documents are missing"
    for section in FORM.sections:
        assert section_state(section, answers, {}, terms) in ("todo", "doing")
    with suppress(DomainError):
        assert typed(FORM, typed(FORM, answers)) == typed(FORM, answers)


@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert is_blank(text) == (not clean(text))
