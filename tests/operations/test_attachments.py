"""Files of a draft: added once, counted, removed with a trace, frozen by the sending."""

import dataclasses

import pytest
from sqlalchemy.orm import Session

from grants.domain.errors import DomainError, Refusal
from grants.domain.uploads import MAX_BYTES, MAX_FILES_OF_A_QUESTION, shown_name
from grants.models.drafts import Attachment
from grants.operations import attachments as acts
from grants.operations.attachments import FileDetails
from grants.queries import drafts
from grants.unit_of_work import saving
from tests.cases import make_case, make_draft
from tests.factories import NOW, make_member, unique


def details(**changes: object) -> FileDetails:
    plain = FileDetails(
        unique(), "other_document", "lettre.pdf", "application/pdf", 900, "b" * 64, unique()
    )
    return dataclasses.replace(plain, **changes)


def test_the_same_page_adds_a_file_once(session: Session) -> None:
    member = make_member(session)
    draft_id, given = make_draft(session, member).id, details()
    again = dataclasses.replace(given, storage_key=unique())
    for each in (given, again):
        with saving() as saved:
            kept = acts.attach(saved, draft_id, each, actor=member, now=NOW)
    assert kept.storage_key == given.storage_key
    assert drafts.file_counts(session, draft_id) == {"board_resolution": 1, "other_document": 1}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"field_key": "mission"}, "file_not_asked"),
        ({"field_key": "nothing"}, "file_not_asked"),
        ({"size": 0}, "file_empty"),
        ({"size": MAX_BYTES + 1}, "file_too_large"),
        ({"media_type": "text/html"}, "file_type"),
    ],
)
def test_a_file_that_may_not_stay_is_refused(
    session: Session, changes: dict[str, object], code: str
) -> None:
    member = make_member(session)
    draft_id = make_draft(session, member).id
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.attach(saved, draft_id, details(**changes), actor=member, now=NOW)
    assert refused.value.code == code


def test_a_question_takes_so_many_files(session: Session) -> None:
    member = make_member(session)
    draft_id = make_draft(session, member).id
    for _ in range(MAX_FILES_OF_A_QUESTION):
        with saving() as saved:
            acts.attach(saved, draft_id, details(), actor=member, now=NOW)
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.attach(saved, draft_id, details(), actor=member, now=NOW)
    assert refused.value.code == "too_many_files"


def test_a_removed_file_leaves_its_trace(session: Session) -> None:
    member = make_member(session)
    draft_id = make_draft(session, member).id
    file_id = drafts.files(session, draft_id)[0].id
    for _ in range(2):
        with saving() as saved:
            acts.remove(saved, file_id, actor=member, now=NOW)
    assert drafts.file_counts(session, draft_id) == {}
    assert session.get_one(Attachment, file_id).removed_at == NOW


def test_a_foreign_person_removes_nothing(session: Session) -> None:
    stranger = make_member(session, name="Luc Tremblay")
    draft_id = make_draft(session, make_member(session)).id
    file_id = drafts.files(session, draft_id)[0].id
    with pytest.raises(Refusal), saving() as saved:
        acts.remove(saved, file_id, actor=stranger, now=NOW)


def test_a_sent_file_stays(session: Session) -> None:
    member = make_member(session)
    case = make_case(session, member)
    file = session.query(Attachment).filter_by(case_file_id=case.id).one()
    file_id = file.id
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.remove(saved, file_id, actor=member, now=NOW)
    assert refused.value.code == "file_already_sent"


@pytest.mark.parametrize(
    ("given", "media_type", "shown"),
    [
        ("résolution.pdf", "application/pdf", "résolution.pdf"),
        ("..\\..\\c:evil.html", "application/pdf", "c evil.html.pdf"),
        ("/etc/passwd", "image/png", "passwd.png"),
        ("photo.JPEG", "image/jpeg", "photo.JPEG"),
        ("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie  x.pdf"),
        ("\u202efdp.exe", "application/pdf", "fdp.exe.pdf"),
        ("...", "image/png", "document.png"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_are_safe_and_true(given: str, media_type: str, shown: str) -> None:
    assert shown_name(given, media_type) == shown
