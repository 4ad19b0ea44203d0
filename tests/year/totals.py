"""What the year adds up to, typed by hand beside the table: nothing of the product is asked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.year.stories import Total

NOW = datetime(2026, 4, 16, 15, 0, tzinfo=UTC)  # a Thursday, 11 in the morning in Québec City
FILES = 5_000

BEFORE = date(2024, 4, 1), date(2025, 3, 31)
YEAR = date(2025, 4, 1), date(2026, 3, 31)
AFTER = date(2026, 4, 1), date(2027, 3, 31)

NOTHING = Total(0, 0, 0, 0, None, None, None)

TOTALS: Mapping[tuple[date, date], Mapping[str, Total]] = {
    BEFORE: {
        "SACA_ACK": Total(25, 20, 5, 0, 800, 5, 6),
        "SACA_ANSWER": NOTHING,
        "SACA_CALLBACK": NOTHING,
        "SACA_PAY": NOTHING,
        "SCT_ACK": Total(10, 10, 0, 0, 1000, 2, 2),
        "SCT_ANSWER": Total(10, 0, 10, 0, 0, 22, 22),
    },
    YEAR: {
        "SACA_ACK": Total(
            due=3_945,
            kept=3_663,
            missed=270,
            open_late=12,
            share=929,
            median=1,
            nine_in_ten=5,
            excluded=(("duplicate", 11), ("moved", 19), ("unreachable", 23), ("withdrawn", 33)),
        ),
        "SACA_ANSWER": Total(35, 25, 6, 4, 714, 14, 18, extended=31),
        "SACA_CALLBACK": Total(577, 513, 61, 3, 889, 1230, 3840, excluded=(("unreachable", 16),)),
        "SACA_PAY": Total(217, 200, 15, 2, 922, 8, 8),
        "SCT_ACK": Total(595, 550, 37, 8, 924, 3, 10, excluded=(("withdrawn", 13),)),
        "SCT_ANSWER": Total(600, 552, 37, 11, 920, 16, 20, extended=37, excluded=(("moved", 9),)),
    },
    AFTER: {
        "SACA_ACK": Total(46, 41, 0, 5, 891, 3, 3, not_due=69),
        "SACA_ANSWER": NOTHING,
        "SACA_CALLBACK": NOTHING,
        "SACA_PAY": NOTHING,
        "SCT_ACK": Total(0, 0, 0, 0, None, None, None, not_due=21),
        "SCT_ANSWER": Total(18, 18, 0, 0, 1000, 5, 5),
    },
}
"""By fiscal year and promise: due, kept, missed, open and late, share, median, nine in ten."""

# The SCT answered 320 + 140 + 150 + 37 + 52 + 40 requests in the year (the 18 of March in April);
# 52 of these 739 were given twice to somebody else. SACA sent 36 on to another body.
HANDS = (687, 739)
REDIRECTED = 36


def of(office: str, period: tuple[date, date] = YEAR) -> dict[str, Total]:
    """The promises of one secretariat."""
    return {code: one for code, one in TOTALS[period].items() if code.startswith(f"{office}_")}
