"""Batches of random payments, written by the product and read by another reader (F17)."""

import random
from dataclasses import replace
from datetime import date, timedelta

from grants.documents.cpa005 import BankProfile, Credit, write
from grants.documents.cpa005_reading import read_totals
from grants.domain import payee_name
from tests.documents.bank_file_parser import ReadFile, ReadPayment, parse

PROFILE = BankProfile(
    code="ESSAI",
    secretariat="SACA",
    originator_id="ESSAI00001",
    short_name="ESSAI QUEBEC",
    long_name="SECRETARIAT D'ESSAI DU QUEBEC",
    data_centre="81510",
    return_routing="000612345",
    return_account="0012345",
)
CREATED_ON = date(2026, 12, 30)
WORDS = (
    "Comité",
    "L’Éveil",
    "Cœur-à-cœur",
    "d’Œuvres",
    "«\u00a0Le\u00a0Nid\u00a0»",
    "Bas-Fleuve",
    "Saint‑Élie",
    "Ænigma",
    "naïf",
    "façade",
    "(Montréal)",
    "Où\u202f?",
    "logement & cie",
    "nº\u00a07",
    "日本",
    "100\u00a0%",
    "œ",
    "Défense des droits – région",
)
EDGES = (1, 99, 100, 12_500_00, 9_999_999_999)


def check_random_batches(count: int, seed: int) -> int:
    """Write and read that many random batches; how many were tried."""
    chance = random.Random(seed)
    tried = 0
    for _ in range(count):
        per_record = chance.randint(1, 6)
        _check(_batch(chance), per_record, chance.randint(1, 9999))
        tried += 1
    return tried


def _batch(chance: random.Random) -> list[tuple[str, Credit]]:
    """Legal names with their payments, from 1 to 300."""
    year = chance.randint(2000, 2099)
    rows = []
    for rank in range(chance.randint(1, 300)):
        legal_name = _legal_name(chance)
        credit = Credit(
            amount_cents=chance.choice((*EDGES, chance.randint(1, 9_999_999_999))),
            funds_on=CREATED_ON + timedelta(days=chance.randint(-30, 173)),
            routing=f"0{chance.randint(1, 999):03d}{chance.randint(0, 99_999):05d}",
            account="".join(chance.choices("0123456789", k=chance.randint(4, 12))),
            payee_name=payee_name.check(payee_name.propose(legal_name)),
            cross_reference=f"DCD-{year}-{rank:05d}-V{chance.randint(1, 999)}",
            sundry=chance.choice(("", "AIDE 2026-2027")),
        )
        rows.append((legal_name, credit))
    return rows


def _legal_name(chance: random.Random) -> str:
    """One to twelve words, at least one of them in our letters: often more than 40 characters."""
    words = chance.choices(WORDS, k=chance.randint(0, 11))
    return " ".join((chance.choice(WORDS[:4]), *words))


def _check(batch: list[tuple[str, Credit]], per_record: int, number: int) -> None:
    profile = replace(PROFILE, payments_per_record=per_record)
    credits = [credit for _, credit in batch]
    content = write(profile, credits, file_creation_number=number, created_on=CREATED_ON)
    read = parse(content)
    assert content.count(b"\r\n") == 2 + -(-len(batch) // per_record)
    assert (read.originator_id, read.number) == (PROFILE.originator_id, number)
    assert (read.created_on, read.data_centre, read.currency) == (CREATED_ON, "81510", "CAD")
    assert list(read.payments) == [_expected(credit) for credit in credits]
    _check_names(batch, read)
    totals = read_totals(content)
    total = sum(credit.amount_cents for credit in credits)
    assert (totals.count, totals.total_cents) == (len(credits), total)
    assert totals.file_creation_number == number


def _check_names(batch: list[tuple[str, Credit]], read: ReadFile) -> None:
    """Names are the beginning of the legal ones, in capitals without accents."""
    for (legal_name, _), payment in zip(batch, read.payments, strict=True):
        whole = payee_name.transliterate(legal_name)
        assert whole.startswith(payment.payee_name)
        assert len(payment.payee_name) <= 30


def _expected(credit: Credit) -> ReadPayment:
    return ReadPayment(
        transaction_code="450",
        cents=credit.amount_cents,
        funds_on=credit.funds_on,
        routing=credit.routing,
        account=credit.account,
        short_name=PROFILE.short_name,
        payee_name=credit.payee_name,
        long_name=PROFILE.long_name,
        user_id=PROFILE.originator_id,
        reference=credit.cross_reference,
        return_routing=PROFILE.return_routing,
        return_account=PROFILE.return_account,
        sundry=credit.sundry,
    )
