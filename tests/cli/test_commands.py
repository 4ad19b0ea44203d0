"""The commands that people and checks rely on, run as a terminal runs them."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from grants.domain import request_flow
from grants.domain.complaints import ComplaintStatus
from grants.domain.flow import Act, Status, replay
from grants.domain.information_requests import CHANNELS, Outcome, Topic
from grants.domain.payments import Block
from grants.domain.request_flow import RequestAct, RequestStatus
from grants.extensions import db
from grants.factory import create_app
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.complaints import Complaint
from grants.models.people import Absence, Account
from grants.models.requests import CallAttempt, InformationRequest, Reply
from grants.models.results import Publication, Tally
from grants.models.trail import JournalEvent, JournalExport, OutboxRow
from grants.queries import payments, sessions
from grants.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REPLIES = {"acknowledgement", "extension", "requalification", "redirection", "answer"}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A fresh installation, made by the commands themselves."""
    folder = tmp_path_factory.mktemp("installation")
    values = {
        "DATABASE_URL": f"sqlite:///{folder}/appui.db",
        "STORAGE_URL": f"file://{folder}/files",
        "REDIS_URL": f"unix://{folder}/no-redis.sock",
        "MAIL_URL": "smtp://127.0.0.1:9",
        "MAILBOX": f"{folder}/mail",
        "SECRET_KEY": "s" * 32,
        "JOURNAL_KEY": "j" * 32,
        "COLUMN_KEY": "c" * 32,
        "DEMO": "on",
    }
    environment = {**os.environ, **values}
    assert run(environment, "setup").returncode == 0
    assert run(environment, "demo", "load").returncode == 0
    return environment


