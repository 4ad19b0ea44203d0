"""`flask envelope`: what is set, what is listed, and what the comparison says."""

import json

from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from grants.models.decisions import Envelope
from tests.decided import PART, make_decided
from tests.money_cases import PLENTY


def run(app: Flask, *words: str) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["envelope", *words])
    return answer.exit_code, answer.output


def test_an_envelope_is_set_and_listed(app: Flask, session: Session) -> None:
    code, words = run(app, "set", "dcd", "2027", "1 250 000,00 $")
    assert code == 0 and "DCD 2027\u00a0: 1\u00a0250\u00a0000,00\u00a0$" in words
    assert run(app, "set", "DCD", "2027", "cinq")[0] == 1
    assert "Vérifiez le code du programme" in run(app, "set", "XYZ", "2027", "5")[1]


def test_the_list_compares_counter_and_entries(app: Flask, session: Session) -> None:
    make_decided(session, outcome="accepted_in_part")
    code, text = run(app, "list", "--json")
    told = json.loads(text)
    assert code == 0 and told["mismatches"] == []
    assert told["envelopes"] == [
        {
            "program": "DCD",
            "fiscal_year": 2027,
            "total_cents": PLENTY,
            "encumbered_cents": PART,
            "paid_cents": 0,
            "left_cents": PLENTY - PART,
        }
    ]
    session.execute(update(Envelope).values(used_cents=PART + 1))
    session.commit()
    code, words = run(app, "list")
    assert code == 1 and "Le compteur et la somme des écritures diffèrent" in words
    gap = json.loads(run(app, "list", "--json")[1])["mismatches"][0]
    assert (gap["counter_cents"], gap["entries_cents"]) == (PART + 1, PART)
