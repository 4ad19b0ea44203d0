"""`flask due` and `flask holidays`: the calendar, asked from a terminal."""

from datetime import UTC, datetime, time

import click
from flask.cli import with_appcontext

from grants.cli.output import as_json, show
from grants.domain.calendar import local_date
from grants.domain.commitment_changes import UNITS
from grants.domain.deadlines import Delay, Due, ReceiptPolicy, Unit, compute
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.queries import calendars, commitments, days_off
from grants.wording.problems import sentence

DEFAULT_SPAN = (time(8, 30), time(16, 30))


@click.command("due")
@click.argument("received")
@click.option("--commitment", "code", help="Code of a service commitment, such as SACA_ACK.")
@click.option("--days", type=click.IntRange(min=1), help="Length of the delay.")
@click.option("--unit", type=click.Choice([unit.value for unit in UNITS]))
@click.option(
    "--receipt-policy", "policy", type=click.Choice([policy.value for policy in ReceiptPolicy])
)
@as_json
@with_appcontext
def due(
    received: str,
    code: str | None,
    days: int | None,
    unit: str | None,
    policy: str | None,
    json_output: bool,
) -> None:
    """Compute the due date of what was RECEIVED (ISO form with its offset)."""
    at = _instant(received)
    delay, span = _promised(code, policy, at) if code else _asked(days, unit, policy)
    try:
        result = compute(at, delay, calendars.calendar(db.session()), span)
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    show(_fields(result), _words(result), json_output)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} n’est pas une date ISO.") from error
    if instant.tzinfo is None:
        raise click.BadParameter("Ajoutez le décalage, par exemple -05:00.")
    return instant.astimezone(UTC)


def _promised(code: str, policy: str | None, at: datetime) -> tuple[Delay, tuple[time, time]]:
    """The delay of a commitment in the declaration in force on the day of receipt."""
    commitment = commitments.by_code(db.session(), code, local_date(at))
    delay = commitments.delay(commitment) if commitment else None
    if commitment is None or delay is None:
        raise click.BadParameter(f"{code} n’est pas un engagement qui a un délai.")
    if policy:
        delay = Delay(delay.quantity, delay.unit, ReceiptPolicy(policy))
    return delay, commitments.opening_span(commitment.declaration.secretariat)


def _asked(
    days: int | None, unit: str | None, policy: str | None
) -> tuple[Delay, tuple[time, time]]:
    if days is None or unit is None:
        raise click.UsageError("Donnez --commitment, ou --days avec --unit.")
    try:
        delay = Delay(days, Unit(unit), ReceiptPolicy(policy or ReceiptPolicy.ARRIVAL))
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    return delay, DEFAULT_SPAN


def _fields(result: Due) -> dict[str, object]:
    return {
        "start_on": result.start_on,
        "due_on": result.due_on,
        "due_at": result.due_at.astimezone(UTC),
        "legal_due_on": result.legal_due_on,
        "operational_due_on": result.operational_due_on,
        "provisional": result.provisional,
        "counted": list(result.counted),
        "skipped": [{"date": day, "why": why} for day, why in result.skipped],
    }


def _words(result: Due) -> str:
    fields = {**_fields(result), "counted": ", ".join(map(str, result.counted))}
    lines = [f"{name}: {value}" for name, value in fields.items() if name != "skipped"]
    lines += [f"skipped: {day} ({why})" for day, why in result.skipped]
    return "\n".join(lines)


@click.command("holidays")
@click.argument("year", type=int)
@as_json
@with_appcontext
def holidays(year: int, json_output: bool) -> None:
    """List the days off of a YEAR, confirmed or only proposed, and their version."""
    held = days_off.one_year(db.session(), year)
    if held is None:
        raise click.ClickException(sentence(DomainError("year_without_days_off", year=year)))
    days = [{"date": day.on, "label": day.label} for day in held.days]
    words = "\n".join(f"{day['date']}  {day['label']}" for day in days)
    state = "confirmé" if held.confirmed else "proposé"
    data = {"year": year, "confirmed": held.confirmed, "version": held.version, "days": days}
    show(data, f"{year} ({state}, version {held.version})\n{words}", json_output)


COMMANDS = (due, holidays)
