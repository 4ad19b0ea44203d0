"""What the mails of requests say: number, dates, how to follow, and nothing personal outside."""

from dataclasses import replace
from datetime import UTC, date, datetime

import html5lib
import pytest

from grants.mail import request_messages
from grants.mail.request_messages import SUBJECTS
from grants.models.directory import Resource
from grants.queries.applications import AdvisorCard
from grants.queries.request_mails import OwedRequestMail

NBSP = "\u00a0"
FOLLOW = "https://appui.exemple/suivre"
AMP = Resource(name="Autorité des marchés publics", phone="1 888 335-5550", email="", url="")
AMP.address = ""
OWED = OwedRequestMail(
    message_id="0123456789abcdef0123456789abcdef",
    kind="acknowledgement",
    recipient="aline@canari.exemple",
    number="REN-2026-0007-X",
    topic="general",
    received_at=datetime(2026, 11, 24, 20, 12, 40, tzinfo=UTC),
    secretariat="Secrétariat du Conseil du trésor",
    contact={
        "address": ["875, Grande Allée Est", "Québec (Québec)  G1R 5R8"],
        "phone": "418 555-0143",
        "phone_toll_free": "1 800 555-0199",
        "email": "sct@exemple.quebec",
        "weekdays": "du lundi au vendredi",
        "hours": [{"opens": "08:30", "closes": "12:00"}],
    },
    holder=AdvisorCard("Rose Auger", "Agente d’information", "4218"),
    body="Une personne <prépare> la réponse.",
    due_on=date(2026, 12, 22),
    access_due_on=None,
    acknowledge_by=date(2026, 12, 8),
    call_by=None,
    goes_to_amp=False,
    resource=AMP,
)


@pytest.mark.parametrize("kind", sorted(SUBJECTS))
def test_each_mail_tells_how_to_follow_and_its_subject_holds_the_number_only(kind: str) -> None:
    mail = request_messages.write(replace(OWED, kind=kind), FOLLOW)
    assert FOLLOW in mail.text.splitlines() and FOLLOW in mail.html
    assert OWED.number in mail.subject and OWED.number in mail.text
    for personal in (OWED.recipient, "Rose", "canari"):
        assert personal not in mail.subject
    html5lib.HTMLParser(strict=True).parse(mail.html)
    for wrong in (" :", "« ", " ;", "\n\n\n\n"):
        assert wrong not in mail.text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("acknowledgement", f"réponse au plus tard le mardi 22{NBSP}décembre 2026"),
        ("receipt", f"au plus tard le mardi 8{NBSP}décembre 2026 pour vous dire quand"),
        ("answer", "Une personne <prépare> la réponse."),
        ("redirection", "Autorité des marchés publics"),
        ("extension", f"au plus tard le mardi 22{NBSP}décembre 2026"),
        ("requalification", "demande d’accès aux documents"),
    ],
)
def test_each_mail_says_what_it_is_for(kind: str, words: str) -> None:
    mail = request_messages.write(replace(OWED, kind=kind), FOLLOW)
    assert words in mail.text
    assert "<prépare>" not in mail.html


def test_a_request_of_access_gives_the_delays_of_the_law() -> None:
    owed = replace(OWED, kind="receipt", access_due_on=date(2026, 12, 14))
    text = request_messages.write(owed, FOLLOW).text
    assert f"lundi 14{NBSP}décembre 2026" in text
    assert "10 jours au plus" in text and "Commission d’accès à l’information" in text


def test_a_supplier_is_told_whom_to_complain_to_first() -> None:
    text = request_messages.write(replace(OWED, goes_to_amp=True), FOLLOW).text
    assert "d’abord à l’organisme public" in text


def test_who_waits_for_a_call_reads_its_hour() -> None:
    owed = replace(OWED, call_by=datetime(2026, 11, 25, 20, 12, tzinfo=UTC))
    assert f"25{NBSP}novembre 2026 à{NBSP}15{NBSP}h{NBSP}12" in (
        request_messages.write(owed, FOLLOW).text
    )
