"""Files further along than their sending, as rows that every constraint accepts.

For tests of what comes after: the operations that lead there have tests of their own.
"""

import hashlib
import json
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.agreements import Agreement, AgreementVersion, Instalment, Signature
from grants.models.case_files import CaseFile, Participant
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankVerification
from grants.models.reviews import Recommendation
from tests.cases import AMOUNT, make_case
from tests.documents.agreement_sheets import letter_sheet
from tests.factories import NOW, make_member, make_staff, unique

FILE_SHA = hashlib.sha256(b"protocole").hexdigest()
PLENTY = 500_000_000_00


def make_envelope(session: Session, case: CaseFile, total_cents: int = PLENTY) -> Envelope:
    """The envelope of the file's program and year."""
    assert case.call is not None
    wanted = {"program_id": case.call.program_id, "fiscal_year": case.call.year}
    found = session.scalar(select(Envelope).filter_by(**wanted))
    if found is None:
        found = Envelope(**wanted, total_cents=total_cents, used_cents=0)
        session.add(found)
        session.commit()
    return found


def make_recommended(
    session: Session,
    member: Actor | None = None,
    advisor: Actor | None = None,
    outcome: str = "accepted",
    amount_cents: int = AMOUNT,
) -> CaseFile:
    """A file whose advisor recommends something."""
    advisor = advisor or make_staff(session, "Odile Morin", "advisor")
    case = make_case(session, member, advisor)
    session.add(recommendation(case, advisor, outcome, amount_cents))
    case.status = "recommended"
    session.commit()
    return case


def recommendation(
    case: CaseFile, advisor: Actor, outcome: str, amount_cents: int
) -> Recommendation:
    """What the advisor of a file says of it."""
    return Recommendation(
        public_id=unique(),
        case_file_id=case.id,
        matter_id=case.matter_id,
        side=case.side,
        person_id=advisor.person_id,
        outcome=outcome,
        amount_cents=amount_cents,
        reasons="La demande remplit les conditions.",
        made_at=NOW + timedelta(hours=1),
    )


def _decided(session: Session, case: CaseFile, decider: Actor | None, **facts: object) -> Decision:
    """The decision row, with its decider's side in the matter."""
    decider = decider or make_staff(session, "Irène Vallée", "decider", title="Directrice")
    said = select(Recommendation).where(Recommendation.case_file_id == case.id)
    advice = session.scalars(said).one()
    who = {"matter_id": case.matter_id, "person_id": decider.person_id}
    if session.get(Participant, who) is None:
        session.add(Participant(**who, side=case.side))
        session.flush()
    decision = Decision(
        public_id=unique(),
        case_file_id=case.id,
        matter_id=case.matter_id,
        side=case.side,
        recommendation_id=advice.id,
        decided_by_id=decider.person_id,
        advised_by_id=advice.person_id,
        explanation="Voici ce que nous avons vu.",
        decided_at=NOW + timedelta(hours=2),
        letter_on=local_date(NOW),
        letter=json.dumps(letter_sheet(outcome=facts["outcome"]).to_data()),
        **facts,
    )
    session.add(decision)
    session.flush()
    return decision


def make_granted(
    session: Session,
    member: Actor | None = None,
    advisor: Actor | None = None,
    decider: Actor | None = None,
    amount_cents: int = AMOUNT,
) -> CaseFile:
    """A file accepted (in part when the amount is below the one asked), its money encumbered."""
    outcome = "accepted" if amount_cents == AMOUNT else "accepted_in_part"
    case = make_recommended(session, member, advisor, outcome, amount_cents)
    envelope = make_envelope(session, case)
    envelope.used_cents += amount_cents
    decision = _decided(session, case, decider, **_grant(envelope, outcome, amount_cents))
    session.add(
        EnvelopeEntry(
            envelope_id=envelope.id,
            decision_id=decision.id,
            amount_cents=amount_cents,
            entered_at=decision.decided_at,
        )
    )
    case.status = "granted"
    session.commit()
    return case


def _grant(envelope: Envelope, outcome: str, amount_cents: int) -> dict[str, object]:
    """What a decision that grants says, its envelope already encumbered."""
    in_part = outcome == "accepted_in_part"
    return {
        "outcome": outcome,
        "requested_cents": AMOUNT,
        "granted_cents": amount_cents,
        "envelope_id": envelope.id,
        "available_after_cents": envelope.total_cents - envelope.used_cents,
        "recourse_until": local_date(NOW) + timedelta(days=30) if in_part else None,
    }


