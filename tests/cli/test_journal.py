"""The journal is compared with the head that was written outside, not with its own tables."""

from flask import Flask
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.jobs import handlers
from grants.operations.trail import record
from grants.queries import journal
from grants.unit_of_work import saving
from tests.jobs.rows import owe

WORDS = ("journal", "verify", "--exported")


def test_the_chain_is_compared_with_the_file_written_outside(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    never = runner.invoke(args=WORDS)
    assert never.exit_code == 1 and "n’a jamais été exportée" in never.output
    with saving() as saved:
        record(saved, "signed_out", actor=SYSTEM, now=clock.utc_now())
    handlers.run(owe("file.journal_head", now=clock.utc_now()))
    assert runner.invoke(args=WORDS).exit_code == 0
    storage = app.extensions["storage"]
    path = storage.root / (key := journal.last_export(session).storage_key)[:2] / key
    path.write_text(f"1:{'0' * 64} 2026-11-24T15:00:00+00:00\n")
    changed = runner.invoke(args=WORDS)
    assert changed.exit_code == 1 and "exported_head_missing" in changed.output
    path.unlink()
    assert "restaurez les fichiers" in runner.invoke(args=WORDS).output
