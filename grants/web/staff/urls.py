"""The URLs of the staff, each with the action it demands."""

from grants.domain.access import Action
from grants.web.routing import audience, page
from grants.web.staff import complaint_urls, directory_urls, request_urls
from grants.web.staff.absence_files import absence, give_back_files, hand_over_files
from grants.web.staff.absences import absences, cancel_absence, record_absence
from grants.web.staff.access_requests import access_requests, answer_access
from grants.web.staff.acknowledgements import posted, resend
from grants.web.staff.agreement_acts import draft_agreement, issue_agreement, paper_signature
from grants.web.staff.agreements import (
    agreement,
    agreement_file,
    agreement_scan,
    agreements_to_issue,
)
from grants.web.staff.assignment import assign, unassigned
from grants.web.staff.case_file import (
    attachment,
    case_file,
    case_file_tab,
    clock,
    document,
    review,
)
from grants.web.staff.case_files import case_files
from grants.web.staff.conflicts import conflict
from grants.web.staff.decisions import decide, decide_preview, decisions_to_take, send_back
from grants.web.staff.instalments import confirm_condition
from grants.web.staff.paper import record_paper
from grants.web.staff.paper_revisions import record_revision
from grants.web.staff.recommend import recommend
from grants.web.staff.review_criterion import review_criterion
from grants.web.staff.review_documents import review_documents
from grants.web.staff.today import today

ONE = "/dossiers/<public_id>"
BOTH = ("GET", "POST")
AWAY = "/absences/<public_id>"
TABS = "pieces, decision, protocole, promesses, historique"

PAGES = [
    page("/", today, Action.READ_CASE),
    page("/dossiers", case_files, Action.READ_CASE),
    page(ONE, case_file, Action.READ_CASE),
    page(f"{ONE}/<any({TABS}):tab>", case_file_tab, Action.READ_CASE),
    page(f"{ONE}/analyse", review, Action.READ_CASE),
    page(f"{ONE}/analyse/documents", review_documents, Action.WORK_CASE, BOTH),
    page(f"{ONE}/analyse/criteres/<criterion>", review_criterion, Action.WORK_CASE, BOTH),
    page(f"{ONE}/analyse/recommander", recommend, Action.WORK_CASE, BOTH),
    page(f"{ONE}/delais/<int:clock_id>", clock, Action.READ_CASE),
    page(f"{ONE}/pieces/<attachment_id>", attachment, Action.READ_CASE),
    page(f"{ONE}/documents/<document_id>", document, Action.READ_CASE),
    page(f"{ONE}/affecter", assign, Action.ASSIGN, BOTH),
    page(f"{ONE}/lettre-postee", posted, Action.RECORD_PAPER, BOTH),
    page(f"{ONE}/courriels/<message_id>", resend, Action.RECORD_PAPER, ("POST",)),
    page(f"{ONE}/conflit", conflict, Action.READ_CASE, BOTH),
    page(f"{ONE}/revision", record_revision, Action.RECORD_PAPER, BOTH),
    page("/decisions", decisions_to_take, Action.DECIDE, endpoint="decisions"),
    page(f"{ONE}/decider", decide, Action.DECIDE, BOTH),
    page(f"{ONE}/decider/relire", decide_preview, Action.DECIDE, ("POST",)),
    page(f"{ONE}/renvoyer", send_back, Action.DECIDE, BOTH),
    page("/protocoles", agreements_to_issue, Action.ISSUE_AGREEMENT, endpoint="agreements"),
    page(f"{ONE}/protocole/texte", agreement, Action.READ_CASE),
    page(f"{ONE}/protocole/fichier", agreement_file, Action.READ_CASE),
    page(f"{ONE}/versements/<int:rank>/condition", confirm_condition, Action.WORK_CASE, BOTH),
    page(f"{ONE}/protocole/numerisation", agreement_scan, Action.READ_CASE),
    page(f"{ONE}/protocole/rediger", draft_agreement, Action.WORK_CASE, BOTH),
    page(f"{ONE}/protocole/delivrer", issue_agreement, Action.ISSUE_AGREEMENT, BOTH),
    page(f"{ONE}/protocole/retour", paper_signature, Action.RECORD_PAPER, BOTH),
    page("/a-affecter", unassigned, Action.ASSIGN, BOTH),
    page("/acces", access_requests, Action.ADMIT_MEMBER),
    page("/acces/<public_id>", answer_access, Action.ADMIT_MEMBER, ("POST",)),
    *directory_urls.PAGES,
    *complaint_urls.PAGES,
    *request_urls.PAGES,
    page("/absences", absences, Action.RECORD_OWN_ABSENCE),
    page("/absences/inscrire", record_absence, Action.RECORD_OWN_ABSENCE, BOTH),
    page(AWAY, absence, Action.RECORD_OWN_ABSENCE),
    page(f"{AWAY}/annuler", cancel_absence, Action.RECORD_OWN_ABSENCE, ("POST",)),
    page(f"{AWAY}/confier", hand_over_files, Action.ASSIGN, ("POST",)),
    page(f"{AWAY}/rendre", give_back_files, Action.ASSIGN, ("POST",)),
    page("/saisir", record_paper, Action.RECORD_PAPER, BOTH),
]

blueprint = audience("staff", "/bureau", PAGES)
