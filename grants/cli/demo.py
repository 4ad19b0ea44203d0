"""`flask demo load`: the demonstration set."""

from flask import current_app
from flask.cli import AppGroup

from grants import clock
from grants.cli.output import as_json, show
from grants.demo import load as demonstration

group = AppGroup("demo", help="The demonstration set.")


@group.command("load")
@as_json
def load(json_output: bool) -> None:
    """Add the demonstration set; nothing when it is already there."""
    storage = current_app.extensions["storage"]
    made = demonstration.load(storage, page_of=_page, now=clock.utc_now())
    words = (
        f"{made} dossiers de démonstration ajoutés." if made else "La démonstration est déjà là."
    )
    show({"case_files": made}, words, json_output)


def _page(public_id: str) -> str:
    """The organization's page of a file, on the name that the settings give."""
    path = current_app.url_map.bind("").build("applicant.follow", {"public_id": public_id})
    return f"{current_app.config['SETTINGS'].base_url}{path}"
