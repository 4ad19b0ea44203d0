"""Finds in the demonstration a file in a given state, and the people who have it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from grants.models.agreements import Agreement, AgreementVersion, Instalment, Signature
from grants.models.case_files import CaseFile, Revision
from grants.models.decisions import Decision
from grants.models.organizations import Membership, Organization
from grants.models.payments import Batch, Payment
from grants.models.people import Person
from tests.browser.office import DemoOffice

Condition = ColumnElement[bool]

_LIVE = (
    select(AgreementVersion.id)
    .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
    .where(Agreement.case_file_id == CaseFile.id, AgreementVersion.ended_at.is_(None))
)
_DECIDED = select(Decision.id).where(Decision.case_file_id == CaseFile.id)
_SIGNED = select(Signature.id).where(Signature.agreement_version_id == AgreementVersion.id)
_UNMET = (
    select(Instalment.id)
    .where(Instalment.agreement_version_id == AgreementVersion.id, Instalment.rank == 2)
    .where(Instalment.condition.is_not(None), Instalment.met_at.is_(None))
)
UNDER_REVIEW = CaseFile.status == "under_review"
RECOMMENDED = CaseFile.status == "recommended"
REFUSED = CaseFile.status == "refused"
GRANTED = CaseFile.status == "granted"
NOT_DRAFTED = GRANTED & ~_LIVE.exists()
TO_SIGN = _LIVE.where(
    AgreementVersion.file_sha256.is_not(None),
    AgreementVersion.signatory_id.is_not(None),
    ~_SIGNED.exists(),
).exists()
AGREED = _LIVE.where(_SIGNED.exists()).exists()
TO_CONFIRM = _LIVE.where(_SIGNED.exists(), _UNMET.exists()).exists()
ON_LINE = CaseFile.channel == "web"
READ = _DECIDED.where(Decision.first_read_at.is_not(None)).exists()
UNREAD = _DECIDED.where(Decision.first_read_at.is_(None)).exists()
IN_PART = _DECIDED.where(Decision.outcome == "accepted_in_part").exists()
REVISED = select(Revision.case_file_id).where(Revision.first_id == CaseFile.id).exists()
REVISABLE = GRANTED & IN_PART & ~REVISED


@dataclass(frozen=True)
class Place:
    """A file by its addresses, and the people who have it."""

    public_id: str
    organization_id: str
    member: str
    advisor: str

    @property
    def follow(self) -> str:
        """Its page for the organization."""
        return f"/mon-espace/demandes/{self.public_id}"

    @property
    def desk(self) -> str:
        """Its page for the office."""
        return f"/bureau/dossiers/{self.public_id}"


def place(office: DemoOffice, *conditions: Condition) -> Place:
    """The oldest file for which all this holds."""
    advisor = aliased(Person)
    query = (
        select(CaseFile.public_id, Organization.public_id, Person.full_name, advisor.full_name)
        .join(CaseFile.organization)
        .join(Membership, Membership.organization_id == CaseFile.organization_id)
        .join(Person, Person.id == Membership.person_id)
        .join(advisor, advisor.id == CaseFile.advisor_id)
        .where(Membership.role == "responsible", *conditions)
        .order_by(CaseFile.id)
    )
    with office.session() as session:
        return Place(*session.execute(query.limit(1)).one())


def batch(office: DemoOffice, status: str) -> str:
    """The address of the newest batch in this state."""
    query = select(Batch.public_id).where(Batch.status == status).order_by(Batch.id.desc())
    with office.session() as session:
        return f"/finances/lots/{session.scalars(query.limit(1)).one()}"


def released_payment(office: DemoOffice) -> str:
    """The address where the return of a released payment is recorded."""
    query = (
        select(Batch.public_id, Payment.public_id)
        .join(Batch, Batch.id == Payment.batch_id)
        .where(Payment.status == "released")
        .order_by(Payment.id.desc())
    )
    with office.session() as session:
        batch_id, payment_id = session.execute(query.limit(1)).one()
    return f"/finances/lots/{batch_id}/versements/{payment_id}/retour"
