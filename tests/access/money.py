"""Accounts, batches and payments of one organization, for the census."""

import json
from datetime import timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.agreements import AgreementVersion
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankProfile, BankVerification, Batch, Payment
from grants.storage import LocalFolder
from tests.factories import unique

DIGITS = {"zqalpha": "771100000111", "zqbeta": "882200000222", "zqgamma": "993300000333"}


class Money:
    """What finance knows of one organization. `place` tells its bank files from others'."""

    def __init__(
        self,
        session: Session,
        folder: LocalFolder,
        preparer: Actor,
        approver: Actor,
        tag: str,
        place: int,
    ) -> None:
        self.session, self.folder, self.tag, self.place = session, folder, tag, place
        self.preparer, self.approver = preparer, approver
        profile = session.query(BankProfile).filter_by(secretariat_id=preparer.secretariat_id)
        self.profile_id = profile.one().id

    def account(self, organization: Organization, giver_id: int) -> BankDetails:
        """An account given, that waits for its verification."""
        number = DIGITS[self.tag]
        parts = {"account": number, "institution": "815", "transit": "30214"}
        details = BankDetails(
            public_id=unique(),
            organization_id=organization.id,
            account=json.dumps(parts, sort_keys=True),
            account_end=number[-3:],
            entered_by_id=giver_id,
            entered_at=organization.created_at,
        )
        self.session.add(details)
        self.session.flush()
        return details

    def verified(self, details: BankDetails) -> BankDetails:
        """The same, verified by the person who prepares batches."""
        self.session.add(
            BankVerification(
                bank_details_id=details.id,
                organization_id=details.organization_id,
                entered_by_id=details.entered_by_id,
                verified_by_id=self.preparer.person_id,
                verified_at=details.entered_at,
                payee_name=f"REGROUPEMENT {self.tag.upper()}",
                confirmed_with=f"Aline {self.tag}",
            )
        )
        self.session.flush()
        return details

    def batch(self, name: str, version: AgreementVersion) -> Batch:
        """A batch being prepared."""
        at = version.issued_at
        batch = Batch(
            public_id=unique(),
            number=f"LOT-{self.tag}-{name}",
            secretariat_id=self.preparer.secretariat_id,
            profile_id=self.profile_id,
            status="prepared",
            funds_on=local_date(at) - timedelta(days=7),
            prepared_by_id=self.preparer.person_id,
            prepared_at=at,
            edited_by_id=self.preparer.person_id,
            edited_at=at,
        )
        self.session.add(batch)
        self.session.flush()
        return batch

    def payment(
        self,
        batch: Batch,
        version: AgreementVersion,
        details: BankDetails,
        again: Payment | None = None,
    ) -> Payment:
        """The first instalment of a signed agreement in a batch, a second time after `again`."""
        part = version.instalments[0]
        payment = Payment(
            public_id=unique(),
            batch_id=batch.id,
            instalment_id=part.id,
            agreement_version_id=version.id,
            signature_id=version.signature.id,
            organization_id=version.organization_id,
            bank_details_id=details.id,
            amount_cents=part.amount_cents,
            reference=unique()[:19],
            status="prepared",
            reissue_of=again.id if again else None,
            reissued_status=again.status if again else None,
        )
        self.session.add(payment)
        self.session.flush()
        return payment

    def release(self, batch: Batch, *payments: Payment) -> None:
        """Approved by the other person, its file made, its payments gone."""
        content, at = f"A {self.tag} {batch.number}".encode(), batch.edited_at
        batch.status, batch.approved_version = "approved", batch.content_version
        batch.approved_by_id, batch.approved_at = self.approver.person_id, at
        self.session.flush()
        batch.release_asked_by_id, batch.release_asked_at = self.approver.person_id, at
        batch.cycle, batch.file_number, batch.status = 1, self.place, "released"
        batch.released_at, batch.storage_key = at, self.folder.put(content)
        batch.file_sha256, batch.file_size = sha256(content).hexdigest(), len(content)
        self.session.flush()
        for payment in payments:
            payment.status = "released"
        self.session.flush()

    def came_back(self, payment: Payment) -> None:
        """The bank sent a payment back."""
        payment.status, payment.return_code = "returned", "903"
        payment.returned_on = payment.batch.funds_on + timedelta(days=1)
        self.session.flush()