def make_refused(
    session: Session,
    member: Actor | None = None,
    advisor: Actor | None = None,
    decider: Actor | None = None,
) -> CaseFile:
    """A file refused, with a reasoned « aucune » and thirty days of recourse."""
    case = make_recommended(session, member, advisor, "refused", 0)
    _decided(
        session,
        case,
        decider,
        outcome="refused",
        requested_cents=AMOUNT,
        granted_cents=0,
        no_alternative="Aucun autre programme ne couvre cette dépense.",
        recourse_until=local_date(NOW) + timedelta(days=30),
    )
    case.status, case.closed_at = "refused", NOW + timedelta(hours=2)
    session.commit()
    return case


def make_issued(session: Session, case: CaseFile | None = None) -> AgreementVersion:
    """The issued agreement of a granted file: two halves, the second on condition."""
    case = case or make_granted(session)
    decision = session.scalars(select(Decision).where(Decision.case_file_id == case.id)).one()
    agreement = Agreement(
        public_id=unique(),
        number=f"PE-{case.number}",
        case_file_id=case.id,
        organization_id=case.organization_id,
        decision_id=decision.id,
        granted_cents=decision.granted_cents,
        created_at=NOW + timedelta(hours=3),
    )
    session.add(agreement)
    session.flush()
    version = _version(session, case, agreement, decision)
    session.add(version)
    session.flush()
    session.add_all(_halves(version))
    session.commit()
    return version


def _version(
    session: Session, case: CaseFile, agreement: Agreement, decision: Decision
) -> AgreementVersion:
    responsible = case.first.application.sent_by_id
    return AgreementVersion(
        public_id=unique(),
        agreement_id=agreement.id,
        organization_id=agreement.organization_id,
        number=1,
        total_cents=agreement.granted_cents,
        starts_on=date(2027, 4, 1),
        ends_on=date(2028, 3, 31),
        signatory_id=responsible,
        terms="{}",
        drafted_by_id=decision.advised_by_id,
        drafted_at=NOW + timedelta(hours=3),
        issued_by_id=decision.decided_by_id,
        issued_at=NOW + timedelta(hours=4),
        storage_key=unique(),
        file_sha256=FILE_SHA,
        size=120_000,
    )


def _halves(version: AgreementVersion) -> list[Instalment]:
    first = version.total_cents // 2
    amounts = ((first, None), (version.total_cents - first, "yearly_reports"))
    return [
        Instalment(
            public_id=unique(),
            agreement_version_id=version.id,
            rank=rank,
            amount_cents=amount,
            planned_on=date(2027, 4 if rank == 1 else 10, 1),
            fiscal_year=2027,
            condition=condition,
        )
        for rank, (amount, condition) in enumerate(amounts, start=1)
    ]


def make_signed(
    session: Session, case: CaseFile | None = None, received_at: datetime | None = None
) -> AgreementVersion:
    """An agreement signed on screen and received."""
    version = make_issued(session, case)
    received_at = received_at or NOW + timedelta(hours=5)
    session.add(
        Signature(
            public_id=unique(),
            agreement_version_id=version.id,
            file_sha256=FILE_SHA,
            channel="screen",
            signed_by_id=version.signatory_id,
            confirmed_at=received_at - timedelta(minutes=1),
            received_at=received_at,
            recorded_at=received_at,
        )
    )
    version.agreement.case_file.status = "signed"
    session.commit()
    return version


def make_verified_account(
    session: Session, organization_id: int, verifier: Actor | None = None
) -> BankDetails:
    """An account given by the organization and verified by a finance preparer."""
    organization = session.get_one(Organization, organization_id)
    giver = make_member(session, organization, name="Lise Gendron")
    verifier = verifier or make_staff(session, "Réjean Kirouac", "finance_preparer")
    details = BankDetails(
        public_id=unique(),
        organization_id=organization_id,
        account='{"account":"1234567","institution":"815","transit":"30214"}',
        account_end="567",
        entered_by_id=giver.person_id,
        entered_at=NOW + timedelta(hours=5),
    )
    session.add(details)
    session.flush()
    session.add(_verified(details, verifier))
    session.commit()
    return details


def _verified(details: BankDetails, verifier: Actor) -> BankVerification:
    return BankVerification(
        bank_details_id=details.id,
        organization_id=details.organization_id,
        entered_by_id=details.entered_by_id,
        verified_by_id=verifier.person_id,
        verified_at=NOW + timedelta(hours=6),
        payee_name="COMITE LOGEMENT RIVE-CLAIRE",
        confirmed_with="Lise Gendron, trésorière",
    )
