"""A second reading of the bank file, written from the standard alone: it knows nothing of ours.

Positions are those of the standard, from 1. Anything that is not exactly as written there is an
AssertionError.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

SEGMENTS = (25, 265, 505, 745, 985, 1225)
ALLOWED = re.compile(r"[A-Z0-9 &'().,/-]*")


@dataclass(frozen=True)
class ReadPayment:
    transaction_code: str
    cents: int
    funds_on: date
    routing: str
    account: str
    short_name: str
    payee_name: str
    long_name: str
    user_id: str
    reference: str
    return_routing: str
    return_account: str
    sundry: str


@dataclass(frozen=True)
class ReadFile:
    originator_id: str
    number: int
    created_on: date
    data_centre: str
    currency: str
    payments: tuple[ReadPayment, ...]


class Record:
    """One record, cut by the positions of the standard."""

    def __init__(self, text: str, base: int = 1) -> None:
        self.text = text
        self.base = base

    def cut(self, first: int, last: int) -> str:
        return self.text[self.base + first - 2 : self.base + last - 1]

    def digits(self, first: int, last: int) -> str:
        value = self.cut(first, last)
        assert re.fullmatch(r"[0-9]+", value), (first, last, value)
        return value

    def words(self, first: int, last: int) -> str:
        value = self.cut(first, last)
        assert ALLOWED.fullmatch(value), (first, last, value)
        assert not value.startswith(" ") or not value.strip(), "left-justified"
        return value.rstrip(" ")

    def day(self, first: int, last: int) -> date:
        value = self.digits(first, last)
        assert value[0] == "0"
        return date(2000 + int(value[1:3]), 1, 1) + timedelta(days=int(value[3:]) - 1)

    def blank(self, first: int, last: int) -> None:
        assert self.cut(first, last) == " " * (last - first + 1), (first, last)

    def zeros(self, first: int, last: int) -> None:
        assert self.cut(first, last) == "0" * (last - first + 1), (first, last)


def parse(content: bytes) -> ReadFile:
    """Read a file without preamble whose reserved numbers are zeros."""
    assert content.endswith(b"\r\n")
    texts = content.decode("ascii").removesuffix("\r\n").split("\r\n")
    assert {len(text) for text in texts} == {1464}
    records = [Record(text) for text in texts]
    kinds = "".join(text[0] for text in texts)
    assert re.fullmatch(r"AC+Z", kinds)
    assert [int(one.digits(2, 10)) for one in records] == list(range(1, len(records) + 1))
    assert len({one.cut(11, 24) for one in records}) == 1, "one originator, one file number"
    payments = tuple(payment for record in records[1:-1] for payment in _payments(record))
    for payment in payments:
        _check_payment(payment)
    _check_trailer(records[-1], payments)
    header = records[0]
    header.blank(36, 55)
    header.blank(59, 1464)
    return ReadFile(
        originator_id=header.words(11, 20),
        number=int(header.digits(21, 24)),
        created_on=header.day(25, 30),
        data_centre=header.digits(31, 35),
        currency=header.words(56, 58),
        payments=payments,
    )


def _payments(record: Record) -> list[ReadPayment]:
    """The segments in use come first; once one is blank, all later ones are."""
    segments = [Record(record.text, base) for base in SEGMENTS]
    used = [bool(one.cut(1, 240).strip()) for one in segments]
    assert used[0]
    assert used == sorted(used, reverse=True)
    return [_payment(one) for one, is_used in zip(segments, used, strict=True) if is_used]


def _payment(segment: Record) -> ReadPayment:
    segment.zeros(41, 62)
    segment.zeros(63, 65)
    segment.blank(206, 229)
    segment.zeros(230, 240)
    return ReadPayment(
        transaction_code=segment.digits(1, 3),
        cents=int(segment.digits(4, 13)),
        funds_on=segment.day(14, 19),
        routing=segment.digits(20, 28),
        account=segment.words(29, 40),
        short_name=segment.words(66, 80),
        payee_name=segment.words(81, 110),
        long_name=segment.words(111, 140),
        user_id=segment.words(141, 150),
        reference=segment.words(151, 169),
        return_routing=segment.digits(170, 178),
        return_account=segment.words(179, 190),
        sundry=segment.words(191, 205),
    )


def _check_payment(payment: ReadPayment) -> None:
    """What a bank rejects a payment without."""
    assert payment.cents >= 1
    assert payment.routing[0] == payment.return_routing[0] == "0"
    assert re.fullmatch(r"[0-9]{4,12}", payment.account)
    assert payment.payee_name
    assert payment.reference


def _check_trailer(trailer: Record, payments: tuple[ReadPayment, ...]) -> None:
    """The trailer counts payments, not records."""
    trailer.zeros(25, 46)
    assert int(trailer.digits(47, 60)) == sum(payment.cents for payment in payments)
    assert int(trailer.digits(61, 68)) == len(payments)
    trailer.zeros(69, 112)
    trailer.blank(113, 1464)
