"""`flask setup`: the tables and the reference data."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from grants.cli.output import as_json, show
from grants.operations import reference
from grants.unit_of_work import saving

DATA = Path(__file__).resolve().parent.parent / "data"


READY = """La base est prête, les données de référence sont chargées.
Si l’installation est nouvelle, donnez d’abord accès à qui l’administre\u00a0:
  flask user create --email vous@exemple.quebec --name "Prénom Nom" --role administrator
puis démarrez le web, `python -m grants.worker` et `flask sweep`\u00a0: le lien de la première
entrée part par courriel. Cette personne invite les autres (Personnes) et voit si
tout tourne (Santé)."""


@click.command("setup")
@as_json
@with_appcontext
def setup(json_output: bool) -> None:
    """Migrate the database and load the reference data; safe to repeat."""
    upgrade()
    files = read_reference_files(DATA)
    with saving() as session:
        reference.load(session, files)
    show({"ready": True}, READY, json_output)


def read_reference_files(folder: Path) -> dict[str, Any]:
    """The reference files, parsed, by the names `operations.reference.load` knows."""

    def read(path: Path) -> Any:
        return json.loads(path.read_text(encoding="utf-8"))

    declarations = sorted((folder / "declarations").glob("*.json"))
    forms = sorted((folder / "forms").glob("*.json"))
    return {
        "secretariats": read(folder / "secretariats.json"),
        "regions": read(folder / "regions.json"),
        "days_off": read(folder / "days_off.json"),
        "criteria": read(folder / "criteria.json"),
        "programs": read(folder / "programs.json"),
        "bank_profiles": read(folder / "bank_profiles.json"),
        "resources": read(folder / "resources.json")["resources"],
        "saved_replies": read(folder / "saved_replies.json"),
        "declarations": [{"slug": path.stem, **read(path)} for path in declarations],
        "forms": {path.stem: read(path) for path in forms},
    }


COMMANDS = (setup,)
