"""The flask commands: parse, call an operation or a query, print."""

from flask import Flask

from grants.cli import (
    agreement,
    batch,
    call,
    demo,
    due,
    envelope,
    processes,
    publication,
    setup,
    system,
    user,
)


def register(app: Flask) -> None:
    """Add the commands to the application."""
    groups = (setup, call, due, system, user, processes, envelope, batch, agreement, publication)
    for command in (command for group in groups for command in group.COMMANDS):
        app.cli.add_command(command)
    app.cli.add_command(demo.group)
