"""Acts on agreements: drafted, issued, made, signed on screen or on paper, conditions met."""

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from grants.domain.access import SYSTEM, Actor
from grants.domain.calendar import local_date
from grants.domain.flow import Act, Status
from grants.models.agreements import Instalment
from grants.operations import agreements, instalments, signatures
from grants.operations.agreements import DraftDetails, IssueDetails
from grants.operations.documents import Stored
from grants.operations.signatures import PaperSignature, ScreenSignature
from tests.factories import unique
from tests.proofs.book import File, Part, Version
from tests.proofs.office import Office, choose

Sensible = Callable[[File], bool]


def _one(office: Office, pick: int, sensible: Sensible) -> File | None:
    files = [one for one in office.book.files.values() if one.granted]
    return choose(files, sensible, pick)


def draft(office: Office, pick: int, who: int, also: int) -> None:
    """An advisor, not always the file's, writes the agreement or writes it again."""
    file = _one(office, pick, lambda one: one.status is Status.GRANTED and _waiting(one, also))
    if file is None:
        return
    actor = _advisor(office, file, who)
    draft_as(office, file, actor, on_screen=also % 3 != 2)


def _waiting(file: File, also: int) -> bool:
    """No text yet; now and then one is written again."""
    return file.live is None or also % 7 == 6


def _advisor(office: Office, file: File, who: int) -> Actor:
    """Mostly the file's."""
    return office.pick_actor(office.people.advisors, lambda one: one == file.advisor, who)


def draft_as(office: Office, file: File, actor: Actor, *, on_screen: bool) -> None:
    """The act itself."""
    signatory = office.member_of(file.organization).person_id if on_screen else None
    is_allowed = office.book.is_theirs(actor.person_id, file) and file.can(Act.SIGN)
    details = replace(_DRAFT, public_id=unique(), signatory_id=signatory)
    made = office.attempt(is_allowed, agreements.draft, file.id, details, actor=actor)
    if made is None:
        return
    rows = office.session.scalars(
        select(Instalment).where(Instalment.agreement_version_id == made.id)
    ).all()
    assert sum(row.amount_cents for row in rows) == file.granted
    for row in rows:
        office.book.parts[row.id] = Part(row.id, file.id, row.amount_cents, row.condition)
    parts = [row.id for row in rows]
    file.live = Version(made.id, actor.person_id or 0, signatory, parts)


def issue(office: Office, pick: int, who: int, also: int) -> None:
    """A decider signs for the minister, sometimes without having said again who they are."""
    file = _one(office, pick, lambda one: bool(one.live and one.live.issued_by is None))
    if file is not None and file.live is not None:
        may = functools.partial(office.book.may_issue, file=file, confirmed=True)
        actor = office.pick_actor(office.people.deciders, may, who)
        issue_as(office, file, actor, is_confirmed=also % 6 != 5)


def issue_as(office: Office, file: File, actor: Actor, *, is_confirmed: bool = True) -> None:
    """The act itself."""
    version, person = file.live, actor.person_id or 0
    assert version is not None
    is_allowed = office.book.may_issue(person, file, confirmed=is_confirmed)
    details = IssueDetails(office.confirm(actor, really=is_confirmed))
    office.attempt(is_allowed, agreements.issue, version.id, details, actor=actor)
    if is_allowed and version.issued_by is None:
        version.issued_by = person
        office.book.joins(person, file)


def _to_make(file: File) -> bool:
    return bool(file.live and file.live.issued_by and file.live.sha256 is None)


def make_file(office: Office, pick: int, *_chance: int) -> None:
    """The job keeps the bytes of an issued agreement, once."""
    file = _one(office, pick, _to_make)
    if file is not None and file.live is not None and file.live.issued_by is not None:
        keep_file(office, file.live)


def keep_file(office: Office, version: Version) -> None:
    """The act itself: the second time changes nothing."""
    stored = Stored(unique(), unique() * 2, 120_000)
    kept = office.attempt(True, agreements.keep_file, version.id, stored, actor=SYSTEM)
    assert kept is (version.sha256 is None)
    version.sha256 = version.sha256 or stored.sha256


def _to_sign(file: File) -> bool:
    return bool(file.live and file.live.sha256 and not file.live.is_signed)


def sign(office: Office, pick: int, who: int, also: int) -> None:
    """The organization signs on screen, sometimes other bytes or without confirming."""
    file = _one(office, pick, _to_sign)
    if file is not None and file.live is not None:
        sha256 = "f" * 64 if who % 9 == 8 else file.live.sha256 or "e" * 64
        sign_as(office, file, sha256, is_confirmed=also % 6 != 5)


def sign_as(office: Office, file: File, sha256: str, *, is_confirmed: bool = True) -> None:
    """The act itself."""
    version, member = file.live, office.member_of(file.organization)
    assert version is not None
    ready = file.can(Act.SIGN) and version.sha256 == sha256 and is_confirmed
    is_mine = version.signatory == member.person_id
    is_allowed = is_mine and (version.is_signed or ready)
    details = ScreenSignature(unique(), sha256, office.confirm(member, really=is_confirmed))
    given, at = (signatures.sign, version.id, details), office.now
    if office.attempt(is_allowed, *given, actor=member, arrived_at=at):
        _signed(file, version)


def record_paper(office: Office, pick: int, who: int, _also: int) -> None:
    """An agreement comes back on paper; any advisor without a tie records it."""
    file = _one(office, pick, _to_sign)
    if file is None or file.live is None:
        return
    version, actor = file.live, office.people.advisors[who % len(office.people.advisors)]
    scan = Stored(unique(), unique() * 2, 90_000)
    today = local_date(office.now)
    details = PaperSignature(unique(), "post", today, scan, "application/pdf")
    ready = file.can(Act.SIGN) and version.sha256 is not None and not version.is_signed
    is_allowed = ready and not office.book.is_tied(actor.person_id or 0, file)
    if office.attempt(is_allowed, signatures.record_paper, version.id, details, actor=actor):
        _signed(file, version)


def _signed(file: File, version: Version) -> None:
    if not version.is_signed:
        version.is_signed = True
        file.moves(Act.SIGN)


def confirm_condition(office: Office, pick: int, who: int, _also: int) -> None:
    """An advisor, not always the file's, says that the condition of a part is met."""
    parts = list(office.book.parts.values())
    part = choose(parts, lambda one: _waits(office, one), pick)
    if part is not None:
        confirm_as(office, part, _advisor(office, office.book.files[part.file], who))


def _waits(office: Office, part: Part) -> bool:
    signed = office.book.files[part.file].status in (Status.SIGNED, Status.PAID)
    return part.condition is not None and not part.is_met and signed


def confirm_as(office: Office, part: Part, actor: Actor) -> None:
    """The act itself."""
    file = office.book.files[part.file]
    signed = bool(file.live and file.live.is_signed and part.id in file.live.parts)
    is_allowed = signed and office.book.is_theirs(actor.person_id, file)
    is_allowed = is_allowed and part.condition is not None
    if office.attempt(is_allowed, instalments.confirm_condition, part.id, actor=actor):
        part.is_met = True


_DRAFT = DraftDetails(
    public_id="",
    starts_on=date(2027, 4, 1),
    ends_on=date(2028, 3, 31),
    address="12, rue du Moulin, Québec",
    signatory_id=None,
    signatory_name="Aline Saint-Onge",
    signatory_role="Présidente",
    resolution_number="2026-14",
    resolution_on=date(2026, 11, 9),
)

ACTS: tuple[Callable[..., None], ...] = (
    draft,
    issue,
    make_file,
    sign,
    record_paper,
    confirm_condition,
)
