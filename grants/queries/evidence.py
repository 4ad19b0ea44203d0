"""What the system holds on the promises without a delay: counts over a period, as of an instant.

Each count is of rows that carry the instant they were written, so that it can be computed again.
A promise that no row can prove (courtesy, plain language) has no count: `wording.results` says how
it is guarded.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from grants.domain.calendar import local_date, start_of_day
from grants.domain.periods import Period
from grants.domain.results import MEDIAN, percentile
from grants.models.case_files import Assignment, CaseFile, Revision
from grants.models.decisions import Decision
from grants.models.directory import Referral
from grants.models.people import ConflictOfInterest, StaffMember
from grants.models.requests import Reply, Transfer
from grants.queries import commitments

REFUSALS = ("refused", "upheld")
REDUCTION = "accepted_in_part"
FEW = 1  # hand-offs


@dataclass(frozen=True)
class Measure:
    """One count. `of` is what it is a part of; `value` is None when there is nothing to count."""

    key: str
    value: int | None
    of: int | None = None


@dataclass(frozen=True)
class Evidence:
    """What is known of one promise without a delay; no measure where no row can prove it."""

    code: str
    sentence: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class _Asked:
    """Of which secretariat, between which instants (the last excluded), as of when."""

    session: Session
    secretariat_id: int
    since: datetime
    until: datetime
    as_of: datetime

    def within(
        self,
        at: InstrumentedAttribute[datetime],
        written: InstrumentedAttribute[datetime] | None = None,
    ) -> ColumnElement[bool]:
        """Happened in the period and known then; `written` where it may be later than `at`."""
        return and_(at >= self.since, at < self.until, (written or at) <= self.as_of)


def evidence(
    session: Session, secretariat_id: int, period: Period, as_of: datetime
) -> list[Evidence]:
    """The promises without a delay in force at the end of the period, each with its counts."""
    asked = _Asked(
        session,
        secretariat_id,
        start_of_day(period.from_on),
        start_of_day(period.until_on + timedelta(days=1)),
        as_of,
    )
    day = min(period.until_on, max(local_date(as_of), period.from_on))
    return [
        Evidence(one.code, one.sentence, tuple(_MEASURED.get(one.code, _nothing)(asked)))
        for one in commitments.in_force(session, secretariat_id, day)
        if one.unit is None
    ]


def _nothing(_asked: _Asked) -> list[Measure]:
    return []


def _advisor(asked: _Asked) -> list[Measure]:
    """Files received, those given to somebody, and the median of days it took."""
    first = (
        select(CaseFile.received_at, func.min(Assignment.assigned_at))
        .outerjoin(
            Assignment,
            and_(Assignment.case_file_id == CaseFile.id, Assignment.assigned_at <= asked.as_of),
        )
        .where(CaseFile.secretariat_id == asked.secretariat_id)
        .where(CaseFile.kind != "information_request")
        .where(asked.within(CaseFile.received_at, CaseFile.entered_at))
        .group_by(CaseFile.id, CaseFile.received_at)
    )
    received, days = 0, Counter[int]()
    for received_at, assigned_at in asked.session.execute(first):
        received += 1
        if assigned_at is not None:
            days[(local_date(assigned_at) - local_date(received_at)).days] += 1
    return [
        Measure("with_advisor", days.total(), received),
        Measure("days_to_advisor", percentile(days, MEDIAN)),
    ]


def _revision(asked: _Asked) -> list[Measure]:
    """Revisions given to somebody, and those given to nobody who had the first file in hand."""
    one, other = aliased(Assignment), aliased(Assignment)
    given = (one.case_file_id == Revision.case_file_id, one.assigned_at <= asked.as_of)
    shared = exists().where(
        *given,
        other.case_file_id == Revision.first_id,
        other.person_id == one.person_id,
        other.assigned_at <= asked.as_of,
    )
    query = (
        select(func.count(), func.coalesce(func.sum(case((shared, 0), else_=1)), 0))
        .select_from(Revision)
        .join(CaseFile, CaseFile.id == Revision.case_file_id)
        .where(CaseFile.secretariat_id == asked.secretariat_id)
        .where(asked.within(CaseFile.received_at, CaseFile.entered_at), exists().where(*given))
    )
    handed, by_others = asked.session.execute(query).one()
    return [Measure("revised_by_others", int(by_others), int(handed))]


def _reasons(asked: _Asked) -> list[Measure]:
    """Refusals and reductions with their reasons; refusals that open another way."""
    refused = Decision.outcome.in_(REFUSALS)
    opened = or_(Decision.alternative_call_id.is_not(None), Decision.alternative != "")
    query = (
        select(
            func.count(),
            _how_many(Decision.explanation != ""),
            _how_many(refused),
            _how_many(and_(refused, opened)),
        )
        .select_from(Decision)
        .join(CaseFile, CaseFile.id == Decision.case_file_id)
        .where(CaseFile.secretariat_id == asked.secretariat_id)
        .where(or_(refused, Decision.outcome == REDUCTION), asked.within(Decision.decided_at))
    )
    every, reasoned, refusals, with_way = (
        int(number) for number in asked.session.execute(query).one()
    )
    return [
        Measure("reasoned", reasoned, every),
        Measure("with_alternative", with_way, refusals),
    ]


def _referral(asked: _Asked) -> list[Measure]:
    """People sent to a resource, what is known of it since, and requests redirected."""
    query = (
        select(func.count(), _how_many(Referral.outcome_at <= asked.as_of))
        .select_from(Referral)
        .join(CaseFile, CaseFile.id == Referral.case_file_id)
        .where(CaseFile.secretariat_id == asked.secretariat_id)
        .where(asked.within(Referral.made_at))
    )
    made, known = asked.session.execute(query).one()
    redirected = _replied(asked, "redirection", func.count(Reply.case_file_id.distinct()))
    return [
        Measure("referred", int(made)),
        Measure("referral_known", int(known), int(made)),
        Measure("redirected", int(asked.session.scalar(redirected) or 0)),
    ]


def _few_hands(asked: _Asked) -> list[Measure]:
    """Requests answered, and how many persons had to pass each on to another."""
    handed = and_(
        Transfer.case_file_id == Reply.case_file_id,
        Transfer.rank > 1,
        Transfer.given_at <= asked.as_of,
    )
    by_file = (
        _replied(asked, "answer", func.count(Transfer.id.distinct()).label("hands"))
        .outerjoin(Transfer, handed)
        .group_by(Reply.case_file_id)
        .subquery()
    )
    query = select(by_file.c.hands, func.count()).group_by(by_file.c.hands)
    hands = Counter({int(row[0]): int(row[1]) for row in asked.session.execute(query)})
    few = sum(number for passed, number in hands.items() if passed <= FEW)
    return [
        Measure("few_hands", few, hands.total()),
        Measure("hand_offs", percentile(hands, MEDIAN)),
    ]


def _impartial(asked: _Asked) -> list[Measure]:
    """Conflicts declared by the staff, and the files that left their hands at that instant."""
    declared = (
        select(func.count())
        .select_from(ConflictOfInterest)
        .join(StaffMember, StaffMember.person_id == ConflictOfInterest.person_id)
        .where(StaffMember.secretariat_id == asked.secretariat_id)
        .where(asked.within(ConflictOfInterest.declared_at))
    )
    left = and_(
        Assignment.person_id == ConflictOfInterest.person_id,
        Assignment.ended_at == ConflictOfInterest.declared_at,
    )
    taken_back = (
        declared.join(Assignment, left)
        .join(CaseFile, CaseFile.id == Assignment.case_file_id)
        .where(CaseFile.organization_id == ConflictOfInterest.organization_id)
    )
    return [
        Measure("conflicts", asked.session.scalar(declared)),
        Measure("taken_back", asked.session.scalar(taken_back)),
    ]


def _replied(asked: _Asked, kind: str, what: ColumnElement[int]) -> Select[int]:
    """A count over the replies of one kind made in the period."""
    return (
        select(what)
        .select_from(Reply)
        .join(CaseFile, CaseFile.id == Reply.case_file_id)
        .where(CaseFile.secretariat_id == asked.secretariat_id, Reply.kind == kind)
        .where(asked.within(Reply.made_at, Reply.recorded_at))
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_MEASURED: Mapping[str, Callable[[_Asked], list[Measure]]] = {
    "SACA_ADVISOR": _advisor,
    "SACA_REVISION": _revision,
    "SACA_REASONS": _reasons,
    "SACA_REFERRAL": _referral,
    "SACA_IMPARTIAL": _impartial,
    "SCT_REFERRAL": _referral,
    "SCT_FEW_HANDS": _few_hands,
}
