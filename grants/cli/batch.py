"""`flask batch`: the batches of payments, and the stored bytes of a bank file."""

import click
from flask import current_app
from flask.cli import AppGroup

from grants.cli.output import as_json, show
from grants.extensions import db
from grants.queries import batches
from grants.queries.batches import ListedBatch
from grants.storage import LocalFolder, hashed
from grants.wording import formats

batch_group = AppGroup("batch", help="Batches of payments.")
TITLES = ("numéro", "état", "versements", "total", "fichier")


@batch_group.command("list")
@as_json
def listed(json_output: bool) -> None:
    """List the batches, cancelled ones left out."""
    found = batches.every(db.session())
    show([_data(batch) for batch in found], _table([_words(batch) for batch in found]), json_output)


@batch_group.command("file")
@click.argument("number")
def file(number: str) -> None:
    """Write the stored bank file of batch NUMBER to standard output."""
    batch = batches.by_number(db.session(), number)
    if batch is None:
        raise click.ClickException(f"Vérifiez le numéro\u00a0: le lot {number} n’existe pas.")
    if batch.storage_key is None:
        raise click.ClickException(f"Le lot {number} n’a pas encore de fichier bancaire.")
    storage: LocalFolder = current_app.extensions["storage"]
    content = storage.get(batch.storage_key)
    if hashed(content) != batch.file_sha256:
        raise click.ClickException(f"Ne l’envoyez pas\u00a0: le fichier du lot {number} a changé.")
    click.echo(content, nl=False)


def _data(batch: ListedBatch) -> dict[str, object]:
    return {
        "number": batch.number,
        "status": batch.status,
        "payments": batch.payments,
        "total_cents": batch.total_cents,
        "file_creation_number": batch.file_number,
    }


def _words(batch: ListedBatch) -> tuple[str, ...]:
    number = "" if batch.file_number is None else f"{batch.file_number:04d}"
    total = formats.money(batch.total_cents)
    return batch.number, batch.status, str(batch.payments), total, number


def _table(rows: list[tuple[str, ...]]) -> str:
    """The rows under their titles, in columns."""
    lines = [TITLES, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(TITLES))]
    padded = [
        (cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


COMMANDS = (batch_group,)
