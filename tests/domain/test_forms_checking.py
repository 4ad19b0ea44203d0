"""What prevents a form from being sent, section by section, and what is frozen."""

import json

import pytest

from grants.domain.forms.checking import (
    FINISHED,
    AmountTerms,
    Problem,
    fingerprint,
    form_problems,
    rows_total,
    save_section,
    section_problems,
    section_state,
    typed,
)
from tests.forms_sample import PROGRAMS, TERMS, complete_answers, complete_files, definition

FORM = definition("dcd")
AMOUNT = FORM.section("amount")
COMPLETE = complete_answers(FORM)


def codes(section: str, changes: dict[str, object], terms: AmountTerms = TERMS) -> list[str]:
    """The codes found in a section once complete answers were changed."""
    answers = {**COMPLETE, **changes}
    return [p.code for p in section_problems(FORM.section(section), answers, {}, terms)]


@pytest.mark.parametrize("program", PROGRAMS)
def test_complete_answers_leave_nothing_to_repair(program: str) -> None:
    form = definition(program)
    assert form_problems(form, complete_answers(form), complete_files(form), TERMS) == []


def test_an_empty_form_says_each_missing_answer_in_the_words_of_its_type() -> None:
    found = {p.field_key: p.code for p in form_problems(FORM, {}, {}, TERMS)}
    assert found["legal_name"] == "required"
    assert found["incorporation_law"] == "choice_required"
    assert found["incorporation_date"] == "date_required"
    assert found["population"] == "multi_required"
    assert found["attest_accuracy"] == "attest_required"
    assert found["board_resolution"] == "file_required"
    assert found["amount_use"] == "rows_required"
    assert not {"short_name", "other_document", "staff", "mailing_city"} & set(found)


@pytest.mark.parametrize(
    ("same", "missing"), [("yes", set()), ("", set()), ("no", {"mailing_line1", "mailing_city"})]
)
def test_a_hidden_question_is_not_required(same: str, missing: set[str]) -> None:
    answers = {**COMPLETE, "mailing_same": same, "mailing_line1": "", "mailing_city": ""}
    found = section_problems(FORM.section("address"), answers, {}, TERMS)
    assert {p.field_key for p in found} - {"mailing_same"} == missing


def test_the_four_autonomous_criteria_are_due_for_projects_that_ask_priority() -> None:
    form = definition("prj")
    answers = {**complete_answers(form), "criteria_ACA5": "", "priority_requested": "no"}
    assert section_problems(form.section("criteria"), answers, {}, TERMS) == []
    answers["priority_requested"] = "yes"
    found = section_problems(form.section("criteria"), answers, {}, TERMS)
    assert found == [Problem("criteria_ACA5", None, "required")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("14 999,99", ["amount_below_terms", "rows_above_amount"]),
        ("48 500", []),
        ("60 000,01", ["amount_above_terms", "rows_below_amount"]),
        ("beaucoup", ["money_format"]),
        ("", ["required"]),
    ],
)
def test_the_amount_keeps_to_the_terms_and_to_its_use(asked: str, found: list[str]) -> None:
    assert codes("amount", {"amount_requested": asked}) == found


def test_both_limits_of_the_terms_are_allowed() -> None:
    assert codes("amount", {}, AmountTerms(4_850_000, 4_850_000)) == []


def test_the_gap_between_rows_and_amount_is_told_in_cents() -> None:
    answers = {**COMPLETE, "amount_requested": "48 600"}
    [problem] = section_problems(AMOUNT, answers, {}, TERMS)
    assert problem.facts == {"total": 4_850_000, "expected": 4_860_000, "gap": 10_000}


def test_a_faulty_cell_is_named_by_its_row_on_the_screen() -> None:
    use = [{"poste": "rent", "montant": "mille"}, {}, {"poste": "", "montant": "0"}]
    found = section_problems(AMOUNT, {**COMPLETE, "amount_use": use}, {}, TERMS)
    assert [(p.row, p.column, p.code) for p in found] == [
        (0, "montant", "money_format"),
        (2, "poste", "choice_required"),
        (2, "montant", "money_below_minimum"),
    ]


def test_the_total_counts_what_can_be_read() -> None:
    use = [{"montant": "10,50"}, {"montant": "mille"}, {"montant": "1 000"}]
    assert rows_total(AMOUNT.field("amount_use"), use) == 101_050


def test_a_section_is_done_only_when_said_so_and_right() -> None:
    answers: dict[str, object] = {}
    assert section_state(AMOUNT, answers, {}, TERMS) == "todo"
    answers = save_section(answers, AMOUNT, {"amount_requested": "x"}, finished=False)
    assert section_state(AMOUNT, answers, {}, TERMS) == "doing"
    answers = save_section(answers, AMOUNT, {"amount_requested": "x"}, finished=True)
    assert section_state(AMOUNT, answers, {}, TERMS) == "doing"
    answers = save_section(answers, AMOUNT, COMPLETE, finished=True)
    assert section_state(AMOUNT, answers, {}, TERMS) == "done"
    answers = save_section(answers, AMOUNT, {}, finished=False)
    assert section_state(AMOUNT, answers, {}, TERMS) == "doing"


def test_a_file_alone_begins_its_section() -> None:
    documents = FORM.section("documents")
    assert section_state(documents, {}, {}, TERMS) == "todo"
    assert section_state(documents, {}, {"board_resolution": 1}, TERMS) == "doing"


def test_saving_a_section_keeps_the_others_and_foreign_keys_out() -> None:
    before: dict[str, object] = {"neq": "11", FINISHED: ["identification"]}
    after = save_section(before, AMOUNT, {"amount_requested": "5", "neq": "22"}, finished=True)
    assert after == {"neq": "11", "amount_requested": "5", FINISHED: ["amount", "identification"]}
    assert before == {"neq": "11", FINISHED: ["identification"]}


def test_frozen_values_are_canonical_and_leave_out_what_is_not_asked() -> None:
    values = typed(FORM, {**COMPLETE, "short_name": " ", "mailing_city": "Ailleurs", "odd": "x"})
    assert values["amount_requested"] == 4_850_000
    assert values["amount_use"] == [
        {"poste": "salaries", "precision": "Coordination", "montant": 4_000_000},
        {"poste": "rent", "montant": 850_000},
    ]
    assert values["incorporation_date"] == "2026-11-09"
    assert values["attest_accuracy"] is True
    assert values["neq"] == "1144556677"
    assert not {"short_name", "mailing_city", "odd", "board_resolution", FINISHED} & set(values)


def test_frozen_values_freeze_to_themselves_through_json() -> None:
    values = typed(FORM, COMPLETE)
    stored = json.loads(json.dumps(values))
    assert typed(FORM, stored) == values
    assert fingerprint(stored) == fingerprint(values)
    assert form_problems(FORM, stored, complete_files(FORM), TERMS) == []


def test_the_fingerprint_changes_with_any_value_and_not_with_order() -> None:
    values = typed(FORM, COMPLETE)
    assert fingerprint(dict(reversed(values.items()))) == fingerprint(values)
    assert fingerprint({**values, "city": "Alma"}) != fingerprint(values)
    assert len(fingerprint({})) == 64
