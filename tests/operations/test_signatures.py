"""Signatures: the mandated person and nobody else, the bytes that were read, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date, start_of_day
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.models.agreements import AgreementVersion, Signature
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.trail import OutboxRow
from grants.operations import signatures
from grants.operations.documents import Stored
from grants.operations.signatures import PaperSignature, ScreenSignature
from grants.unit_of_work import saving
from tests.agreement_cases import (
    BYTES,
    READY,
    SIGNED,
    Parties,
    browser,
    details,
    draft,
    issue,
    keep,
    make_parties,
    make_ready,
)
from tests.cases import AMOUNT
from tests.factories import make_member, unique

pytestmark = pytest.mark.engine
LATER = SIGNED + timedelta(days=6)  # the paper is recorded the week after


@pytest.fixture
def parties(session: Session) -> Parties:
    return make_parties(session)


@pytest.fixture
def version(session: Session, parties: Parties) -> AgreementVersion:
    return make_ready(session, parties)


def sign(
    session: Session,
    version_id: int,
    actor: Actor,
    sha256: str = BYTES,
    confirmed_at: datetime | None = READY,
) -> Signature:
    seen = ScreenSignature(unique(), sha256, browser(session, actor, confirmed_at))
    at = READY + timedelta(minutes=4)
    with saving() as saved:
        return signatures.sign(saved, version_id, seen, actor=actor, arrived_at=at, now=at)


def returned(
    session: Session, version_id: int, actor: Actor, on: date | None = None, **changes: Any
) -> Signature:
    facts: dict[str, Any] = {
        "public_id": unique(),
        "channel": "post",
        "received_on": on or local_date(SIGNED),
        "scan": Stored(unique(), "d" * 64, 400_000),
        "media_type": "application/pdf",
    }
    given = PaperSignature(**(facts | changes))
    with saving() as saved:
        return signatures.record_paper(saved, version_id, given, actor=actor, now=LATER)


def refused(act: Callable[..., object], *arguments: object, **named: object) -> str:
    with pytest.raises(DomainError) as error:
        act(*arguments, **named)
    return error.value.code


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Signature)) or 0


def test_the_signature_starts_the_promise_to_pay(
    session: Session, parties: Parties, version: AgreementVersion
) -> None:
    signature = sign(session, version.id, parties.member)
    assert (signature.channel, signature.file_sha256) == ("screen", BYTES)
    assert signature.confirmed_at == READY
    session.refresh(parties.case)
    assert parties.case.status == "signed"
    clock = session.scalars(select(Clock).where(Clock.received_at == signature.received_at)).one()
    assert clock.commitment.code == "SACA_PAY"
    message = session.scalars(select(Message).where(Message.kind == "agreement_received")).one()
    assert message.facts["due_on"] == clock.due_on.isoformat()
    assert message.facts["payable_cents"] == AMOUNT // 2
    owed = select(OutboxRow.ref).where(OutboxRow.kind == "pdf.signature_evidence")
    assert session.scalars(owed).all() == [signature.id]
    assert sign(session, version.id, parties.member, confirmed_at=None).id == signature.id
    assert count(session) == 1


def test_who_may_not_sign_and_what_may_not_be_signed(
    session: Session, parties: Parties, version: AgreementVersion
) -> None:
    member, stranger = parties.member, make_member(session, name="Guy Étranger")
    colleague = make_member(session, parties.case.organization, name="Lise Gendron")
    writer = make_member(session, parties.case.organization, "writer", "Jean Roy")
    tries = (
        (stranger, {}, "not_allowed"),
        (colleague, {}, "not_the_signatory"),
        (writer, {}, "not_allowed"),
        (member, {"sha256": "e" * 64}, "agreement_changed"),
        (member, {"confirmed_at": None}, "identity_not_confirmed"),
        (member, {"confirmed_at": READY - timedelta(minutes=10)}, "identity_not_confirmed"),
    )
    for actor, changes, code in tries:
        assert refused(sign, session, version.id, actor, **changes) == code
    assert count(session) == 0


def test_a_version_replaced_while_the_page_stood_open_is_read_again(
    session: Session, parties: Parties, version: AgreementVersion
) -> None:
    draft(parties)
    assert refused(sign, session, version.id, parties.member) == "agreement_changed"
    assert refused(returned, session, version.id, parties.agent) == "agreement_changed"


def test_paper_is_received_on_its_true_day(
    session: Session, parties: Parties, version: AgreementVersion
) -> None:
    on = local_date(SIGNED) + timedelta(days=1)
    signature = returned(session, version.id, parties.agent, on)
    assert signature.received_at == start_of_day(on)
    assert (signature.recorded_by_id, signature.recorded_at) == (parties.agent.person_id, LATER)
    assert signature.file_sha256 == BYTES
    clock = session.scalars(select(Clock).where(Clock.received_at == signature.received_at)).one()
    assert clock.start_on == on
    again = returned(session, version.id, parties.agent, on, public_id=signature.public_id)
    assert again.id == signature.id
    assert refused(returned, session, version.id, parties.agent) == "agreement_signed"


def test_what_a_paper_may_not_be(
    session: Session, parties: Parties, version: AgreementVersion
) -> None:
    tries: tuple[tuple[dict[str, Any], str], ...] = (
        ({"on": local_date(LATER) + timedelta(days=1)}, "date_in_future"),
        ({"on": local_date(READY) - timedelta(days=1)}, "returned_before_issue"),
        ({"channel": "web"}, "channel_unknown"),
        ({"media_type": "text/html"}, "file_type"),
    )
    for changes, code in tries:
        assert refused(returned, session, version.id, parties.agent, **changes) == code
    assert refused(returned, session, version.id, parties.member) == "not_allowed"
    assert count(session) == 0


def test_no_paper_before_the_file_of_the_issued_version(session: Session, parties: Parties) -> None:
    version_id = draft(parties, details(None)).id
    assert refused(returned, session, version_id, parties.agent) == "agreement_not_issued"
    issue(session, parties, version_id)
    assert refused(returned, session, version_id, parties.agent) == "agreement_not_issued"
    keep(version_id)
    assert returned(session, version_id, parties.agent).channel == "post"
    assert refused(sign, session, version_id, parties.member) == "not_the_signatory"


def test_signed_twice_at_once_is_signed_once(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        parties = make_parties(db.session())
        version_id, member = make_ready(db.session(), parties).id, parties.member
        seen = [
            ScreenSignature(unique(), BYTES, browser(db.session(), member, READY)) for _ in range(4)
        ]
        db.session.remove()
    at = READY + timedelta(minutes=1)

    def act(given: ScreenSignature) -> int | None:
        with app.app_context(), suppress(DomainError), saving() as saved:
            found = signatures.sign(saved, version_id, given, actor=member, arrived_at=at, now=at)
            return found.id
        return None

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(act, seen))) == 1
    with app.app_context():
        assert count(db.session()) == 1
        owed = select(func.count()).where(OutboxRow.kind == "pdf.signature_evidence")
        assert db.session().scalar(owed) == 1
