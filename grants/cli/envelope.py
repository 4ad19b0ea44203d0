"""`flask envelope`: what each program may grant in a year, and what was taken of it."""

import sys
from collections.abc import Sequence
from typing import Any

import click
from flask.cli import AppGroup

from grants import clock
from grants.cli.output import as_json, show
from grants.domain.access import SYSTEM
from grants.domain.errors import DomainError
from grants.domain.money import parse_cents
from grants.extensions import db
from grants.operations import envelopes
from grants.queries import envelopes as known
from grants.queries.envelopes import EnvelopeLine, Mismatch
from grants.unit_of_work import saving
from grants.wording import formats
from grants.wording.problems import sentence

envelope_group = AppGroup("envelope", help="Envelopes of the programs.")


@envelope_group.command("set")
@click.argument("program")
@click.argument("year", type=int)
@click.argument("amount")
@as_json
def set_envelope(program: str, year: int, amount: str, json_output: bool) -> None:
    """Set what a PROGRAM may grant in the fiscal year that begins on 1 April of YEAR.

    AMOUNT is written as people write it: "1250000", "1 250 000,00 $".
    """
    try:
        cents = parse_cents(amount)
        with saving() as session:
            envelopes.set_total(session, program, year, cents, actor=SYSTEM, now=clock.utc_now())
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    data = {"program": program.upper(), "fiscal_year": year, "total_cents": cents}
    show(data, f"Enveloppe {program.upper()} {year}\u00a0: {formats.money(cents)}.", json_output)


@envelope_group.command("list")
@as_json
def list_envelopes(json_output: bool) -> None:
    """List the envelopes, and compare each counter with its entries: exit 1 when one differs."""
    session = db.session()
    lines, wrong = known.listed(session), known.mismatches(session)
    told, gaps = [_data(line) for line in lines], [_gap(one) for one in wrong]
    words = "\n".join([*(_words(line) for line in lines), _verdict(wrong)])
    show({"envelopes": told, "mismatches": gaps}, words, json_output)
    sys.exit(1 if wrong else 0)


def _data(line: EnvelopeLine) -> dict[str, Any]:
    return {
        "program": line.program,
        "fiscal_year": line.fiscal_year,
        "total_cents": line.total_cents,
        "encumbered_cents": line.used_cents,
        "paid_cents": line.paid_cents,
        "left_cents": line.left_cents,
    }


def _gap(one: Mismatch) -> dict[str, int]:
    return {
        "envelope_id": one.envelope_id,
        "counter_cents": one.counter_cents,
        "entries_cents": one.entries_cents,
    }


def _words(line: EnvelopeLine) -> str:
    total, used, paid, left = (
        formats.money(cents)
        for cents in (line.total_cents, line.used_cents, line.paid_cents, line.left_cents)
    )
    return (
        f"{line.program} {line.fiscal_year}\u00a0: {total}, engagé {used}, versé {paid}, "
        f"solde {left}"
    )


def _verdict(wrong: Sequence[Mismatch]) -> str:
    if not wrong:
        return "Chaque compteur est la somme de ses écritures."
    ids = ", ".join(str(one.envelope_id) for one in wrong)
    return f"Le compteur et la somme des écritures diffèrent\u00a0: enveloppe {ids}."


COMMANDS = (envelope_group,)
