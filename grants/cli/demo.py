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
    made = demonstration.load(storage, now=clock.utc_now())
    words = (
        f"{made} dossiers de démonstration ajoutés." if made else "La démonstration est déjà là."
    )
    show({"case_files": made}, words, json_output)
