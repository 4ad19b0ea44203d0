"""`flask self-check`, `journal`, `flow`, `outbox`: is the installation as it should be?"""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from grants import clock
from grants.cli.output import as_json, show
from grants.domain import flow
from grants.domain.journal import exported_head, first_bad_line
from grants.extensions import db
from grants.operations import outbox
from grants.queries import health, journal
from grants.unit_of_work import saving

journal_group = AppGroup("journal", help="The insert-only journal.")
flow_group = AppGroup("flow", help="The life of a file.")
outbox_group = AppGroup("outbox", help="Mails and documents that are owed.")

NEVER_EXPORTED = (
    "La tête du journal n’a jamais été exportée\u00a0: elle l’est une fois par jour, quand "
    "`flask sweep` et un travailleur tournent."
)
EXPORT_LOST = (
    "Le fichier de la dernière tête exportée manque\u00a0: restaurez les fichiers, ou vérifiez "
    "avec une tête notée ailleurs (--head)."
)


@click.command("self-check")
@as_json
@with_appcontext
def self_check(json_output: bool) -> None:
    """Verify the guards of the database and the room left for files."""
    findings = health.findings(db.engine, current_app.extensions["storage"].free_bytes())
    bad = [item for item in findings if not item.right]
    words = "\n".join(f"{'ok  ' if item.right else 'NON '} {item.name}" for item in findings)
    data = {"right": not bad, "checks": {item.name: item.right for item in findings}}
    show(data, words, json_output)
    if bad:
        raise SystemExit(1)


@journal_group.command("verify")
@click.option("--head", help="POSITION:DIGEST of an exported head the chain must contain.")
@click.option("--exported", is_flag=True, help="Compare with the head that was exported last.")
@as_json
@with_appcontext
def verify(head: str | None, exported: bool, json_output: bool) -> None:
    """Recompute the chain and name the first bad line."""
    session, key = db.session(), current_app.config["JOURNAL_KEY"]
    bad = first_bad_line(key, journal.lines(session))
    problem = journal.head_problem(session, _last_exported() if exported else head)
    orphans = journal.events_without_link(session)
    right = bad is None and problem is None and not orphans
    stands = journal.head(session)
    data = {
        "right": right,
        "first_bad_line": bad,
        "head": f"{stands.position}:{stands.digest}",
        "head_problem": problem,
        "events_without_link": orphans,
    }
    words = f"Journal intact, tête {data['head']}" if right else f"Journal altéré\u00a0: {data}"
    show(data, words, json_output)
    if not right:
        raise SystemExit(1)


def _last_exported() -> str:
    """What the file written outside says, which is what somebody who held the tables could not
    change; the table only says where it is."""
    last = journal.last_export(db.session())
    if last is None:
        raise click.ClickException(NEVER_EXPORTED)
    try:
        content = current_app.extensions["storage"].get(last.storage_key)
    except OSError as error:
        raise click.ClickException(EXPORT_LOST) from error
    return exported_head(content.decode())


@flow_group.command("diagram")
@as_json
def diagram(json_output: bool) -> None:
    """Draw the transition table (Mermaid)."""
    lines = [[source, act, target] for (source, act), target in flow.TRANSITIONS.items()]
    show({"transitions": lines, "mermaid": flow.diagram()}, flow.diagram(), json_output)


@outbox_group.command("status")
@as_json
@with_appcontext
def status(json_output: bool) -> None:
    """Count what is owed, and name the oldest that waits."""
    found = health.outbox_status(db.session())
    words = "\n".join(f"{name}: {value}" for name, value in found.items())
    show(found, words, json_output)


@outbox_group.command("retry")
@click.argument("key")
@as_json
@with_appcontext
def retry(key: str, json_output: bool) -> None:
    """Try again the given-up row of this KEY (`outbox status` lists them)."""
    with saving() as session:
        tried = outbox.retry(session, key, now=clock.utc_now())
    if not tried:
        raise click.ClickException(f"Aucun envoi abandonné ne porte la clé {key}.")
    show({"key": key}, "L’envoi reprend d’ici une minute.", json_output)


COMMANDS = (self_check, journal_group, flow_group, outbox_group)
