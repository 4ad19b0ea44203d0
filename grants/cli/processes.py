"""`flask worker` and `flask sweep`: the two processes beside the web."""

import signal
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from grants.jobs import sweep as sweeping
from grants.jobs import worker as working


@click.command("worker")
@click.option("--burst", is_flag=True, help="Stop when the queue is empty.")
@with_appcontext
def worker(burst: bool) -> None:
    """Do what the outbox owes, as the queue announces it."""
    working.work(current_app.extensions["redis"], burst=burst)


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


COMMANDS = (worker, sweep)
