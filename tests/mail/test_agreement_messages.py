"""What the mails of an agreement say, and where the promised date stands in them."""

from dataclasses import replace

import pytest

from grants.mail import file_messages
from grants.mail.mail import Mail
from tests.mail.test_file_messages import NBSP, OWED, PAGE

NAMED = {"agreement": "PE-DCD-2027-0211-M", "version": 2}
SIGNED = {"received_on": "2026-11-24", "payable_cents": 24_250_00, "due_on": "2026-12-08"}


def written(kind: str, **facts: object) -> Mail:
    owed = replace(OWED, kind=kind, facts={**NAMED, **facts})
    return file_messages.write(owed, PAGE)


@pytest.mark.parametrize(
    ("facts", "words", "never"),
    [
        ({"state": "ready", "on_paper": False}, "prêt à lire et à signer", "à imprimer"),
        ({"state": "ready", "on_paper": True}, "à imprimer et à signer à la main", "à l’écran"),
        ({"state": "withdrawn", "on_paper": False}, "n’est plus à signer", "prêt à lire"),
    ],
)
def test_the_signatory_learns_what_to_do(facts: dict[str, object], words: str, never: str) -> None:
    mail = written("agreement", **facts)
    for text in (mail.text, mail.html):
        assert words in text.replace("</strong>", "").replace("<strong>", "")
        assert never not in text
        assert NAMED["agreement"] in text and PAGE in text
    assert "PE-DCD" not in mail.subject and OWED.number in mail.subject


def test_the_receipt_says_how_much_and_by_when() -> None:
    mail = written("agreement_received", **SIGNED)
    for words in (f"mardi 8{NBSP}décembre 2026", f"24{NBSP}250,00{NBSP}$"):
        assert words in mail.text and words in mail.html


def test_nothing_is_promised_where_every_part_waits_for_a_condition() -> None:
    mail = written("agreement_received", **{**SIGNED, "payable_cents": 0, "due_on": None})
    assert "promis" not in mail.text
