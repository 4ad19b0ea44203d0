"""Programs, their calls and the questionnaires they publish: readable by anybody."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from grants.domain.forms.checking import AmountTerms
from grants.domain.forms.description import FieldType, FormDefinition, parse
from grants.models.programs import Call, FormVersion, Program, ProgramTerms


def every(session: Session) -> Sequence[Program]:
    """All programs, in the order they were created."""
    return session.scalars(select(Program).order_by(Program.id)).all()


def one(session: Session, code: str) -> Program | None:
    """The program of this code, with its secretariat."""
    query = (
        select(Program).options(joinedload(Program.secretariat)).where(Program.code == code.upper())
    )
    return session.scalar(query)


def terms(session: Session, program_id: int, on: date) -> ProgramTerms | None:
    """What the program grants on that day."""
    query = (
        select(ProgramTerms)
        .where(ProgramTerms.program_id == program_id, ProgramTerms.effective_from <= on)
        .order_by(ProgramTerms.effective_from.desc())
        .limit(1)
    )
    return session.scalar(query)


def latest_form(session: Session, program_id: int) -> FormVersion | None:
    """The questionnaire published last."""
    query = (
        select(FormVersion)
        .where(FormVersion.program_id == program_id)
        .order_by(FormVersion.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def current_calls(session: Session, now: datetime) -> Sequence[Call]:
    """Calls not closed yet, open ones first, soonest closing first, with program and terms."""
    query = (
        select(Call)
        .join(Call.program)
        .options(contains_eager(Call.program), joinedload(Call.terms))
        .where(Call.closes_at >= now.replace(microsecond=0))
        .order_by(Call.opens_at > now, Call.closes_at, Call.id)
    )
    return session.scalars(query).all()


def calls_of(session: Session, program_id: int) -> Sequence[Call]:
    """Every call of a program, the latest closing first, with its terms."""
    query = (
        select(Call)
        .options(joinedload(Call.terms))
        .where(Call.program_id == program_id)
        .order_by(Call.closes_at.desc())
    )
    return session.scalars(query).all()


def call(session: Session, public_id: str) -> Call | None:
    """A call with its program, terms and questionnaire."""
    query = (
        select(Call)
        .options(joinedload(Call.program), joinedload(Call.terms))
        .options(joinedload(Call.form_version))
        .where(Call.public_id == public_id)
    )
    return session.scalar(query)


def definition(version: FormVersion) -> FormDefinition:
    """The questionnaire of a form version; parsed once per process."""
    return _parsed(version.definition)


@lru_cache(maxsize=64)
def _parsed(text: str) -> FormDefinition:
    return parse(json.loads(text))


def amount_terms(terms_row: ProgramTerms) -> AmountTerms:
    """The least and the greatest amount, as the checks want them."""
    return AmountTerms(terms_row.amount_min_cents, terms_row.amount_max_cents)


def documents_asked(form: FormDefinition) -> list[tuple[str, str, bool]]:
    """Label, hint and necessity of each document a questionnaire asks for."""
    return [
        (question.label, question.hint, question.required)
        for question in form.fields
        if question.type is FieldType.FILE
    ]


def calls_closing_since(session: Session, since: datetime, code: str = "") -> Sequence[Call]:
    """The calls, of one program or of all, that close at this instant or later, soonest first."""
    query = (
        select(Call)
        .join(Call.program)
        .options(contains_eager(Call.program), joinedload(Call.terms))
        .where(Call.closes_at >= since)
        .order_by(Call.closes_at, Call.id)
    )
    if code:
        query = query.where(Program.code == code)
    return session.scalars(query).all()


def every_call(session: Session) -> Sequence[Call]:
    """Every call of every program with its terms, the first to open first."""
    query = (
        select(Call)
        .join(Call.program)
        .options(contains_eager(Call.program), joinedload(Call.terms))
        .order_by(Call.opens_at, Call.id)
    )
    return session.scalars(query).all()
