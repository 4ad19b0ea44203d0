"""A program, a call and a promise for the secretariat that has none on applications yet."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.payments import BankProfile
from grants.models.programs import Call, FormVersion, Program, ProgramTerms
from grants.models.reference import Secretariat, ServiceCommitment
from tests.factories import make_call


def call_of_sct(session: Session, now: datetime) -> Call:
    """The other secretariat has no program yet: one is invented, after an existing one."""
    office = session.scalars(select(Secretariat).where(Secretariat.code == "SCT")).one()
    known = make_call(session, now=now)
    program = Program(
        secretariat_id=office.id, code="SCT", name="Essai", short_name="Essai", purpose="Essai"
    )
    session.add(program)
    session.flush()
    names = ("effective_from", "amount_min_cents", "amount_max_cents", "rules")
    terms = ProgramTerms(
        program_id=program.id, **{name: getattr(known.terms, name) for name in names}
    )
    form = FormVersion(
        program_id=program.id,
        number=1,
        definition=known.form_version.definition,
        sha256=sha256(b"another program").hexdigest(),
    )
    session.add_all([terms, form])
    session.flush()
    known.program_id, known.terms_id, known.form_version_id = program.id, terms.id, form.id
    session.commit()
    return known


def clock_of_sct(session: Session, case: CaseFile) -> Clock:
    """No promise of the other secretariat runs on applications yet: one is invented."""
    promised = select(ServiceCommitment).where(ServiceCommitment.code == "SCT_ACK")
    due_at = case.received_at + timedelta(days=5)
    clock_row = Clock(
        case_file_id=case.id,
        commitment_id=session.scalars(promised).first().id,
        received_at=case.received_at,
        start_on=local_date(case.received_at),
        due_on=local_date(due_at),
        due_at=due_at,
        calendar_version=1,
        provisional=False,
        recorded_at=case.received_at,
    )
    session.add(clock_row)
    session.commit()
    return clock_row


def bank_of_sct(session: Session) -> None:
    """The other secretariat has no bank yet: one is invented, after an existing one."""
    office = session.scalars(select(Secretariat).where(Secretariat.code == "SCT")).one()
    known = session.scalars(select(BankProfile)).first()
    session.add(BankProfile(code="SCT-ESSAI", secretariat_id=office.id, layout=known.layout))
    session.commit()
