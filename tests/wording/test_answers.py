"""Answers are shown in words; what cannot be read is shown as it was typed."""

import pytest

from grants.domain.forms.checking import Problem, typed
from grants.wording.answers import ShownAnswer, problem_line, sheet, shown
from tests.forms_sample import complete_answers, definition

FORM = definition("dcd")
COMPLETE = complete_answers(FORM)
FIELDS = {question.key: question for question in FORM.fields}


@pytest.mark.parametrize(
    ("key", "answer", "words"),
    [
        ("legal_name", " Comité ", "Comité"),
        ("amount_requested", "48500", "48\u00a0500,00\u00a0$"),
        ("amount_requested", 4_850_000, "48\u00a0500,00\u00a0$"),
        ("amount_requested", "beaucoup", "beaucoup"),
        ("incorporation_date", ["9", "6", "1998"], "9\u00a0juin 1998"),
        ("incorporation_date", "1998-06-01", "1er\u00a0juin 1998"),
        ("incorporation_date", ["9", "", "1998"], "9 1998"),
        (
            "incorporation_law",
            "ca_nonprofit",
            "Loi canadienne sur les organisations à but non lucratif",
        ),
        ("incorporation_law", "other_world", "other_world"),
        ("territory_regions", ["06", "13"], ["Montréal", "Laval"]),
        ("mailing_same", "no", "Non"),
        ("attest_accuracy", True, "Oui"),
        ("phone", "4186469270", "418\u00a0646-9270"),
        ("postal_code", "g1s2j5", "G1S\u00a02J5"),
        ("volunteers_count", 1250, "1\u00a0250"),
        ("neq", "", ""),
        (
            "amount_use",
            [{"poste": "rent", "montant": "8500", "precision": "Bureau"}, {}],
            ["Loyer\u00a0: Bureau, 8\u00a0500,00\u00a0$"],
        ),
        ("amount_use", [{"poste": "rent"}], ["Loyer"]),
    ],
)
def test_an_answer_in_words(key: str, answer: object, words: str | list[str]) -> None:
    assert shown(FIELDS[key], answer) == words


def test_typed_and_frozen_answers_read_the_same() -> None:
    assert sheet(FORM, COMPLETE, {}) == sheet(FORM, typed(FORM, COMPLETE), {})


def test_the_sheet_shows_pertinent_questions_totals_and_files() -> None:
    shown_sections = sheet(FORM, COMPLETE, {"board_resolution": ["resolution.pdf, 212 ko"]})
    lines = {answer.key: answer for section in shown_sections for answer in section.answers}
    assert "mailing_city" not in lines
    assert lines["amount_use"].total == "Total\u00a0: 48\u00a0500,00\u00a0$"
    assert lines["board_resolution"].lines == ("resolution.pdf, 212 ko",)
    assert lines["other_document"].lines == ("Aucun fichier",)
    assert lines["mission"].lines == ("Nous aidons les locataires.", "Ensemble.")


def test_a_missing_answer_says_so() -> None:
    [first, *_] = sheet(FORM, {}, {})[0].answers
    assert first == ShownAnswer(
        "legal_name", FIELDS["legal_name"].label, ("Sans réponse",), "", True
    )


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("neq", None, "neq_prefix"), "(NEQ)\u00a0: vérifiez le NEQ, qui commence par"),
        (Problem("amount_justification", None, "required"), "Pourquoi ce montant? Répondez"),
        (
            Problem("attest_accuracy", None, "attest_required"),
            "sont exacts\u00a0: cochez cette case",
        ),
        (
            Problem("amount_use", 1, "money_format", {}, "montant"),
            "poste par poste, ligne 2, montant\u00a0: écrivez le montant en chiffres",
        ),
    ],
)
def test_a_problem_names_its_question(problem: Problem, line: str) -> None:
    assert line in problem_line(FORM.section_of(problem.field_key), problem)
