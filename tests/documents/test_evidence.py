"""The evidence of signature as a file: who, what, when, how, and the promise it starts."""

import io
from dataclasses import replace

import pikepdf

from grants.documents.evidence import evidence_html, evidence_pdf
from tests.documents.agreement_sheets import PAPER, evidence_sheet
from tests.documents.reading import assert_only_our_fonts, tags, words

HOSTILE = "</td><h1>Faux</h1><script>x</script>"


def test_signed_on_screen():
    content = evidence_pdf(evidence_sheet())
    text, document, sheet = words(content), pikepdf.open(io.BytesIO(content)), evidence_sheet()
    for said in (
        "Protocole signé reçu le vendredi 13 novembre 2026 à 10 h 6 min 12 s, heure de Québec.",
        "n° 2026-0152, version 1",
        "98 765 octets",
        "Irène V., directrice du soutien aux organismes",
        "mardi 10 novembre 2026 à 16 h 2 min 55 s",
        "Firmin A., président",
        "Résolution n° 2026-31 du 5 octobre 2026",
        "À l’écran, dans le compte firmin@faubourg.exemple",
        "Mot de passe et code reçu par courriel, le vendredi 13 novembre 2026 à 10 h 5 min 30 s",
        "30 000,00 $ dans le compte de l’organisme au plus tard le vendredi 27 novembre 2026",
        "samedi 14 novembre 2026 Samedi non",
        "vendredi 27 novembre 2026 Jour ouvrable, le dernier 10",
    ):
        assert said in text
    assert sheet.file.sha256 in text.replace(" ", "")
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert_only_our_fonts(document)
    assert evidence_pdf(evidence_sheet()) == content


def test_signed_on_paper_by_an_organization_with_a_hostile_name():
    content = evidence_pdf(evidence_sheet(signing=PAPER, organization=HOSTILE))
    text = words(content)
    for said in (
        "Protocole signé reçu le vendredi 13 novembre 2026, date du tampon.",
        "Sur papier, à la main",
        "Léo R., le vendredi 13 novembre 2026 à 10 h 6 min 12 s",
        "412 345 octets",
    ):
        assert said in text
    assert PAPER.scan.sha256 in text.replace(" ", "")
    assert text.count(HOSTILE) == 2
    document = pikepdf.open(io.BytesIO(content))
    assert tags(document.Root.StructTreeRoot).count("/H1") == 1


def test_no_promise_or_a_provisional_one():
    assert "Promesse de versement" not in evidence_html(evidence_sheet(promise=None))
    provisional = replace(evidence_sheet().promise, is_provisional=True)
    assert "pas encore confirmés" in evidence_html(evidence_sheet(promise=provisional))