@pytest.fixture(scope="module")
def demonstration(environment: dict[str, str]) -> Iterator[Flask]:
    """The same installation, read from here."""
    app = create_app(Settings.from_environment(environment))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One flask command."""
    return subprocess.run(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
    )


def here(app: Flask, *words: str) -> Result:
    """One flask command in this process, which spares the start of another."""
    try:
        return app.test_cli_runner().invoke(args=words)
    finally:
        db.session.remove()


def asked(app: Flask, *words: str) -> Any:
    """The JSON a command prints."""
    answer = here(app, *words, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_setup_and_demo_are_safe_to_repeat(environment: dict[str, str]) -> None:
    for words, told in ((("setup",), {"ready": True}), (("demo", "load"), {"case_files": 0})):
        answer = run(environment, *words, "--json")
        assert answer.returncode == 0, answer.stderr
        assert json.loads(answer.stdout) == told


def test_the_demonstration_goes_as_far_as_the_bank(demonstration: Flask) -> None:
    runner = demonstration.test_cli_runner()
    found = json.loads(runner.invoke(args=["batch", "list", "--json"]).output)
    keys = {"number", "status", "payments", "total_cents", "file_creation_number"}
    assert all(set(batch) == keys for batch in found)
    assert {one["status"] for one in found} == {"prepared", "approved", "released", "returned"}
    large = [one for one in found if one["status"] == "released" and one["payments"] >= 12]
    assert len(large) == 1 and large[0]["file_creation_number"] == 1
    content = runner.invoke(args=["batch", "file", large[0]["number"]]).output
    assert all(name in content for name in ("COEUR DE VILLAGE", "L'ESTUAIRE", "ASSOCIATION DES"))


def test_its_files_are_in_every_state_and_their_journal_leads_there(demonstration: Flask) -> None:
    acts: dict[int, list[str]] = defaultdict(list)
    query = select(JournalEvent.case_file_id, JournalEvent.facts).order_by(JournalEvent.id)
    for case_file_id, facts in db.session().execute(query):
        if act := json.loads(facts).get("act"):
            acts[case_file_id].append(act)
    files = db.session().scalars(select(CaseFile)).all()
    assert all(_replayed(file.kind, acts[file.id]) == file.status for file in files)
    known = {file.status for file in files if file.kind != "information_request"}
    assert known == set(Status)


def test_people_asked_everything_in_every_way_and_got_every_answer(demonstration: Flask) -> None:
    session = db.session()
    asked = session.execute(
        select(
            InformationRequest.topic, CaseFile.channel, CaseFile.status, CaseFile.secretariat_id
        ).join(CaseFile, CaseFile.id == InformationRequest.case_file_id)
    ).all()
    assert {row.topic for row in asked} == set(Topic)
    assert {row.channel for row in asked} == CHANNELS
    states = {(row.secretariat_id, row.status) for row in asked}
    assert states == {(office, status) for office in (1, 2) for status in RequestStatus}
    replies, calls = select(Reply.kind).distinct(), select(CallAttempt.outcome).distinct()
    assert set(session.scalars(replies)) == REPLIES
    assert set(session.scalars(calls)) == set(Outcome)


def test_complaints_are_in_every_state_at_both_secretariats(demonstration: Flask) -> None:
    found = set(db.session().execute(select(Complaint.secretariat_id, Complaint.status)))
    assert found == {(office, status) for office in (1, 2) for status in ComplaintStatus}


def test_its_results_are_published_and_counted(demonstration: Flask) -> None:
    session = db.session()
    published = session.scalars(select(Publication)).all()
    assert {one.secretariat_id for one in published} == {1, 2}
    assert all(one.storage_key for one in published)
    assert here(demonstration, "publication", "verify").exit_code == 0
    assert session.scalar(select(func.count()).select_from(Tally)) == 4
    last = session.scalars(select(Tally).order_by(Tally.from_on)).first()
    shares = [one["kept"] / one["due"] for one in json.loads(last.figures)["figures"] if one["due"]]
    assert shares and min(shares) < 1


def test_it_owes_few_mails_and_none_of_long_ago(demonstration: Flask) -> None:
    session = db.session()
    never_tried = OutboxRow.state == "waiting", OutboxRow.attempts == 0
    waiting = OutboxRow.kind.startswith("mail."), *never_tried
    created = session.scalars(select(OutboxRow.created_at).where(*waiting)).all()
    newest = session.scalars(select(func.max(JournalExport.exported_at))).one()
    assert 0 < len(created) < 10 and min(created) > newest - timedelta(days=3)
    assert session.scalar(select(func.count()).select_from(Absence)) == 3


def _replayed(kind: str, acts: list[str]) -> str:
    """The state that the acts of a file lead to, in the life of its kind."""
    if kind == "information_request":
        return request_flow.replay([RequestAct(act) for act in acts])
    return replay([Act(act) for act in acts])


def test_what_it_has_to_pay_waits_for_every_reason(demonstration: Flask) -> None:
    clerk = db.session().scalars(select(Account).where(Account.email.startswith("rejean@"))).one()
    actor = sessions.staff_actor(db.session(), clerk)
    lines = payments.page(db.session(), actor, payments.Filters()).lines
    found = {block for line in lines for block in line.blocks}
    assert found == set(Block) - {Block.OVER_BANK_LIMIT}, "no program grants that much"
    assert any(not line.blocks for line in lines)
    late = select(Clock).where(Clock.stopped_at > Clock.due_at)
    paid_late = late.where(Clock.stop_event == "funds_available")
    assert len(db.session().scalars(paid_late).all()) == 1


def test_due_of_the_worked_example(demonstration: Flask) -> None:
    """Received Thursday 8 October 2026, Thanksgiving on the 12th: due Friday the 16th."""
    due = asked(demonstration, "due", "2026-10-08T10:00:00-04:00", "--commitment", "SACA_ACK")
    assert due["due_on"] == "2026-10-16"
    assert due["due_at"] == "2026-10-17T03:59:59+00:00"
    assert due["counted"] == [f"2026-10-{day:02}" for day in (9, 13, 14, 15, 16)]
    assert {"date": "2026-10-12", "why": "day_off"} in [
        {"date": item["date"], "why": item["why"]} for item in due["skipped"]
    ]
    assert due["provisional"] is False and due["legal_due_on"] is None


@pytest.mark.parametrize("code", ["SACA_ACK", "SACA_PAY", "SACA_CALLBACK", "SCT_ACK"])
def test_every_promised_code_has_a_date(demonstration: Flask, code: str) -> None:
    assert asked(demonstration, "due", "2026-11-24T15:00:00-05:00", "--commitment", code)["due_on"]


def test_due_of_calendar_days_and_policies(demonstration: Flask) -> None:
    saturday = asked(
        demonstration, "due", "2026-11-19T10:00:00-05:00", "--days", "30", "--unit", "calendar"
    )
    assert (
        saturday["legal_due_on"] == "2026-12-19" and saturday["operational_due_on"] == "2026-12-18"
    )
    evening = asked(
        demonstration,
        "due",
        "2026-11-24T16:30:01-05:00",
        "--commitment",
        "SACA_ACK",
        "--receipt-policy",
        "next-business-day",
    )
    assert evening["start_on"] == "2026-11-25"


def test_mistakes_get_a_sentence(demonstration: Flask) -> None:
    for words in (
        ("due", "hier", "--commitment", "SACA_ACK"),
        ("due", "2026-11-24T10:00:00", "--commitment", "SACA_ACK"),
        ("due", "2026-11-24T10:00:00-05:00", "--commitment", "NADA"),
        ("due", "2040-11-24T10:00:00-05:00", "--commitment", "SACA_ACK"),
        ("due", "2026-11-24T10:00:00-05:00"),
        ("due", "2026-11-24T10:00:00-05:00", "--days", "5", "--unit", "announced"),
    ):
        answer = here(demonstration, *words)
        assert answer.exit_code != 0 and isinstance(answer.exception, SystemExit), words


def test_holidays(demonstration: Flask) -> None:
    year = asked(demonstration, "holidays", "2027")
    assert year["confirmed"] is True and len(year["days"]) == 13 and year["version"] >= 1
    assert asked(demonstration, "holidays", "2031")["confirmed"] is False
    assert here(demonstration, "holidays", "2050").exit_code != 0


def test_self_check_and_journal(demonstration: Flask) -> None:
    assert asked(demonstration, "self-check")["right"] is True
    verified = asked(demonstration, "journal", "verify")
    assert verified["right"] is True
    again = here(demonstration, "journal", "verify", "--head", verified["head"])
    assert again.exit_code == 0
    assert here(demonstration, "journal", "verify", "--head", "1:beef").exit_code == 1


def test_flow_and_outbox(demonstration: Flask) -> None:
    moves = asked(demonstration, "flow", "diagram")["transitions"]
    assert ["received", "assign", "under_review"] in moves
    status = asked(demonstration, "outbox", "status")
    assert status["failed"] == len(status["given_up"]) == 1, "the demonstration has one"
    (key,) = status["given_up"]
    assert asked(demonstration, "outbox", "retry", key) == {"key": key}
    assert here(demonstration, "outbox", "retry", key).exit_code != 0, "it waits already"


def test_user_create(demonstration: Flask) -> None:
    words = ("user", "create", "--email", "ana@exemple.quebec", "--name", "Ana Roy")
    assert asked(demonstration, *words, "--role", "advisor")["roles"] == ["advisor"]


def test_a_call_that_closes_on_a_saturday_moves_to_monday(demonstration: Flask) -> None:
    dates = ("--opens", "2027-01-04", "--closes", "2027-02-27")
    announced = asked(demonstration, "call", "announce", "SPA", "Appel d’essai", *dates)
    assert announced["closes_at"] == "2027-03-02T04:59:59+00:00"
