"""The URLs of management, each with the action it demands."""

from grants.domain.access import Action
from grants.web.management.commitments import commitments, edit_commitment
from grants.web.management.days_off import days_off, days_off_year
from grants.web.management.publications import publication, publication_file, publications
from grants.web.management.publishing import publish
from grants.web.management.results import behind, results, workload_page
from grants.web.routing import audience, page

BOTH = ("GET", "POST")

PAGES = [
    page("/resultats", results, Action.READ_RESULTS),
    page("/resultats/<code>/<outcome>", behind, Action.READ_RESULTS),
    page("/charge", workload_page, Action.READ_RESULTS),
    page("/publications", publications, Action.READ_RESULTS),
    page("/publications/nouvelle", publish, Action.PUBLISH_RESULTS, BOTH),
    page("/publications/<public_id>", publication, Action.READ_RESULTS),
    page("/publications/<public_id>/<form>", publication_file, Action.READ_RESULTS),
    page("/jours-feries", days_off, Action.CONFIRM_DAYS_OFF),
    page("/jours-feries/<int:year>", days_off_year, Action.CONFIRM_DAYS_OFF, BOTH),
    page("/engagements", commitments, Action.EDIT_COMMITMENTS),
    page("/engagements/<code>", edit_commitment, Action.EDIT_COMMITMENTS, BOTH),
]

blueprint = audience("management", "/gestion", PAGES)
