"""Files that are granted, agreed and signed, in bulk through Core: what À payer shows.

Beneath them stand the case files of `bench.data`. Each gets what the product would have written:
recommendation, decision and its encumbrance, agreement with two halves, signature, the promise to
pay. Each organization gets one verified account. The first half of every file is ready; so is the
second one, but of the files that wait for its condition.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from bench.data import analyze, insert_rows, prepared
from bench.files import SENDER, Row, key
from bench.signed_files import AGES, AMOUNT, DECIDER, PREPARER, ROWS, File, Setting
from grants.clock import utc_now
from grants.domain.access import Role
from grants.domain.bank_accounts import BankAccount, to_text
from grants.domain.credentials import token_hash
from grants.domain.deadlines import compute
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.organizations import Organization
from grants.models.programs import Call
from grants.queries import calendars, commitments

APPROVER = PREPARER + 1
TOKENS = {PREPARER: "jeton-de-la-preparatrice", APPROVER: "jeton-de-l-approbateur"}
ROLES = {
    DECIDER: Role.DECIDER,
    PREPARER: Role.FINANCE_PREPARER,
    APPROVER: Role.FINANCE_APPROVER,
}
PLENTY = 1_000_000_000_00
INSTITUTIONS = ("815", "006", "003", "001")


@contextmanager
def payable(engine: str, folder: Path, files: int, waiting: int) -> Iterator[Flask]:
    """The product with so many signed files; the second half of `waiting` of them is blocked."""
    with prepared(engine, folder, files) as app:
        with app.app_context():
            sign(db.session(), waiting)
            db.session.remove()
            db.engine.dispose()
        yield app


def sign(session: Session, waiting: int) -> None:
    """Take every case file of the database to a signed agreement, `waiting` of them blocked."""
    setting = _setting(session, waiting)
    columns = (CaseFile.id, CaseFile.number, CaseFile.organization_id, CaseFile.advisor_id)
    rows = session.execute(select(*columns).order_by(CaseFile.id)).all()
    files = [File(*row) for row in rows]
    organizations = session.scalars(select(Organization.id)).all()
    session.rollback()
    with db.engine.begin() as connection:
        for name, made in (*_people(setting), *_accounts(setting, organizations)):
            insert_rows(connection, name, made)
        insert_rows(connection, "envelope", [_envelope(setting, len(files))])
        for name, make in ROWS.items():
            insert_rows(connection, name, [row for file in files for row in make(setting, file)])
        _advance(connection, setting)
        analyze(connection)


def _advance(connection: Connection, setting: Setting) -> None:
    """The files are signed, the promises of their receipt are kept."""
    state = {"status": "signed", "closed_at": None, "next_due_at": setting.dues[0].due_at}
    connection.execute(update(CaseFile).values(state))
    other = Clock.commitment_id != setting.commitment_id
    kept = {
        "stopped_at": Clock.received_at,
        "stop_event": "acknowledgement_sent",
        "stop_recorded_at": Clock.received_at,
        "taken": 0,
    }
    connection.execute(update(Clock).where(other, Clock.stopped_at.is_(None)).values(kept))


def _setting(session: Session, waiting: int) -> Setting:
    now = utc_now().replace(microsecond=0)
    commitment = commitments.by_code(session, "SACA_PAY", now.date())
    delay = commitments.delay(commitment) if commitment else None
    if commitment is None or delay is None:
        raise RuntimeError("the reference data holds no SACA_PAY")
    office, calendar = commitment.declaration.secretariat, calendars.calendar(session)
    span = commitments.opening_span(office)
    days = (now - timedelta(days=age, minutes=1) for age in range(AGES))
    dues = [compute(day, delay, calendar, span) for day in days]
    call = session.scalars(select(Call)).one()
    return Setting(now, commitment.id, dues, call, office.id, waiting)


def _people(setting: Setting) -> Iterator[tuple[str, list[Row]]]:
    """Who decides, prepares and approves, the last two signed in and confirmed."""
    yield "person", [{"id": who, "public_id": key(who), "full_name": ROLES[who]} for who in ROLES]
    yield "account", [_account(setting, who) for who in ROLES]
    office = {"secretariat_id": setting.secretariat_id, "title": "Finances"}
    yield "staff_member", [{"person_id": who, **office} for who in ROLES]
    yield "staff_role", [{"person_id": who, "role": role} for who, role in ROLES.items()]
    yield "web_session", [_web_session(setting, who, token) for who, token in TOKENS.items()]


def _account(setting: Setting, who: int) -> Row:
    return {
        "id": who,
        "person_id": who,
        "kind": "staff",
        "email": f"finances.{who}@appui.example",
        "public_id": key(who),
        "totp_enrolled_at": setting.now,
        "created_at": setting.now,
    }


def _web_session(setting: Setting, who: int, token: str) -> Row:
    return {
        "token_hash": token_hash(token),
        "account_id": who,
        "stage": "in",
        "created_at": setting.now,
        "expires_at": setting.now + timedelta(hours=12),
        "confirmed_at": setting.now,
    }


def _accounts(setting: Setting, organizations: Sequence[int]) -> Iterator[tuple[str, list[Row]]]:
    """One account per organization, given by its member and verified by the preparer."""
    yield "bank_details", [_details(setting, number) for number in organizations]
    yield "bank_verification", [_verification(setting, number) for number in organizations]


def _details(setting: Setting, number: int) -> Row:
    institution = INSTITUTIONS[number % len(INSTITUTIONS)]
    account = BankAccount(institution, f"{30_000 + number % 9_000:05d}", f"{1_000_000 + number}")
    return {
        "id": number,
        "public_id": key(number),
        "organization_id": number,
        "account": to_text(account),
        "account_end": account.end,
        "entered_by_id": SENDER,
        "entered_at": setting.now - timedelta(days=9),
    }


def _verification(setting: Setting, number: int) -> Row:
    return {
        "bank_details_id": number,
        "organization_id": number,
        "entered_by_id": SENDER,
        "verified_by_id": PREPARER,
        "verified_at": setting.now - timedelta(days=8),
        "payee_name": f"CARREFOUR DE VAL-D'ERABLES {number % 1000}",
        "confirmed_with": "Lise Gendron, trésorière",
    }


def _envelope(setting: Setting, files: int) -> Row:
    return {
        "id": 1,
        "program_id": setting.call.program_id,
        "fiscal_year": setting.call.year,
        "total_cents": PLENTY,
        "used_cents": files * AMOUNT,
    }
