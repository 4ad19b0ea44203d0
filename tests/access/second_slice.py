"""What becomes of a sent file: review, decision, revision, agreement, account and payments.

One set for each organization, as rows that every constraint accepts: the acts that lead there
have tests of their own, and a world has to be quick to build.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.agreements import AgreementVersion, Signature
from grants.models.case_files import Application, CaseFile, Matter, Participant, Revision
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.messages import Document
from grants.models.reviews import Assessment, DocumentCheck
from grants.operations import agreements
from grants.storage import LocalFolder
from grants.unit_of_work import saving
from tests.agreement_cases import details
from tests.documents.agreement_sheets import letter_sheet
from tests.factories import unique
from tests.money_cases import make_envelope, recommendation

INSIDE = "zqinside"  # what the staff wrote to itself
CRITERION = "AC1"
ENDED = ("refused", "upheld")
Values = Mapping[str, object]


@dataclass(frozen=True)
class Hands:
    """Who did what for one organization."""

    member: Actor
    advisor: Actor
    decider: Actor


def document(session: Session, folder: LocalFolder, case: CaseFile, kind: str, tag: str) -> None:
    """A document that the system made for a file; its bytes hold the tag."""
    content = f"%PDF-1.7 {tag} {kind}".encode()
    session.add(
        Document(
            public_id=unique(),
            case_file_id=case.id,
            kind=kind,
            storage_key=folder.put(content),
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            made_at=case.received_at,
        )
    )


class Files:
    """Files of one organization further along than the sent one they are modelled on."""

    def __init__(
        self, session: Session, folder: LocalFolder, model: CaseFile, hands: Hands, tag: str
    ) -> None:
        self.session, self.folder, self.model = session, folder, model
        self.hands, self.tag, self.now = hands, tag, model.touched_at
        self.made = 0

    def reviewed(self) -> None:
        """The review of the model itself: a note on each thing, a recommendation sent back."""
        place = {
            "case_file_id": self.model.id,
            "matter_id": self.model.matter_id,
            "side": self.model.side,
            "person_id": self.hands.advisor.person_id,
            "note": INSIDE,
        }
        checked = {"document_key": "board_resolution", "finding": "unusable"}
        self.session.add(DocumentCheck(**place, **checked, checked_at=self.now))
        found = {"criterion": CRITERION, "finding": "partly_met"}
        self.session.add(Assessment(**place, **found, assessed_at=self.now))
        self._advised(self.model, "refused", end_reason=INSIDE)

    def recommended(self) -> CaseFile:
        """A file that waits for its decision."""
        case = self._file("recommended")
        self._advised(case, "accepted")
        return case

    def refused(self) -> CaseFile:
        """A file refused, its decision read by the organization."""
        case = self._file("refused")
        self._decided(case, "refused")
        return case

    def revision(self, of: CaseFile) -> CaseFile:
        """The revision of a refused file, to be assigned."""
        case = self._row("received", "revision", of.matter_id)
        self.session.add(
            Revision(
                case_file_id=case.id,
                matter_id=of.matter_id,
                first_id=of.id,
                first_side="first",
                grounds=f"Moyens {self.tag}",
                asked_by_id=self.hands.member.person_id,
            )
        )
        return case

    def granted(self) -> CaseFile:
        """A file accepted, its decision read by the organization."""
        case = self._file("granted")
        self._decided(case, "accepted")
        return case

    def drafted(self, case: CaseFile) -> AgreementVersion:
        """The agreement of a granted file, as its advisor wrote it."""
        self.session.commit()
        year, case_id = self.now.year, case.id
        given = details(
            self.hands.member,
            starts_on=date(year + 1, 4, 1),
            ends_on=date(year + 2, 3, 31),
            address=f"12, rue {self.tag}",
        )
        with saving() as saved:
            return agreements.draft(saved, case_id, given, actor=self.hands.advisor, now=self.now)

    def issued(self, case: CaseFile) -> AgreementVersion:
        """The same, issued by the decider, its file made."""
        version, content = self.drafted(case), f"%PDF-1.7 {self.tag} {case.number}".encode()
        version.issued_by_id, version.issued_at = self.hands.decider.person_id, self.now
        version.storage_key, version.size = self.folder.put(content), len(content)
        version.file_sha256 = hashlib.sha256(content).hexdigest()
        self.session.flush()
        return version

    def signed(self, case: CaseFile) -> AgreementVersion:
        """The same, signed on paper, its scan and its evidence kept."""
        version, scan = self.issued(case), f"%PDF-1.7 {self.tag} scan".encode()
        self.session.add(
            Signature(
                public_id=unique(),
                agreement_version_id=version.id,
                file_sha256=version.file_sha256,
                channel="post",
                received_at=self.now,
                recorded_at=self.now,
                recorded_by_id=self.hands.advisor.person_id,
                scan_storage_key=self.folder.put(scan),
                scan_sha256=hashlib.sha256(scan).hexdigest(),
                scan_media_type="application/pdf",
            )
        )
        version.agreement.case_file.status = "signed"
        document(self.session, self.folder, case, "signature_evidence", self.tag)
        self.session.flush()
        return version

    def _file(self, status: str) -> CaseFile:
        """An application with the answers of the model."""
        matter = Matter()
        self.session.add(matter)
        self.session.flush()
        case, sent = self._row(status, "application", matter.id), self.model.application
        self.session.add(
            Application(
                case_file_id=case.id,
                call_id=sent.call_id,
                form_version_id=sent.form_version_id,
                answers=sent.answers,
                amount_cents=sent.amount_cents,
                fingerprint=hashlib.sha256(case.number.encode()).hexdigest(),
                sent_by_id=sent.sent_by_id,
            )
        )
        self.session.flush()
        return case

    def _row(self, status: str, kind: str, matter_id: int | None) -> CaseFile:
        self.made += 1
        is_first = kind == "application"
        side, advisor_id = "first" if is_first else "revision", self.hands.advisor.person_id
        if is_first:
            for actor in (self.hands.advisor, self.hands.decider):
                who = {"matter_id": matter_id, "person_id": actor.person_id}
                self.session.add(Participant(**who, side=side))
            self.session.flush()
        copied = ("secretariat_id", "organization_id", "channel", "received_at", "entered_at")
        case = CaseFile(
            **{name: getattr(self.model, name) for name in (*copied, "call_id", "next_due_at")},
            public_id=unique(),
            number=f"{self.model.number}-{self.made}",
            kind=kind,
            status=status,
            matter_id=matter_id,
            side=side,
            advisor_id=advisor_id if is_first else None,
            touched_at=self.now,
            closed_at=self.now if status in ENDED else None,
        )
        self.session.add(case)
        self.session.flush()
        return case

    def _advised(self, case: CaseFile, outcome: str, end_reason: str = "") -> int:
        """What the advisor recommends, ended when a reason is given."""
        amount = self.model.application.amount_cents if outcome == "accepted" else 0
        said = recommendation(case, self.hands.advisor, outcome, amount)
        said.reasons, said.made_at, said.end_reason = INSIDE, self.now, end_reason
        said.ended_at = self.now if end_reason else None
        self.session.add(said)
        self.session.flush()
        return said.id

    def _decided(self, case: CaseFile, outcome: str) -> None:
        """The decision on that advice, with its letter."""
        advice, asked = self._advised(case, outcome), self.model.application.amount_cents
        granted = asked if outcome == "accepted" else 0
        envelope = make_envelope(self.session, case) if granted else None
        if envelope:
            envelope.used_cents += granted
            self.session.flush()
        decision = self._ruling(case, advice, outcome, granted, envelope)
        self.session.add(decision)
        self.session.flush()
        if envelope:
            self._encumbered(decision, self.now)
        document(self.session, self.folder, case, "decision_letter", self.tag)

    def _ruling(
        self, case: CaseFile, advice: int, outcome: str, granted: int, envelope: Envelope | None
    ) -> Decision:
        return Decision(
            public_id=unique(),
            case_file_id=case.id,
            matter_id=case.matter_id,
            side=case.side,
            recommendation_id=advice,
            decided_by_id=self.hands.decider.person_id,
            advised_by_id=self.hands.advisor.person_id,
            outcome=outcome,
            requested_cents=self.model.application.amount_cents,
            granted_cents=granted,
            explanation=f"Motifs {self.tag}",
            no_alternative="" if granted else f"Aucune {self.tag}",
            envelope_id=envelope.id if envelope else None,
            available_after_cents=envelope.total_cents if envelope else None,
            decided_at=self.now,
            letter_on=local_date(self.now),
            recourse_until=None if granted else local_date(self.now + timedelta(days=30)),
            letter=self._letter(case, outcome, granted),
            first_read_at=self.now,
            first_read_by_id=self.hands.member.person_id,
        )

    def _letter(self, case: CaseFile, outcome: str, granted_cents: int) -> str:
        sheet = letter_sheet(
            number=case.number,
            organization=f"Regroupement {self.tag}",
            outcome=outcome,
            requested_cents=self.model.application.amount_cents,
            granted_cents=granted_cents,
            explanation=(f"Motifs {self.tag}",),
        )
        return json.dumps(sheet.to_data())

    def _encumbered(self, decision: Decision, at: datetime) -> None:
        self.session.add(
            EnvelopeEntry(
                envelope_id=decision.envelope_id,
                decision_id=decision.id,
                amount_cents=decision.granted_cents,
                entered_at=at,
            )
        )
