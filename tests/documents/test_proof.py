"""The proof of deposit as a file: its claim, its structure, its fonts, its words."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from grants.documents.proof import proof_html, proof_pdf
from tests.documents.reading import assert_only_our_fonts, tags, words
from tests.documents.sheets import answer, example_sheet, section

LETTER = (612, 792)
HOSTILE = (
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">',
    "{{ sheet.neq }}{% include '/etc/passwd' %}",
    "</td></tr></table><h1>Faux titre</h1>&amp;&#60;",
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return proof_pdf(example_sheet())


@pytest.fixture
def document(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def test_it_claims_pdf_ua_1_and_is_tagged(document):
    root = document.Root
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (
            metadata["dc:title"] == "Preuve de dépôt DCD-2027-0211-M – Comité logement Rive-Claire"
        )
    assert str(root.Lang) == "fr-CA"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(document.docinfo.Title).startswith("Preuve de dépôt")
    assert str(document.docinfo.CreationDate).startswith("D:20261124201240")


def test_headings_tables_and_bookmarks(document):
    kinds = tags(document.Root.StructTreeRoot)
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/L", "/Figure"} <= set(kinds)
    with document.open_outline() as outline:
        top = outline.root[0]
        assert (str(top.title), [str(child.title) for child in top.children][:2]) == (
            "Preuve de dépôt",
            ["Ce qui suit", "Vos réponses"],
        )


def test_letter_size_and_only_our_fonts_all_inside(document):
    sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in document.pages}
    assert sizes == {LETTER}
    assert_only_our_fonts(document)


def test_qpdf_finds_no_fault(content, tmp_path):
    path = tmp_path / "preuve.pdf"
    path.write_bytes(content)
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_every_value_is_there_to_read(content):
    sheet, text = example_sheet(), words(content)
    for said in (
        "Demande reçue le mardi 24 novembre 2026 à 15 h 12 min 40 s, heure de Québec.",
        "mardi 1er décembre 2026",
        "vendredi 26 février 2027",
        "En ligne",
        "Aline S., trésorière",
        "Total : 48 500,00 $",
        "5 fichiers, 3,2 Mo",
        "212 ko",
        "certutil -hashfile",
        "418 646-9270",
        "Page 1 sur 3",
    ):
        assert said in text
    packed = text.replace(" ", "")
    values = [sheet.case_number, sheet.organization, sheet.neq, sheet.program, sheet.call]
    values += [file.filename for file in sheet.files]
    values += [sheet.fingerprint, *(file.sha256 for file in sheet.files)]
    values += [shown.label for part in sheet.sections for shown in part.answers]
    missing = [value for value in values if value.replace(" ", "") not in packed]
    assert missing == []


def test_the_instant_is_the_one_of_quebec_in_summer_too():
    summer = datetime(2026, 7, 2, 3, 59, 59, tzinfo=UTC)
    assert "mercredi 1er\u00a0juillet 2026" in proof_html(example_sheet(received_at=summer))
    assert "23\u00a0h\u00a059\u00a0min\u00a059\u00a0s" in proof_html(
        example_sheet(received_at=summer)
    )


def test_hostile_answers_are_inertwords():
    parts = (section("<b>Titre</b>", answer("<i>Question</i>", *HOSTILE)),)
    sheet = example_sheet(sections=parts, organization=HOSTILE[0], call=HOSTILE[1])
    content = proof_pdf(sheet)
    text, document = words(content).replace(" ", ""), pikepdf.open(io.BytesIO(content))
    for said in (*HOSTILE, "<b>Titre</b>", "<i>Question</i>"):
        assert said.replace(" ", "") in text
    assert len(document.attachments) == 0
    assert tags(document.Root.StructTreeRoot).count("/H1") == 1


def test_nothing_sent_nothing_promised_still_makes_a_page():
    bare = replace(example_sheet(), files=(), promised=(), sections=(), sent_by="")
    text = words(proof_pdf(bare))
    assert "Aucun fichier n’accompagne cette demande." in text
    assert "Envoyée par" not in text


def test_a_very_long_answer_is_told_to_its_end_within_the_caps():
    long = ("mot " * 2500 + "FIN", "x" * 5000 + "TERME")
    text = words(proof_pdf(example_sheet(sections=[section("Long", answer("Récit", *long))])))
    assert "motFIN" in text.replace(" ", "")
    assert "TERME" in text.replace(" ", "")


def test_the_same_sheet_gives_the_same_bytes(content):
    assert proof_pdf(example_sheet()) == content
    assert proof_pdf(example_sheet(case_number="DCD-2027-0212-K")) != content
