"""The URLs of the staff, each with the action it demands."""

from grants.domain.access import Action
from grants.web.routing import audience, page
from grants.web.staff.access_requests import access_requests, answer_access
from grants.web.staff.acknowledgements import posted, resend
from grants.web.staff.assignment import assign, unassigned
from grants.web.staff.case_file import attachment, case_file, case_file_tab, clock, document
from grants.web.staff.case_files import case_files
from grants.web.staff.conflicts import conflict
from grants.web.staff.paper import record_paper
from grants.web.staff.today import today

ONE = "/dossiers/<public_id>"
BOTH = ("GET", "POST")

PAGES = [
    page("/", today, Action.READ_CASE),
    page("/dossiers", case_files, Action.READ_CASE),
    page(ONE, case_file, Action.READ_CASE),
    page(f"{ONE}/<any(pieces, promesses, historique):tab>", case_file_tab, Action.READ_CASE),
    page(f"{ONE}/delais/<int:clock_id>", clock, Action.READ_CASE),
    page(f"{ONE}/pieces/<attachment_id>", attachment, Action.READ_CASE),
    page(f"{ONE}/documents/<document_id>", document, Action.READ_CASE),
    page(f"{ONE}/affecter", assign, Action.ASSIGN, BOTH),
    page(f"{ONE}/lettre-postee", posted, Action.RECORD_PAPER, BOTH),
    page(f"{ONE}/courriels/<message_id>", resend, Action.RECORD_PAPER, ("POST",)),
    page(f"{ONE}/conflit", conflict, Action.READ_CASE, BOTH),
    page("/a-affecter", unassigned, Action.ASSIGN, BOTH),
    page("/acces", access_requests, Action.ADMIT_MEMBER),
    page("/acces/<public_id>", answer_access, Action.ADMIT_MEMBER, ("POST",)),
    page("/saisir", record_paper, Action.RECORD_PAPER, BOTH),
]

blueprint = audience("staff", "/bureau", PAGES)
