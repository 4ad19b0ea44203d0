"""What the proof of deposit reads of a file, in one piece."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from grants.models.case_files import Application, CaseFile
from grants.models.clocks import Clock
from grants.models.programs import Call


def received(session: Session, case_file_id: int) -> CaseFile:
    """A file as received: organization, secretariat, application, call, form and promises."""
    application = joinedload(CaseFile.application)
    query = (
        select(CaseFile)
        .options(application.joinedload(Application.call).joinedload(Call.program))
        .options(application.joinedload(Application.form_version))
        .options(application.joinedload(Application.sent_by))
        .options(joinedload(CaseFile.organization), joinedload(CaseFile.secretariat))
        .options(selectinload(CaseFile.clocks).joinedload(Clock.commitment))
        .where(CaseFile.id == case_file_id)
    )
    return session.scalars(query).one()
