"""`flask call announce`: open a program to applications."""

from datetime import date, datetime

import click
from flask.cli import AppGroup

from grants import clock
from grants.cli.output import as_json, show
from grants.domain.access import SYSTEM
from grants.domain.errors import DomainError
from grants.operations import calls
from grants.unit_of_work import saving
from grants.wording import formats
from grants.wording.problems import sentence

call_group = AppGroup("call", help="Calls for applications.")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@call_group.command("announce")
@click.argument("program")
@click.argument("title")
@click.option("--opens", required=True, type=DAY)
@click.option("--closes", required=True, type=DAY)
@click.option("--decision-by", type=DAY)
@as_json
def announce(
    program: str,
    title: str,
    opens: datetime,
    closes: datetime,
    decision_by: datetime | None,
    json_output: bool,
) -> None:
    """Announce a call of a PROGRAM (DCD, PRJ, SPA) under this TITLE."""
    decided: date | None = decision_by.date() if decision_by else None
    details = calls.CallDetails(program, title, closes.year, opens.date(), closes.date(), decided)
    try:
        with saving() as session:
            call = calls.announce(session, details, actor=SYSTEM, now=clock.utc_now())
            data = {"public_id": call.public_id, "closes_at": call.closes_at}
            words = f"Appel annoncé, ouvert jusqu’au {formats.instant(call.closes_at)}."
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    show(data, words, json_output)


COMMANDS = (call_group,)
