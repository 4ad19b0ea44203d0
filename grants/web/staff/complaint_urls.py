"""The URLs of complaints: their circle's pages, and the form of the front desk."""

from grants.domain.access import Action
from grants.web.routing import page
from grants.web.staff.complaint_acts import (
    acknowledge_complaint,
    close_complaint,
    conclude_complaint,
    follow_up_complaint,
    start_complaint,
    tell_complaint,
)
from grants.web.staff.complaint_circle import (
    end_complaint_reader,
    name_complaint_reader,
    step_aside,
)
from grants.web.staff.complaint_filing import complaint_filed, file_complaint
from grants.web.staff.complaints import complaint, complaints, entrusted

ONE = "/plaintes/<public_id>"
BOTH, POST = ("GET", "POST"), ("POST",)
HANDLE = Action.HANDLE_COMPLAINT

PAGES = [
    page("/plaintes", complaints, Action.READ_COMPLAINT),
    page("/plaintes/deposer", file_complaint, Action.FILE_COMPLAINT, BOTH),
    page("/plaintes/deposee", complaint_filed, Action.FILE_COMPLAINT),
    page("/confie/<public_id>", entrusted, Action.READ_COMPLAINT),
    page(ONE, complaint, Action.READ_COMPLAINT),
    page(f"{ONE}/accuser-reception", acknowledge_complaint, HANDLE, BOTH),
    page(f"{ONE}/examiner", start_complaint, HANDLE, POST),
    page(f"{ONE}/personnes", name_complaint_reader, HANDLE, BOTH),
    page(f"{ONE}/personnes/<int:reader_id>/retirer", end_complaint_reader, HANDLE, POST),
    page(f"{ONE}/se-retirer", step_aside, HANDLE, BOTH),
    page(f"{ONE}/conclure", conclude_complaint, HANDLE, BOTH),
    page(f"{ONE}/suite", follow_up_complaint, Action.READ_COMPLAINT, BOTH),
    page(f"{ONE}/messages/<message_id>", tell_complaint, HANDLE, BOTH),
    page(f"{ONE}/fermer", close_complaint, HANDLE, POST),
]
