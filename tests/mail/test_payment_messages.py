"""What an organization reads of its payments: day, amount, what to do after a return."""

from dataclasses import replace

import html5lib
import pytest

from grants.mail import file_messages
from grants.queries.mails import OwedMail
from tests.mail.test_file_messages import NBSP, OWED, PAGE

PAYMENT = replace(
    OWED,
    kind="payment",
    facts={
        "amount_cents": 24_250_00,
        "payments": 1,
        "funds_on": "2026-12-01",
        "is_complete": False,
    },
)
RETURNED = replace(
    OWED,
    kind="payment_returned",
    facts={
        "amount_cents": 24_250_00,
        "code": "905",
        "returned_on": "2026-12-02",
        "new_details": True,
    },
)


def test_the_day_and_the_amount() -> None:
    text = file_messages.write(PAYMENT, PAGE).text
    assert f"24{NBSP}250,00{NBSP}$" in text
    assert f"mardi 1er{NBSP}décembre 2026" in text
    assert "quand et à quelle condition le prochain" in text
    whole = replace(PAYMENT, facts={**PAYMENT.facts, "is_complete": True, "payments": 2})
    text = file_messages.write(whole, PAGE).text
    assert "Toute la subvention est maintenant versée" in text and "en 2 dépôts" in text


def test_what_to_do_after_a_return() -> None:
    text = file_messages.write(RETURNED, PAGE).text
    assert "compte fermé (FER)" in text and f"mercredi 2{NBSP}décembre 2026" in text
    assert "Inscrivez de nouveau le transit, l’institution" in text
    kept = replace(RETURNED, facts={**RETURNED.facts, "code": "903", "new_details": False})
    text = file_messages.write(kept, PAGE).text
    assert "rien à changer à vos coordonnées" in text and "inscrivez de nouveau" not in text


@pytest.mark.parametrize("owed", [PAYMENT, RETURNED], ids=lambda owed: owed.kind)
def test_valid_and_quiet(owed: OwedMail) -> None:
    mail = file_messages.write(owed, PAGE)
    html5lib.HTMLParser(strict=True).parse(mail.html or "")
    assert owed.number in mail.subject and "Rive-Claire" not in mail.subject
    for words in (mail.text, mail.html or ""):
        assert " :" not in words.replace(f"{NBSP}:", "") and "\n\n\n" not in words
