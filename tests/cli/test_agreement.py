"""`flask agreement verify`: the very bytes that were issued, and nothing else."""

import json
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from grants.cli.agreement import verify
from grants.jobs import agreements
from grants.models.agreements import AgreementVersion
from grants.unit_of_work import saving
from tests.agreement_cases import draft, issue, make_parties


def test_one_bit_makes_it_another_file(app: Flask, session: Session, tmp_path: Path) -> None:
    parties = make_parties(session)
    number, version_id = f"PE-{parties.case.number}", draft(parties).id
    issue(session, parties, version_id)
    effect = agreements.agreement(version_id)
    with saving() as saved:
        effect.record(saved)
    key = session.get_one(AgreementVersion, version_id).storage_key or ""
    content = bytearray(app.extensions["storage"].get(key))
    issued, flipped, other = (tmp_path / name for name in ("issued.pdf", "flipped.pdf", "x.txt"))
    issued.write_bytes(content)
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    other.write_text("Bonjour")
    runner = app.test_cli_runner()

    told = runner.invoke(verify, [str(issued)])
    assert told.exit_code == 0 and f"le protocole n° {number}, version 1." in told.output
    assert "Il n’est pas signé." in told.output
    found = json.loads(runner.invoke(verify, [str(issued), "--json"]).output)
    assert (found["issued"], found["number"], found["data_agrees"]) == (True, number, True)
    for file in (flipped, other):
        answer = runner.invoke(verify, [str(file)])
        assert answer.exit_code == 1 and "Ce fichier n’est pas" in answer.output
