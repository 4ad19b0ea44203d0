"""The agreement as a file: its archive claim, its facts inside, its eighteen articles."""

import io
import json
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from grants.documents.agreement import agreement_pdf
from grants.documents.agreement_reading import NotAnAgreement, embedded_data
from grants.wording.agreement_sheet import AgreementSheet, agreement_html
from tests.documents.agreement_sheets import agreement_sheet, long_agreement
from tests.documents.reading import assert_only_our_fonts, tags, words

HOSTILE = '<script>x</script></td></table><h1>Faux</h1><link rel="attachment" href="file:///etc/x">'


@pytest.fixture(scope="module")
def content() -> bytes:
    return agreement_pdf(agreement_sheet())


def test_it_claims_the_archive_and_is_tagged(content):
    document = pikepdf.open(io.BytesIO(content))
    with document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["dc:title"].startswith("Protocole d’entente n°\u00a02026-0152 – Carrefour")
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "fr-CA"
    kinds = tags(document.Root.StructTreeRoot)
    assert (kinds.count("/H1"), kinds.count("/H2")) == (1, 23)
    assert {"/Table", "/TH", "/Caption", "/L"} <= set(kinds)
    assert_only_our_fonts(document)


def test_qpdf_finds_no_fault(content, tmp_path):
    path = tmp_path / "protocole.pdf"
    path.write_bytes(content)
    subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_the_facts_inside_are_those_of_the_sheet(content):
    sheet = agreement_sheet()
    assert embedded_data(content) == sheet.to_data()
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.attachments["protocole.json"].relationship == "/Data"
    assert AgreementSheet.from_data(embedded_data(content)) == sheet


def test_a_file_without_facts_says_why():
    blank = io.BytesIO()
    pikepdf.new().save(blank)
    for other, reason in ((b"no", "pdf"), (blank.getvalue(), "attachment")):
        with pytest.raises(NotAnAgreement, match=reason):
            embedded_data(other)


def test_data_come_back_whole_and_other_data_are_refused():
    sheet = long_agreement()
    assert AgreementSheet.from_data(json.loads(json.dumps(sheet.to_data()))) == sheet
    with pytest.raises(ValueError, match="not the data"):
        AgreementSheet.from_data({**sheet.to_data(), "format": "autre"})


def test_every_article_and_annex_is_there_to_read(content):
    text = words(content)
    for said in (
        "la ministre responsable de l’Action communautaire, pour et au nom du gouvernement",
        "que la résolution n° 2026-31, adoptée le 5 octobre 2026, autorise à cette fin",
        "Considérant la demande n° DCD-2026-0152-L déposée le 21 novembre 2025;",
        "pour l’aider à réaliser sa mission globale, décrite à l’annexe A.",
        "Il prend effet le 1er avril 2026 et se termine le 31 mars 2027.",
        "L’aide maximale est de 60 000,00 $. Elle n’est ni indexée",
        "dans les dix jours ouvrables suivant la réception du protocole signé",
        "au-delà de 10 % d’un poste;",
        "accompagné du rapport de mission d’examen;",
        "les conserve 5 ans après la fin du protocole",
        "exiger un correctif dans les 30 jours;",
        "par un avis écrit de 60 jours;",
        "entre Maude T. et la personne représentant l’Organisme",
        "mardi 10 novembre 2026 à 16 h 2 min 55 s, à l’écran",
        "15 février 2027",
        "Page 5 sur 5",
    ):
        assert said in text
    titles = [f"{number}. " for number in range(1, 19)] + [f"Annexe {x} — " for x in "ABCD"]
    assert [title for title in titles if title not in text] == []


def test_a_project_over_years_and_a_masculine_minister():
    page = agreement_html(long_agreement()).replace("\u00a0", " ")
    for said in (
        "pour réaliser le projet « Les logis du fleuve : savoirs partagés », décrit à l’annexe A",
        "répartie ainsi : 2026-2027 : 50 000,00 $; 2027-2028 : 50 000,00 $; 2028-2029 : 50",
        "ne pas engager de dépense admissible avant le 2 octobre 2026.",
        "le rapport final comparant",
        "Le Ministre ou toute personne qu’il désigne",
        "Les documents remis au Ministre",
        "4 autres versements",
    ):
        assert said in page
    assert "la Ministre" not in page


def test_before_the_signature_there_is_a_page_for_the_screen_and_no_file():
    sheet = agreement_sheet(delegate=None, issued_at=None, signatory=None, resolution=None)
    assert AgreementSheet.from_data(sheet.to_data()) == sheet
    page = agreement_html(sheet, asset=lambda name: f"/static/{name}")
    assert "<strong>Aperçu.</strong>" in page
    assert '<link rel="stylesheet" href="/static/css/agreement.css">' in page
    assert '<img src="/static/img/appui.svg"' in page
    assert "à l’écran</td>" not in page
    assert "agissant par la personne qui signe en son nom à l’article\u00a018, dont" in page
    assert "figurent à l’article\u00a018, que son conseil d’administration autorise" in page
    assert page.count("sign-line--small") == 3
    with pytest.raises(ValueError, match="not issued"):
        agreement_pdf(sheet)


def test_a_hostile_name_is_inert_text():
    organization = replace(agreement_sheet().organization, legal_name=HOSTILE)
    content = agreement_pdf(long_agreement(organization=organization, annex_a=(HOSTILE,)))
    document = pikepdf.open(io.BytesIO(content))
    assert words(content).replace(" ", "").count(HOSTILE.replace(" ", "")) == 2
    assert list(document.attachments) == ["protocole.json"]
    assert tags(document.Root.StructTreeRoot).count("/H1") == 1
    assert embedded_data(content)["organization"]["legal_name"] == HOSTILE


def test_the_same_sheet_gives_the_same_bytes(content):
    sheet = agreement_sheet()
    assert agreement_pdf(AgreementSheet.from_data(sheet.to_data())) == content
