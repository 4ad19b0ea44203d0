"""The file of an agreement and the evidence of its signature, as the worker makes them."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.documents.agreement_reading import embedded_data
from grants.domain.access import Actor
from grants.jobs import agreements, signatures
from grants.jobs.effect import NOTHING
from grants.jobs.signatures import NotTheSignedFile
from grants.models.agreements import AgreementVersion
from grants.models.messages import Document
from grants.operations import signatures as acts
from grants.operations.signatures import ScreenSignature
from grants.unit_of_work import saving
from grants.wording import agreements as words
from tests.agreement_cases import READY, Parties, browser, draft, issue, make_parties
from tests.factories import unique


def words_of(content: bytes) -> str:
    """The title of a PDF, from its metadata."""
    with pikepdf.open(BytesIO(content)) as document:
        return str(document.docinfo.get("/Title", ""))


@pytest.fixture
def parties(session: Session) -> Parties:
    return make_parties(session)


@pytest.fixture
def version_id(session: Session, parties: Parties) -> int:
    """An issued version, its file made by two workers at once."""
    version_id = draft(parties).id
    issue(session, parties, version_id)
    for effect in (agreements.agreement(version_id), agreements.agreement(version_id)):
        with saving() as saved:
            effect.record(saved)
    return version_id


def test_the_file_is_kept_once_and_carries_what_it_says(
    app: Flask, session: Session, version_id: int
) -> None:
    version = session.get_one(AgreementVersion, version_id)
    content = app.extensions["storage"].get(version.storage_key)
    assert (version.file_sha256, version.size) == (sha256(content).hexdigest(), len(content))
    data = embedded_data(content)
    assert words.of_data(data) == version.terms
    assert data["delegate"] == {"name": "Irène Vallée", "role": "directrice du soutien"}
    assert agreements.agreement(version_id) is NOTHING


def test_the_evidence_is_made_from_the_signed_bytes_alone(
    app: Flask, session: Session, parties: Parties, version_id: int
) -> None:
    storage, number = app.extensions["storage"], number_of(session, version_id)
    signature_id = signed(session, version_id, parties.member)
    made = signatures.evidence(signature_id)
    with saving() as saved:
        made.record(saved)
    document = session.scalars(select(Document)).one()
    assert document.kind == "signature_evidence"
    assert number in words_of(storage.get(document.storage_key))
    assert signatures.evidence(signature_id) is NOTHING
    version = session.get_one(AgreementVersion, version_id)
    path = storage.root / version.storage_key[:2] / version.storage_key
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(NotTheSignedFile):
        signatures._as_signed(version, version.signature, storage)


def number_of(session: Session, version_id: int) -> str:
    return session.get_one(AgreementVersion, version_id).agreement.number


def signed(session: Session, version_id: int, member: Actor) -> int:
    """The id of the signature of the mandated person."""
    digest = session.get_one(AgreementVersion, version_id).file_sha256 or ""
    seen = ScreenSignature(unique(), digest, browser(session, member, READY))
    at = READY + timedelta(minutes=1)
    with saving() as saved:
        return acts.sign(saved, version_id, seen, actor=member, arrived_at=at, now=at).id


def test_a_version_replaced_meanwhile_gets_no_file(session: Session, parties: Parties) -> None:
    version_id = draft(parties).id
    issue(session, parties, version_id)
    draft(parties)
    assert agreements.agreement(version_id) is NOTHING
