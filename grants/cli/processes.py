"""`flask sweep`: the process that announces again what is due."""

import signal
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from grants.jobs import sweep as sweeping


@click.command("sweep")
@click.option("--once", is_flag=True, help="Sweep once, then stop.")
@with_appcontext
def sweep(once: bool) -> None:
    """Announce again, every fifteen seconds, what is due and not done."""
    connection = current_app.extensions["redis"]
    if once:
        click.echo(sweeping.once(connection))
        return
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    sweeping.forever(connection, go_on=lambda: not stopped)


COMMANDS = (sweep,)
