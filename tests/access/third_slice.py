"""What anyone asks and what is promised in public: questions, complaints, publications, people.

One set for each owner. Questions and complaints come in by the acts that open them, since their
clocks and their enciphered texts are made there; the rest are rows that every constraint accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock, ClockMove
from grants.models.complaints import Complaint, ComplaintMessage, ComplaintReader
from grants.models.directory import Referral, Resource
from grants.models.messages import Message
from grants.models.people import Absence, Account, Person
from grants.models.requests import CallAttempt, Reply, SavedReply, Transfer
from grants.operations import complaint_acts, information_requests, publications
from grants.operations.publications import PublicationDetails
from grants.storage import LocalFolder
from grants.unit_of_work import saving
from tests.access.people import CANARIES, NOTED, Values
from tests.access.second_slice import INSIDE
from tests.complaint_cases import BY_MAIL, conclude, file_complaint, name_reader
from tests.factories import make_staff, unique
from tests.request_cases import asked

COMMITMENTS = {"alpha": "SACA_ACK", "beta": "SACA_CALLBACK", "gamma": "SCT_ACK"}
PHONE = "418 555-0177"
READ = "alpha"  # whose complaints the reader of the office is named on
TENDER = {"body": "Ville", "tender_number": "1", "agreement": "alec", "tender_date": "2026-10-01"}


@dataclass(frozen=True)
class Office:
    """A secretariat with who answers, leads, handles its complaints, and reads one of them."""

    code: str
    advisor: Actor
    agent: Actor
    manager: Actor
    officer: Actor
    reader: Actor


class Public:
    """What one owner asked, complained of, and has in the office it belongs to."""

    def __init__(
        self, session: Session, folder: LocalFolder, owner: str, office: Office, now: datetime
    ) -> None:
        self.session, self.folder, self.owner, self.office = session, folder, owner, office
        self.now = now
        self.words = {group: words[owner] for group, words in CANARIES.items()}
        self.colleague = self._staffer("Aline")
        self.substitute = self._staffer("Rose")

    def things(self, case: CaseFile) -> Mapping[str, Values]:
        """Everything by kind, with what a URL names of it; `case` is the owner's sent file."""
        question, press = self._question(), self._press()
        found = {
            "question": self._parts(question),
            "waiting": self._parts(self._waiting()),
            "press": self._parts(press),
            "referral": self._referral(case, INSIDE),
            "asked_referral": self._referral(question, f"{NOTED} {self.words['question']}"),
            "press_referral": self._referral(press, f"{NOTED} {self.words['press']}"),
            **self._complaints(),
            **self._of_office(),
        }
        for one in (case, question):
            self._moved(one)
        self.session.commit()
        return found

    def _staffer(self, first_name: str) -> Actor:
        """Somebody of the office who takes no part: an object of who manages people."""
        name, word = f"{first_name} {self.words['colleague']}", self.words["address"]
        made = make_staff(self.session, name, "advisor", "manager", secretariat=self.office.code)
        account = self.session.get_one(Account, made.account_id)
        account.email = f"{first_name.lower()}@{word}.exemple"
        return made

    def _ask(self, word: str, **changes: object) -> CaseFile:
        told = asked(
            secretariat_code=self.office.code,
            question=f"Question {word}?",
            requester=f"Aline {word}",
            email=f"aline@{word}.exemple",
            received_at=self.now,
            **changes,
        )
        self.session.commit()
        with saving() as saved:
            return information_requests.record(saved, told, actor=VISITOR, now=self.now)

    def _question(self) -> CaseFile:
        """A question in hand after a hand-off, its person called in vain, its answer put off."""
        word = self.words["question"]
        case = self._ask(word, phone=PHONE, wants_callback=True)
        note, at = f"{NOTED} {word}", self.now
        who = {"case_file_id": case.id, "given_by_id": self.office.agent.person_id, "given_at": at}
        hands = (self.office.agent, ""), (self.office.advisor, note)
        for rank, (person, reason) in enumerate(hands, 1):
            place = {"rank": rank, "person_id": person.person_id, "reason": reason}
            self.session.add(Transfer(**who, **place))
        case.status, case.advisor_id = "in_hand", self.office.advisor.person_id
        self._called(case, note)
        self._told(case, "extension", f"Report {word}")
        self.session.flush()
        return case

    def _called(self, case: CaseFile, note: str) -> None:
        self.session.add(
            CallAttempt(
                public_id=unique(),
                case_file_id=case.id,
                person_id=self.office.advisor.person_id,
                made_at=self.now,
                recorded_at=self.now,
                outcome="voice_mail",
                note=note,
            )
        )

    def _told(self, case: CaseFile, kind: str, body: str) -> None:
        self.session.add(
            Reply(
                public_id=unique(),
                case_file_id=case.id,
                kind=kind,
                channel="email",
                body=body,
                due_on=local_date(self.now + timedelta(days=30)),
                made_by_id=self.office.advisor.person_id,
                made_at=self.now,
                recorded_at=self.now,
            )
        )

    def _waiting(self) -> CaseFile:
        """A supplier's question that nobody has in hand."""
        word = self.words["question"]
        told = {**TENDER, "facts": f"Faits {word}", "remedy": f"Remède {word}"}
        return self._ask(word, topic="procurement", details=told)

    def _press(self) -> CaseFile:
        """A journalist's question that nobody has in hand."""
        word = self.words["press"]
        return self._ask(word, topic="media", details={"outlet": f"Le {word}", "deadline": ""})

    def _parts(self, case: CaseFile) -> Values:
        clocks, mails = (
            select(table.id if table is Clock else table.public_id)
            .where(table.case_file_id == case.id)
            .order_by(table.id)
            for table in (Clock, Message)
        )
        return {
            "public_id": case.public_id,
            "clock_id": self.session.scalars(clocks).first(),
            "message_id": self.session.scalars(mails).first(),
        }

    def _moved(self, case: CaseFile) -> None:
        """A due date that days off moved, on the word of a manager."""
        clock = self.session.scalars(select(Clock).where(Clock.case_file_id == case.id)).first()
        self.session.add(
            ClockMove(
                clock_id=clock.id,
                moved_at=self.now,
                moved_by_id=self.office.manager.person_id,
                from_due_on=clock.due_on - timedelta(days=1),
                to_due_on=clock.due_on,
                calendar_version=clock.calendar_version,
            )
        )

    def _referral(self, case: CaseFile, note: str) -> Values:
        referral = Referral(
            public_id=unique(),
            case_file_id=case.id,
            resource_id=self.session.scalars(select(Resource.id)).first(),
            consent="given",
            note=note,
            made_by_id=self.office.agent.person_id,
            made_at=self.now,
        )
        self.session.add(referral)
        return {"public_id": referral.public_id}

    def _complaints(self) -> Mapping[str, Values]:
        """One acknowledged and entrusted to somebody, one concluded with a recommendation."""
        self.session.commit()
        entrusted, concluded = self._complaint(), self._complaint()
        entrusted_id = entrusted.id
        with saving() as saved:
            complaint_acts.acknowledge(
                saved, entrusted_id, BY_MAIL, actor=self.office.officer, now=self.now
            )
        for complaint in (entrusted, concluded):
            for reader in (self.colleague, *([self.office.reader] if self.owner == READ else [])):
                name_reader(complaint, self.office.officer, reader, now=self.now)
        words = ("comment", "recommendation", "answer")
        told = {name: f"{name} {self.words['complaint']}" for name in words}
        conclude(concluded, self.office.officer, now=self.now, **told)
        return {"complaint": self._named(entrusted), "concluded": self._named(concluded)}

    def _complaint(self) -> Complaint:
        word = self.words["complaint"]
        return file_complaint(
            self.session,
            now=self.now,
            secretariat_code=self.office.code,
            words=f"Mots {word}",
            requester=f"Aline {word}",
            email=f"aline@{word}.exemple",
            about=f"Objet {word}",
        )

    def _named(self, complaint: Complaint) -> Values:
        readers = select(ComplaintReader.id).where(ComplaintReader.complaint_id == complaint.id)
        told = select(ComplaintMessage.public_id).filter_by(complaint_id=complaint.id)
        return {
            "public_id": complaint.public_id,
            "reader_id": self.session.scalars(readers.order_by(ComplaintReader.id)).first(),
            "message_id": self.session.scalars(told).first(),
        }

    def _of_office(self) -> Mapping[str, Values]:
        """What only the staff of the office have to do with."""
        person = self.session.get_one(Person, self.colleague.person_id)
        return {
            "saved": self._saved(),
            "staffer": {"public_id": person.public_id},
            "absence": self._absence(),
            "publication": self._publication(),
            "commitment": {"code": COMMITMENTS[self.owner]},
        }

    def _saved(self) -> Values:
        word, public_id = self.words["saved"], unique()
        office = self.office.advisor.secretariat_id
        row = {"public_id": public_id, "secretariat_id": office, "written_at": self.now}
        self.session.add(SavedReply(**row, title=f"Titre {word}", body=f"Texte {word}"))
        return {"public_id": public_id}

    def _absence(self) -> Values:
        today, public_id = local_date(self.now), unique()
        self.session.add(
            Absence(
                public_id=public_id,
                person_id=self.colleague.person_id,
                substitute_id=self.substitute.person_id,
                from_on=today,
                until_on=today + timedelta(days=9),
                recorded_by_id=self.office.manager.person_id,
                recorded_at=self.now,
            )
        )
        return {"public_id": public_id}

    def _publication(self) -> Values:
        """The last fiscal year, frozen, with its PDF; what is written there is for everybody."""
        year = fiscal_year_of(local_date(self.now)).previous
        told = PublicationDetails(
            unique(), self.office.code, year.from_on, year.until_on, {}, "Erreur de compte"
        )
        self.session.commit()
        with saving() as saved:
            made = publications.freeze(saved, told, actor=self.colleague, now=self.now)
        content = f"%PDF-1.7 {made.number}".encode()
        made.storage_key = self.folder.put(content)
        made.file_sha256 = sha256(content).hexdigest()
        return {"public_id": made.public_id}
