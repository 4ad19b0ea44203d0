"""Freezing the results of a period: what was published can be computed again, and is, for ever."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date, start_of_day
from grants.domain.errors import DomainError, Refusal
from grants.domain.periods import Period
from grants.models.reference import Secretariat
from grants.models.results import Publication
from grants.operations.documents import Stored
from grants.operations.offices import lock_office
from grants.operations.trail import owed, record
from grants.queries import tallies
from grants.storage import hashed
from grants.wording import contacts, sheet_data
from grants.wording.report_sheet import NUMBERS, ReportRow, ReportSheet, rows_of

REPORT = "pdf.publication"
EXPLANATION_MAX, REASON_MAX = 1000, 500


@dataclass(frozen=True)
class PublicationDetails:
    """The period to freeze, and why a target was missed, by code of commitment.

    `secretariat` is a code; `reason` says what a correction corrects, empty the first time.
    """

    public_id: str
    secretariat: str
    from_on: date
    until_on: date
    explanations: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True)
class Difference:
    """The first figure that computes otherwise than it was published."""

    code: str
    key: str
    figure: str
    published: int | None
    computed: int | None


def stands_at(now: datetime) -> datetime:
    """The instant that figures frozen now stand at: the end of the day before, in Québec City.

    So that an act being written down at this moment can never be missed by one count and found by
    the next (our decision). What a preview shows is what is frozen the same day.
    """
    return start_of_day(local_date(now))


def draft(
    session: Session, details: PublicationDetails, *, actor: Actor, now: datetime
) -> ReportSheet:
    """What freezing now would publish, whether or not everything is explained yet.

    Raises `not_allowed`, `period_order`, `period_too_long`, `period_not_over`, `text_too_long`
    (fact `commitments`: whose explanation it is, or `reason`).
    """
    demand(actor, Action.PUBLISH_RESULTS)
    office = _office(session, details.secretariat, actor)
    period = _period_over(details, local_date(now))
    number, as_of = _next_number(session, office.id, period), stands_at(now)
    return ReportSheet(
        secretariat_code=office.code,
        secretariat=contacts.block(office.name, office.contact),
        from_on=period.from_on,
        until_on=period.until_on,
        number=number,
        as_of=as_of,
        published_on=local_date(now),
        reason=_short(details.reason, REASON_MAX, "reason") if number > 1 else "",
        rows=rows_of(
            tallies.count_table(session, office.id, period, as_of),
            tallies.count_table(session, office.id, period.previous, as_of),
            _explanations(details.explanations),
        ),
    )


def check(sheet: ReportSheet) -> None:
    """Every share under its target is explained, and a correction says what it corrects.

    Raises `variance_unexplained` (fact `commitments`: those to explain, by code),
    `correction_reason_required`.
    """
    silent = [row.code for row in sheet.rows if row.is_under_target and not row.explanation]
    if silent:
        raise DomainError("variance_unexplained", commitments=silent)
    if sheet.number > 1 and not sheet.reason:
        raise DomainError("correction_reason_required")


def freeze(
    session: Session, details: PublicationDetails, *, actor: Actor, now: datetime
) -> Publication:
    """Publish the results of a period that is over, for good; a correction is another number.

    An explanation stands beside every share under its target (annual report; our decision that it
    is required). The PDF is owed. A second post finds what the first one published. Raises what
    `draft` and `check` raise.
    """
    demand(actor, Action.PUBLISH_RESULTS)
    lock_office(session, actor)  # so that numbers follow
    present = select(Publication).where(Publication.public_id == details.public_id)
    if (found := session.scalar(present)) is not None:
        return found
    sheet = draft(session, details, actor=actor, now=now)
    check(sheet)
    return _publish(session, sheet, details.public_id, actor=actor, now=now)


def keep_file(session: Session, publication_id: int, stored: Stored) -> bool:
    """Name a stored file as the PDF of a publication; False when it has one already."""
    found = session.get_one(Publication, publication_id, with_for_update=True)
    if found.storage_key is not None:
        return False
    found.storage_key, found.file_sha256 = stored.storage_key, stored.sha256
    return True


def sheet_of(publication: Publication) -> ReportSheet:
    """What a publication says. ValueError when its content is not the one that was frozen."""
    if hashed(publication.content.encode()) != publication.sha256:
        raise ValueError("the content is not the one published")
    return ReportSheet.from_data(json.loads(publication.content))


def first_difference(session: Session, publication: Publication) -> Difference | None:
    """Compute the figures of a publication again, as of its instant, and compare every one."""
    sheet = sheet_of(publication)
    office_id, as_of = publication.secretariat_id, publication.as_of
    again = rows_of(
        tallies.count_table(session, office_id, sheet.period, as_of),
        tallies.count_table(session, office_id, sheet.period.previous, as_of),
        {},
    )
    known = {(row.code, row.key): row for row in again}
    for row in sheet.rows:
        found = _differs(row, known.pop((row.code, row.key), None))
        if found is not None:
            return found
    return next((Difference(*one, "row", None, None) for one in known), None)


def _differs(row: ReportRow, again: ReportRow | None) -> Difference | None:
    if again is None:
        return Difference(row.code, row.key, "row", None, None)
    for name in NUMBERS:
        published, computed = getattr(row, name), getattr(again, name)
        if published != computed:
            return Difference(row.code, row.key, name, published, computed)
    return None


def _office(session: Session, code: str, actor: Actor) -> Secretariat:
    """The secretariat of this code; only one's own."""
    office = session.scalar(select(Secretariat).where(Secretariat.code == code))
    if office is None or office.id != actor.secretariat_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return office


def _period_over(details: PublicationDetails, today: date) -> Period:
    period = Period(details.from_on, details.until_on)
    if not period.is_over(today):
        raise DomainError("period_not_over", until_on=period.until_on)
    return period


def _next_number(session: Session, secretariat_id: int, period: Period) -> int:
    last = session.scalar(
        select(func.max(Publication.number)).where(
            Publication.secretariat_id == secretariat_id,
            Publication.from_on == period.from_on,
            Publication.until_on == period.until_on,
        )
    )
    return (last or 0) + 1


def _explanations(typed: Mapping[str, str]) -> dict[str, str]:
    return {code: _short(text, EXPLANATION_MAX, code) for code, text in typed.items()}


def _short(text: str, limit: int, code: str) -> str:
    text = text.strip().replace("\r\n", "\n")
    if len(text) > limit:
        raise DomainError("text_too_long", length=len(text), limit=limit, commitments=[code])
    return text


def _publish(
    session: Session, sheet: ReportSheet, public_id: str, *, actor: Actor, now: datetime
) -> Publication:
    content = sheet_data.canonical(sheet.to_data())
    publication = Publication(
        public_id=public_id,
        secretariat_id=actor.secretariat_id,
        from_on=sheet.from_on,
        until_on=sheet.until_on,
        number=sheet.number,
        as_of=sheet.as_of,
        content=content.decode(),
        sha256=hashed(content),
        published_by_id=actor.person_id,
    )
    session.add(publication)
    session.flush()
    _tell(session, sheet, publication.sha256, actor=actor, now=now)
    owed(session, REPORT, publication.id, key=f"{REPORT}:{publication.id}", now=now)
    return publication


def _tell(
    session: Session, sheet: ReportSheet, sha256: str, *, actor: Actor, now: datetime
) -> None:
    """The line of the journal, which belongs to no file."""
    record(
        session,
        "results_published",
        actor=actor,
        now=now,
        secretariat=sheet.secretariat_code,
        period=sheet.period.label,
        number=sheet.number,
        sha256=sha256,
    )
