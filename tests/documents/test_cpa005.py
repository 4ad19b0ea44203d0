"""The bank file: the example of the standard to the character, and what it refuses."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from grants.documents.cpa005 import BankProfile, Credit, write
from grants.documents.cpa005_reading import read_totals
from grants.domain.bank_file import FileTotals, demand_same
from grants.domain.errors import DomainError
from grants.wording.problems import sentence
from tests.documents.bank_batches import check_random_batches
from tests.documents.bank_file_parser import parse

PROFILES = Path(__file__).parents[2] / "grants" / "data" / "bank_profiles.json"
DEMO = BankProfile.from_data(json.loads(PROFILES.read_text(encoding="utf-8"))[0])
CREATED_ON = date(2026, 12, 30)
CREDIT = Credit(
    amount_cents=12_500_00,
    funds_on=date(2027, 1, 12),
    routing="081530214",
    account="1234567",
    payee_name="COMITE LOGEMENT DU BAS-FLEUVE",
    cross_reference="DCD-2026-00123-V1",
)
EXAMPLE = (
    "A000000001SACA000001004202636481510                    CAD",
    "C000000002SACA000001004245000012500000270120815302141234567     0000000000000000000000000"
    "SACA QUEBEC    COMITE LOGEMENT DU BAS-FLEUVE SECR ACTION COMMUNAUTAIRE AUT SACA000001"
    "DCD-2026-00123-V1  0006123457654321                                            00000000000",
    "Z000000003SACA000001004200000000000000000000000000000125000000000001"
    "00000000000000000000000000000000000000000000",
)


def written(*credits: Credit, profile: BankProfile = DEMO, number: int = 42) -> bytes:
    return write(profile, credits, file_creation_number=number, created_on=CREATED_ON)


def many(count: int) -> list[Credit]:
    return [replace(CREDIT, cross_reference=f"DCD-2026-{rank:05d}-V1") for rank in range(count)]


def test_the_example_of_the_standard_is_written_to_the_character() -> None:
    assert written(CREDIT).decode("ascii") == "".join(f"{line:<1464}\r\n" for line in EXAMPLE)


def test_no_account_is_in_a_trace() -> None:
    assert "1234567" not in repr(CREDIT)
    assert "7654321" not in repr(DEMO)


def test_random_batches_are_read_back_by_another_reader() -> None:
    assert check_random_batches(40, seed=20261122) == 40


def test_payments_share_records_and_the_trailer_counts_payments() -> None:
    lines = written(*many(7)).decode("ascii").split("\r\n")
    assert "".join(line[:1] for line in lines) == "ACCZ"
    assert lines[2][24 + 240 :].strip() == ""
    assert lines[-2][46:68] == "00000008750000" + "00000007"


def test_a_bank_may_want_reserved_fields_otherwise() -> None:
    profile = replace(
        DEMO,
        blank_reserved=True,
        zero_trailer_filler=True,
        currency="",
        payments_per_record=1,
        preamble="$$AAPASTD0152[PROD[80$$",
    )
    content = written(*many(2), profile=profile)
    preamble, header, first, second, trailer, end = content.decode("ascii").split("\r\n")
    assert (preamble, end) == (profile.preamble, "")
    assert header[55:].strip() == ""
    assert first[64:89].strip() == first[253:].strip() == second[264:].strip() == ""
    assert trailer[112:] == "0" * 1352
    assert read_totals(content).count == 2


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("amount", {"amount_cents": 0}),
        ("amount", {"amount_cents": -1}),
        ("amount", {"amount_cents": 10_000_000_000}),
        ("funds_on", {"funds_on": CREATED_ON + timedelta(days=174)}),
        ("funds_on", {"funds_on": CREATED_ON - timedelta(days=31)}),
        ("routing", {"routing": "815302141"}),
        ("routing", {"routing": "08153021"}),
        ("account", {"account": "1234567890123"}),
        ("account", {"account": "12 34"}),
        ("payee_name", {"payee_name": ""}),
        ("payee_name", {"payee_name": "É"}),
        ("payee_name", {"payee_name": " DECALE"}),
        ("payee_name", {"payee_name": "A\r\nC"}),
        ("payee_name", {"payee_name": "A" * 31}),
        ("cross_reference", {"cross_reference": ""}),
        ("cross_reference", {"cross_reference": "A" * 20}),
        ("sundry", {"sundry": "A" * 16}),
    ],
)
def test_a_value_that_would_shift_columns_is_refused(field: str, changes: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        written(CREDIT, replace(CREDIT, **({"cross_reference": "V2"} | changes)))
    assert (refusal.value.code, refusal.value.facts["field"]) == ("bank_file_field", field)
    assert sentence(refusal.value)


def test_what_depends_on_the_whole_file_is_refused_too() -> None:
    with pytest.raises(DomainError, match="bank_file_empty"):
        written()
    for number in (0, 10_000):
        with pytest.raises(DomainError, match="bank_file_field"):
            written(CREDIT, number=number)
    with pytest.raises(DomainError) as refusal:
        written(CREDIT, CREDIT)
    assert refusal.value.facts["field"] == "cross_reference"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("originator_id", "SACA0000011"),
        ("short_name", "Québec"),
        ("long_name", "A" * 31),
        ("data_centre", "8151"),
        ("return_routing", "00061234"),
        ("return_account", ""),
        ("transaction_code", "45"),
        ("currency", "EUR"),
        ("payments_per_record", 7),
        ("preamble", "A000000001"),
        ("preamble", "$$\r\n"),
    ],
)
def test_an_invalid_profile_is_refused_when_it_is_made(field: str, value: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        replace(DEMO, **{field: value})
    assert (refusal.value.code, refusal.value.facts["field"]) == ("bank_file_field", field)


def test_the_product_reads_its_own_file_back() -> None:
    content = written(*many(8))
    read = read_totals(content)
    assert read == FileTotals(8, 100_000_00, 42, hashlib.sha256(content).hexdigest())
    demand_same(read, count=8, total_cents=100_000_00, file_creation_number=42)
    for wrong in ((7, 100_000_00, 42), (8, 100_000_01, 42), (8, 100_000_00, 43)):
        with pytest.raises(DomainError, match="bank_file_differs"):
            demand_same(read, count=wrong[0], total_cents=wrong[1], file_creation_number=wrong[2])


def damaged() -> list[tuple[str, bytes]]:
    """Files that must not leave, by what happened to them."""
    content = written(*many(8))
    header, first, second, trailer, _ = content.split(b"\r\n")
    gap = first[:264] + b" " * 240 + first[504:]

    def joined(*lines: bytes) -> bytes:
        return b"".join(line + b"\r\n" for line in lines)

    return [
        ("nothing", b""),
        ("words", b"bonjour\r\n"),
        ("no last line end", content[:-2]),
        ("no trailer", joined(header, first, second)),
        ("a record lost", joined(header, first, trailer)),
        ("a record twice", joined(header, first, first, second, trailer)),
        ("a cent more", content.replace(b"0001250000", b"0001250001", 1)),
        ("an amount of zero", content.replace(b"0001250000", b"0000000000", 1)),
        ("a letter in an amount", content.replace(b"0001250000", b"000125000O", 1)),
        ("a shifted column", content.replace(b"BAS-FLEUVE", b"BAS-FLEUV", 1)),
        ("an accent", content.replace(b"COMITE", b"COMIT\xc9", 1)),
        ("a gap", joined(header, gap, second, trailer)),
        ("a payment blanked", joined(header, first, second[:264].ljust(1464), trailer)),
        ("no payment", joined(header, b" " * 1464, trailer)),
        ("another file's record", content.replace(b"SACA0000010042450", b"SACA0000010043450", 1)),
    ]


@pytest.mark.parametrize(("what", "content"), damaged(), ids=[what for what, _ in damaged()])
def test_a_damaged_file_is_not_believed(what: str, content: bytes) -> None:
    with pytest.raises(DomainError, match="bank_file_broken"):
        read_totals(content)


def test_the_other_reader_is_as_strict() -> None:
    for what, content in damaged():
        with pytest.raises((AssertionError, UnicodeDecodeError, IndexError)):
            pytest.fail(f"accepted: {what}: {parse(content)}")
