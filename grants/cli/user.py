"""`flask user create`: the first accounts of the staff."""

import click
from flask import current_app
from flask.cli import AppGroup

from grants import clock
from grants.cli.output import as_json, show
from grants.domain.access import SYSTEM, Role
from grants.domain.errors import DomainError
from grants.operations import accounts
from grants.unit_of_work import saving
from grants.wording.problems import sentence

user_group = AppGroup("user", help="Accounts of the staff.")


@user_group.command("create")
@click.option("--email", required=True)
@click.option("--name", "full_name", required=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
)
@click.option("--secretariat", default="SACA", show_default=True)
@click.option("--title", default="Membre du personnel", show_default=True)
@click.option("--extension", default="", help="Telephone extension given to organizations.")
@as_json
def create(
    email: str,
    full_name: str,
    roles: tuple[str, ...],
    secretariat: str,
    title: str,
    extension: str,
    json_output: bool,
) -> None:
    """Create a staff account; the person gets a one-use link by e-mail."""
    held = frozenset(map(Role, roles))
    details = accounts.StaffDetails(full_name, email, secretariat, title, held, extension)
    try:
        with saving() as session:
            accounts.create_staff(session, details, actor=SYSTEM, now=clock.utc_now())
    except DomainError as error:
        raise click.ClickException(sentence(error)) from error
    where = current_app.config["SETTINGS"].base_url
    words = f"Compte créé. Un lien part à {email}; l’adresse du site est {where}."
    show({"email": email, "roles": list(roles), "secretariat": secretariat}, words, json_output)


COMMANDS = (user_group,)
