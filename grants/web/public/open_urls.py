"""The URLs of what we publish of ourselves: promises, results, calls and grants as data."""

from grants.domain.access import Action
from grants.web.public import call_feed, declarations, due_date, open_data, publications, results
from grants.web.routing import page

PUBLICATION = "/engagements/publications/<public_id>"
GRANTS = "/donnees-ouvertes/subventions-<int:first>-<int:second>"

PAGES = [
    page("/engagements", results.index, Action.VISIT, endpoint="promises"),
    page("/engagements/<code>", results.office, Action.VISIT, endpoint="results"),
    page("/engagements/calcul", due_date.due_date, Action.VISIT),
    page("/engagements/declarations", declarations.declaration_list, Action.VISIT),
    page("/engagements/declarations/<slug>", declarations.declaration, Action.VISIT),
    page(PUBLICATION, publications.publication, Action.VISIT),
    page(f"{PUBLICATION}/<form>", publications.publication_file, Action.VISIT),
    page("/jours-feries", due_date.days_off, Action.VISIT),
    page("/appels.ics", call_feed.call_feed, Action.VISIT),
    page("/programmes/<code>.ics", call_feed.program_feed, Action.VISIT),
    page("/donnees-ouvertes", open_data.page, Action.VISIT, endpoint="open_data"),
    page(f"{GRANTS}.csv", open_data.grants_csv, Action.VISIT),
    page(f"{GRANTS}.json", open_data.grants_json, Action.VISIT),
    page("/donnees-ouvertes/engagements_resultats.csv", open_data.results_csv, Action.VISIT),
    page("/donnees-ouvertes/appels.csv", open_data.calls_csv, Action.VISIT),
]
