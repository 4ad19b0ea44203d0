"""What must be, told in plain Python: the model that every history of acts is compared with.

It knows people, files, parts of grants, accounts and batches, and says of each act whether the
rules allow it. It shares no code with the product but the table of statuses and the codes.
"""

from dataclasses import dataclass, field
from datetime import date

from grants.domain.flow import TRANSITIONS, Act, Status
from tests.proofs.request_book import Request

FIRST, REVISION = "first", "revision"
GRANTS = ("accepted", "accepted_in_part")
POSSIBLE = {
    FIRST: (*GRANTS, "standby", "refused"),
    REVISION: (*GRANTS, "standby", "upheld"),
}
ACT_OF = {
    "accepted": Act.GRANT,
    "accepted_in_part": Act.GRANT,
    "standby": Act.PUT_ON_STANDBY,
    "refused": Act.REFUSE,
    "upheld": Act.UPHOLD,
}
NEEDS_NEW_ACCOUNT = {"905": True, "903": False}


@dataclass
class Version:
    """One text of an agreement."""

    id: int
    drafted_by: int
    signatory: int | None
    parts: list[int]
    issued_by: int | None = None
    sha256: str | None = None
    is_signed: bool = False


@dataclass
class File:
    """An application, or the revision of one."""

    id: int
    organization: int
    matter: int
    side: str
    requested: int
    status: Status = Status.RECEIVED
    advisor: int | None = None
    findings: str = ""  # eligible, not, or nothing while there is no review
    outcome: str = ""
    granted: int = 0
    decision: int | None = None
    is_revised: bool = False
    live: Version | None = None

    def can(self, act: Act) -> bool:
        """Whether the table of statuses has this act here."""
        return (self.status, act) in TRANSITIONS

    def moves(self, act: Act) -> None:
        """Go where the table says."""
        self.status = TRANSITIONS[self.status, act]


@dataclass
class Payment:
    """One payment of a part, in one batch, to one account."""

    id: int
    batch: int
    account: int
    status: str = "prepared"
    code: str = ""


@dataclass
class Part:
    """One instalment; its payments in their order."""

    id: int
    file: int
    cents: int
    condition: str | None
    is_met: bool = False
    payments: list[Payment] = field(default_factory=list)

    @property
    def live(self) -> Payment | None:
        """The payment that stands."""
        return next((one for one in self.payments if one.status in ("prepared", "released")), None)


@dataclass
class Account:
    """One version of where an organization is paid."""

    id: int
    entered_by: int
    verified_by: int | None = None
    is_refused: bool = False


@dataclass
class Batch:
    """Payments that leave together."""

    id: int
    prepared_by: int
    edited_by: int
    status: str = "prepared"
    content: int = 1
    approved_by: int | None = None
    is_asked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.status in ("prepared", "approved") and not self.is_asked

    def edited(self, person: int) -> None:
        """Changed by somebody: what was approved is not approved any more."""
        self.content, self.edited_by = self.content + 1, person
        self.status, self.approved_by = "prepared", None


