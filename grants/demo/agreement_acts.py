"""Agreements of the demonstration: drafted, issued, printed, signed on screen or on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from grants.demo import acts
from grants.demo.offices import random_id
from grants.demo.stage import Stage
from grants.domain.access import SYSTEM, Actor
from grants.domain.agreements import usual_end, usual_start
from grants.domain.calendar import local_date
from grants.domain.credentials import token_hash
from grants.extensions import db
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.operations import (
    agreement_terms,
    agreements,
    identity,
    messages,
    outbox,
    sign_in,
    signatures,
)
from grants.operations.agreements import DraftDetails, IssueDetails
from grants.operations.documents import Stored
from grants.operations.signatures import PaperSignature, ScreenSignature
from grants.queries import agreements as found
from grants.queries import reviews
from grants.storage import hashed
from grants.unit_of_work import saving

MINUTE = timedelta(minutes=1)
PDF = "application/pdf"


@dataclass(frozen=True)
class Ordered:
    """An issued version whose file is being printed: its rank at the press."""

    case_id: int
    version_id: int
    rank: int


def confirmed(person: Actor, at: datetime) -> str:
    """A browser of that time whose person just proved who they are, in one click as always here.

    What the database knows of its token; the session ended half a day later.
    """
    with saving() as session:
        opened = sign_in.enter_demo(session, person.account_id or 0, now=at)
        if opened is None:
            raise RuntimeError("somebody who is not of the demonstration")
        digest = token_hash(opened.token)
        session.flush()
        identity.confirm_demo(session, digest, actor=person, now=at)
    return digest


def draft(case_id: int, advisor: Actor, signatory: Actor, *, on_paper: bool, at: datetime) -> int:
    """The advisor writes the agreement; on paper its signatory is named by name alone."""
    case_file = db.session().get_one(CaseFile, case_id)
    call = case_file.first.application.call
    starts_on = usual_start(call.year, local_date(at))
    details = DraftDetails(
        public_id=random_id(),
        starts_on=starts_on,
        ends_on=usual_end(starts_on, reviews.rules(case_file).months),
        address="12, rue du Quai-Neuf, Rive-Claire (Québec) G0X 0X0",
        signatory_id=None if on_paper else signatory.person_id,
        signatory_name=signatory.name if on_paper else "",
        signatory_role="présidence du conseil",
        resolution_number=f"CA-{local_date(at).year}-{case_id:02d}",
        resolution_on=local_date(at) - timedelta(days=12),
        project_title="Nos quartiers, nos voix",
    )
    with saving() as session:
        return agreements.draft(session, case_id, details, actor=advisor, now=at).id


def issue(stage: Stage, case_id: int, version_id: int, delegate: Actor, at: datetime) -> Ordered:
    """The delegate signs for the minister, and the press begins."""
    details = IssueDetails(confirmed(delegate, at - MINUTE))
    with saving() as session:
        agreements.issue(session, version_id, details, actor=delegate, now=at)
    session = db.session()
    version = session.get_one(AgreementVersion, version_id)
    sheet = agreement_terms.as_issued(version, found.title(session, version.issued_by_id))
    return Ordered(case_id, version_id, stage.printer.order(sheet))


def keep(stage: Stage, ordered: Ordered) -> None:
    """The worker of that time keeps the file, and the signatory is told."""
    content = stage.printer.collect(ordered.rank)
    stored = Stored(stage.storage.put(content), hashed(content), len(content))
    version = db.session().get_one(AgreementVersion, ordered.version_id)
    key, at = f"agreement:{version.public_id}", (version.issued_at or stage.now) + MINUTE
    with saving() as session:
        outbox.finish(session, acts.claimed(session, key, at))
        agreements.keep_file(session, version.id, stored, actor=SYSTEM, now=at)
    acts.deliver(ordered.case_id, messages.AGREEMENT, at + MINUTE)


def sign(ordered: Ordered, member: Actor, at: datetime) -> None:
    """The mandated person signs the bytes they read."""
    digest = confirmed(member, at - MINUTE)
    version = db.session().get_one(AgreementVersion, ordered.version_id)
    details = ScreenSignature(random_id(), version.file_sha256 or "", digest)
    with saving() as session:
        signatures.sign(session, version.id, details, actor=member, arrived_at=at, now=at)
    acts.deliver(ordered.case_id, messages.AGREEMENT_RECEIVED, at + MINUTE)


def record_paper(stage: Stage, ordered: Ordered, clerk: Actor, at: datetime) -> None:
    """The desk scans and records what came back by post that day."""
    version = db.session().get_one(AgreementVersion, ordered.version_id)
    scan = stage.storage.get(version.storage_key or "")
    stored = Stored(stage.storage.put(scan), hashed(scan), len(scan))
    details = PaperSignature(random_id(), "post", local_date(at), stored, PDF)
    with saving() as session:
        signatures.record_paper(session, version.id, details, actor=clerk, now=at)
    acts.deliver(ordered.case_id, messages.AGREEMENT_RECEIVED, at + MINUTE)
