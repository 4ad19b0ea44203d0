"""A definition holds together or is refused."""

from typing import Any

import pytest

from grants.domain.forms.description import Condition, FieldType, parse
from tests.forms_sample import PROGRAMS, definition


def small(*fields: dict[str, Any]) -> dict[str, Any]:
    """A definition of one section."""
    section = {"key": "one", "title": "Une", "heading": "Une?", "groups": [{"fields": fields}]}
    return {"program": "TST", "version": 1, "title": "Essai", "sections": [section]}


TEXT = {"key": "name", "type": "text", "label": "Nom"}


@pytest.mark.parametrize(
    "fields",
    [
        [{**TEXT, "requierd": True}],
        [{**TEXT, "type": "texte"}],
        [TEXT, TEXT],
        [{**TEXT, "key": "_finished"}],
        [{**TEXT, "key": "Nom légal"}],
        [{**TEXT, "type": "choice"}],
        [{**TEXT, "choices": [{"value": "a", "label": "A"}]}],
        [{**TEXT, "type": "rows"}],
        [{**TEXT, "type": "rows", "columns": [TEXT, TEXT]}],
        [{**TEXT, "key": "sum", "sum_equals": "name"}, TEXT],
        [
            {**TEXT, "key": "a", "visible_if": {"field": "b", "in": ["x"]}},
            {**TEXT, "key": "b", "visible_if": {"field": "name", "in": ["x"]}},
            TEXT,
        ],
    ],
)
def test_a_definition_that_does_not_hold_is_refused(fields: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="."):
        parse(small(*fields))


def test_a_reference_to_no_question_is_refused() -> None:
    with pytest.raises(KeyError):
        parse(small({**TEXT, "visible_if": {"field": "nobody", "in": ["x"]}}))


def test_the_same_definition_has_the_same_digest_and_equal_sections() -> None:
    first, again = parse(small(TEXT)), parse(small(dict(reversed(TEXT.items()))))
    assert first.sha256 == again.sha256
    assert first.section("one") == again.section("one")
    other = parse(small({**TEXT, "label": "Autre"}))
    assert other.section("one") != first.section("one")


def test_sections_and_questions_are_found_by_key() -> None:
    form = definition("dcd")
    assert form.section_of("neq").key == "identification"
    assert form.section("amount").field("amount_use").type is FieldType.ROWS
    for search in (form.section, form.section_of, form.section("amount").field):
        with pytest.raises(KeyError):
            search("nothing")


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({}, False),
        ({"q": ""}, False),
        ({"q": "yes"}, True),
        ({"q": True}, True),
        ({"q": False}, False),
        ({"q": ["no", "yes"]}, True),
        ({"q": [{"yes": "yes"}]}, False),
    ],
)
def test_a_condition_reads_typed_and_frozen_answers(answers: dict[str, Any], holds: bool) -> None:
    assert Condition("q", ("yes",)).holds(answers) is holds


@pytest.mark.parametrize("program", PROGRAMS)
def test_published_forms_ask_what_the_program_needs(program: str) -> None:
    form = definition(program)
    keys = {question.key for question in form.fields}
    criteria = {f"criteria_AC{rank}" for rank in range(1, 5)}
    criteria |= {f"criteria_ACA{rank}" for rank in range(5, 9)}
    assert form.program == program.upper()
    assert keys >= criteria | {"neq", "rep_email", "board_resolution", "resolution_date"}
    assert form.section("amount").field("amount_use").sum_equals == "amount_requested"
    assert ("project_title" in keys) is (program == "prj")
    assert form.sections[0].key == ("project" if program == "prj" else "identification")


@pytest.mark.parametrize("program", PROGRAMS)
def test_published_words_follow_the_typography_of_quebec(program: str) -> None:
    form = definition(program)
    words = [form.title, *(section.heading for section in form.sections)]
    for question in form.fields:
        words += [question.label, question.hint, *(c.label for c in question.choices)]
    for text in words:
        assert "'" not in text
        assert " :" not in text
        assert not any(mark in text for mark in (" ;", " !", " ?", "\u00a0?", "« ", " »"))
