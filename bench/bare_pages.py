"""The cheapest pages that print as much: the baselines of the file's page and of À payer.

The rows that the page prints are read by bare statements through Core; then the product's own
template prints what our page gave it. So no session, no access, no object mapped, no rule, no
wording: only what any program would have to read and to print.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, render_template
from sqlalchemy import Select, and_, create_engine, exists, func, select

from bench.bare import frame
from grants.extensions import db
from grants.models import Base
from grants.models.payments import NOT_GONE

URL = "/nu"
PAGE = 50

Query = Select[*tuple[Any, ...]]

TABLES = {name: table.c for name, table in Base.metadata.tables.items()}
_file, _program, _call = TABLES["case_file"], TABLES["program"], TABLES["call"]
_organization, _person, _clock = TABLES["organization"], TABLES["person"], TABLES["clock"]
_agreement, _version, _part = (
    TABLES[name] for name in ("agreement", "agreement_version", "instalment")
)
_signature, _verified, _message = (
    TABLES[name] for name in ("signature", "bank_verification", "message")
)
_payment, _outbox = TABLES["payment"], TABLES["outbox"]


def bare_page(
    product: Flask, template: str, given: Mapping[str, Any], reads: Sequence[Query]
) -> Flask:
    """A Flask application with one page: these statements, then the template with these facts."""
    app = frame(product, {"csrf_token": lambda: ""})
    with product.app_context():
        engine = create_engine(db.engine.url)

    @app.get(URL)
    def page() -> str:
        with engine.connect() as connection:
            for query in reads:
                connection.execute(query).all()
        return render_template(template, **given)

    return app


def file_head(public_id: str) -> list[Query]:
    """The file with all it belongs to, its promises, its messages."""
    case = (
        select(Base.metadata.tables["case_file"], _organization.legal_name, _organization.neq)
        .add_columns(_call.title, _program.short_name, _person.full_name)
        .join_from(Base.metadata.tables["case_file"], Base.metadata.tables["organization"])
        .join(Base.metadata.tables["call"], _call.id == _file.call_id)
        .join(Base.metadata.tables["program"], _program.id == _call.program_id)
        .outerjoin(Base.metadata.tables["person"], _person.id == _file.advisor_id)
        .where(_file.public_id == public_id)
    )
    here = select(_file.id).where(_file.public_id == public_id).scalar_subquery()
    clocks = (
        select(Base.metadata.tables["clock"], Base.metadata.tables["service_commitment"])
        .join_from(Base.metadata.tables["clock"], Base.metadata.tables["service_commitment"])
        .where(_clock.case_file_id == here)
    )
    messages = (
        select(Base.metadata.tables["message"], _outbox.state, _outbox.attempts)
        .outerjoin(Base.metadata.tables["outbox"], _outbox.key == "message:" + _message.public_id)
        .where(_message.case_file_id == here)
    )
    return [case, clocks, messages]


def answers(public_id: str) -> list[Query]:
    """What the plain page adds: the answers, the form, the names of the files."""
    application, form, attachment = (
        Base.metadata.tables[name] for name in ("application", "form_version", "attachment")
    )
    here = select(_file.id).where(_file.public_id == public_id).scalar_subquery()
    sheet = (
        select(application.c.answers, application.c.amount_cents, form.c.definition)
        .join_from(application, form, form.c.id == application.c.form_version_id)
        .where(application.c.case_file_id == here)
    )
    files = select(attachment).where(attachment.c.case_file_id == here)
    return [*file_head(public_id), sheet, files]


def agreement(public_id: str) -> list[Query]:
    """What the part « Protocole et versements » adds: the agreement, its halves, its evidence."""
    here = select(_file.id).where(_file.public_id == public_id).scalar_subquery()
    version = (
        select(Base.metadata.tables["agreement_version"], Base.metadata.tables["signature"])
        .add_columns(_agreement.number, _person.full_name)
        .join_from(
            Base.metadata.tables["agreement"],
            Base.metadata.tables["agreement_version"],
            _version.agreement_id == _agreement.id,
        )
        .outerjoin(
            Base.metadata.tables["signature"], _signature.agreement_version_id == _version.id
        )
        .outerjoin(Base.metadata.tables["person"], _person.id == _version.signatory_id)
        .where(_agreement.case_file_id == here, _version.ended_at.is_(None))
    )
    parts = (
        select(Base.metadata.tables["instalment"])
        .join(Base.metadata.tables["agreement_version"], _version.id == _part.agreement_version_id)
        .join(Base.metadata.tables["agreement"], _agreement.id == _version.agreement_id)
        .where(_agreement.case_file_id == here)
        .order_by(_part.rank)
    )
    document = Base.metadata.tables["document"]
    evidence = select(document).where(document.c.case_file_id == here)
    return [*file_head(public_id), version, parts, evidence]


def to_pay(commitment_id: int) -> list[Query]:
    """The lines of the page in the same order, and what all lines come to."""
    ready = and_(_verified.bank_details_id.is_not(None), _signature.id.is_not(None))
    is_ready = and_(ready, (_part.condition.is_(None)) | (_part.met_at.is_not(None)))
    due_on = func.coalesce(_clock.due_on, _part.planned_on)
    lines = (
        _payable(_part, _file.number, _organization.legal_name, _clock.start_on, _clock.due_at)
        .join(Base.metadata.tables["organization"], _organization.id == _agreement.organization_id)
        .outerjoin(
            Base.metadata.tables["clock"],
            and_(
                _clock.case_file_id == _file.id,
                _clock.commitment_id == commitment_id,
                _part.condition.is_(None),
            ),
        )
        .order_by(is_ready, due_on, _part.id)
        .limit(PAGE)
    )
    cents = func.sum(_part.amount_cents)
    sums = _payable(func.count(), cents, func.count().filter(is_ready), cents.filter(is_ready))
    return [lines, sums]


def _payable(*columns: Any) -> Query:
    """The instalments that no live payment covers, with what says whether they are ready."""
    flat = [one for column in columns for one in (column if hasattr(column, "keys") else [column])]
    covered = exists().where(_payment.instalment_id == _part.id, NOT_GONE)
    instalment, version = (Base.metadata.tables[n] for n in ("instalment", "agreement_version"))
    return (
        select(*flat)
        .select_from(instalment)
        .join(version, _version.id == _part.agreement_version_id)
        .join(Base.metadata.tables["agreement"], _agreement.id == _version.agreement_id)
        .join(Base.metadata.tables["case_file"], _file.id == _agreement.case_file_id)
        .outerjoin(
            Base.metadata.tables["signature"], _signature.agreement_version_id == _version.id
        )
        .outerjoin(
            Base.metadata.tables["bank_verification"],
            _verified.organization_id == _agreement.organization_id,
        )
        .where(~covered)
    )
