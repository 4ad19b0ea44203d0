"""Somebody who stays unknown: nothing of them is kept, nobody is told, the work is the same."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.models.complaints import ComplaintMessage
from grants.operations import complaint_acts
from grants.queries import complaints
from grants.unit_of_work import saving
from tests.complaint_cases import again, conclude, file_complaint, make_officer
from tests.factories import NOW


def test_an_anonymous_complaint_is_concluded_and_told_to_nobody(session: Session) -> None:
    officer = make_officer(session)
    found = file_complaint(session, requester="", answer_by="none")
    came = complaints.read(found)
    assert (came.email, came.phone, came.address) == ("", "", "")
    conclude(found, officer, recommendation="", none_because="Un commentaire seulement.")
    assert not session.scalars(select(ComplaintMessage)).all()
    with saving() as saved:
        complaint_acts.close(saved, found.id, actor=officer, now=NOW)
    assert again(session, found).status == "closed"
