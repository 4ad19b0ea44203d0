"""The letter of a decision as a file: reasons first, the way to have it looked at again."""

import io
import json

import pikepdf
import pytest

from grants.documents.decision_letter import letter_pdf
from grants.wording.letter_sheet import (
    NEXT_STEPS,
    VERDICTS,
    Alternative,
    LetterSheet,
    Recourse,
    letter_html,
)
from tests.documents.agreement_sheets import letter_sheet
from tests.documents.reading import assert_only_our_fonts, tags, words

HOSTILE = "</p><h1>Faux</h1><script>x</script>{{ sheet }}"
NO_RECOURSE = Recourse(False, None, "")


def _page(**changes: object) -> str:
    return letter_html(letter_sheet(**changes)).replace("\u00a0", " ")


def test_a_refusal_gives_its_reasons_first_then_what_can_be_done():
    content = letter_pdf(letter_sheet())
    text, document = words(content), pikepdf.open(io.BytesIO(content))
    order = (
        "Votre demande est refusée.",
        "Moins de douze mois d’activité",
        "le programme en demande douze.",
        "Table régionale. Elle accompagne",
        "Ce qui suit",
        "Dernier jour pour la demander : lundi 29 mars 2027, ce jour compris.",
        "https://appui.exemple/mon-espace/revision",
        "Protecteur du citoyen",
        "1 800 463-5070",
        "Maude T., conseillère : 418 555-0166",
        "Irène V. directrice du soutien aux organismes",
    )
    places = [text.find(said) for said in order]
    assert -1 not in places
    assert places == sorted(places)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert tags(document.Root.StructTreeRoot).count("/H1") == 1
    assert_only_our_fonts(document)


@pytest.mark.parametrize("outcome", VERDICTS)
def test_each_outcome_has_its_verdict_and_what_follows(outcome):
    page = _page(outcome=outcome, next_steps=NEXT_STEPS[outcome], recourse=NO_RECOURSE)
    assert VERDICTS[outcome][1:].replace("\u00a0", " ") in page
    assert NEXT_STEPS[outcome][0] in page
    assert "1 800 463-5070" in page
    assert ("ne prévoit pas de révision" in page) == (outcome != "accepted")


def test_after_a_revision_the_letter_names_the_first_file_and_is_the_last():
    page = _page(of_number="DCD-2027-0100-A", outcome="upheld", recourse=NO_RECOURSE)
    assert "Décision sur votre demande de révision" in page
    assert "révision du dossier n° DCD-2027-0100-A" in page
    assert "Après révision, la première décision est maintenue." in page
    assert "La révision a eu lieu" in page


def test_an_amount_granted_and_the_reason_of_no_alternative():
    page = _page(
        outcome="accepted_in_part",
        granted_cents=3_000_000,
        alternatives=(),
        no_alternative="Aucun autre programme ne vise ces actions.",
    )
    assert "Montant demandé : 48 500,00 $. Montant accordé : <strong>30 000,00 $</strong>." in page
    assert "Aucun autre programme ne vise ces actions." in page


def test_hostile_words_are_inert_text_and_the_same_sheet_gives_the_same_bytes():
    sheet = letter_sheet(organization=HOSTILE, alternatives=(Alternative(HOSTILE, HOSTILE),))
    content = letter_pdf(sheet)
    again = LetterSheet.from_data(json.loads(json.dumps(sheet.to_data())))
    assert again == sheet
    assert letter_pdf(again) == content
    assert words(content).replace(" ", "").count(HOSTILE.replace(" ", "")) == 4
    document = pikepdf.open(io.BytesIO(content))
    assert tags(document.Root.StructTreeRoot).count("/H1") == 1


def test_other_data_are_refused():
    with pytest.raises(ValueError, match="not the data"):
        LetterSheet.from_data({"format": "appui-protocole-1"})
