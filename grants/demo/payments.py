"""The payments of the demonstration, in the order of time: accounts, batches, what came back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grants.demo import payment_acts
from grants.demo.sequel import Told
from grants.demo.stage import Stage
from grants.domain.calendar import local_date

FIRST, SECOND = 1, 2
CLERK, VERIFIER, CONTROLLER, OTHER_CONTROLLER = "rejean", "maelle", "sylvio", "denise"


@dataclass(frozen=True)
class Account:
    """Whose account, given and verified that many days ago; None: nobody has verified it."""

    member: int
    given: float
    verified: float | None


PAID_LAST_YEAR = (0, 1, 3, 5, 6, 9, 11, 13, 14, 15, 18, 21, 22, 23)
ACCOUNTS = (
    *(Account(member, 273, 267) for member in PAID_LAST_YEAR),
    Account(7, 92, 86),
    Account(17, 12, 6),
    Account(20, 9, 3),
    Account(12, 4, None),
)
RETURNED_TO, CHANGED = Account(7, 15, 9), Account(22, 2, None)
PAID_TWICE = (0, 1, 5, 6, 13)
REPORTS_ACCEPTED = (11, 14, 15, 18, 21, 22)
PAID_IN_SPRING = (0, 1, 3, 4, 6)
REISSUED, CLOSED_ACCOUNT = 3, 4
"""Ranks among the projects of spring: whose payment came back and is made again, or waits."""


@dataclass(frozen=True)
class Books:
    """The files by call, then by the rank of their story there."""

    stage: Stage
    files: Mapping[str, Mapping[int, Told]]

    def parts(self, call: str, ranks: Iterable[int], part: int) -> list[tuple[int, int]]:
        """That part of the agreements of these files."""
        return [(self.files[call][rank].case_id, part) for rank in ranks]


def play(books: Books) -> None:
    """Accounts, then batches, from last year's to the one that waits for its approval."""
    stage = books.stage
    for account in ACCOUNTS:
        _account(stage, account, account.member)
    _release(books, 263, books.parts("DCD past", PAID_LAST_YEAR, FIRST), CONTROLLER)
    spring = _release(books, 77, books.parts("PRJ past", PAID_IN_SPRING, FIRST), OTHER_CONTROLLER)
    _come_back(books, spring)
    _accept_reports(books, PAID_TWICE, 52)
    _release(books, 46, books.parts("DCD past", PAID_TWICE, SECOND), CONTROLLER)
    _accept_reports(books, REPORTS_ACCEPTED, 12)
    _account(stage, RETURNED_TO, 41)
    _wait(books)
    _account(stage, CHANGED, 42)


def _account(stage: Stage, account: Account, number: int) -> None:
    member = stage.members[account.member]
    version_id = payment_acts.give_account(member, number, stage.evening(account.given))
    if account.verified is not None:
        at = stage.office_hour(account.verified, 10)
        payment_acts.verify_account(version_id, member, stage.staff[VERIFIER], at)


def _release(
    books: Books, days_ago: float, parts: Sequence[tuple[int, int]], controller: str
) -> int:
    """A batch prepared that day, approved and released the next one; funds two days later."""
    stage, funds_on = books.stage, books.stage.funds_day(4 - days_ago)
    at = stage.office_hour(days_ago, 9)
    batch_id = payment_acts.prepare(parts, funds_on, stage.staff[CLERK], at)
    person = stage.staff[controller]
    payment_acts.approve(batch_id, person, stage.office_hour(days_ago - 1, 10))
    payment_acts.release(stage, batch_id, person, stage.office_hour(days_ago - 1, 11))
    return batch_id


def _come_back(books: Books, batch_id: int) -> None:
    """Two payments of spring came back: an unknown account, a closed one."""
    stage, files = books.stage, books.files["PRJ past"]
    for rank, code, days_ago in ((REISSUED, "902", 69), (CLOSED_ACCOUNT, "905", 67)):
        at = stage.office_hour(days_ago, 13)
        case_id, clerk = files[rank].case_id, stage.staff[CLERK]
        payment_acts.send_back(batch_id, case_id, code, local_date(at), clerk, at)


def _accept_reports(books: Books, ranks: Iterable[int], days_ago: float) -> None:
    for rank in ranks:
        told = books.files["DCD past"][rank]
        advisor, at = books.stage.staff[told.advisor], books.stage.office_hour(days_ago, 15)
        payment_acts.confirm_condition(told.case_id, SECOND, advisor, at)


def _wait(books: Books) -> None:
    """One batch approved, to be released; another prepared, with the payment made again."""
    stage, clerk = books.stage, books.stage.staff[CLERK]
    recent = books.parts("PRJ past", (8, 10), FIRST)
    approved = [*recent, *books.parts("DCD past", (11, 14), SECOND)]
    at = stage.office_hour(3, 9)
    batch_id = payment_acts.prepare(approved, stage.funds_day(3), clerk, at)
    payment_acts.approve(batch_id, stage.staff[CONTROLLER], stage.office_hour(2, 10))
    again = books.parts("PRJ past", (REISSUED,), FIRST)
    prepared = [*again, *books.parts("DCD past", (15,), SECOND)]
    at = stage.office_hour(1, 14)
    payment_acts.prepare(prepared, stage.funds_day(7), clerk, at)
