"""The files, agreements, accounts and batches that the attacks are made on."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile, Participant, Revision
from grants.models.decisions import Decision, Envelope
from grants.models.payments import BankProfile, Batch, Payment
from grants.models.reference import Secretariat
from tests.factories import NOW, make_staff, unique
from tests.money_cases import (
    make_envelope,
    make_granted,
    make_issued,
    make_refused,
    make_signed,
    make_verified_account,
    recommendation,
)
from tests.proofs import asked_world

Ids = dict[str, Any]
LATER = NOW + timedelta(days=1)


def build(session: Session) -> Ids:
    """Make one of everything; return the ids that the attacks name."""
    people = _people(session)
    ids: Ids = {name: actor.person_id for name, actor in people.items()}
    ids |= _signed(session, people, "one") | _signed(session, people, "two")
    ids |= _signed(session, people, "three")
    issued = make_issued(session)
    ids |= {"unsigned": issued.id, "unsigned_part": issued.instalments[0].id}
    ids |= {"unsigned_cents": issued.instalments[0].amount_cents}
    ids |= _revision(session, people)
    ids |= _batches(session, people, ids)
    ids |= asked_world.build(session)
    session.commit()
    return ids


def _people(session: Session) -> dict[str, Actor]:
    roles = {
        "advisor": ("Odile Morin", "advisor"),
        "decider": ("Irène Vallée", "decider"),
        "reviser": ("Samuel Gagné", "advisor"),
        "second_decider": ("Paul-Émile Gervais", "decider"),
        "preparer": ("Réjean Kirouac", "finance_preparer"),
        "other_preparer": ("Maëlle Deschamps", "finance_preparer"),
        "approver": ("Sylvio Tanguay", "finance_approver"),
        "other_approver": ("Denise Huot", "finance_approver"),
    }
    return {key: make_staff(session, name, role) for key, (name, role) in roles.items()}


def _signed(session: Session, people: dict[str, Actor], name: str) -> Ids:
    case = make_granted(session, advisor=people["advisor"], decider=people["decider"])
    version = make_signed(session, case)
    account = make_verified_account(session, version.organization_id, people["preparer"])
    decision = session.scalars(select(Decision).where(Decision.case_file_id == case.id)).one()
    first, second = version.instalments
    envelope: Envelope = make_envelope(session, case)
    signature = version.signature
    assert signature is not None
    return {
        f"case_{name}": case.id,
        f"decision_{name}": decision.id,
        f"envelope_{name}": envelope.id,
        f"agreement_{name}": version.agreement_id,
        f"version_{name}": version.id,
        f"first_{name}": first.id,
        f"second_{name}": second.id,
        f"cents_{name}": first.amount_cents,
        f"signature_{name}": signature.id,
        f"organization_{name}": version.organization_id,
        f"account_{name}": account.id,
    }


def _revision(session: Session, people: dict[str, Actor]) -> Ids:
    """A refused file and its revision, in the hands of somebody else."""
    first = make_refused(session, advisor=people["advisor"], decider=people["decider"])
    case = _revision_file(session, first)
    reviser = people["reviser"].person_id
    session.add(Participant(matter_id=case.matter_id, person_id=reviser, side="revision"))
    session.flush()
    said = recommendation(case, people["reviser"], "upheld", 0)
    session.add(said)
    session.commit()
    decision = session.scalars(select(Decision).where(Decision.case_file_id == first.id)).one()
    ids = {"refused": first.id, "revision": case.id, "matter": case.matter_id}
    return {**ids, "refusal": decision.id, "revision_recommendation": said.id}


def _revision_file(session: Session, first: CaseFile) -> CaseFile:
    """The row of a revision, in the matter of the first file."""
    case = CaseFile(
        public_id=unique(),
        number=f"REV-{unique()[:12]}",
        kind="revision",
        secretariat_id=first.secretariat_id,
        organization_id=first.organization_id,
        channel="web",
        received_at=LATER,
        entered_at=LATER,
        status="received",
        matter_id=first.matter_id,
        side="revision",
        call_id=first.call_id,
        next_due_at=LATER,
        touched_at=LATER,
    )
    session.add(case)
    session.flush()
    why, asker = "Le critère est rempli : voici la preuve.", first.application.sent_by_id
    about = {"matter_id": case.matter_id, "first_id": first.id}
    session.add(Revision(case_file_id=case.id, grounds=why, asked_by_id=asker, **about))
    return case


def _batches(session: Session, people: dict[str, Actor], ids: Ids) -> Ids:
    office = session.scalars(select(Secretariat).where(Secretariat.code == "SACA")).one()
    profile = session.scalar(select(BankProfile))
    if profile is None:
        profile = BankProfile(code="ESSAI", secretariat_id=office.id, layout="{}")
        session.add(profile)
        session.flush()
    found: Ids = {"profile": profile.id, "office": office.id}
    for name, file in (("prepared", "one"), ("approved", "two"), ("released", "three")):
        batch = _batch(office.id, profile.id, people["preparer"])
        session.add(batch)
        session.flush()
        payment = _payment(batch, ids, file)
        session.add(payment)
        session.flush()
        found |= {f"batch_{name}": batch.id, f"payment_{name}": payment.id}
        if name != "prepared":
            _approve(batch, people["approver"])
            session.flush()
        if name == "released":
            _release_and_return(session, batch, payment, people["approver"])
    return found


def _batch(office: int, profile: int, preparer: Actor) -> Batch:
    return Batch(
        public_id=unique(),
        number=f"LOT-{unique()[:12]}",
        secretariat_id=office,
        profile_id=profile,
        status="prepared",
        funds_on=date(2026, 12, 3),
        prepared_by_id=preparer.person_id,
        prepared_at=LATER,
        edited_by_id=preparer.person_id,
        edited_at=LATER,
    )


def _payment(batch: Batch, ids: Ids, file: str) -> Payment:
    return Payment(
        public_id=unique(),
        batch_id=batch.id,
        instalment_id=ids[f"first_{file}"],
        agreement_version_id=ids[f"version_{file}"],
        signature_id=ids[f"signature_{file}"],
        organization_id=ids[f"organization_{file}"],
        bank_details_id=ids[f"account_{file}"],
        amount_cents=ids[f"cents_{file}"],
        reference=unique()[:16].upper(),
        status="prepared",
    )


def _approve(batch: Batch, approver: Actor) -> None:
    batch.status, batch.approved_by_id = "approved", approver.person_id
    batch.approved_at, batch.approved_version = LATER, batch.content_version


def _release_and_return(session: Session, batch: Batch, payment: Payment, approver: Actor) -> None:
    """Released under a number no other test takes, then one payment comes back."""
    batch.release_asked_by_id, batch.release_asked_at = approver.person_id, LATER
    batch.cycle, batch.file_number = 99, 1
    session.flush()
    batch.status, batch.released_at = "released", LATER
    batch.storage_key, batch.file_sha256, batch.file_size = unique(), "b" * 64, 4398
    session.flush()
    payment.status = "released"
    session.flush()
    payment.status, payment.return_code = "returned", "905"
    payment.returned_on = date(2026, 12, 7)
    session.flush()


def version_of(session: Session, version_id: int) -> AgreementVersion:
    """An agreement's version, read again."""
    return session.get_one(AgreementVersion, version_id, populate_existing=True)
