"""Drafts and case files for tests, made by the operations that make them in the product."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from grants.demo.answers import Applicant, complete
from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft
from grants.models.organizations import Organization
from grants.models.programs import Call
from grants.operations import applications, assignments, attachments, drafts
from grants.queries import programs
from grants.unit_of_work import saving
from tests.factories import NOW, make_call, make_member, make_staff, unique

AMOUNT = 48_500_00
SHA = "a" * 64


def make_draft(
    session: Session, member: Actor, call: Call | None = None, now: datetime = NOW
) -> Draft:
    """A draft with nothing left to repair: answers as a volunteer would type them, one file."""
    call = call or make_call(session, now=now)
    organization = session.get_one(Organization, member.organization_id)
    form = programs.definition(call.form_version)
    applicant = Applicant(organization.legal_name, organization.neq, member.name, AMOUNT, 1)
    answers = complete(form, applicant)
    call_id = call.id
    with saving() as saved:
        draft = drafts.start(saved, call_id, unique(), actor=member, now=now)
        draft.answers = answers
    with saving() as saved:
        attachments.attach(saved, draft.id, _resolution(), actor=member, now=now)
    return draft


def _resolution() -> attachments.FileDetails:
    return attachments.FileDetails(
        public_id=unique(),
        field_key="board_resolution",
        filename="résolution 2026-11-09.pdf",
        media_type="application/pdf",
        size=212_000,
        sha256=SHA,
        storage_key=unique(),
    )


def make_case(
    session: Session,
    member: Actor | None = None,
    advisor: Actor | None = None,
    now: datetime = NOW,
    call: Call | None = None,
) -> CaseFile:
    """An application sent at `now`; a team lead assigns it when an advisor is given."""
    member = member or make_member(session)
    draft = make_draft(session, member, call, now - timedelta(minutes=5))
    details = applications.SendDetails(draft.version)
    draft_id = draft.id
    with saving() as saved:
        case = applications.send(saved, draft_id, details, actor=member, arrived_at=now, now=now)
    if advisor is not None:
        assign(session, case, advisor, now + timedelta(minutes=10))
    return case


def assign(session: Session, case: CaseFile, advisor: Actor, now: datetime) -> None:
    """A team lead gives the file to this advisor."""
    lead = make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")
    details = assignments.AssignmentDetails(
        person_id=advisor.person_id or 0, reason="Connaît la région", version=case.version
    )
    case_id = case.id
    with saving() as saved:
        assignments.assign(saved, case_id, details, actor=lead, now=now)
