"""What the mails of a file say, and what they never say."""

from dataclasses import replace
from datetime import UTC, date, datetime

import html5lib
import pytest

from grants.mail import file_messages
from grants.queries.applications import AdvisorCard
from grants.queries.mails import OwedMail

NBSP = "\u00a0"
PAGE = "https://appui.exemple/mon-espace/demandes/0123/confirmation"
OWED = OwedMail(
    message_id="0123456789abcdef0123456789abcdef",
    kind="acknowledgement",
    recipient="aline@rive-claire.exemple",
    case_public_id="0123",
    number="DCD-2027-0211-M",
    organization="Comité logement <Rive-Claire>",
    program="Soutien à la défense collective des droits",
    call="Mission globale 2027-2028",
    received_at=datetime(2026, 11, 24, 20, 12, 40, tzinfo=UTC),
    secretariat="Secrétariat à l’action communautaire autonome",
    contact={
        "address": ["430, chemin Sainte-Foy", "Québec (Québec)  G1S 2J5"],
        "phone": "418 646-9270",
        "phone_toll_free": "1 800 577-2844",
        "email": "saca@exemple.quebec",
        "weekdays": "du lundi au vendredi",
        "hours": [{"opens": "08:30", "closes": "12:00"}, {"opens": "13:00", "closes": "16:30"}],
    },
    advisor=None,
    acknowledge_by=date(2026, 12, 1),
    promised=(("Nous vous rappelons", date(2026, 11, 25)),),
    decision_due_on=date(2027, 2, 26),
)
ADVISOR = AdvisorCard("Marie-Ève Tremblay", "Conseillère", "4218")
ASSIGNMENT = replace(OWED, kind="assignment", advisor=ADVISOR)
REVISION = replace(OWED, number="REV-2026-0001-A", first_number=OWED.number, decision_due_on=None)


def test_the_acknowledgement_gives_number_instant_dates_phone_and_hours() -> None:
    text = file_messages.write(OWED, PAGE).text
    for words in (
        "DCD-2027-0211-M",
        f"24{NBSP}novembre 2026 à{NBSP}15{NBSP}h{NBSP}12",
        f"mardi 1er{NBSP}décembre 2026",
        f"26{NBSP}février 2027",
        "418 646-9270",
        "1 800 577-2844",
        f"de 8{NBSP}h{NBSP}30 à 12{NBSP}h et de 13{NBSP}h à 16{NBSP}h{NBSP}30",
        "Elle sera nommée bientôt",
        "Téléphonez-nous",
    ):
        assert words in text


def test_the_link_comes_first_and_alone_on_its_line() -> None:
    lines = file_messages.write(OWED, PAGE).text.splitlines()
    assert PAGE in lines
    assert lines.index(PAGE) < lines.index(f"Numéro de dossier{NBSP}: DCD-2027-0211-M")


def test_an_advisor_already_named_is_in_the_acknowledgement() -> None:
    text = file_messages.write(replace(OWED, advisor=ADVISOR), PAGE).text
    assert "Marie-Ève Tremblay, conseillère" in text
    assert "418 646-9270, poste 4218" in text
    assert "nommée bientôt" not in text


def test_the_assignment_names_the_advisor_with_the_phone() -> None:
    mail = file_messages.write(ASSIGNMENT, PAGE)
    assert mail.subject == f"Votre demande DCD-2027-0211-M{NBSP}: la personne qui s’en occupe"
    assert "418 646-9270, poste 4218" in mail.text


def test_without_an_announced_date_none_is_invented() -> None:
    text = file_messages.write(replace(OWED, decision_due_on=None), PAGE).text
    assert "février 2027" not in text
    assert "Vous recevez ensuite la décision" in text


@pytest.mark.parametrize("owed", [OWED, ASSIGNMENT], ids=lambda owed: owed.kind)
def test_the_subject_holds_nothing_personal(owed: OwedMail) -> None:
    subject = file_messages.write(owed, PAGE).subject
    assert owed.number in subject
    for personal in (owed.organization, owed.recipient, ADVISOR.name):
        assert personal not in subject


@pytest.mark.parametrize("owed", [OWED, ASSIGNMENT], ids=lambda owed: owed.kind)
def test_the_html_is_valid_escaped_and_loads_nothing(owed: OwedMail) -> None:
    html = file_messages.write(owed, PAGE).html or ""
    html5lib.HTMLParser(strict=True).parse(html)
    assert "&lt;Rive-Claire&gt;" in html
    for loading in ("src=", "<link", "<style", "<script", "url(", "http://"):
        assert loading not in html


@pytest.mark.parametrize("owed", [OWED, ASSIGNMENT], ids=lambda owed: owed.kind)
def test_both_versions_keep_the_french_spaces(owed: OwedMail) -> None:
    mail = file_messages.write(owed, PAGE)
    for words in (mail.text, mail.html or ""):
        assert " :" not in words.replace(f"{NBSP}:", "")
        assert " ?" not in words
        assert "\n\n\n" not in words


@pytest.mark.parametrize("owed", [OWED, ASSIGNMENT], ids=lambda owed: owed.kind)
def test_the_same_message_id_every_time(owed: OwedMail) -> None:
    assert file_messages.write(owed, PAGE) == file_messages.write(owed, PAGE)
    assert file_messages.write(owed, PAGE).message_id == owed.message_id


@pytest.mark.parametrize("advisor", [None, ADVISOR])
def test_the_mails_of_a_revision_say_so(advisor: AdvisorCard | None) -> None:
    mail = file_messages.write(replace(REVISION, advisor=advisor), PAGE)
    assert mail.subject == f"Votre demande de révision REV-2026-0001-A{NBSP}: accusé de réception"
    for words in (
        "votre demande de révision",
        "REV-2026-0001-A",
        "DCD-2027-0211-M",
        "D’autres personnes reprennent l’examen",
        f"mardi 1er{NBSP}décembre 2026",
    ):
        assert words in mail.text and words in (mail.html or "")
    assert "preuve de dépôt" not in mail.text
    assert ("Elle sera nommée bientôt" in mail.text) is (advisor is None)


def test_whoever_handles_a_revision_is_said_to_be_another_person() -> None:
    mail = file_messages.write(replace(REVISION, kind="assignment", advisor=ADVISOR), PAGE)
    assert mail.subject.startswith("Votre demande de révision REV-2026-0001-A")
    for words in ("n’a pris aucune part à la première décision", "Marie-Ève Tremblay"):
        assert words in mail.text and words in (mail.html or "")
