"""`flask publication`: what was published, and whether it still computes the same."""

import sys
from typing import Any

import click
from flask.cli import AppGroup

from grants.cli.output import as_json, show
from grants.extensions import db
from grants.models.results import Publication
from grants.operations import publications
from grants.operations.publications import Difference
from grants.queries import publications as queries
from grants.queries.publications import Listed
from grants.wording import formats, results

publication_group = AppGroup("publication", help="Published results.")


@publication_group.command("list")
@as_json
def listed(json_output: bool) -> None:
    """List what was published, the newest period first."""
    found = queries.listed(db.session())
    words = "\n".join(_line(one) for one in found) or "Aucune publication."
    show([_data(one) for one in found], words, json_output)


@publication_group.command("verify")
@click.argument("public_id", required=False)
@as_json
def verify(public_id: str | None, json_output: bool) -> None:
    """Compute publications again as of their instant: exit 1 at the first figure that differs.

    Every publication, unless PUBLIC_ID names one.
    """
    told, words, is_wrong = [], [], False
    for one in _asked(public_id):
        found = _first_difference(one)
        told.append({"public_id": one.public_id, "difference": found})
        words.append(f"{one.public_id}\u00a0: {_verdict(found)}")
        is_wrong = is_wrong or found is not None
    show(told, "\n".join(words) or "Aucune publication.", json_output)
    sys.exit(1 if is_wrong else 0)


def _asked(public_id: str | None) -> list[Publication]:
    if public_id is None:
        return list(queries.every(db.session()))
    found = queries.one(db.session(), public_id)
    if found is None:
        raise click.ClickException(f"Vérifiez l’identifiant\u00a0: {public_id} n’existe pas.")
    return [found]


def _first_difference(one: Publication) -> dict[str, Any] | None:
    try:
        found = publications.first_difference(db.session(), one)
    except ValueError:
        found = Difference("", "", "content", None, None)
    if found is None:
        return None
    return {
        "code": found.code,
        "measure": found.key,
        "figure": found.figure,
        "published": found.published,
        "computed": found.computed,
    }


def _verdict(found: dict[str, Any] | None) -> str:
    if found is None:
        return "chaque nombre se recalcule."
    if found["figure"] == "content":
        return "le contenu n’est plus celui qui a été publié."
    name = f"{found['code']} {found['measure']}, {found['figure']}"
    return f"{name}\u00a0: publié {found['published']}, recalculé {found['computed']}."


def _line(one: Listed) -> str:
    note = ", remplacée par une correction" if one.replaced else ""
    what = f"{one.office}, {results.period(one.period)}, n° {one.number}"
    return f"{one.public_id}  {what}, {formats.instant(one.as_of)}{note}"


def _data(one: Listed) -> dict[str, Any]:
    return {
        "public_id": one.public_id,
        "office": one.office,
        "from_on": one.period.from_on,
        "until_on": one.period.until_on,
        "number": one.number,
        "as_of": one.as_of,
        "replaced": one.replaced,
    }


COMMANDS = (publication_group,)
