"""The rows of one signed file in every table that payments read, by the file itself."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bench.files import SENDER, Row, key
from grants.domain.calendar import local_date
from grants.domain.deadlines import Due
from grants.models.programs import Call
from tests.documents.agreement_sheets import LETTER, SHORT

DECIDER, PREPARER = SENDER + 1, SENDER + 2
AMOUNT, HALF = 48_500_00, 24_250_00
CONDITION = "yearly_reports"
AGES = 8  # signed today or up to a week ago
FILE_SHA = "a" * 64
LETTER_TEXT, TERMS = (json.dumps(sheet.to_data(), ensure_ascii=False) for sheet in (LETTER, SHORT))


@dataclass(frozen=True)
class File:
    """One case file as it already stands."""

    id: int
    number: str
    organization_id: int
    advisor_id: int


@dataclass(frozen=True)
class Setting:
    """What the rows need to know: when, of which promise and call, how many files wait."""

    now: datetime
    commitment_id: int
    dues: list[Due]  # of an agreement received so many days ago
    call: Call
    secretariat_id: int
    waiting: int

    @property
    def drafted_at(self) -> datetime:
        """When the agreements were drafted: before the first of them was signed."""
        return self.now - timedelta(days=AGES + 1)

    def due(self, file: File) -> Due:
        """The promise to pay, from the receipt of the signed agreement."""
        return self.dues[file.id % AGES]


def _participant(_setting: Setting, file: File) -> list[Row]:
    return [{"matter_id": file.id, "person_id": DECIDER, "side": "first"}]


def _recommendation(setting: Setting, file: File) -> list[Row]:
    row = {
        "id": file.id,
        "public_id": key(file.id),
        "case_file_id": file.id,
        "matter_id": file.id,
        "side": "first",
        "person_id": file.advisor_id,
        "outcome": "accepted",
        "amount_cents": AMOUNT,
        "reasons": "La demande remplit les conditions.",
        "made_at": setting.drafted_at - timedelta(days=2),
    }
    return [row]


def _decision(setting: Setting, file: File) -> list[Row]:
    decided_at = setting.drafted_at - timedelta(days=1)
    row = {
        "id": file.id,
        "public_id": key(file.id),
        "case_file_id": file.id,
        "matter_id": file.id,
        "side": "first",
        "recommendation_id": file.id,
        "decided_by_id": DECIDER,
        "advised_by_id": file.advisor_id,
        "outcome": "accepted",
        "requested_cents": AMOUNT,
        "granted_cents": AMOUNT,
        "explanation": "Voici ce que nous avons vu.",
        "envelope_id": 1,
        "available_after_cents": 0,
        "decided_at": decided_at,
        "letter_on": local_date(decided_at),
        "letter": LETTER_TEXT,
    }
    return [row]


def _entry(setting: Setting, file: File) -> list[Row]:
    row = {
        "envelope_id": 1,
        "decision_id": file.id,
        "amount_cents": AMOUNT,
        "entered_at": setting.drafted_at - timedelta(days=1),
    }
    return [row]


def _agreement(setting: Setting, file: File) -> list[Row]:
    row = {
        "id": file.id,
        "public_id": key(file.id),
        "number": f"PE-{file.number}",
        "case_file_id": file.id,
        "organization_id": file.organization_id,
        "decision_id": file.id,
        "granted_cents": AMOUNT,
        "created_at": setting.drafted_at,
    }
    return [row]


def _version(setting: Setting, file: File) -> list[Row]:
    row = {
        "id": file.id,
        "public_id": key(file.id),
        "agreement_id": file.id,
        "organization_id": file.organization_id,
        "number": 1,
        "total_cents": AMOUNT,
        "starts_on": date(2027, 4, 1),
        "ends_on": date(2028, 3, 31),
        "signatory_id": SENDER,
        "terms": TERMS,
        "drafted_by_id": file.advisor_id,
        "drafted_at": setting.drafted_at,
        "issued_by_id": DECIDER,
        "issued_at": setting.drafted_at,
        "storage_key": key(file.id),
        "file_sha256": FILE_SHA,
        "size": 120_000,
    }
    return [row]


def _instalments(setting: Setting, file: File) -> list[Row]:
    met = file.id > setting.waiting
    first = _instalment(setting, file, 1)
    second = _instalment(setting, file, 2) | {
        "condition": CONDITION,
        "met_at": setting.now if met else None,
        "met_by_id": file.advisor_id if met else None,
    }
    return [first, second]


def _instalment(setting: Setting, file: File, rank: int) -> Row:
    return {
        "id": 2 * file.id + rank - 2,
        "public_id": key(2 * file.id + rank - 2),
        "agreement_version_id": file.id,
        "rank": rank,
        "amount_cents": HALF,
        "planned_on": local_date(setting.now) + timedelta(days=180 * (rank - 1)),
        "fiscal_year": 2027,
        "condition": None,
        "met_at": None,
        "met_by_id": None,
    }


def _signature(setting: Setting, file: File) -> list[Row]:
    received_at = setting.due(file).received_at
    row = {
        "id": file.id,
        "public_id": key(file.id),
        "agreement_version_id": file.id,
        "file_sha256": FILE_SHA,
        "channel": "screen",
        "signed_by_id": SENDER,
        "confirmed_at": received_at,
        "received_at": received_at,
        "recorded_at": received_at,
    }
    return [row]


def _clock(setting: Setting, file: File) -> list[Row]:
    due = setting.due(file)
    row = {
        "case_file_id": file.id,
        "commitment_id": setting.commitment_id,
        "received_at": due.received_at,
        "start_on": due.start_on,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "calendar_version": due.calendar_version,
        "provisional": due.provisional,
        "recorded_at": due.received_at,
    }
    return [row]


ROWS: Mapping[str, Callable[[Setting, File], list[Row]]] = {
    "participant": _participant,
    "recommendation": _recommendation,
    "decision": _decision,
    "envelope_entry": _entry,
    "agreement": _agreement,
    "agreement_version": _version,
    "instalment": _instalments,
    "signature": _signature,
    "clock": _clock,
}