@dataclass
class Book:
    """Everything, and the rules."""

    left: int = 0
    files: dict[int, File] = field(default_factory=dict)
    sides: dict[tuple[int, int], str] = field(default_factory=dict)
    ties: set[tuple[int, int]] = field(default_factory=set)
    analysts: set[tuple[int, int]] = field(default_factory=set)  # who had a file of a matter
    accounts: dict[int, list[Account]] = field(default_factory=dict)
    parts: dict[int, Part] = field(default_factory=dict)
    batches: dict[int, Batch] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)
    answerers: set[int] = field(default_factory=set)  # who may answer requests
    days_off: frozenset[date] = frozenset()

    def is_free(self, person: int, file: File) -> bool:
        """No tie with the organization, and not on the other side of the matter."""
        side = self.sides.get((file.matter, person), file.side)
        return side == file.side and not self.is_tied(person, file)

    def is_tied(self, person: int, file: File) -> bool:
        """Whether this person declared a conflict with the organization."""
        return (person, file.organization) in self.ties

    def is_theirs(self, person: int | None, file: File) -> bool:
        """Whether this person handles the file, without a tie."""
        return person is not None and file.advisor == person and not self.is_tied(person, file)

    def joins(self, person: int, file: File) -> None:
        """Take a side for ever."""
        self.sides.setdefault((file.matter, person), file.side)

    def may_assign(self, person: int, file: File) -> bool:
        """Who has it keeps it; anybody free may get it where the table allows."""
        return file.advisor == person or (self.is_free(person, file) and file.can(Act.ASSIGN))

    def may_recommend(self, person: int, file: File, outcome: str) -> bool:
        """Its advisor, once all is reviewed; money and standby only for the eligible."""
        fits = outcome in POSSIBLE[file.side]
        eligible = file.findings == "eligible" or outcome in ("refused", "upheld")
        mine = self.is_theirs(person, file) and file.can(Act.RECOMMEND)
        return mine and bool(file.findings) and fits and eligible

    def may_send_back(self, person: int, file: File) -> bool:
        """A free decider, while the file waits for a decision."""
        return self.is_free(person, file) and file.can(Act.SEND_BACK)

    def may_decide(self, person: int, file: File, outcome: str, cents: int, how: str) -> bool:
        """A free decider who never had the file, with money left, and an alternative after a no."""
        others = (file.matter, person) not in self.analysts
        rules = self.is_free(person, file) and file.can(Act.GRANT) and others
        eligible = file.findings == "eligible" or outcome in ("refused", "upheld")
        fits = outcome in POSSIBLE[file.side] and cents <= self.left and eligible
        told = outcome not in ("refused", "upheld") or how != "nothing"
        return rules and fits and told

    def may_revise(self, file: File) -> bool:
        """Once, a first decision that did not grant everything."""
        decided = file.decision is not None and file.outcome != "accepted"
        return file.side == FIRST and decided and not file.is_revised

    def may_issue(self, person: int, file: File, *, confirmed: bool) -> bool:
        """A free delegate who did not draft and just proved who they are; twice is once."""
        version = file.live
        if version is None or self.is_tied(person, file):
            return False
        if version.issued_by is not None:
            return version.issued_by == person
        rules = version.drafted_by != person and self.is_free(person, file)
        return rules and file.can(Act.SIGN) and confirmed

    def may_pay(self, part: Part) -> bool:
        """Signed, met, to the newest account, verified, and not covered yet."""
        return part.live is None and self.is_ready(part)

    def is_ready(self, part: Part) -> bool:
        """Nothing blocks this part, whether it is in a batch or not."""
        file = self.files[part.file]
        signed = file.live is not None and file.live.is_signed and part.id in file.live.parts
        account = self.newest(file.organization)
        good = account is not None and account.verified_by is not None and not account.is_refused
        return signed and good and (part.condition is None or part.is_met)

    def newest(self, organization: int) -> Account | None:
        """The account that counts."""
        return next(reversed(self.accounts.get(organization, [])), None)

    def lines(self, batch: Batch) -> list[tuple[Part, Payment]]:
        """The payments of a batch that were not taken out."""
        every = [(part, one) for part in self.parts.values() for one in part.payments]
        return [row for row in every if row[1].batch == batch.id and row[1].status != "cancelled"]

    def may_approve(self, person: int, batch: Batch, content: int) -> bool:
        """Somebody who had no hand in it, as it is, while all its lines may be paid."""
        lines = self.lines(batch)
        hands = {batch.prepared_by, batch.edited_by}
        for part, payment in lines:
            account = self.newest(self.files[part.file].organization)
            if account is None or payment.account != account.id or not self.is_ready(part):
                return False
            hands |= {account.entered_by, account.verified_by or 0}
        return bool(lines) and person not in hands and content == batch.content
