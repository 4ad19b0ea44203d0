"""`flask agreement verify`: whether a file is the agreement that was issued, to the byte."""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from grants.cli.output import as_json, show
from grants.documents.agreement_reading import NotAnAgreement, embedded_data
from grants.extensions import db
from grants.models.agreements import AgreementVersion
from grants.queries import agreements
from grants.storage import hashed
from grants.wording import agreements as words
from grants.wording import formats

agreement_group = AppGroup("agreement", help="Agreements issued to organizations.")


@agreement_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@click.pass_context
def verify(context: click.Context, file: Path, json_output: bool) -> None:
    """Say whether FILE is an agreement issued here, unchanged; exit 1 when it is not."""
    content = file.read_bytes()
    version = agreements.by_hash(db.session(), hashed(content))
    found = _found(content, version)
    show(found, _unchanged(found) if found["issued"] else _changed(found), json_output)
    if not found["issued"] or not found["data_agrees"]:
        context.exit(1)


def _found(content: bytes, version: AgreementVersion | None) -> dict[str, Any]:
    """What the file is by its bytes, and what it says of itself by the data inside."""
    data = _data(content)
    signature = version.signature if version else None
    return {
        "sha256": hashed(content),
        "issued": version is not None,
        "number": version.agreement.number if version else data.get("number"),
        "version": version.number if version else data.get("version"),
        "replaced": version is not None and version.ended_at is not None,
        "signed": signature is not None,
        "received_at": signature.received_at if signature else None,
        "data_agrees": version is not None and words.of_data(data) == version.terms,
    }


def _data(content: bytes) -> dict[str, Any]:
    """The facts inside the file; none in a file that carries none."""
    try:
        return embedded_data(content)
    except NotAnAgreement:
        return {}


def _unchanged(found: dict[str, Any]) -> str:
    lines = [f"Ce fichier est le protocole n° {found['number']}, version {found['version']}."]
    if found["signed"]:
        received = formats.instant_to_the_second(found["received_at"])
        lines.append(f"Il est signé. Nous l’avons reçu le {received}.")
    else:
        lines.append("Il n’est pas signé.")
    if found["replaced"]:
        lines.append("Une autre version l’a remplacé.")
    agrees = "sont celles" if found["data_agrees"] else "ne sont pas celles"
    lines.append(f"Les données qu’il contient {agrees} que nous avons gardées.")
    return "\n".join(lines)


def _changed(found: dict[str, Any]) -> str:
    lines = ["Ce fichier n’est pas un protocole délivré ici, ou il a été modifié."]
    if found["number"]:
        named = f"n° {found['number']}, version {found['version']}"
        lines.append(f"Il dit être le protocole {named}, mais son empreinte n’est pas la sienne.")
    return "\n".join(lines)


COMMANDS = (agreement_group,)
